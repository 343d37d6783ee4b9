"""Counting: what is reckoned over the postings of a query, in one of two ways.

`plain` does it with dictionaries and sets, and needs nothing but Python: one query from the shell
is answered before NumPy would have been loaded. `arrays` does it with NumPy, for who asks many
queries: an interface, or a list of them. Both give the same numbers, to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import accumulate, takewhile
from typing import Protocol

from index.whoosh_store.codec.opened import OpenSegment as Segment
from index.whoosh_store.codec.terms import Entry, document_frequency

Documents = Set[int]
"""Numbers of documents."""

Frequencies = Mapping[int, float]
"""Document number → how often a term occurs in it."""

Places = Set[int]
"""Where words stand: a document and a position in it (in words), as `place` makes one number."""

POSITION_BITS = 32
_FEW = 8


def place(document: int, position: int) -> int:
    """One number for both; those of a document are in a row, in the order of its words."""
    return document << POSITION_BITS | position


def are_few(wanted: int, documents: int) -> bool:
    """Whether the places in so many of the documents of a term are read one by one in less time
    than all of its places."""
    return wanted * _FEW < documents


def by_document(places: Places) -> dict[int, list[int]]:
    """The positions in each document, in order."""
    found: dict[int, list[int]] = {}
    for each in sorted(places):
        found.setdefault(each >> POSITION_BITS, []).append(each & (1 << POSITION_BITS) - 1)
    return found


Entries = list[tuple[Segment, Entry]]
"""Where a term is found: its entry in each segment that has it."""


def articles_with(entries: Entries) -> int:
    """How many articles have the term that is found there, deleted ones included."""
    return sum(document_frequency(entry) for _, entry in entries)


def foremost(having: Mapping[bytes, int], limit: int, postings: int | None) -> list[bytes]:
    """Up to so many terms, those first that most documents have: see `Counting.most_frequent`."""
    first = sorted(sorted(having), key=having.__getitem__, reverse=True)[:limit]
    if postings is None:
        return first
    enough = takewhile(postings.__ge__, accumulate(map(having.__getitem__, first)))
    return first[: max(1, sum(1 for _ in enough))]


PORTION = 100
"""Documents that are put in order before the others: hardly anybody asks for more."""


class Tally(Protocol):
    """A weight for each of some documents."""

    def add(self, documents: Documents, weight: float) -> None:
        """Let each of the documents weigh so much more."""

    def heaviest(self) -> float:
        """The most that one weighs; 0 when there is none."""

    def at_least(self, weight: float) -> Documents:
        """Those that weigh so much."""


class Scores(Protocol):
    """A score for each of some documents, which are chosen from the beginning."""

    def add_bm25(self, frequencies: Frequencies, norms: Sequence[float], weight: float) -> None:
        """Add the BM25 score of a term to the documents that have it; see `ranking`."""

    def add(self, document: int, score: float) -> None:
        """Add to the score of one document."""

    def __getitem__(self, document: int) -> float: ...

    def best_first(self) -> Iterator[int]:
        """The documents, the best first; equal ones by their numbers."""


class Counting(Protocol):
    """A way to count the documents of one commit."""

    def most_frequent(
        self, field: str, prefix: str, limit: int, postings: int | None
    ) -> dict[str, Entries]:
        """Up to so many of the terms that begin with `prefix`, with where they are found.

        Those first that most documents have, then in the order of the alphabet. They have no more
        than so many `postings` together, or there is only one.
        """

    def is_worth_choosing(self, documents: int, postings: int) -> bool:
        """Whether so few `wanted` documents take `total` less time than all of the postings."""

    def total(self, terms: Iterable[Entries], wanted: Documents | None = None) -> Frequencies:
        """How often any of the terms that are found there occurs in each document.

        With `wanted` at least in those.
        """

    def places(self, entries: Entries, wanted: Documents) -> Places:
        """Where the term that is found there stands in each of the `wanted` documents."""

    def documents_of(self, places: Places) -> Documents:
        """The documents in which these are."""

    def following(self, places: Places) -> Places:
        """The places one word after these."""

    def sum(self, frequencies: Sequence[Frequencies]) -> Frequencies:
        """The sum of several terms' frequencies: they count as one."""

    def union(self, documents: Iterable[Documents]) -> Documents:
        """The documents that are in any of these."""

    def every(self) -> Documents:
        """All documents but the deleted ones."""

    def tally(self) -> Tally:
        """No document yet."""

    def scores(self, documents: Documents, lengths: bytes) -> Scores:
        """All of the documents at 0; `lengths` are those of all in the commit, as a byte each."""

    def histogram(self, documents: Documents, of: Sequence[int], values: int) -> Sequence[int]:
        """How many of the documents have each of so many values, which `of` has by document."""

    def histogram_of_many(
        self, documents: Documents, having: Sequence[int], of: Sequence[int], values: int
    ) -> Sequence[int]:
        """The same where a document may have several of the values: `having` names it as often,
        and `of` has one of them each time."""

    def between(self, of: Sequence[int], first: int, last: int) -> Documents:
        """The documents whose value is from `first` to `last`."""

    def highest_first(self, documents: Documents, of: Sequence[int]) -> Iterator[int]:
        """The documents by their values, the highest first; equal ones by their numbers."""
