"""Facets: how the matching articles are shared out among sources and months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from index.analysis import fold, folded

from .results import FacetCount


def count(values: Mapping[str, Set[int]], documents: Set[int]) -> list[FacetCount]:
    """How many of `documents` have each of `values`; values that none has are left out."""
    return [
        FacetCount(value, number)
        for value, having in values.items()
        if (number := len(having & documents))
    ]


def most_first(counts: Iterable[FacetCount]) -> list[FacetCount]:
    """`counts` by number, the same numbers by name."""
    return sorted(counts, key=lambda facet: (-facet.count, fold(facet.value)))


def matching_sources(name: str, sources: Iterable[str]) -> list[str]:
    """The sources that `name` may mean: one of their aliases, case and accents aside."""
    from index.sources import canonical  # its table of sources takes time: only when needed

    meant = {folded(name), folded(canonical(name) or name)}
    return [source for source in sources if folded(source) in meant]
