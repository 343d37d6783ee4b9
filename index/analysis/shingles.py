"""Shingles: what tells that two texts are the same one, reprinted or scraped again.

The runs of five words of a text, hashed (Broder, “On the resemblance and containment of
documents”, 1997). An article keeps the four smallest as its sketch: a near duplicate shares
one of them almost surely, so that looking these up finds the candidates.
"""

from __future__ import annotations

from functools import lru_cache
from heapq import nsmallest
from zlib import crc32

from .tokenizer import CHUNK

_WORDS = 5
_SKETCH = 4
_BYTES = 8
_MULTIPLIER = 0x9E3779B97F4A7C15  # odd, and its bits are well mixed: 2**64 / the golden ratio
_MASK = 2**64 - 1
_FEWEST_WORDS = 20  # of an article that can be told from others by its words


def shingles(text: str) -> set[int]:
    """The hashed runs of words of `text`, whatever their case and what is between them."""
    hashes = [_hashed(chunk) for chunk in CHUNK.findall(text)]
    if len(hashes) < _FEWEST_WORDS:
        return set()
    m, found = _MULTIPLIER, set()
    for a, b, c, d, e in zip(*(hashes[i:] for i in range(_WORDS)), strict=False):
        found.add(((((a * m + b) * m + c) * m + d) * m + e) * m & _MASK)
    return found


def sketch(text: str) -> bytes:
    """The smallest shingles of `text`, one after the other, 8 bytes each; none of a short text."""
    return b"".join(x.to_bytes(_BYTES, "big") for x in nsmallest(_SKETCH, shingles(text)))


def sketch_terms(sketch: bytes) -> list[bytes]:
    """The shingles of a sketch, as they are indexed."""
    return [sketch[i : i + _BYTES] for i in range(0, len(sketch), _BYTES)]


@lru_cache(maxsize=1 << 17)
def _hashed(chunk: str) -> int:
    return crc32(chunk.lower().encode("utf-8", "surrogatepass"))
