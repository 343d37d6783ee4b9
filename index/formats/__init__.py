"""The file formats articles come in: one module each, from a record to a `RawArticle`.

A new format is a module here and a line of `FORMATS`; nothing else knows the names of files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..article import Problem
from .decoding import Unreadable
from .html import parse_html
from .jsonl import parse_json
from .raw import RawArticle, Record
from .text import parse_markdown, parse_text

__all__ = ["SUFFIXES", "RawArticle", "Record", "has_lines", "parse"]


class Format(NamedTuple):
    """How the files of one suffix are read."""

    parse: Callable[[Record], Iterator[RawArticle | Problem]]
    """The article of a record, and what is wrong with it; raises Unreadable."""
    one_a_line: bool = False
    """Whether each line of a file is a record; otherwise the whole file is one."""


FORMATS = {
    ".txt": Format(parse_text),
    ".md": Format(parse_markdown),
    ".html": Format(parse_html),
    ".htm": Format(parse_html),
    ".jsonl": Format(parse_json, one_a_line=True),
}

SUFFIXES = tuple(FORMATS)
"""Of the files that are read; their case does not matter."""


def has_lines(path: str) -> bool:
    """Whether each line of this file is a record."""
    return _format(path).one_a_line


def parse(record: Record) -> Iterator[RawArticle | Problem]:
    """Take the article from a record; what cannot be read is reported, never raised."""
    try:
        yield from _format(record.path).parse(record)
    except Unreadable as error:
        yield record.problem(error.reason)


def _format(path: str) -> Format:
    return FORMATS["." + path.rpartition(".")[2].lower()]
