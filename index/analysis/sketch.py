"""Sketches: the smallest shingles of each text, which its near duplicates share."""

from __future__ import annotations

from array import array

import numpy as np
from numpy.typing import NDArray

from .shingles import FEWEST_WORDS, MULTIPLIER, SHINGLE_BYTES, WORDS

_SKETCH = 4  # shingles


def sketches(
    chunks: array[int], starts: array[int], ends: array[int], hashes: array[int]
) -> list[bytes]:
    """The smallest shingles of each of many texts, one after the other, 8 bytes each.

    `chunks` are those of all texts, as numbers, and `hashes` those of all chunks by number, both
    as a Vocabulary has them; a text goes from its start to its end among the chunks. A short
    text has no sketch. The shingles are the numbers that `shingles` computes.
    """
    words = np.frombuffer(hashes, np.uint32)[np.frombuffer(chunks, np.int32)]
    rolled = np.zeros(max(0, len(words) - WORDS + 1), np.uint64)
    for i in range(WORDS):  # without a mask: unsigned numbers wrap around
        rolled += words[i : len(rolled) + i]
        rolled *= np.uint64(MULTIPLIER)
    return [
        _smallest(rolled[start : end - WORDS + 1]) if end - start >= FEWEST_WORDS else b""
        for start, end in zip(starts, ends, strict=True)
    ]


def _smallest(shingles: NDArray[np.uint64]) -> bytes:
    """The sketch of a text. Its shingles are put in order in their place."""
    shingles.sort()
    smallest = shingles[:_SKETCH]
    if (smallest[1:] == smallest[:-1]).any():
        smallest = np.unique(shingles)[:_SKETCH]
    return smallest.astype(f">u{SHINGLE_BYTES}").tobytes()
