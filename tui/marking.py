"""Plain text and offsets → what Textual shows. The one place where article text becomes Content.

Article text is data: never markup, and made safe for a terminal first. That keeps the length of
the text, so that the offsets of matches stay true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from textual.content import Content, Span

from search.model import Span as Match  # Textual has a Span of its own
from search.wording.safe import safe
from search.wording.wrap import wrap

MATCH = "bold $match on $match-background"
MUTED = "$muted"

_ELLIPSIS = "… "
_LONGEST_LEAD = 24  # characters kept before a match when the start of a passage must go
_GAP = 2  # cells at least between what is at the two ends of a line
_LEAST_LEFT = 4  # cells: with less room than this for the left end, there is only the left end


def plain(text: str, style: str = "") -> Content:
    """Text on one line, as Content."""
    return Content.styled(safe(text), style) if style else Content(safe(text))


def inserted(sentence: str, style: str = "", **parts: Content) -> Content:
    """A sentence in one style with `parts` in the places that it names: `Similar to {title}`."""
    shown, rest = Content(""), sentence
    while rest:
        before, _brace, rest = rest.partition("{")
        name, _brace, rest = rest.partition("}")
        shown += plain(before, style) + parts.get(name, Content(""))
    return shown


def marked(text: str, matches: Iterable[Match], style: str = "") -> Content:
    """Text on one line, with its matches highlighted."""
    return plain(text, style).add_spans([Span(start, end, MATCH) for start, end in matches])


def clipped(matches: Iterable[Match], start: int, end: int) -> list[Match]:
    """The parts of `matches` inside `[start, end)`, counted from `start`."""
    return [
        (max(a, start) - start, min(b, end) - start) for a, b in matches if a < end and b > start
    ]


def going_on(text: str, matches: Iterable[Match], start: int) -> tuple[str, list[Match]]:
    """A passage from `start` on, with `…` for what is left out, and its matches in that."""
    shift = len(_ELLIPSIS)
    kept = clipped(matches, start, len(text))
    return _ELLIPSIS + text[start:], [(a + shift, b + shift) for a, b in kept]


def excerpt(text: str, matches: Sequence[Match], room: int) -> tuple[str, list[Match]]:
    """What of a passage to show in `room` characters: from its start, if the first match fits.

    Otherwise the start gives way, at a word, so that the match is seen.
    """
    if not matches or len(text) <= room or matches[0][1] <= room - len(_ELLIPSIS):
        return text, list(matches)
    start = text.find(" ", max(0, matches[0][0] - _LONGEST_LEAD), matches[0][0]) + 1
    return going_on(text, matches, start if start > 0 else matches[0][0])


def lines(
    text: str, matches: Iterable[Match], width: int, most: int, style: str = ""
) -> list[Content]:
    """At most `most` lines of a paragraph, `width` cells wide; cut ones end in `…`."""
    text = safe(text).rstrip()
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
    if room < _LEAST_LEFT:
        return left.truncate(width, ellipsis=True)
    if right.cell_length:
        room -= _GAP
    left = left.truncate(room, ellipsis=True)
    return left + Content(" " * (width - left.cell_length - right.cell_length)) + right
