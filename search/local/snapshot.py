"""Snapshot: the index as of one commit, as sets and tables that queries are answered with."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Set
from functools import cached_property, lru_cache

from index.article import Article
from index.whoosh_store.codec.columns import LENGTHS as LENGTHS
from index.whoosh_store.codec.opened import OpenSegment as Segment
from index.whoosh_store.codec.terms import Entry
from index.whoosh_store.folder import OpenIndex
from index.whoosh_store.schema import restored

from ..model import NO_DATE
from .counting import Counting, Documents, Entries, Frequencies, Places, articles_with
from .counting.plain import PlainCounting
from .facets import Authors, Facet

WORTH_ARRAYS = 5_000
"""Articles from which on NumPy, a tenth of a second to load, saves more in a few dozen queries."""

MANY_POSTINGS = 200_000
"""Postings that take longer to be counted one by one than NumPy takes to be loaded."""

_CACHED_POSTINGS = 1_000_000  # some 100 MB; as-you-type search asks for the same terms again
_CACHED_ENTRIES = 4096  # terms whose place is kept, most of them nowhere


class Snapshot:
    """One commit of the index. For one thread at a time."""

    def __init__(self, index: OpenIndex, *, arrays: bool = False) -> None:
        """With `arrays` NumPy counts, in an archive that is worth it: see `counting`."""
        self._index = index
        self._all = 0
        """Articles, deleted ones included."""
        self._segments: list[Segment] = []
        for reader in index.readers:
            self._segments.append(Segment(reader, self._all))
            self._all += reader.doc_count_all()
        self._deleted: frozenset[int] = frozenset().union(*(s.deleted for s in self._segments))
        self.size = self._all - len(self._deleted)
        self.counting = self._counting(arrays and self._all >= WORTH_ARRAYS)
        self._cached: OrderedDict[tuple[str, ...], Frequencies] = OrderedDict()
        self._cached_postings = 0
        self.entries = lru_cache(maxsize=_CACHED_ENTRIES)(self._entries)

    def expect(self, postings: int) -> None:
        """Before so many postings are counted: from `MANY_POSTINGS` on it takes less time with
        arrays, even once."""
        if postings > MANY_POSTINGS and isinstance(self.counting, PlainCounting):
            self.counting = self._counting(arrays=True)

    def _counting(self, arrays: bool) -> Counting:
        if not arrays:
            return PlainCounting(self._segments, self._all, self._deleted)
        from .counting.arrays import ArrayCounting  # NumPy: see `counting`

        return ArrayCounting(self._segments, self._all, self._deleted)

    def close(self) -> None:
        self._index.close()

    @cached_property
    def documents(self) -> Documents:
        """The numbers of all articles."""
        return self.counting.every()

    # Terms

    def _entries(self, field: str, term: str) -> Entries:
        """Where `term` is found; nowhere when no document has it."""
        found = ((segment, segment.entry(field, _bytes(term))) for segment in self._segments)
        return [(segment, entry) for segment, entry in found if entry is not None]

    def with_prefix(self, field: str, prefix: str) -> dict[str, Entries]:
        """The terms that begin with `prefix`, in order, and where they are found."""
        found: defaultdict[str, Entries] = defaultdict(list)
        for segment in self._segments:
            for term, entry in segment.entries(field, _bytes(prefix)):
                found[term.decode()].append((segment, entry))
        return dict(sorted(found.items()))

    def entries_with_prefix(self, field: str, prefix: str) -> Iterator[tuple[bytes, Entry]]:
        """The terms that begin with `prefix`, once for each segment that has them."""
        for segment in self._segments:
            yield from segment.entries(field, prefix.encode())

    @cached_property
    def forms(self) -> list[str]:
        """Every form (unstemmed, folded) that occurs in the articles."""
        found = set[bytes]().union(*(segment.forms() for segment in self._segments))
        return b" ".join(sorted(found)).decode().split()

    def count(self, field: str, *terms: str) -> int:
        """How many articles have any of `terms`."""
        places = [entries for term in terms if (entries := self.entries(field, term))]
        if len(places) == 1 and not self._deleted:
            return articles_with(places[0])
        return len(self.postings(field, *terms)) if places else 0

    def postings(self, field: str, *terms: str, within: Set[int] | None = None) -> Frequencies:
        """How often any of `terms` occurs in each document that has one; empty when none does.

        Who needs those `within` some few documents only gets them, perhaps with others.
        """
        key = field, *terms
        if key in self._cached:
            self._cached.move_to_end(key)
            return self._cached[key]
        places = [entries for term in terms if (entries := self.entries(field, term))]
        if within is not None and self.counting.is_worth_choosing(
            len(within), sum(map(articles_with, places))
        ):
            return self.counting.total(places, within)
        found = self._cached[key] = self.counting.total(places)
        self._cached_postings += len(found) + 1  # what is not found takes a place, too
        while self._cached_postings > _CACHED_POSTINGS and len(self._cached) > 1:
            _, oldest = self._cached.popitem(last=False)
            self._cached_postings -= len(oldest) + 1
        return found

    def places(self, field: str, term: str, wanted: Documents) -> Places:
        """Where `term` stands in each of the `wanted` documents that have it."""
        return self.counting.places(self.entries(field, term), wanted)

    # Documents

    @cached_property
    def average_length(self) -> float:
        """Words in an article, on average."""
        words: int = sum(reader.field_length("text") for reader in self._index.readers)
        return max(1.0, words / max(1, self._all))  # both with deleted ones

    @cached_property
    def lengths(self) -> bytes:
        """Words in each document, as precise as Whoosh keeps it: see `LENGTHS`."""
        return b"".join(segment.lengths("text") for segment in self._segments)

    def article(self, document: int) -> Article:
        return restored(self._segment_of(document).stored(document)["article"])

    def _segment_of(self, document: int) -> Segment:
        return next(segment for segment in self._segments if segment.holds(document))

    def same_as(self, document: int) -> list[int]:
        """The other articles that are this one, reprinted or shortened."""
        return [n for n in self._index.groups.others(document) if n not in self._deleted]

    def title_key(self, document: int) -> bytes:
        """What sorts the article by its title, case and accents aside."""
        return self._segment_of(document).value("sort_title", document)

    # Small fields: sources and dates

    @cached_property
    def sources(self) -> Facet:
        """The source of each article; an article that has none has that of an empty name."""
        return Facet(("", *self.with_prefix("source", "")), self._index.facets.source)

    @cached_property
    def authors(self) -> Authors:
        """Who has signed articles."""
        bylines = self.with_prefix("byline", "").items()
        counts = {name: articles_with(entries) for name, entries in bylines}
        return Authors.known(counts, self._index.facets.signed, self._index.facets.authors)

    @cached_property
    def _days(self) -> list[str]:
        """The days (YYYY-MM-DD) that there are articles of, in order: those of `facets.date`."""
        return [
            f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"
            for day in self._index.facets.days
        ]

    @cached_property
    def months(self) -> Facet:
        """The month (YYYY-MM) of each article, from the oldest on; the first is `NO_DATE`."""
        months = (f"{month // 100:04}-{month % 100:02}" for month in self._index.facets.months)
        return Facet((NO_DATE, *months), self._index.facets.month)

    @cached_property
    def is_dated(self) -> bool:
        """Whether any article has a date."""
        return any(self._index.facets.month)

    def days(self) -> tuple[str, str] | None:
        """The first and the last day that an article is of; None without dates."""
        numbers = {*self._index.facets.date} - {0}
        return (self._days[min(numbers) - 1], self._days[max(numbers) - 1]) if numbers else None

    def between(self, first: str, last: str) -> Documents:
        """The articles of the days (YYYY-MM-DD) from `first` to `last`, both included."""
        days = self._days  # the number of the first of them is 1
        from_, to = bisect_left(days, first) + 1, bisect_right(days, last)
        return self.counting.between(self._index.facets.date, from_, to)

    def undated(self) -> Documents:
        """The articles without a date."""
        return self.counting.between(self._index.facets.date, 0, 0)

    def newest_first(self, documents: Documents) -> Iterator[int]:
        """`documents` by date, the newest first and those without a date last."""
        return self.counting.highest_first(documents, self._index.facets.date)


def _bytes(term: str) -> bytes:
    """A term as an index has it; what is no Unicode, as in a file name, is in none."""
    return term.encode(errors="surrogatepass")
