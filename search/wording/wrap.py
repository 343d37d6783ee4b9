"""Wrap: a paragraph in lines of so many columns. The terminal's columns are called cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the help of a command has lines, too, and needs nothing of the model
    from ..model import Span

_WORD = re.compile(r"[^ ]+")
_NO_BREAK_HERE = re.compile(r"(?<=«) (?=\S)|(?<=\S) (?=[»;:!?]+(?:[ .,)…]|$))")


def wrap(text: str, width: int) -> list[Span]:
    """The lines of a paragraph at most `width` cells wide, as ranges of it.

    They break at ordinary spaces, which they leave out: `« 300 000 »` keeps its no-break spaces,
    and where somebody has typed ordinary ones, French punctuation stays with its word all the same.
    A word that is wider than a line is cut. An empty text is one empty line.
    """
    width = max(1, width)
    text = _NO_BREAK_HERE.sub("_", text)  # as wide as a space
    if text.isascii():  # every character is a cell, control characters aside: they are replaced
        return _wrap_even(text, width)
    from rich.cells import cell_len  # 15 ms: not for those who write to a pipe

    if all(cell_len(character) == 1 for character in set(text)):
        return _wrap_even(text, width)
    return _wrap_uneven(text, width)


def _wrap_even(text: str, width: int) -> list[Span]:
    """`wrap` where every character is one cell wide."""
    lines: list[Span] = []
    start, length = _past_spaces(text, 0), len(text)
    while length - start > width:
        cut = text.rfind(" ", start, start + width + 1)
        if cut <= start:
            lines.append((start, start + width))
            start += width
        else:
            lines.append((start, len(text[:cut].rstrip(" "))))
            start = cut + 1
        start = _past_spaces(text, start)
    if start < length or not lines:
        lines.append((start, max(start, len(text.rstrip(" ")))))
    return lines


def _past_spaces(text: str, start: int) -> int:
    while start < len(text) and text[start] == " ":
        start += 1
    return start


def _wrap_uneven(text: str, width: int) -> list[Span]:
    """`wrap` where characters may be two cells wide, or none."""
    from rich.cells import cell_len

    lines: list[Span] = []
    start = end = used = 0
    for word in _WORD.finditer(text):
        gap = word.start() - end if end > start else 0
        size = cell_len(word[0])
        if end > start and used + gap + size > width:
            lines.append((start, end))
            start = end = word.start()
            used = gap = 0
        elif end == start:
            start = end = word.start()
        if size <= width:
            end, used = word.end(), used + gap + size
            continue
        for position in range(word.start(), word.end()):  # a word that must be cut
            if position > start and cell_len(text[start : position + 1]) > width:
                lines.append((start, position))
                start = position
            end = position + 1
        used = cell_len(text[start:end])
    if end > start or not lines:
        lines.append((start, end))
    return lines
