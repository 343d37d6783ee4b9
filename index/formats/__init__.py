"""The file formats articles come in: one module each, from a record to a `RawArticle`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath

from ..article import Problem
from ..intake.records import Record
from .decoding import Unreadable
from .html import parse_html
from .jsonl import parse_json
from .raw import RawArticle
from .text import parse_markdown, parse_text

__all__ = ["RawArticle", "parse"]

_PARSERS: dict[str, Callable[[Record], Iterator[RawArticle | Problem]]] = {
    ".txt": parse_text,
    ".md": parse_markdown,
    ".html": parse_html,
    ".htm": parse_html,
    ".jsonl": parse_json,
}


def parse(record: Record) -> Iterator[RawArticle | Problem]:
    """Take the article from a record; what cannot be read is reported, never raised."""
    try:
        yield from _PARSERS[PurePath(record.path).suffix.lower()](record)
    except Unreadable as error:
        yield record.problem(error.reason)
