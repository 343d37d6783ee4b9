"""Sketches: what tells that two texts are the same one, reprinted, shortened or scraped again.

The runs of five words of a text are hashed, and the smallest of these hashes are kept as its sketch
(Broder, “On the resemblance and containment of documents”, 1997): they are a sample of the text
that any other text which has them too keeps as well. `resemblance` compares them.
"""

from __future__ import annotations

from array import array

import numpy as np
from numpy.typing import NDArray

from .distinct import changes

SIZE = 64
"""Hashes of a sketch. What two texts share is known from them to within 6 %, that of short texts
exactly."""

DTYPE = np.dtype("<u4")
"""Of a hash, also as it is stored."""

_WORDS = 5  # of a run
_MULTIPLIER = 0x9E3779B97F4A7C15  # odd, and its bits are well mixed: 2**64 / the golden ratio
_FEWEST_WORDS = 20  # of a text that can be told from others by its words


def sketches(
    chunks: array[int], starts: array[int], ends: array[int], hashes: array[int]
) -> list[bytes]:
    """The sketches of many texts: up to `SIZE` different numbers in order, as bytes of `DTYPE`.

    `chunks` are those of all texts, as numbers, and `hashes` those of all chunks by number, both
    as a Vocabulary has them; a text goes from its start to its end among the chunks. A text of
    less than 20 chunks has no sketch.
    """
    words = np.frombuffer(hashes, np.uint32)[np.frombuffer(chunks, np.int32)]
    rolled = np.zeros(max(0, len(words) - _WORDS + 1), np.uint64)
    for i in range(_WORDS):  # without a mask: unsigned numbers wrap around
        rolled += words[i : len(rolled) + i]
        rolled *= np.uint64(_MULTIPLIER)
    runs = (rolled >> np.uint64(32)).astype(np.uint32)  # the upper half has the better mixed bits
    return [
        _smallest(runs[start : end - _WORDS + 1]) if end - start >= _FEWEST_WORDS else b""
        for start, end in zip(starts, ends, strict=True)
    ]


def _smallest(runs: NDArray[np.uint32]) -> bytes:
    """The sketch of a text. Its runs are put in order in their place."""
    runs.sort()
    smallest = runs[:SIZE]
    if (smallest[1:] == smallest[:-1]).any():
        smallest = runs[changes(runs)][:SIZE]
    return smallest.astype(DTYPE).tobytes()
