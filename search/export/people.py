"""People: the names of authors as bibliographies want them."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..model import UNKNOWN_SOURCE, Head

_SEVERAL = re.compile(r"\b(?:avec|et|with|and|pour|for)\b|[,;/&(@]", re.IGNORECASE)
"""In what is not the name of one person: « Le Monde avec AFP », « Rédaction / Reuters »."""


class Person(NamedTuple):
    """An author."""

    family: str
    """The family name, or all of the name of what is no person."""
    given: str = ""


def person(name: str) -> Person:
    """The parts of a name as newspapers write it, the given name first.

    Agencies, and what cannot be told apart, are in one piece; particles belong to the family:
    « Jean-Baptiste de La Tour » is « de La Tour, Jean-Baptiste ».
    """
    words = name.split()
    if not 2 <= len(words) <= 5 or _SEVERAL.search(name) or not _is_given(words[0]):
        return Person(" ".join(words))
    return Person(" ".join(words[1:]), words[0])


def _is_given(word: str) -> bool:
    """Whether this may be a given name: `Jean`, `J.`, `Anne-Marie`; not `AFP`, `Le`, `20`."""
    return word.lower() not in {"le", "la", "les", "the", "rédaction"} and bool(
        re.fullmatch(r"[A-ZÀ-Þ](?:\.|[’'\w]*[a-zà-ÿ]\w*\.?)(?:-[A-ZÀ-Þ](?:\.|\w+))*", word)
    )


def people(head: Head) -> list[Person]:
    """The authors of an article."""
    return [person(name) for name in head.authors if name.strip()]


def outlet(head: Head) -> str:
    """What published it; empty when that is not known."""
    return "" if head.source == UNKNOWN_SOURCE else head.source
