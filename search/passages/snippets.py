"""Snippets: the passages of an article that show best why it matches."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from ..model import Snippet
from .highlight import Match, merged

WIDTH = 200  # characters of a snippet, about
MOST = 3  # snippets of an article

_GAP = 6  # characters between words that are next to each other (« missiles à longue portée »)
_NEXT = 0.2  # what it is worth that they are

_SENTENCE_END = re.compile(r"(?:[.!?…]+[\"»”’)\]]*\s+|\n)(?=\S)")
_LONGEST_END = 40  # characters that end a sentence: full stops, quotes, spaces
_CUT = "…"


def snippets(text: str, matches: Sequence[Match], weights: Sequence[float]) -> tuple[Snippet, ...]:
    """One to three passages of `text`, the most telling first.

    `weights` tells how much each term is worth seeing. A further passage is shown for terms
    that those before it do not show. Without matches: how the text begins.
    """
    chosen: list[tuple[int, int]] = []
    shown: set[int] = set()
    while len(chosen) < MOST:
        window = _best_window(text, [m for m in matches if m.term not in shown], weights)
        if window is None:
            break
        chosen.append(window)
        shown |= {m.term for m in matches if window[0] <= m.start and m.end <= window[1]}
    if not chosen:
        chosen = [_fit(text, 0, 0)]
    return tuple(_cut(text, start, end, matches) for start, end in chosen)


def _best_window(
    text: str, matches: Sequence[Match], weights: Sequence[float]
) -> tuple[int, int] | None:
    """Where the passage lies whose distinct terms weigh most; the first of equal ones.

    It does not go beyond a paragraph. Terms next to each other weigh more than terms apart.
    """
    best: tuple[float, int, int] | None = None
    for first, match in enumerate(matches):
        paragraph_end = text.find("\n", match.start)
        limit = min(match.start + WIDTH - 40, paragraph_end if paragraph_end >= 0 else len(text))
        last = first + 1
        while last < len(matches) and matches[last].end <= limit:
            last += 1
        inside = matches[first:last]
        weight = sum(weights[term] for term in {m.term for m in inside}) + 0.01 * len(inside)
        weight += sum(
            _NEXT * min(weights[left.term], weights[right.term])
            for left, right in pairwise(inside)
            if left.term != right.term and right.start - left.end <= _GAP
        )
        if best is None or weight > best[0] + 1e-9:
            best = (weight, match.start, max(m.end for m in inside))
    return best and _fit(text, best[1], best[2])


def _fit(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen [start, end) to about `WIDTH`: whole sentences if they fit, whole words if not."""
    # Sentences that begin or end farther away are too long in any case.
    near = max(0, min(start, end - WIDTH) - _LONGEST_END)
    sentences = _SENTENCE_END.finditer(text, near, max(end, start + WIDTH) + _LONGEST_END)
    starts = [near, *(match.end() for match in sentences)]
    i = bisect_right(starts, start) - 1
    begin = starts[i]
    if end - begin > WIDTH:  # the sentence is too long to show its beginning
        begin = _word_start(text, max(begin, start - max(20, (WIDTH - (end - start)) // 3)), start)
    stop = begin
    for sentence_end in (*starts[i + 1 :], len(text)):
        if sentence_end - begin > WIDTH + 20:
            break
        stop = sentence_end
        if text[sentence_end - 1 : sentence_end] == "\n" and stop >= end:
            break  # a passage does not run into the next paragraph
    if stop < end or (stop - begin < WIDTH // 2 and stop < len(text) and text[stop - 1] != "\n"):
        stop = _word_end(text, min(len(text), max(begin + WIDTH, end)), end)
    return begin, stop


def _word_start(text: str, position: int, limit: int) -> int:
    """The beginning of the first word from `position` on, but not after `limit`."""
    if position == 0 or text[position - 1].isspace():
        return position
    space = re.compile(r"\s").search(text, position, limit)
    return space.end() if space else (position if limit - position > 40 else limit)


def _word_end(text: str, position: int, limit: int) -> int:
    """The end of the last word that is over by `position`, but not before `limit`."""
    if position == len(text) or text[position].isspace():
        return position
    for at in range(position, limit, -1):
        if text[at - 1].isspace():
            return at - 1
    return limit if position - limit < 40 else position


def _cut(text: str, start: int, end: int, matches: Sequence[Match]) -> Snippet:
    """The snippet at text[start:end], on one line, with ellipses where a sentence is cut."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    before = "" if _begins_sentence(text, start) else f"{_CUT} "
    after = (
        "" if end == len(text) or text[end - 1] in '.!?…»”"' or text[end] == "\n" else f" {_CUT}"
    )
    inside = merged(m for m in matches if start <= m.start and m.end <= end)
    shift = len(before) - start
    passage = text[start:end].replace("\n", " ").replace("\t", " ")
    return Snippet(before + passage + after, tuple((a + shift, b + shift) for a, b in inside))


def _begins_sentence(text: str, start: int) -> bool:
    return start == 0 or bool(
        re.search(r"[.!?…][\"»”’)\]]*\s+$|\n\s*$", text[max(0, start - 10) : start])
    )
