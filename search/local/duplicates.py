"""Duplicates: one place in the list for a dispatch that several outlets reprinted.

Which articles are the same was found when they were indexed: see `index/analysis/resemblance.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .snapshot import Snapshot


def distinct_places(
    snapshot: Snapshot, ranked: Iterable[tuple[int, float]]
) -> Iterator[tuple[int, float, list[int]]]:
    """`ranked` articles with their scores, each with its duplicates, which are then left out."""
    taken: set[int] = set()
    for document, score in ranked:
        if document not in taken:
            same = snapshot.same_as(document)
            taken.update(same)
            yield document, score, same
