"""What every format yields: the text of an article, and what its file says about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..article import Problem
from ..decoding import Unreadable, normalise

LONGEST_ARTICLE = 64 * 1024 * 1024
"""In bytes. Far above any article; a mislabelled dump must not fill the memory."""


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
    line: int = 0
    """Line of a `.jsonl` file, from 1; 0 when the file holds one article."""

    def problem(self, reason: str) -> Problem:
        """Report that the article cannot be used."""
        return Problem(f"{self.path}#{self.line}" if self.line else self.path, reason)


def make_raw_article(
    id: str, path: str, text: str, fields: Mapping[str, object], line: int = 0
) -> RawArticle:
    """Take the metadata from the fields of a JSON object or of front matter."""
    return RawArticle(
        id=id,
        path=path,
        text=text,
        title=one_line(fields.get("title")),
        source=one_line(fields.get("source")),
        date=one_line(fields.get("date")),
        authors=_lines(fields.get("authors")) or _lines(fields.get("author")),
        url=one_line(fields.get("url")),
        line=line,
    )


def one_line(value: object) -> str:
    """Put a string or a number on one line, with single spaces; anything else is empty."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(normalise(str(value)).split())


def _lines(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(line for line in map(one_line, values) if line)


def read_bytes(path: str) -> bytes:
    """Read a file that holds one article."""
    with open(path, "rb") as stream:  # noqa: PTH123
        data = stream.read(LONGEST_ARTICLE + 1)
    if len(data) > LONGEST_ARTICLE:
        raise Unreadable("too large for one article")
    return data
