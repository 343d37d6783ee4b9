"""The file formats articles come in: one module each, from a record to a `RawArticle`.

A new format is a module here and a line of `FORMATS`; nothing else knows the names of files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from ..article import Problem
from .decoding import Unreadable
from .html import parse_html
from .jsonl import parse_json
from .raw import RawArticle, Record
from .text import parse_markdown, parse_text

__all__ = [
    "LONGEST_TEXT",
    "SUFFIXES",
    "RawArticle",
    "Record",
    "can_be_cut",
    "has_lines",
    "needs_process",
    "parse",
]

LONGEST_TEXT = 2_000_000
"""Characters of an article: four novels. The rest is left out, or a dump would take the memory of
everything that reads the article."""


class Format(NamedTuple):
    """How the files of one suffix are read."""

    parse: Callable[[Record], Iterator[RawArticle | Problem]]
    """The article of a record, and what is wrong with it; raises Unreadable."""
    one_a_line: bool = False
    """Whether each line of a file is a record; otherwise the whole file is one."""
    can_be_cut: bool = False
    """Whether the beginning of a record that is too large is one, too."""
    needs_process: bool = False
    """Whether it is read by a library in C, which nothing can interrupt and bad input may crash."""


FORMATS = {
    ".txt": Format(parse_text, can_be_cut=True),
    ".md": Format(parse_markdown, can_be_cut=True),
    ".html": Format(parse_html, needs_process=True),
    ".htm": Format(parse_html, needs_process=True),
    ".jsonl": Format(parse_json, one_a_line=True),
}

SUFFIXES = tuple(FORMATS)
"""Of the files that are read; their case does not matter."""


def has_lines(path: str) -> bool:
    """Whether each line of this file is a record."""
    return _format(path).one_a_line


def can_be_cut(path: str) -> bool:
    """Whether the beginning of such a file can be read alone."""
    return _format(path).can_be_cut


def needs_process(path: str) -> bool:
    """Whether such a file is to be read in a process that may come to harm."""
    return _format(path).needs_process


def parse(record: Record) -> Iterator[RawArticle | Problem]:
    """Take the article from a record; what cannot be read is reported, never raised."""
    try:
        for item in _format(record.path).parse(record):
            if isinstance(item, RawArticle) and (record.cut or len(item.text) > LONGEST_TEXT):
                item = replace(item, text=_beginning(item.text))
                reason = f"only its first {len(item.text):,} characters are kept"
                yield record.problem(reason, skipped=False)
            yield item
    except Unreadable as error:
        yield record.problem(error.reason)


def _beginning(text: str) -> str:
    """As much of a text as one article may have, to the end of a word."""
    end = max(text.rfind(space, LONGEST_TEXT - 1_000, LONGEST_TEXT + 1) for space in " \n")
    return text[: LONGEST_TEXT if end < 0 else end]


def _format(path: str) -> Format:
    return FORMATS["." + path.rpartition(".")[2].lower()]
