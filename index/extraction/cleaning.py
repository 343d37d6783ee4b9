"""Removing what is not the article: the debris of the web page it was taken from.

Only whole lines are removed, and only those known to be debris: to keep a line too many is
better than to lose a paragraph. The patterns are in `debris.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..formats.lines import plain, prose_span, split_lines
from .sources import is_photo_credit, name_lines

_LONGEST_DEBRIS = 1000  # characters; the longest known, about cookies, has some 400
_LONGEST_HEADLINE = 250  # characters; a line that is repeated may be a caption, or a verse
_FEWEST_HEADLINE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article without debris."""

    headline: str
    """The line the page repeats at its head; empty when there is none."""
    body: str
    """Paragraphs separated by a newline."""


def clean(text: str, title: str = "") -> Cleaned:
    """Remove debris and repeated headlines; `title` is the one given outside the text, if any."""
    lines = _drop_debris(split_lines(text))
    names = set(name_lines(lines))
    kept = [line for number, line in enumerate(lines) if number not in names]
    headline, kept = _split_headline(kept, title)
    return Cleaned(headline, "\n".join(kept))


def _drop_debris(lines: list[str]) -> list[str]:
    lines = _drop_page_links(lines)
    lines = [line for line in lines if not _is(line, "anywhere")]
    return _drop_related(lines)


def _drop_page_links(lines: list[str]) -> list[str]:
    """Drop the links to the previous and next pages that end a page."""
    end = len(lines)
    while end and _is(lines[end - 1], "anywhere"):
        end -= 1
    start = end
    if start and _is(lines[start - 1], "next_page"):
        above = lines[start - 2] if start > 1 else ""
        if _is(above, "previous_page") or _is(above, "anywhere"):
            start -= 1
    if start and _is(lines[start - 1], "previous_page"):
        start -= 1
    return lines[:start] + lines[end:]


def _drop_related(lines: list[str]) -> list[str]:
    """Drop the links to related articles after the prose, up to a line that is no link."""
    _, end = prose_span(lines)
    for number in range(end, len(lines)):
        if _is(lines[number], "related"):
            return lines[:number]
    return lines


def _split_headline(lines: list[str], title: str) -> tuple[str, list[str]]:
    """Take the title, or a headline that is repeated, from the head of the lines.

    Something always remains: a news flash may be no more than its headline.
    """
    headline = "" if title else _repeated_headline(lines)
    wanted = _comparable(title or headline)
    number = 0
    while number < len(lines) - 1 and _is_same(lines[number], wanted):
        number += 1
    return headline, lines[number:]


def _repeated_headline(lines: list[str]) -> str:
    line = lines[0] if len(lines) > 2 else ""  # of two lines alike, one is the text
    # A caption or a verse may be repeated as well, but not as long as a headline.
    words = len(line.split())
    is_headline = words >= _FEWEST_HEADLINE_WORDS and len(line) <= _LONGEST_HEADLINE
    is_repeated = is_headline and _is_same(lines[1], _comparable(line))
    return line if is_repeated and not is_photo_credit(line) else ""


def _is_same(line: str, wanted: str) -> bool:
    """Whether a line is `wanted`, which is comparable.

    A paragraph is not even made comparable: a line twice as long is another one.
    """
    return len(line) <= 2 * len(wanted) and _comparable(line) == wanted


def _comparable(line: str) -> str:
    return " ".join(plain(line).casefold().split())


def _is(line: str, kind: str) -> bool:
    return len(line) <= _LONGEST_DEBRIS and bool(_patterns()[kind].fullmatch(plain(line)))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    with Path(__file__).with_name("debris.toml").open("rb") as stream:
        data = tomllib.load(stream)
    return {kind: re.compile("|".join(lines), re.IGNORECASE) for kind, lines in data.items()}
