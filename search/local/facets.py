"""Facets: how the matching articles are shared out among sources and months, and narrowing by
them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.analysis import fold, folded
from index.article import UNKNOWN_SOURCE

from ..model import NO_DATE, FacetCount, Note

if TYPE_CHECKING:
    from ..query import FromSource
    from .counting import Counting, Documents
    from .lookup import Lookup


_NOT_KNOWN = {"inconnue", "inconnu"}  # what `UNKNOWN_SOURCE` is called in French


@dataclass(frozen=True, slots=True)
class Facet:
    """A field of which an article has one value."""

    values: tuple[str, ...]
    of: Sequence[int]
    """By the number of a document, that of its value."""

    def value(self, document: int) -> str:
        """The value of one document."""
        return self.values[self.of[document]]


def count(counting: Counting, facet: Facet, documents: Documents) -> tuple[FacetCount, ...]:
    """How many of `documents` have each value; values that none has are left out."""
    counts = counting.histogram(documents, facet.of, len(facet.values))
    listed = zip(facet.values, counts, strict=True)
    return tuple(FacetCount(value, number) for value, number in listed if number)


def most_first(counts: Iterable[FacetCount]) -> tuple[FacetCount, ...]:
    """`counts` by number, the same numbers by name."""
    return tuple(sorted(counts, key=lambda facet: (-facet.count, fold(facet.value))))


def from_sources(lookup: Lookup, named: Iterable[FromSource]) -> Documents:
    """The articles of the named sources, which may be named by their aliases."""
    sources = lookup.snapshot.sources.values
    wanted = {
        source for each in named for source in matching_sources(each.name, sources, each.unfinished)
    }
    return lookup.any_of("source", wanted).keys()


def from_months(lookup: Lookup, months: Sequence[str]) -> Documents:
    """The articles of these months, one of which may be `NO_DATE`."""
    snapshot = lookup.snapshot
    found = lookup.any_of("month", months).keys()
    return found | snapshot.undated() if NO_DATE in months and snapshot.is_dated else found


def matching_sources(name: str, sources: Iterable[str], unfinished: bool = False) -> list[str]:
    """The sources that `name` may mean: one of their aliases, case and accents aside.

    An `unfinished` name may go on: it may be how one of a source's words begins, too.
    """
    from index.extraction.sources import canonical  # its table takes time: only when needed

    meant = {folded(name), folded(canonical(name) or name)}
    if meant & _NOT_KNOWN:
        meant.add(UNKNOWN_SOURCE)
    begun = f" {folded(name)}"
    return [
        source
        for source in sources
        if (known := folded(source)) in meant or (unfinished and begun in f" {known}")
    ]


def unknown_source(name: str, sources: Sequence[str]) -> Note:
    """What to say of a name that none of `sources` goes by: which of them are like it, or all."""
    from difflib import get_close_matches

    known = {source.casefold(): source for source in sources if source}
    close = tuple(known[each] for each in get_close_matches(name.casefold(), known, n=3))
    return Note("unknown source", name, near=close or tuple(known.values()), sure=bool(close))
