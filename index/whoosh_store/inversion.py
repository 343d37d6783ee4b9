"""Inversion: from the words of each article to the articles of each word.

All of it happens in arrays, for many articles at once: a stable sort by term gathers the
postings, which come out in the order that an index has them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..analysis.distinct import changes
from ..analysis.vocabulary import Vocabulary
from .codec.blocks import Postings
from .codec.positions import NOWHERE, Places, encoded

Numbers = NDArray[Any]

_WINDOW = 1 << 16  # postings that are Python objects at one time


class Words:
    """One field of many documents: the chunks of its texts, as a vocabulary numbers them."""

    def __init__(self) -> None:
        self.chunks = array("i")
        self.counts = array("i")
        """Chunks of each document."""

    def add(self, *texts: array[int]) -> None:
        """Add the next document, the chunks of its texts one after the other."""
        for text in texts:
            self.chunks.extend(text)
        self.counts.append(sum(map(len, texts)))


class Inverted:
    """The postings of a field, by the stems or else the forms of its words."""

    def __init__(self, words: Words, vocabulary: Vocabulary, *, stems: bool) -> None:
        # Numbers of 32 bits, and freed as soon as they can be: there is one a word.
        chunks, counts = _array(words.chunks), _array(words.counts)
        sizes = _array(vocabulary.sizes)[chunks]
        documents = np.repeat(np.arange(len(counts), dtype=np.int32), counts).repeat(sizes)
        self.lengths = np.bincount(documents, minlength=len(counts))
        """Words of each document."""
        tokens = _ranges(_array(vocabulary.firsts)[chunks], sizes)
        positions = None
        if stems:
            terms = _array(vocabulary.stems)[tokens]
            positions = _begins(_array(vocabulary.widths)[chunks], counts).repeat(sizes)
            positions += _array(vocabulary.offsets)[tokens]
        else:
            terms = _array(vocabulary.forms)[tokens]
            documents = documents[terms >= 0]
            terms = terms[terms >= 0]
        del chunks, sizes, tokens
        self.terms, order, by_term = _sorted_by_term(terms, list(vocabulary.terms))
        del terms
        documents = documents[order]
        self._first = np.flatnonzero(changes(by_term) | changes(documents))
        """Where each posting begins among the words as they are sorted now."""
        self._documents = documents[self._first]
        self._frequencies = np.diff(self._first, append=len(documents)).astype(np.int32)
        self._bounds = np.searchsorted(by_term[self._first], np.arange(len(self.terms) + 1))
        """Where the postings of each term begin, and at last where they end."""
        self._positions = None
        if positions is not None:
            self._positions = positions[order]

    def __iter__(self) -> Iterator[tuple[bytes, Postings]]:
        """Each term with its postings, in the order of the terms."""
        for a, b in pairwise(_windows(self._bounds)):
            low, high = self._bounds[a], self._bounds[b]
            documents = self._documents[low:high].tolist()
            weights = self._frequencies[low:high].tolist()
            bounds = (self._bounds[a : b + 1] - low).tolist()
            values, places = self._values(low, high, bounds)
            for i, (start, end) in enumerate(pairwise(bounds)):
                postings = documents[start:end], weights[start:end], values[start:end], places[i]
                yield self.terms[a + i], Postings(*postings)

    def _values(
        self, low: int, high: int, bounds: Sequence[int]
    ) -> tuple[Sequence[bytes], Sequence[Places]]:
        """The positions of postings, encoded one by one, and flat for each term. The postings of
        the terms are between these bounds, counted from `low`."""
        if self._positions is None:
            return (b"",) * (high - low), (NOWHERE,) * (len(bounds) - 1)
        starts = self._first[low:high]
        frequencies = self._frequencies[low:high]
        positions = self._positions[starts[0] : starts[-1] + frequencies[-1]]
        starts = starts - starts[0]
        width = 2 if positions.max() < 1 << 16 else 4
        flat = positions.astype(f"<u{width}").tobytes()
        cuts = (width * np.append(starts, len(positions))[bounds]).tolist()
        places = [Places(flat[start:end], width) for start, end in pairwise(cuts)]
        first = positions[starts]
        positions = np.diff(positions, prepend=np.int32(0))
        positions[starts] = first  # differences in each posting
        values: list[bytes] = _ONCE[np.minimum(first, _FAR)].tolist()
        (others,) = np.nonzero((frequencies > 1) | (first > _FAR))
        several = positions.tolist()
        ends = (starts + frequencies)[others].tolist()
        for i, start, end in zip(others.tolist(), starts[others].tolist(), ends, strict=True):
            values[i] = encoded(several[start:end])
        return values, places


_FAR = 9_999
"""The last position of a word in the table below; few articles are as long."""

_ONCE = np.array([encoded([position]) for position in range(_FAR + 1)], object)
"""By its position, the encoded positions of a word that stands in a text once, as most do."""


def _array(numbers: array[int]) -> Numbers:
    return np.frombuffer(numbers, np.int32)


def _ranges(firsts: Numbers, sizes: Numbers) -> Numbers:
    """For each of `firsts` the numbers from it on, as many as its size; all one after the other."""
    ends = np.cumsum(sizes, dtype=np.int32)
    ranges: Numbers = np.repeat(firsts - (ends - sizes), sizes)
    ranges += np.arange(len(ranges), dtype=np.int32)
    return ranges


def _begins(widths: Numbers, counts: Numbers) -> Numbers:
    """The position at which each chunk begins in its document."""
    before = np.zeros(len(widths) + 1, np.int32)
    np.cumsum(widths, out=before[1:])
    documents = np.cumsum(counts) - counts  # where the chunks of each begin
    begins: Numbers = before[:-1] - np.repeat(before[documents], counts)
    return begins


def _sorted_by_term(numbers: Numbers, names: Sequence[str]) -> tuple[list[bytes], Numbers, Numbers]:
    """Sort words by their terms, those of one term staying in the order they have.

    `numbers` has the term of each word, as the number of one of `names`. Given back are the terms
    that occur, in order; the order of the words, as indices into `numbers`; and, in that order, the
    place of the term of each word among the terms.
    """
    used = np.flatnonzero(np.bincount(numbers, minlength=len(names)))
    terms = sorted((names[number].encode(), number) for number in used.tolist())
    place = np.zeros(len(names), np.int32)
    place[[number for _, number in terms]] = np.arange(len(terms))
    places = place[numbers]
    # NumPy sorts numbers of 16 bits by radix, in linear time, but not longer ones. Those of 32 bits
    # are sorted by their lower half, and then, which keeps that order, by their upper half.
    order = np.argsort((places & 0xFFFF).astype(np.uint16), kind="stable")
    if len(terms) > 1 << 16:
        order = order[np.argsort((places >> 16).astype(np.uint16)[order], kind="stable")]
    return [term for term, _ in terms], order, places[order]


def _windows(bounds: Numbers) -> list[int]:
    """Cut the terms into stretches that have about `_WINDOW` postings together.

    `bounds` tells where the postings of each term begin; given back are the number of the first
    term of each stretch, and at last that of all terms.
    """
    last = len(bounds) - 1
    cuts = np.searchsorted(bounds, np.arange(0, bounds[-1], _WINDOW), side="right") - 1
    return sorted({0, *map(int, cuts), last})
