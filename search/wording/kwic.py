"""KWIC, keyword in context: each match on a line of its own, with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from unidecode import unidecode

from ..model import Reading

_MOST = 400
"""Characters of context on each side that are looked at: there is no wider line."""

_SPACE = re.compile(r"\s+")
_WORDS = re.compile(r"\w+")


class Occurrence(NamedTuple):
    """A match in an article, and what stands before and after it, on one line each."""

    left: str
    match: str
    right: str

    def left_key(self) -> list[str]:
        """What sorts by the words before it, from the nearest on, case and accents aside."""
        return _plain_words(self.left)[::-1]

    def right_key(self) -> list[str]:
        """What sorts by the words after it."""
        return _plain_words(self.right)


def occurrences(reading: Reading) -> Iterator[Occurrence]:
    """The matches in the body of an article, in order."""
    body = reading.article.body
    for start, end in reading.body_matches:
        left = _line(body[max(0, start - _MOST) : start])
        yield Occurrence(left, _line(body[start:end]), _line(body[end : end + _MOST]))


def _line(text: str) -> str:
    return _SPACE.sub(" ", text)


def _plain_words(text: str) -> list[str]:
    return _WORDS.findall(unidecode(text).lower())


def last_of(text: str, width: int) -> str:
    """The end of a text, from a word on: no wider than this in characters."""
    if len(text) <= width:
        return text
    cut = text[len(text) - width :]
    return cut if text[len(text) - width - 1].isspace() else cut.partition(" ")[2]


def first_of(text: str, width: int) -> str:
    """The beginning of a text, up to the end of a word."""
    if len(text) <= width:
        return text
    cut = text[:width]
    return cut if text[width].isspace() else cut.rpartition(" ")[0]
