"""The lines of an article, and where its prose begins and ends."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"[.…][\s»”\"'’)\]]*$")
_LONGEST_LABEL = 160  # characters; what is longer is a paragraph, however it ends
_FEWEST_WORDS = 5  # of a sentence; « Lire aussi. » is a label


def split_lines(text: str) -> list[str]:
    """Split text into its lines, trimmed, without the blank ones."""
    return [stripped for line in text.split("\n") if (stripped := line.strip())]


def plain(line: str) -> str:
    """Write apostrophes and spaces in one way, for patterns to match; the length stays."""
    # Chained, and not translate(), which is ten times slower on a paragraph with accents.
    line = line.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    return line.replace("\t", " ")


def prose_span(lines: list[str]) -> tuple[int, int]:
    """Find the first line of prose and the one after the last; what is outside is margin.

    The names, links and labels a page puts around an article are in its margins; without prose
    there is nothing else.
    """
    prose = [number for number, line in enumerate(lines) if is_prose(line)]
    return (prose[0], prose[-1] + 1) if prose else (0, 0)


def is_prose(line: str) -> bool:
    """Whether a line is a sentence or a paragraph rather than a heading, a name or a link."""
    if len(line) > _LONGEST_LABEL:
        return True
    return len(line.split()) >= _FEWEST_WORDS and bool(_SENTENCE_END.search(line))
