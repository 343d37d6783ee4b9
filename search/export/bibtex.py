"""BibTeX: for LaTeX, in UTF-8. A newspaper article is an `@article`, its outlet the journal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count

from unidecode import unidecode

from ..model import Head, Hit
from .people import outlet, people

_SPECIAL = {
    **{character: f"\\{character}" for character in "%$&#_"},
    "{": r"\textbraceleft{}",  # BibTeX counts braces, with a backslash before them or not
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_ESCAPED = str.maketrans(_SPECIAL)


def written(hits: Iterable[Hit]) -> Iterator[str]:
    """An entry for each hit, each with a key of its own: `durand2024missiles`."""
    used: dict[str, count[int]] = {}
    for hit in hits:
        key = _key(hit.head)
        number = next(used.setdefault(key, count(1)))
        yield _entry(hit.head, f"{key}-{number}" if number > 1 else key)


def _entry(head: Head, key: str) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(head) if value)
    return f"@article{{{key},\n{fields}}}\n\n"


def _fields(head: Head) -> Iterator[tuple[str, str]]:
    names = (
        f"{_text(p.family)}, {_text(p.given)}" if p.given else f"{{{_text(p.family)}}}"
        for p in people(head)
    )
    yield "author", " and ".join(names)
    yield "title", f"{{{_text(head.title)}}}"  # in braces of its own: no style changes its capitals
    yield "journal", _text(outlet(head))
    if head.date:
        yield "year", f"{head.date.year:04}"
        yield "month", str(head.date.month)
        yield "day", str(head.date.day)
    # What an address may not hold in a field stands for itself, percent-encoded.
    yield "url", head.url.translate({ord("{"): "%7B", ord("}"): "%7D", ord("\\"): "%5C"})
    yield "langid", "french"


def _key(head: Head) -> str:
    authors = people(head)
    who = authors[0].family if authors else outlet(head)
    year = f"{head.date.year}" if head.date else ""
    telling = [word for word in map(_plain, head.title.split()) if len(word) > 3]
    return _plain(who) + year + (telling[0] if telling else "") or "article"


def _plain(text: str) -> str:
    """Its letters and digits, without accents: what a key may be made of."""
    return re.sub(r"[^a-z0-9]", "", unidecode(text).lower())


def _text(text: str) -> str:
    return " ".join(text.split()).translate(_ESCAPED)
