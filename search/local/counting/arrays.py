"""Counting with NumPy.

Documents are arrays of their numbers, in order; what each weighs stands in an array of all
documents of the commit, of which the others are not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis.distinct import changes
from index.whoosh_store.codec.flat import Flat
from index.whoosh_store.codec.opened import OpenSegment as Segment
from index.whoosh_store.codec.pickles import Damage
from index.whoosh_store.codec.positions import Places as FlatPlaces
from index.whoosh_store.codec.stretch import most_frequent
from index.whoosh_store.codec.terms import Entry, document_frequency

from . import (
    PORTION,
    POSITION_BITS,
    Documents,
    Entries,
    Frequencies,
    Places,
    are_few,
    foremost,
)

Numbers = NDArray[np.int64]
Postings = tuple[Numbers, NDArray[np.float64]]
"""Numbers of documents, in order, and how often each has a term."""

_FEW_TERMS = 50
"""Terms of each segment that are looked at first: where each is in many documents, no more are
wanted of a word being typed."""

_CHOOSY = 4
"""Times as many postings as documents are chosen, from which on these are looked up among those."""


class NumberSet(Set[int]):
    """Numbers of documents, or of places, in order: a set of them as others know it."""

    __slots__ = ("numbers",)

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers

    @classmethod
    def _from_iterable(cls, it: Iterable[int]) -> NumberSet:  # type: ignore[override]
        return _array_of(it)

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers.tolist())

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, int):
            return False
        at = self.numbers.searchsorted(number)
        return bool(at < len(self.numbers) and self.numbers[at] == number)

    def __and__(self, other: Set[Any]) -> NumberSet:
        few, many = self, _array_of(other)
        if len(few) > len(many):
            few, many = many, few
        return NumberSet(few.numbers[_are_in(few.numbers, many.numbers)])

    def __sub__(self, other: Set[Any]) -> NumberSet:
        return NumberSet(self.numbers[~_are_in(self.numbers, _array_of(other).numbers)])

    def __or__(self, other: Set[Any]) -> NumberSet:
        both = np.concatenate((self.numbers, _array_of(other).numbers))
        both.sort(kind="stable")  # merges what is in order
        return NumberSet(both[changes(both)])

    def __rsub__(self, other: Set[Any]) -> NumberSet:
        return _array_of(other) - self

    __rand__ = __and__
    __ror__ = __or__


class FrequencyArray(Mapping[int, float]):
    """How often a term occurs in documents, by their numbers: a mapping as others know it."""

    __slots__ = ("documents", "times")

    def __init__(self, documents: NumberSet, times: NDArray[np.float64]) -> None:
        self.documents, self.times = documents, times

    def __len__(self) -> int:
        return len(self.documents)

    def __iter__(self) -> Iterator[int]:
        return iter(self.documents)

    def __getitem__(self, document: int) -> float:
        at = int(self.documents.numbers.searchsorted(document))
        if at == len(self) or self.documents.numbers[at] != document:
            raise KeyError(document)
        return float(self.times[at])

    def keys(self) -> NumberSet:  # type: ignore[override]
        """The documents."""
        return self.documents


def _array_of(documents: Iterable[int]) -> NumberSet:
    if isinstance(documents, NumberSet):
        return documents
    return NumberSet(np.array(sorted(documents), np.int64))


def _frequencies_of(found: Frequencies) -> FrequencyArray:
    if isinstance(found, FrequencyArray):
        return found
    documents = _array_of(found)
    return FrequencyArray(documents, np.array([found[n] for n in documents], np.float64))


def _are_in(numbers: Numbers, others: Numbers) -> NDArray[np.bool_]:
    """Which of the numbers are among others, both in order."""
    if not len(others):
        return np.zeros(len(numbers), bool)
    if len(others) * _CHOOSY < len(numbers):  # then it is these that are looked for
        chosen = np.zeros(len(numbers), bool)
        places, here = _found_in(others, numbers)
        chosen[places[here]] = True
        return chosen
    return _found_in(numbers, others)[1]


def _found_in(numbers: Numbers, others: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    """Where each of the numbers is, or would be, among others, of which there are some; and
    whether it is there."""
    places = np.minimum(others.searchsorted(numbers), len(others) - 1)
    return places, others[places] == numbers


def _decoded(flat: Flat) -> Postings:
    """Document numbers and frequencies, as `Flat.decoded` has them. Raises Damage."""
    differences, frequencies = flat.parts()
    width, of_frequency = flat.widths
    numbers = np.frombuffer(differences, f"<u{width}").cumsum(dtype=np.int64)
    numbers += flat.base
    flat.check(numbers[-1:].tolist())
    return numbers, np.frombuffer(frequencies, f"<u{of_frequency}").astype(np.float64)


def _places(
    field: str, term: bytes, found: Iterable[tuple[Segment, Mapping[bytes, Entry]]]
) -> Iterator[tuple[Segment, Entry]]:
    """Where a term is found, given the entries that were found in each segment."""
    for segment, here in found:
        if entry := here.get(term) or segment.entry(field, term):
            yield segment, entry


def _places_in(segment: Segment, entry: Entry, documents: Numbers) -> Numbers:
    """Where a term of a segment stands in those of the documents that have it. Raises Damage."""
    numbers, frequencies = _decoded(segment.flat(entry))
    times = frequencies.astype(np.int64)
    ends = times.cumsum()
    total = int(ends[-1])
    having = np.flatnonzero(_are_in(numbers, documents))
    if are_few(len(having), len(numbers)):
        spans = zip((ends - times)[having].tolist(), ends[having].tolist(), strict=True)
        numbers, times = numbers[having], times[having]
        return _keys(numbers, times, segment.places(entry, total, spans))
    keys = _keys(numbers, times, segment.places(entry, total, [(0, total)]))
    chosen = np.zeros(len(numbers), bool)
    chosen[having] = True
    return keys[chosen.repeat(times)]


def _keys(documents: Numbers, times: Numbers, flat: FlatPlaces) -> Numbers:
    """What `place` makes of the documents and, so many times each, of flat positions."""
    positions = np.frombuffer(flat.data, f"<u{flat.width}")
    if len(positions) != times.sum():
        raise Damage("no positions where they should be")
    keys: Numbers = (documents << POSITION_BITS).repeat(times) + positions
    return keys


class ArrayCounting:
    """A `Counting` that is worth NumPy's import from the second query on."""

    def __init__(
        self, segments: Sequence[Segment], documents: int, deleted: frozenset[int]
    ) -> None:
        """For these segments, which have so many documents, deleted ones included."""
        self._segments, self._documents = segments, documents
        self._alive: NDArray[np.bool_] | None = None
        if deleted:
            self._alive = np.ones(documents, bool)
            self._alive[[*deleted]] = False

    def most_frequent(
        self, field: str, prefix: str, limit: int, postings: int | None
    ) -> dict[str, Entries]:
        """See `Counting`. A term counts that is among the first in one segment at least."""
        stretches = [(s, s.stretch(field, prefix.encode())) for s in self._segments]
        for of_each in (_FEW_TERMS, limit):
            found, having = [], Counter[bytes]()
            for segment, stretch in stretches:
                here = most_frequent(stretch, min(of_each, limit))
                found.append((segment, here))
                having.update({term: document_frequency(entry) for term, entry in here.items()})
            some = foremost(having, limit, postings)
            if len(some) < of_each:  # those that come after them are not wanted
                break
        return {term.decode(): [*_places(field, term, found)] for term in some}

    def is_worth_choosing(self, documents: int, postings: int) -> bool:
        """See `Counting`. All are read in no more time, and kept for the next to ask."""
        return False

    def total(self, terms: Iterable[Entries], wanted: Documents | None = None) -> Frequencies:
        """See `Counting`."""
        found = [
            [_decoded(segment.flat(entry)) for segment, entry in entries]
            for entries in terms
            if entries
        ]
        if len(found) == 1:
            return self._living(*map(np.concatenate, zip(*found[0], strict=True)))
        return self._living(*self._added(part for parts in found for part in parts))

    def places(self, entries: Entries, wanted: Documents) -> Places:
        """See `Counting`."""
        documents = _array_of(wanted).numbers
        found = [_places_in(segment, entry, documents) for segment, entry in entries]
        return NumberSet(np.concatenate(found) if found else np.zeros(0, np.int64))

    def documents_of(self, places: Places) -> Documents:
        """See `Counting`."""
        documents = _array_of(places).numbers >> POSITION_BITS
        return NumberSet(documents[changes(documents)])

    def following(self, places: Places) -> Places:
        """See `Counting`."""
        return NumberSet(_array_of(places).numbers + 1)

    def _added(self, parts: Iterable[Postings]) -> Postings:
        """The postings of several terms, or of parts of them, as one."""
        times = np.zeros(self._documents)
        for numbers, of_part in parts:
            times[numbers] += of_part
        numbers = np.flatnonzero(times)
        return numbers, times[numbers]

    def _living(self, numbers: Numbers, times: NDArray[np.float64]) -> FrequencyArray:
        if self._alive is not None:
            alive = self._alive[numbers]
            numbers, times = numbers[alive], times[alive]
        return FrequencyArray(NumberSet(numbers), times)

    def sum(self, frequencies: Sequence[Frequencies]) -> Frequencies:
        """See `Counting`."""
        found = [_frequencies_of(each) for each in frequencies if each]
        if len(found) == 1:
            return found[0]
        numbers, times = self._added((each.documents.numbers, each.times) for each in found)
        return FrequencyArray(NumberSet(numbers), times)

    def union(self, documents: Iterable[Documents]) -> Documents:
        """See `Counting`."""
        marked = np.zeros(self._documents, bool)
        for each in documents:
            marked[_array_of(each).numbers] = True
        return NumberSet(np.flatnonzero(marked))

    def every(self) -> Documents:
        """See `Counting`."""
        if self._alive is None:
            return NumberSet(np.arange(self._documents))
        return NumberSet(np.flatnonzero(self._alive))

    def tally(self) -> ArrayTally:
        """See `Counting`."""
        return ArrayTally(self._documents)

    def scores(self, documents: Documents, lengths: bytes) -> ArrayScores:
        """See `Counting`."""
        return ArrayScores(_array_of(documents).numbers, np.frombuffer(lengths, np.uint8))

    def histogram(self, documents: Documents, of: Sequence[int], values: int) -> Sequence[int]:
        """See `Counting`."""
        chosen = np.asarray(of)[_array_of(documents).numbers]
        counts: list[int] = np.bincount(chosen, minlength=values).tolist()
        return counts

    def histogram_of_many(
        self, documents: Documents, having: Sequence[int], of: Sequence[int], values: int
    ) -> Sequence[int]:
        """See `Counting`."""
        chosen = np.zeros(self._documents, bool)
        chosen[_array_of(documents).numbers] = True
        signed = np.asarray(of)[chosen[np.asarray(having)]]
        counts: list[int] = np.bincount(signed, minlength=values).tolist()
        return counts

    def between(self, of: Sequence[int], first: int, last: int) -> Documents:
        """See `Counting`."""
        values = np.asarray(of)
        chosen = (values >= first) & (values <= last)
        if self._alive is not None:
            chosen &= self._alive
        return NumberSet(np.flatnonzero(chosen))

    def highest_first(self, documents: Documents, of: Sequence[int]) -> Iterator[int]:
        """See `Counting`."""
        numbers = _array_of(documents).numbers
        values = np.asarray(of)[numbers].astype(np.int64)
        return iter(numbers[np.argsort(-values, kind="stable")].tolist())


