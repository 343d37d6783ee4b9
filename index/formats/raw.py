"""What a format is given, the bytes of a record, and what it makes of them: the raw article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..article import Problem
from .decoding import on_one_line

_LONGEST_FIELD = 2_000  # characters of a title, a name or an address; what is longer is none
_MOST_AUTHORS = 100


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its file has it."""

    id: str
    """As of an Article: the file and, if it has many, `#` and which one."""
    path: str
    number: int
    """Which one of its file, from 1: a line, or the how-manieth; 0 when the file holds but one."""
    data: bytes
    kind: str
    """Its format, as a suffix."""
    name: str = ""
    """What its id has after `#`."""
    cut: bool = False
    """Whether there is more of it than that."""

    def problem(self, reason: str, skipped: bool = True) -> Problem:
        """Report what is wrong with it."""
        return Problem(f"{self.path}#{self.name}" if self.name else self.path, reason, skipped)


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
    page: str = ""
    """Of the newspaper it was printed in."""
    made: str = ""
    """When the file was made: a day for want of a better one. Not given where people type or copy
    into a file, later."""


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
        page=one_line(fields.get("page")),
        made=one_line(fields.get("made")),
    )


def one_line(value: object) -> str:
    """Put a string or a number on one line, with single spaces; anything else is empty."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return on_one_line(str(value)[:_LONGEST_FIELD])


def _lines(value: object) -> tuple[str, ...]:
    values = value[:_MOST_AUTHORS] if isinstance(value, list) else [value]
    return tuple(line for line in map(one_line, values) if line)
