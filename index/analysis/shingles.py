"""Shingles: what tells that two texts are the same one, reprinted or scraped again.

The runs of five words of a text, hashed (Broder, “On the resemblance and containment of
documents”, 1997). An article keeps the four smallest as its `sketch`: a near duplicate shares
one of them almost surely, so that looking these up finds the candidates.
"""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

from .tokenizer import CHUNK

WORDS = 5  # of a shingle
SHINGLE_BYTES = 8
MULTIPLIER = 0x9E3779B97F4A7C15  # odd, and its bits are well mixed: 2**64 / the golden ratio
_MASK = 2**64 - 1
FEWEST_WORDS = 20  # of an article that can be told from others by its words


def shingles(text: str) -> set[int]:
    """The hashed runs of words of `text`, whatever their case and what is between them."""
    hashes = [_remembered(chunk) for chunk in CHUNK.findall(text)]
    if len(hashes) < FEWEST_WORDS:
        return set()
    m, found = MULTIPLIER, set()
    for a, b, c, d, e in zip(*(hashes[i:] for i in range(WORDS)), strict=False):
        found.add(((((a * m + b) * m + c) * m + d) * m + e) * m & _MASK)
    return found


def sketch_terms(sketch: bytes) -> list[bytes]:
    """The shingles of a sketch, as they are indexed."""
    return [sketch[i : i + SHINGLE_BYTES] for i in range(0, len(sketch), SHINGLE_BYTES)]


def chunk_hash(chunk: str) -> int:
    """The hash of a chunk, whatever its case; of 32 bits."""
    return crc32(chunk.lower().encode("utf-8", "surrogatepass"))


_remembered = lru_cache(maxsize=1 << 17)(chunk_hash)
