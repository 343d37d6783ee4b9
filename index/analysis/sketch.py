"""Sketches: the smallest shingles of each text, which its near duplicates share."""

from __future__ import annotations

from array import array

import numpy as np

from .shingles import FEWEST_WORDS, MULTIPLIER, SHINGLE_BYTES, WORDS

_SKETCH = 4  # shingles
_NONE = np.uint64(2**64 - 1)  # no shingle, but by a chance of one in 2**64


def sketches(
    chunks: array[int], starts: array[int], ends: array[int], hashes: array[int]
) -> list[bytes]:
    """The smallest shingles of each of many texts, one after the other, 8 bytes each.

    `chunks` are those of all texts, as numbers, and `hashes` those of all chunks by number, both
    as a Vocabulary has them; a text goes from its start to its end among the chunks. A short
    text has no sketch. The shingles are the numbers that `shingles` computes.
    """
    found = [b""] * len(starts)
    begin, sizes = np.array(starts, np.int64), np.subtract(ends, starts) - WORDS + 1
    (long,) = np.nonzero(sizes > FEWEST_WORDS - WORDS)
    if not len(long):
        return found
    words = np.frombuffer(hashes, np.uint32)[np.frombuffer(chunks, np.int32)]
    rolled = np.zeros(len(words) - WORDS + 1, np.uint64)
    for i in range(WORDS):  # without a mask: unsigned numbers wrap around
        rolled += words[i : len(rolled) + i]
        rolled *= np.uint64(MULTIPLIER)
    begin, sizes = begin[long], sizes[long]
    first = np.cumsum(sizes) - sizes
    inside = np.repeat(begin - first, sizes) + np.arange(sizes.sum())
    shingles, text = rolled[inside], np.repeat(np.arange(len(long)), sizes)
    smallest = []
    for _ in range(_SKETCH):
        smallest.append(np.minimum.reduceat(shingles, first))
        shingles[shingles == smallest[-1][text]] = _NONE  # each of them once
    for number, row in zip(long.tolist(), np.stack(smallest, axis=1), strict=True):
        found[number] = row[row != _NONE].astype(f">u{SHINGLE_BYTES}").tobytes()
    return found
