"""Facets: how the matching articles are shared out among the sources."""

from __future__ import annotations

from collections.abc import Iterable, Set

from index.analysis import fold
from index.sources import canonical

from .results import FacetCount
from .snapshot import Snapshot


def count_by_source(snapshot: Snapshot, documents: Set[int]) -> tuple[FacetCount, ...]:
    """How many of `documents` each source has, the most first; sources without any are left out."""
    counts = [
        FacetCount(name, len(theirs & documents)) for name, theirs in snapshot.sources.items()
    ]
    found = [count for count in counts if count.count]
    return tuple(sorted(found, key=lambda facet: (-facet.count, fold(facet.value))))


def matching_sources(name: str, sources: Iterable[str]) -> list[str]:
    """The sources that `name` may mean: one of their aliases, case and accents aside."""
    meant = {fold(name), fold(canonical(name) or name)}
    return [source for source in sources if fold(source) in meant]
