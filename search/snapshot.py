"""Snapshot: the index as of one commit, read in bulk.

Whoosh iterates over postings one Python call at a time; here a term's postings are decoded a
block at a time into a dict, and queries are answered with set operations on those dicts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any

from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.formats import Positions
from whoosh.index import FileIndex
from whoosh.matching import Matcher
from whoosh.reading import IndexReader, TermNotFound

from index.analysis import shingles
from index.article import Article
from index.schema import restored

from .results import NO_DATE

Frequencies = Mapping[int, float]
"""Document number → how often the term occurs in it."""

_CACHED_SHINGLES = 512  # articles whose shingles are kept; pages show the same ones again
_CACHED_TERMS = 256  # postings kept decoded; as-you-type search asks for the same ones again


class Snapshot:
    """One commit of the index. Whoosh readers share a file cursor: one thread at a time."""

    def __init__(self, index: FileIndex) -> None:
        self.reader: IndexReader = index.reader()
        self.size: int = self.reader.doc_count()
        self._leaves = [
            (leaf, base, frozenset(leaf.deleted_docs_set) if leaf.has_deletions() else frozenset())
            for leaf, base in self.reader.leaf_readers()
            if leaf.doc_count_all()
        ]
        self.frequencies = lru_cache(maxsize=_CACHED_TERMS)(self._frequencies)
        self.shingles = lru_cache(maxsize=_CACHED_SHINGLES)(self._shingles)

    def close(self) -> None:
        self.reader.close()

    @cached_property
    def documents(self) -> frozenset[int]:
        """The numbers of all articles."""
        return frozenset(self.reader.all_doc_ids())

    # Terms

    def _frequencies(self, field: str, term: str) -> Frequencies:
        """How often `term` occurs in each document that has it; empty when none does."""
        found: dict[int, float] = {}
        for matcher, base, deleted in self._matchers(field, term):
            for numbers, weights, _ in _blocks(matcher):
                found.update(zip((base + n for n in numbers), weights, strict=True))
            for number in deleted:
                found.pop(base + number, None)
        return found

    def positions(self, field: str, term: str, wanted: Set[int]) -> dict[int, list[int]]:
        """Where `term` stands in each of the `wanted` documents that have it, counted in words."""
        found: dict[int, list[int]] = {}
        decode = Positions().decode_positions
        in_order = sorted(wanted)
        for matcher, base, deleted in self._matchers(field, term):
            for numbers, _, values in _blocks(matcher, in_order, base):
                for n, value in zip(numbers, values, strict=True):
                    if base + n in wanted and n not in deleted:
                        found[base + n] = decode(value)
        return found

    def _matchers(self, field: str, term: str) -> Iterator[tuple[Matcher, int, frozenset[int]]]:
        for leaf, base, deleted in self._leaves:
            try:
                matcher = leaf.postings(field, term.encode())
            except TermNotFound:
                continue
            yield (matcher.child if deleted else matcher), base, deleted

    def document_frequency(self, form: str) -> int:
        """How many articles have `form`, deleted ones that are still there included."""
        frequency: int = self.reader.doc_frequency("form", form.encode())
        return frequency

    def with_prefix(self, field: str, prefix: str) -> list[str]:
        """The terms of `field` that begin with `prefix`."""
        return [term.decode() for term in self.reader.expand_prefix(field, prefix.encode())]

    @cached_property
    def forms(self) -> list[str]:
        """Every form (unstemmed, folded) that occurs in the articles."""
        return [term.decode() for term in self.reader.lexicon("form")]

    # Documents

    @cached_property
    def average_length(self) -> float:
        """Words in an article, on average."""
        words: int = self.reader.field_length("text")
        articles: int = self.reader.doc_count_all()  # like the words, with deleted ones
        return max(1.0, words / max(1, articles))

    @cached_property
    def _lengths(self) -> dict[int, int]:
        return {}

    def length(self, document: int) -> int:
        """Words in an article, as precise as Whoosh keeps it (a byte)."""
        known = self._lengths.get(document)
        if known is None:
            known = self._lengths[document] = self.reader.doc_field_length(document, "text") or 0
        return known

    def article(self, document: int) -> Article:
        return restored(self.reader.stored_fields(document)["article"])

    def sketch(self, document: int) -> bytes:
        """The shingles that the article shares with its near duplicates: see `duplicates`."""
        found: bytes = self._sketches[document]
        return found

    @cached_property
    def _sketches(self) -> Any:
        return self.reader.column_reader("sketch")

    def _shingles(self, document: int) -> set[int]:
        """All the shingles of the article."""
        return shingles(self.article(document).body)

    def having_shingle(self, shingle: bytes) -> list[int]:
        """The articles that have `shingle` in their sketch."""
        found: list[int] = []
        for leaf, base, deleted in self._leaves:
            if leaf.doc_frequency("sketch", shingle):
                numbers = leaf.postings("sketch", shingle).all_ids()
                found += [base + number for number in numbers if number not in deleted]
        return found

    def title_key(self, document: int) -> bytes:
        """What sorts the article by its title, case and accents aside."""
        key: bytes = self._title_keys[document]
        return key

    @cached_property
    def _title_keys(self) -> Any:
        return self.reader.column_reader("sort_title")

    # Small fields, kept whole: sources and dates

    @cached_property
    def sources(self) -> dict[str, frozenset[int]]:
        """The documents of each source."""
        return self._by_value("source")

    @cached_property
    def dates(self) -> dict[str, frozenset[int]]:
        """The documents of each day (YYYY-MM-DD), in the order of time."""
        return self._by_value("date")

    @cached_property
    def months(self) -> dict[str, frozenset[int]]:
        """The documents of each month (YYYY-MM), the newest first, then those without a date."""
        months = dict(reversed(self._by_value("month").items()))
        dated = frozenset().union(*months.values())
        return {**months, NO_DATE: self.documents - dated} if dated else {}

    def _by_value(self, field: str) -> dict[str, frozenset[int]]:
        """The documents that have each value of `field`, in the order of the values."""
        values = [term.decode() for term in self.reader.lexicon(field)]
        by_value = {value: frozenset(self._frequencies(field, value)) for value in sorted(values)}
        return {value: documents for value, documents in by_value.items() if documents}

    def days(self) -> tuple[str, str] | None:
        """The first and the last day that an article is of; None without dates."""
        days = sorted(term.decode() for term in self.reader.lexicon("date"))
        first = next((day for day in days if self._frequencies("date", day)), None)
        last = next((day for day in reversed(days) if self._frequencies("date", day)), None)
        return (first, last) if first and last else None

    def newest_first(self, documents: Set[int]) -> list[int]:
        """`documents` by date, the newest first and those without a date last."""
        order: list[int] = []
        for day in reversed(self.dates.values()):
            order += sorted(day & documents)
        return order + sorted(documents - set(order))


def _blocks(
    matcher: Matcher, wanted: Sequence[int] | None = None, base: int = 0
) -> Iterator[tuple[Sequence[int], Sequence[float], Sequence[bytes]]]:
    """The postings of a term, block by block: document numbers, weights, encoded values.

    With `wanted` (in order; `base` is where the segment's numbers begin among them) blocks that
    hold none of them are passed over. Decodes the blocks of Whoosh 3's codec as `W3LeafMatcher`
    does (see its `_read_ids` and `_read_weights`), without a call for each posting. Anything
    else goes the public way.
    """
    if not isinstance(matcher, W3LeafMatcher):
        while matcher.is_active():
            yield [matcher.id()], [matcher.weight()], [matcher.value()]
            matcher.next()
        return
    first = base
    while matcher.is_active():
        last = base + matcher.block_max_id()
        if wanted is None or bisect_left(wanted, first) < bisect_right(wanted, last):
            matcher._read_data()
            deltas, weights, values = matcher._data
            if not isinstance(weights, tuple):  # all the same: 1.0 is kept as None
                weights = (1.0 if weights is None else weights,) * len(deltas)
            yield list(accumulate(deltas)), weights, values or (b"",) * len(deltas)
        first = last + 1
        matcher._next_block()
