"""What every format yields: the text of an article, and what its file says about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..intake.records import Record
from .decoding import normalise


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as its file gives it; metadata the file does not give is empty."""

    id: str
    path: str
    text: str
    title: str = ""
    source: str = ""
    date: str = ""
    authors: tuple[str, ...] = ()
    url: str = ""


def make_raw_article(record: Record, text: str, fields: Mapping[str, object]) -> RawArticle:
    """Take the metadata from the fields of a JSON object or of front matter."""
    return RawArticle(
        id=record.id,
        path=record.path,
        text=text,
        title=one_line(fields.get("title")),
        source=one_line(fields.get("source")),
        date=one_line(fields.get("date")),
        authors=_lines(fields.get("authors")) or _lines(fields.get("author")),
        url=one_line(fields.get("url")),
    )


def one_line(value: object) -> str:
    """Put a string or a number on one line, with single spaces; anything else is empty."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(normalise(str(value)).split())


def _lines(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(line for line in map(one_line, values) if line)
