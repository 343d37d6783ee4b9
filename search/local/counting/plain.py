"""Counting with dictionaries and sets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import accumulate, compress, pairwise, repeat
from operator import add

from index.whoosh_store.codec.opened import OpenSegment as Segment
from index.whoosh_store.codec.pickles import Damage

from . import (
    PORTION,
    POSITION_BITS,
    Documents,
    Entries,
    Frequencies,
    Places,
    are_few,
    articles_with,
    foremost,
    place,
)

_FEW = 256
"""Times as many postings as documents are wanted: then most blocks hold none of these."""


class PlainCounting:
    """A `Counting` that needs nothing but Python."""

    def __init__(
        self, segments: Sequence[Segment], documents: int, deleted: frozenset[int]
    ) -> None:
        """For these segments, which have so many documents, deleted ones included."""
        self._segments, self._documents, self._deleted = segments, documents, deleted

    def most_frequent(
        self, field: str, prefix: str, limit: int, postings: int | None
    ) -> dict[str, Entries]:
        """See `Counting`."""
        found: defaultdict[bytes, Entries] = defaultdict(list)
        for segment in self._segments:
            for term, entry in segment.entries(field, prefix.encode()):
                found[term].append((segment, entry))
        having = {term: articles_with(entries) for term, entries in found.items()}
        return {term.decode(): found[term] for term in foremost(having, limit, postings)}

    def is_worth_choosing(self, documents: int, postings: int) -> bool:
        """See `Counting`."""
        return documents * _FEW < postings

    def total(self, terms: Iterable[Entries], wanted: Documents | None = None) -> Frequencies:
        """See `Counting`."""
        found: dict[int, float] = {}
        in_order = sorted(wanted) if wanted is not None else []
        for entries in filter(None, terms):
            several = bool(found)
            for segment, entry in entries:
                parts: list[tuple[Sequence[int], Sequence[float]]]
                if wanted is None:
                    parts = [segment.flat(entry).decoded()]
                else:
                    parts = [(b.numbers, b.weights) for b in segment.blocks(entry, in_order)]
                for numbers, weights in parts:
                    if several:
                        before = map(found.get, numbers, repeat(0.0))
                        found.update(zip(numbers, map(add, before, weights), strict=True))
                    else:
                        found.update(zip(numbers, weights, strict=True))
        for number in self._deleted & found.keys():
            del found[number]
        return found

    def places(self, entries: Entries, wanted: Documents) -> Places:
        """See `Counting`."""
        found: set[int] = set()
        for segment, entry in entries:
            numbers, frequencies = segment.flat(entry).decoded()
            bounds = [*accumulate(map(int, frequencies), initial=0)]
            having = [*compress(range(len(numbers)), map(wanted.__contains__, numbers))]
            spans = [(bounds[i], bounds[i + 1]) for i in having]
            if are_few(len(having), len(numbers)):
                positions = segment.places(entry, bounds[-1], spans).decoded()
                spans = [*pairwise(accumulate((b - a for a, b in spans), initial=0))]
            else:
                positions = segment.places(entry, bounds[-1], [(0, bounds[-1])]).decoded()
            if spans and len(positions) < spans[-1][1]:
                raise Damage("no positions where they should be")
            for i, (start, end) in zip(having, spans, strict=True):
                found.update(map(place, repeat(numbers[i]), positions[start:end]))
        return found

    def documents_of(self, places: Places) -> Documents:
        """See `Counting`."""
        return {each >> POSITION_BITS for each in places}

    def following(self, places: Places) -> Places:
        """See `Counting`."""
        return {each + 1 for each in places}

    def sum(self, frequencies: Sequence[Frequencies]) -> Frequencies:
        """See `Counting`."""
        found = [each for each in frequencies if each]
        if len(found) <= 1:
            return found[0] if found else {}
        found.sort(key=len, reverse=True)
        summed = dict(found[0])
        for each in found[1:]:
            for document, frequency in each.items():
                summed[document] = summed.get(document, 0.0) + frequency
        return summed

    def union(self, documents: Iterable[Documents]) -> Documents:
        """See `Counting`."""
        return set().union(*documents)

    def every(self) -> Documents:
        """See `Counting`."""
        return frozenset(range(self._documents)) - self._deleted

    def tally(self) -> PlainTally:
        """See `Counting`."""
        return PlainTally()

    def scores(self, documents: Documents, lengths: bytes) -> PlainScores:
        """See `Counting`."""
        return PlainScores(documents, lengths)

    def histogram(self, documents: Documents, of: Sequence[int], values: int) -> Sequence[int]:
        """See `Counting`."""
        counts = Counter(map(of.__getitem__, documents))
        return [counts[value] for value in range(values)]

    def histogram_of_many(
        self, documents: Documents, having: Sequence[int], of: Sequence[int], values: int
    ) -> Sequence[int]:
        """See `Counting`."""
        counts = Counter(compress(of, map(documents.__contains__, having)))
        return [counts[value] for value in range(values)]

    def between(self, of: Sequence[int], first: int, last: int) -> Documents:
        """See `Counting`."""
        chosen = map(range(first, last + 1).__contains__, of)
        return set(compress(range(self._documents), chosen)) - self._deleted

    def highest_first(self, documents: Documents, of: Sequence[int]) -> Iterator[int]:
        """See `Counting`."""
        return iter(sorted(sorted(documents), key=of.__getitem__, reverse=True))


class PlainTally:
    """A `Tally`: a dictionary."""

    def __init__(self) -> None:
        self._weights: dict[int, float] = {}

    def add(self, documents: Documents, weight: float) -> None:
        """See `Tally`."""
        weights = self._weights
        before = map(weights.get, documents, repeat(0.0))
        weights.update(zip(documents, map(add, before, repeat(weight)), strict=False))

    def heaviest(self) -> float:
        """See `Tally`."""
        return max(self._weights.values(), default=0.0)

    def at_least(self, weight: float) -> Documents:
        """See `Tally`."""
        return {document for document, its in self._weights.items() if its >= weight}


class PlainScores(dict[int, float]):
    """`Scores`: a dictionary."""

    def __init__(self, documents: Documents, lengths: bytes) -> None:
        super().__init__(dict.fromkeys(documents, 0.0))
        self._lengths = lengths

    def add_bm25(self, frequencies: Frequencies, norms: Sequence[float], weight: float) -> None:
        """See `Scores`."""
        lengths = self._lengths
        if len(frequencies) <= len(self):
            for document, frequency in frequencies.items():
                if document in self:
                    self[document] += weight * frequency / (frequency + norms[lengths[document]])
        else:
            for document in self:
                if times := frequencies.get(document):
                    self[document] += weight * times / (times + norms[lengths[document]])

    def add(self, document: int, score: float) -> None:
        """See `Scores`."""
        self[document] += score

    def best_first(self) -> Iterator[int]:
        """See `Scores`."""
        bar = nlargest(PORTION, self.values())[-1] if len(self) > PORTION else 0.0
        best = [document for document, score in self.items() if score >= bar]
        yield from sorted(best, key=lambda document: (-self[document], document))
        others = [document for document, score in self.items() if score < bar]
        yield from sorted(others, key=lambda document: (-self[document], document))
