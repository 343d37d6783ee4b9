"""Stretches of the dictionary, looked through with NumPy: which terms do most documents have?

What Python reads a term at a time (`Terms.entries`) is here read all at once: a dictionary lists
where each of its pairs begins, and how many documents have a term stands at one place in each.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .pickles import Damage
from .private import ENTRY, SIZES
from .terms import FIELD, Stretch

_COUNT = 5  # bytes of an entry before the number of documents: `ENTRY` is "!BfI…"
assert ENTRY.format.startswith("!BfI")


def most_frequent(stretch: Stretch, limit: int) -> dict[bytes, int]:
    """Up to so many of the terms of a stretch, those that most documents have, with how many."""
    data = np.frombuffer(stretch.data, np.uint8)
    at = np.frombuffer(stretch.positions, f">{stretch.type.replace('q', 'i8')}").astype(np.int64)
    at -= stretch.start
    if not len(at):
        return {}
    if at[0] or at.min() < 0 or at.max() + SIZES.size > len(data):
        raise Damage("no terms where they should be")
    keys = _number_at(data, at)
    counts = at + SIZES.size + keys + _COUNT
    if counts.min() < 0 or counts.max() + 4 > len(data):
        raise Damage("an entry is too short")
    having = _number_at(data, counts)
    chosen = np.arange(len(at))
    if len(at) > limit:
        chosen = np.argpartition(-having, limit)[:limit]
    starts = (at[chosen] + SIZES.size).tolist()
    ends = (at[chosen] + SIZES.size + keys[chosen]).tolist()
    terms = (stretch.data[start + FIELD : end] for start, end in zip(starts, ends, strict=True))
    return dict(zip(terms, having[chosen].tolist(), strict=True))


def _number_at(data: NDArray[np.uint8], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of four bytes that begin at these places."""
    numbers = np.zeros(len(places), np.int64)
    for offset in range(4):
        numbers = numbers << 8 | data[places + offset]
    return numbers
