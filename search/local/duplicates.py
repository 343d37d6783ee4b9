"""Duplicates: one place in the list for a dispatch that several outlets reprinted.

Articles that share a shingle of their sketches may be the same; those whose texts have most of
their shingles in common are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .snapshot import Snapshot

ALIKE = 0.5
"""Share of all shingles of two texts that both have, from which on they are one."""

_MOST_CANDIDATES = 50  # articles compared with one; a sentence that all share is no dispatch


def distinct_places(
    snapshot: Snapshot, ranked: Iterable[tuple[int, float]]
) -> Iterator[tuple[int, float, list[int]]]:
    """`ranked` articles with their scores, each with its duplicates, which are then left out."""
    taken: set[int] = set()
    for document, score in ranked:
        if document not in taken:
            same = duplicates(snapshot, document)
            taken.update(same)
            yield document, score, same


def duplicates(snapshot: Snapshot, document: int) -> list[int]:
    """The other articles that are the same as this one but for details."""
    candidates = snapshot.sharing_shingles(document)
    if not candidates:
        return []
    mine = snapshot.shingles(document)
    return [
        other
        for other in sorted(candidates)[:_MOST_CANDIDATES]
        if _alike(mine, snapshot.shingles(other))
    ]


def _alike(a: set[int], b: set[int]) -> bool:
    return len(a & b) >= ALIKE * len(a | b)
