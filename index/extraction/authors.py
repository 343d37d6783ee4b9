"""The names of the people who wrote an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SEPARATOR = re.compile(r"\s*[,;]\s*(?:(?:et|and)\s+)?|\s+(?:et|and|&)\s+")
_BY = re.compile(r"^(?:par|by)\s*:?\s+", re.IGNORECASE)
_PARTICLE = r"(?:d[aeiou]|des|del|della|l[ae]|van|von|der|den|ten|bin|ben|al|el|y)"
_NAME = re.compile(
    rf"[A-ZÀ-Þ][\w'.-]*(?: {_PARTICLE})*(?: (?:d'|l')?[A-ZÀ-Þ][\w'.-]*(?: {_PARTICLE})*){{1,4}}"
)
# The surname in capitals is how photographers are credited: Ludovic MARIN.
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ]{3,}\b")


def split_authors(values: Iterable[str]) -> tuple[str, ...]:
    """Split `Par Anne Durand et Paul Martin` into names, each once, in the order given."""
    names = (name.strip() for value in values for name in _SEPARATOR.split(_BY.sub("", value)))
    return tuple(dict.fromkeys(name for name in names if name))


def are_names(names: Sequence[str]) -> bool:
    """Whether these are people's names, to tell a credit line from a sentence."""
    return bool(names) and all(
        _NAME.fullmatch(name) and not _CAPITALS.search(name) for name in names
    )
