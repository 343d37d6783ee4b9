"""Stretches of the dictionary, looked through with NumPy: which terms do most documents have?

What Python reads a term at a time (`Terms.entries`) is here read all at once: a dictionary lists
where each of its pairs begins, and how many documents have a term stands at one place in each.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .pickles import Damage
from .private import ENTRY, SIZES
from .terms import FIELD, Entry, Stretch

_TYPES = {"B": "u1", "H": "u2", "i": "i4", "I": "u4", "q": "i8"}  # NumPy's, by Whoosh's
_COUNT = 5  # bytes of an entry before the number of documents: `ENTRY` is "!BfI…"
assert ENTRY.format.startswith("!BfI")


def most_frequent(stretch: Stretch, limit: int) -> dict[bytes, Entry]:
    """Up to so many of the terms of a stretch, those that most documents have."""
    data = np.frombuffer(stretch.data, np.uint8)
    at = np.frombuffer(stretch.positions, f">{_TYPES[stretch.type]}").astype(np.int64)
    at -= stretch.start
    if not len(at):
        return {}
    if at[0] or at.min() < 0 or at.max() + SIZES.size > len(data):
        raise Damage("no terms where they should be")
    entries = at + SIZES.size + _number_at(data, at)
    ends = entries + _number_at(data, at + SIZES.size // 2)
    if (entries > ends).any() or (ends - entries).min() < ENTRY.size or ends.max() > len(data):
        raise Damage("an entry is too short")
    keys = at + SIZES.size + FIELD
    if len(at) > limit:
        having = _number_at(data, entries + _COUNT)
        chosen = np.argpartition(-having, limit)[:limit]
        keys, entries, ends = keys[chosen], entries[chosen], ends[chosen]
    found = zip(keys.tolist(), entries.tolist(), ends.tolist(), strict=True)
    return {stretch.data[key:entry]: stretch.data[entry:end] for key, entry, end in found}


def _number_at(data: NDArray[np.uint8], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of four bytes that begin at these places."""
    numbers = np.zeros(len(places), np.int64)
    for offset in range(4):
        numbers = numbers << 8 | data[places + offset]
    return numbers
