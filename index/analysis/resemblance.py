"""Resemblance: which texts are one, by their sketches.

Texts that have one of the smallest hashes of their sketches in common are compared; those whose
sketches say that they are alike are grouped around the longest of them. All of it is a function of
the set of texts: neither their order nor what was there before makes a difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .distinct import changes
from .sketch import DTYPE, SIZE

SHARED = 0.5
"""Of what two texts have together, the share that both have, from which on they are one."""

CONTAINED = 0.7
"""Of the shorter text, the share that is in the longer one, from which on it is that one,
shortened, …"""

SHORTENED = 0.3
"""… if so much of what they have together is shared: a text that quotes a brief is not that brief,
but half a dispatch with a line of the outlet's own is still the dispatch."""

FIRST = 8
"""Hashes of a sketch by which those are found that may be alike: of two texts one of which is half
of the other, 255 in 256 share one of them."""

_USUAL = 64
"""Texts that share a hash and are all compared with each other. More of them share a line that all
articles of an outlet have; then only those are compared that have the most alike sketches."""

_AT_ONCE = 4_000  # pairs that are compared at one time, in 20 MB
NOTHING = 0xFFFFFFFF
"""Stands where a sketch has no more hashes."""

Rows = NDArray[np.uint32]
"""Sketches, one a row; what a short one lacks is `NOTHING`."""
Numbers = NDArray[Any]


def rows(data: bytes, lengths: Sequence[int]) -> Rows:
    """The sketches that are one after the other in `data`, each of so many bytes, one a row."""
    sizes = np.array(lengths, np.int64)[:, None] // DTYPE.itemsize
    found = np.full((len(lengths), SIZE), NOTHING, np.uint32)
    found[np.arange(SIZE) < sizes] = np.frombuffer(data, DTYPE)
    return found


def groups(sketches: Rows) -> list[list[int]]:
    """The numbers of the texts that are one, a list for each group of two or more."""
    pairs = _candidates(sketches[:, :FIRST])
    alike = [np.empty(0, bool)]
    for at in range(0, len(pairs), _AT_ONCE):
        left, right = pairs[at : at + _AT_ONCE].T
        alike.append(_alike(sketches[left], sketches[right]))
    return sorted(_around_the_longest(pairs[np.concatenate(alike)], sketches))


def _candidates(first: Rows) -> Numbers:
    """The pairs of texts that share one of their first hashes, each once: two columns."""
    texts, columns = np.nonzero(first != NOTHING)
    hashes = first[texts, columns]
    order = np.argsort(hashes, kind="stable")
    texts, hashes = texts[order], hashes[order]
    begins = np.flatnonzero(changes(hashes))
    counts = np.diff(begins, append=len(hashes))
    begins, counts = begins[counts > 1], counts[counts > 1]
    pairs = [np.empty((0, 2), np.int64)]
    for distance in range(1, _USUAL):
        some = (counts > distance) & (counts <= _USUAL)
        of_each = counts[some] - distance  # pairs with so many others between them
        left = np.repeat(begins[some], of_each) + _counted(of_each)
        pairs.append(np.column_stack((texts[left], texts[left + distance])))
    for begin, count in zip(*(a[counts > _USUAL].tolist() for a in (begins, counts)), strict=True):
        sharing = texts[begin : begin + count]
        near = sharing[np.lexsort(first[sharing].T[::-1])]  # those of like sketches side by side
        pairs.append(np.sort(np.column_stack((near[:-1], near[1:])), axis=1))
    left, right = np.concatenate(pairs).T
    found = np.sort(left * len(first) + right)
    return np.stack(np.divmod(found[changes(found)], len(first)), axis=1)


def _counted(counts: Numbers) -> Numbers:
    """0, 1, 2 … up to before each count, one after the other."""
    ends = np.cumsum(counts)
    counted: Numbers = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
    return counted


def _alike(a: Rows, b: Rows) -> NDArray[np.bool_]:
    """Whether the texts of each row are one.

    The smallest hashes of both sketches together are a sample of what the two texts have together:
    of these it is counted which are in both.
    """
    both = np.sort(np.concatenate((a, b), axis=1), axis=1)
    new = np.ones(both.shape, bool)
    new[:, 1:] = both[:, 1:] != both[:, :-1]
    new &= both != NOTHING
    sampled = new & (np.cumsum(new, axis=1) <= SIZE)
    total = sampled.sum(axis=1)
    last = np.where(sampled, both, 0).max(axis=1)[:, None]
    of_a, of_b = ((each <= last).sum(axis=1) for each in (a, b))
    shared = of_a + of_b - total
    shorter = np.maximum(1, np.minimum(of_a, of_b))
    contained = (shared >= CONTAINED * shorter) & (shared >= SHORTENED * total)
    alike: NDArray[np.bool_] = contained | (shared >= SHARED * total)
    return alike


def _around_the_longest(pairs: Numbers, sketches: Rows) -> Iterator[list[int]]:
    """Groups of texts, all of which are alike to the longest one of them; pairs are alike.

    So versions of an article that somebody adds to every day are several groups, and not one whose
    ends have nothing in common.
    """
    near: defaultdict[int, set[int]] = defaultdict(set)
    for a, b in pairs.tolist():
        near[a].add(b)
        near[b].add(a)

    def longest_first(text: int) -> tuple[int, bytes]:
        # The more hashes there are, the smaller is the last of the smallest.
        hashes = sketches[text]
        return int(hashes[-1]) - int((hashes != NOTHING).sum()), hashes.tobytes()

    left = set(near)
    for text in sorted(near, key=longest_first):
        group = {text, *near[text]} & left if text in left else ()
        if len(group) > 1:
            yield sorted(group)
        left.difference_update(group)
