"""Comparison: what one text has and another has not, word by word.

Made for two prints of the same dispatch: what an outlet left out of it, and what it added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

from ..model import Piece, PieceKind, Span

LONGEST_COMPARED = 20_000
"""Words of each text that are compared, in 50 MB of memory; a newspaper has no longer article. What
follows in the longer text counts as its own."""

_ISLAND = 3
"""Words that two texts have in common between two differences, fewer of which are a coincidence:
« de la » says nothing when all around it is different."""

_WORD = re.compile(r"\d{1,3}(?:[. \xa0\u202f]\d{3})+\b|\w+(?:[’'\-‐‑]\w+)*|[^\w\s]")
_THOUSANDS = re.compile(r"(?<=\d)[. \xa0\u202f](?=\d{3})")
# What outlets set each in its own way: quotes and dashes, and the accents of capitals.
_ALIKE = str.maketrans("’ʼ‐‑–«»“”ÀÂÇÈÉÊËÎÏÔÙÛ", "''---" + '"' * 4 + "AACEEEEIIOUU")

_Step = tuple[PieceKind, int, int, int, int]
"""What becomes of the words from one number to another, and between which they are in the other."""


def compare(text: str, other: str) -> tuple[Piece, ...]:
    """The pieces of both texts in order: `same`, `cut` (only in `text`) and `added` (in `other`).

    What each outlet sets in its own way is the same: quotes, apostrophes and dashes, accents of
    capitals, the thousands of numbers.
    """
    left, right = _words(text), _words(other)
    steps = _steps(left.alike[:LONGEST_COMPARED], right.alike[:LONGEST_COMPARED])
    rest = _rest(len(left.spans), len(right.spans))
    joined = [*_joined(_without_islands([*steps, *rest], left.alike))]
    for number, (kind, *_between) in enumerate(joined):
        if kind != "same":
            _slide(joined, number, left if kind == "cut" else right)
    return tuple(
        Piece(kind, _span(left.spans, a, b), _span(right.spans, c, d))
        for kind, a, b, c, d in joined
        if a < b or c < d
    )


class _Words(NamedTuple):
    """The words of a text."""

    alike: list[str]
    """Each without what every outlet sets in its own way."""
    spans: list[Span]
    begins: set[int]
    """The numbers of those that begin a paragraph …"""
    follows: set[int]
    """… and of those that begin a sentence."""


def _words(text: str) -> _Words:
    spans = [match.span() for match in _WORD.finditer(text)]
    gaps = pairwise([(0, 0), *spans])
    begins = {n for n, (before, here) in enumerate(gaps) if "\n" in text[before[1] : here[0]]}
    follows = {n for n, (_a, end) in enumerate(spans, 1) if text[end - 1] in ".!?…"}
    return _Words([_alike(text[a:b]) for a, b in spans], spans, {0} | begins, follows)


def _alike(word: str) -> str:
    return _THOUSANDS.sub("", word.translate(_ALIKE))


def _steps(words: Sequence[str], others: Sequence[str]) -> Iterator[_Step]:
    """What becomes of each word on the shortest way from `words` to `others`."""
    kinds: dict[str, PieceKind] = {"equal": "same", "delete": "cut", "insert": "added"}
    for step in Indel.opcodes(words, others):
        yield kinds[step.tag], step.src_start, step.src_end, step.dest_start, step.dest_end


def _rest(size: int, other: int) -> Iterator[_Step]:
    """What is too far on to be compared."""
    read, other_read = min(size, LONGEST_COMPARED), min(other, LONGEST_COMPARED)
    if size > read:
        yield "cut", read, size, other_read, other_read
    if other > other_read:
        yield "added", size, size, other_read, other


def _without_islands(steps: Sequence[_Step], words: Sequence[str]) -> Iterator[_Step]:
    """The steps, those words being cut and added that are the same by coincidence."""
    for i, (kind, a, b, c, d) in enumerate(steps):
        few = _ISLAND if 0 < i < len(steps) - 1 else min(1, len(steps) - 1)
        if kind == "same" and sum(word[0].isalnum() for word in words[a:b]) < few:
            yield "cut", a, b, c, c
            yield "added", b, b, c, d
        else:
            yield kind, a, b, c, d


def _joined(steps: Iterable[_Step]) -> Iterator[_Step]:
    """The steps, between two that are the same no more than one cut and one addition."""
    cut_from = cut_to = added_from = added_to = 0
    for kind, a, b, c, d in steps:
        if kind != "same":
            cut_to, added_to = b, d
            continue
        yield from _change(cut_from, cut_to, added_from, added_to)
        yield kind, a, b, c, d
        cut_from, cut_to, added_from, added_to = b, b, d, d
    yield from _change(cut_from, cut_to, added_from, added_to)


def _change(a: int, b: int, c: int, d: int) -> Iterator[_Step]:
    if a < b:
        yield "cut", a, b, c, c
    if c < d:
        yield "added", b, b, c, d


def _slide(steps: list[_Step], number: int, words: _Words) -> None:
    """Move a cut or an addition that stands alone to where a paragraph or a sentence begins.

    Where « Un deuxième. » is missing before « Un troisième. », so is « deuxième. Un » after « Un ».
    """
    if not 0 < number < len(steps) - 1:
        return
    before, here, after = steps[number - 1 : number + 2]
    if before[0] != "same" or after[0] != "same":
        return
    start, end = here[1:3] if here[0] == "cut" else here[3:]
    alike, moves = words.alike, [0]
    while (
        -moves[-1] < before[2] - before[1]
        and alike[start + moves[-1] - 1] == alike[end + moves[-1] - 1]
    ):
        moves.append(moves[-1] - 1)

    def fitness(move: int) -> int:
        return 2 * (start + move in words.begins) + (start + move in words.follows)

    move = max(moves, key=fitness)
    kind, a, b, c, d = before
    steps[number - 1] = kind, a, b + move, c, d + move
    kind, a, b, c, d = here
    steps[number] = kind, a + move, b + move, c + move, d + move
    kind, a, b, c, d = after
    steps[number + 1] = kind, a + move, b, c + move, d


def _span(spans: Sequence[Span], first: int, last: int) -> Span:
    """From the beginning of one word to the end of another; where there is none, an empty span."""
    if first < last:
        return spans[first][0], spans[last - 1][1]
    at = spans[first - 1][1] if first else 0
    return at, at
