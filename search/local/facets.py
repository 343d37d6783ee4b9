"""Facets: how the matching articles are shared out among sources and months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.analysis import fold, folded

from ..model import FacetCount


@dataclass(frozen=True, slots=True)
class Facet:
    """A field of which an article has one value."""

    values: tuple[str, ...]
    of: Sequence[int]
    """By the number of a document, that of its value."""


def count(facet: Facet, documents: Iterable[int]) -> list[FacetCount]:
    """How many of `documents` have each value; values that none has are left out."""
    counts = Counter(map(facet.of.__getitem__, documents))
    return [FacetCount(value, counts[i]) for i, value in enumerate(facet.values) if counts[i]]


def most_first(counts: Iterable[FacetCount]) -> list[FacetCount]:
    """`counts` by number, the same numbers by name."""
    return sorted(counts, key=lambda facet: (-facet.count, fold(facet.value)))


def matching_sources(name: str, sources: Iterable[str]) -> list[str]:
    """The sources that `name` may mean: one of their aliases, case and accents aside."""
    from index.extraction.sources import (
        canonical,  # its table of sources takes time: only when needed
    )

    meant = {folded(name), folded(canonical(name) or name)}
    return [source for source in sources if folded(source) in meant]
