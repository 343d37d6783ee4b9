"""Facets: how the matching articles are shared out among sources and months, and narrowing by
them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.analysis import fold, folded

from ..model import NO_DATE, FacetCount

if TYPE_CHECKING:
    from .lookup import Documents, Lookup


@dataclass(frozen=True, slots=True)
class Facet:
    """A field of which an article has one value."""

    values: tuple[str, ...]
    of: Sequence[int]
    """By the number of a document, that of its value."""


def count(facet: Facet, documents: Iterable[int]) -> tuple[FacetCount, ...]:
    """How many of `documents` have each value; values that none has are left out."""
    counts = Counter(map(facet.of.__getitem__, documents))
    listed = enumerate(facet.values)
    return tuple(FacetCount(value, counts[i]) for i, value in listed if counts[i])


def most_first(counts: Iterable[FacetCount]) -> tuple[FacetCount, ...]:
    """`counts` by number, the same numbers by name."""
    return tuple(sorted(counts, key=lambda facet: (-facet.count, fold(facet.value))))


def from_sources(lookup: Lookup, names: Iterable[str]) -> Documents:
    """The articles of the named sources, which may be named by their aliases."""
    sources = lookup.snapshot.sources.values
    wanted = {source for name in names for source in matching_sources(name, sources)}
    return lookup.any_of("source", wanted).keys()


def from_months(lookup: Lookup, months: Sequence[str]) -> Documents:
    """The articles of these months, one of which may be `NO_DATE`."""
    snapshot = lookup.snapshot
    found = lookup.any_of("month", months).keys()
    if NO_DATE not in months or not snapshot.is_dated:
        return found
    undated = snapshot.months.values.index(NO_DATE)
    return found | {n for n in snapshot.documents if snapshot.months.of[n] == undated}


def matching_sources(name: str, sources: Iterable[str]) -> list[str]:
    """The sources that `name` may mean: one of their aliases, case and accents aside."""
    from index.extraction.sources import canonical  # its table takes time: only when needed

    meant = {folded(name), folded(canonical(name) or name)}
    return [source for source in sources if folded(source) in meant]
