"""Plain text and offsets → what Textual shows. The one place where article text becomes Content.

Article text is data: never markup, and made of nothing that a terminal would act upon. All
substitutions keep the length of the text, so that the offsets of matches stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from rich.cells import cell_len
from textual.content import Content, Span

Match = tuple[int, int]
"""`text[start:end]` is a match."""

MATCH = "bold $match on $match-background"
MUTED = "$muted"

# Control characters, directional overrides, what breaks lines in unexpected places, surrogates.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ufff9-\ufffb\ud800-\udfff]"
)
_UNSAFE_IN_LINE = re.compile(f"[\t\n]|{_UNSAFE.pattern}")
_SPACES = {"\t": " ", "\n": " ", "\r": " ", "\x0b": " ", "\x0c": " ", "\x85": " "}
_SPACES |= {"\u2028": " ", "\u2029": " "}
_LONGEST_LEAD = 24  # characters kept before a match when the start of a passage must go


def printable(text: str) -> str:
    """`text` on one line, with visible substitutes for what a terminal would act upon."""
    return _UNSAFE_IN_LINE.sub(_substitute, text)


def printable_text(text: str) -> str:
    """`text` with its line breaks, and substitutes for what a terminal would act upon."""
    return _UNSAFE.sub(_substitute, text).replace("\t", " ")


def _substitute(found: re.Match[str]) -> str:
    character = found[0]
    if character in _SPACES:
        return _SPACES[character]
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)  # ESC is shown as the one character ␛
    return "␡" if code == 0x7F else "�"


def plain(text: str, style: str = "") -> Content:
    """Text on one line, as Content."""
    return Content.styled(printable(text), style) if style else Content(printable(text))


def marked(text: str, matches: Iterable[Match], style: str = "", match: str = MATCH) -> Content:
    """Text on one line, with its matches highlighted."""
    content = plain(text, style)
    return content.add_spans([Span(start, end, match) for start, end in matches])


def wrap(text: str, width: int) -> list[Match]:
    """The lines of a paragraph at most `width` cells wide, as ranges of it.

    Breaks at ordinary spaces only: `« 300 000 »` keeps its no-break spaces. A word that is
    wider than a line is cut.
    """
    width = max(1, width)
    if not text:
        return [(0, 0)]
    if cell_len(text) == len(text):
        return _wrap_narrow(text, width)
    return _wrap_any(text, width)


def _wrap_narrow(text: str, width: int) -> list[Match]:
    """`wrap` where every character is one cell wide."""
    lines: list[Match] = []
    start, length = 0, len(text)
    while length - start > width:
        cut = text.rfind(" ", start, start + width + 1)
        if cut <= start:
            lines.append((start, start + width))
            start += width
        else:
            lines.append((start, cut))
            start = cut + 1
        while start < length and text[start] == " ":
            start += 1
    if start < length or not lines:
        lines.append((start, length))
    return lines


def _wrap_any(text: str, width: int) -> list[Match]:
    """`wrap` where characters may be two cells wide, or none."""
    lines: list[Match] = []
    start = end = used = 0
    for word in re.finditer(r"[^ ]+|$", text):
        if not word[0]:
            continue
        size = cell_len(text[end : word.end()])
        if used and used + size > width:
            lines.append((start, end))
            start = end = word.start()
            used, size = 0, cell_len(word[0])
        while size > width:
            cut = start + 1
            while cut < word.end() and cell_len(text[start : cut + 1]) <= width:
                cut += 1
            lines.append((start, cut))
            start = end = cut
            size = cell_len(text[start : word.end()])
        used += size
        end = word.end()
    if end > start or not lines:
        lines.append((start, end))
    return lines


def clipped(matches: Iterable[Match], start: int, end: int) -> list[Match]:
    """The parts of `matches` inside `[start, end)`, counted from `start`."""
    return [
        (max(a, start) - start, min(b, end) - start) for a, b in matches if a < end and b > start
    ]


def excerpt(text: str, matches: Sequence[Match], room: int) -> tuple[str, list[Match]]:
    """What of a passage to show in `room` characters: from its start, if the first match fits.

    Otherwise the start gives way, at a word, so that the match is seen.
    """
    if not matches or len(text) <= room or matches[0][1] <= room - 2:
        return text, list(matches)
    start = text.find(" ", max(0, matches[0][0] - _LONGEST_LEAD), matches[0][0]) + 1
    if start <= 0:
        start = matches[0][0]
    return f"… {text[start:]}", [(a + 2, b + 2) for a, b in clipped(matches, start, len(text))]


def lines(
    text: str, matches: Iterable[Match], width: int, most: int, style: str = ""
) -> list[Content]:
    """At most `most` lines of a paragraph, `width` cells wide; cut ones end in `…`."""
    text = printable(text).rstrip()
    matches = list(matches)
    ranges = wrap(text, width)
    cut = len(ranges) > most
    shown = []
    for number, (start, end) in enumerate(ranges[:most], 1):
        ends = cut and number == most
        if ends and cell_len(text[start:end]) >= width:  # no room for the `…`
            space = text.rfind(" ", start, end)
            end = space if space > start else end - 1
        while ends and end > start + 1 and text[end - 1] in " ,;:–(«…":
            end -= 1
        content = marked(text[start:end], clipped(matches, start, end), style)
        shown.append(content + Content.styled("…", style or MUTED) if ends else content)
    return shown


def spread(left: Content, right: Content, width: int) -> Content:
    """`left` and `right` at the two ends of a line; `left` gives way when there is no room."""
    room = width - right.cell_length
    if room < 4:
        return left.truncate(width, ellipsis=True)
    if right.cell_length:
        room -= 2
    left = left.truncate(room, ellipsis=True)
    return left + Content(" " * (width - left.cell_length - right.cell_length)) + right


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date) -> str:
    """`17 Nov 2024`, whatever the locale."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def month(value: str) -> str:
    """`Nov 2024` for `2024-11`; anything else as it is."""
    year, _, number = value.partition("-")
    if not (year.isdecimal() and number.isdecimal() and 1 <= int(number) <= 12):
        return value
    return f"{_MONTHS[int(number) - 1]} {year}"


def count(number: int, singular: str, plural: str = "") -> str:
    """`1 article`, `2,400 articles`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def ago(seconds: float) -> str:
    """`just now`, `5 min ago`, `3 h ago`, `12 days ago`."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 48 * 60:
        return f"{minutes // 60} h ago"
    return f"{minutes // 1440} days ago"