class ArrayTally:
    """A `Tally`."""

    def __init__(self, documents: int) -> None:
        self._weights = np.zeros(documents)

    def add(self, documents: Documents, weight: float) -> None:
        """See `Tally`."""
        self._weights[_array_of(documents).numbers] += weight

    def heaviest(self) -> float:
        """See `Tally`."""
        return float(self._weights.max(initial=0.0))

    def at_least(self, weight: float) -> Documents:
        """See `Tally`."""
        return NumberSet(np.flatnonzero((self._weights >= weight) & (self._weights > 0)))


class ArrayScores:
    """`Scores`."""

    def __init__(self, documents: Numbers, lengths: NDArray[np.uint8]) -> None:
        self._documents, self._lengths = documents, lengths
        self._scores = np.zeros(len(lengths))

    def add_bm25(self, frequencies: Frequencies, norms: Sequence[float], weight: float) -> None:
        """See `Scores`."""
        found = _frequencies_of(frequencies)
        numbers, times = found.documents.numbers, found.times
        if len(self._documents) * _CHOOSY < len(numbers):  # most postings are of other documents
            places, here = _found_in(self._documents, numbers)
            numbers, times = self._documents[here], times[places[here]]
        self._scores[numbers] += weight * times / (times + np.array(norms)[self._lengths[numbers]])

    def add(self, document: int, score: float) -> None:
        """See `Scores`."""
        self._scores[document] += score

    def __getitem__(self, document: int) -> float:
        return float(self._scores[document])

    def best_first(self) -> Iterator[int]:
        """See `Scores`."""
        documents = self._documents
        scores = self._scores[documents]
        if len(scores) > PORTION:
            bar = np.partition(scores, -PORTION)[-PORTION]
            best = scores >= bar
            yield from _in_order(documents[best], scores[best])
            documents, scores = documents[~best], scores[~best]
        yield from _in_order(documents, scores)


def _in_order(documents: Numbers, scores: NDArray[np.float64]) -> list[int]:
    """The documents, those with the best scores first; they are in order of their numbers."""
    ordered: list[int] = documents[np.argsort(-scores, kind="stable")].tolist()
    return ordered
