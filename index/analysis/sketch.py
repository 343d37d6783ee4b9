"""The sketch of a text: the smallest of its shingles, which its near duplicates share."""

from __future__ import annotations

from array import array

import numpy as np
from numpy.typing import NDArray

from .shingles import FEWEST_WORDS, MULTIPLIER, SHINGLE_BYTES, WORDS

_SKETCH = 4


def sketch(chunks: array[int], hashes: array[int]) -> bytes:
    """The smallest shingles of a text, one after the other, 8 bytes each; none of a short text.

    The text is the numbers of its chunks, `hashes` those of all chunks by number, both as a
    Vocabulary has them. The same numbers as `shingles` computes.
    """
    if len(chunks) < FEWEST_WORDS:
        return b""
    words = np.frombuffer(hashes, np.uint32)[np.frombuffer(chunks, np.int32)].astype(np.uint64)
    factor, shingles = np.uint64(MULTIPLIER), np.zeros(len(words) - WORDS + 1, np.uint64)
    for i in range(WORDS):  # without a mask: unsigned numbers wrap around
        shingles = (shingles + words[i : len(shingles) + i]) * factor
    smallest = sorted(set(_smallest(shingles, 4 * _SKETCH).tolist()))[:_SKETCH]
    if len(smallest) < _SKETCH:  # the same few words over and over
        smallest = sorted(set(shingles.tolist()))[:_SKETCH]
    return b"".join(shingle.to_bytes(SHINGLE_BYTES, "big") for shingle in smallest)


def _smallest(numbers: NDArray[np.uint64], number: int) -> NDArray[np.uint64]:
    return np.partition(numbers, number)[:number] if len(numbers) > number else numbers
