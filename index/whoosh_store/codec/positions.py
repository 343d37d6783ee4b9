"""Where a term stands in one document, as Whoosh's `formats.Positions` keeps it.

How often it occurs, in four bytes, then a pickled list of positions, each as the difference from
the one before. Positions are counted in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from pickle import dumps
from struct import Struct

from ...language import _
from .pickles import Damage, plain

_COUNT = Struct("!I")
_PROTOCOL = 2  # Whoosh's, so that the same positions are the same bytes


def encoded(differences: Sequence[int]) -> bytes:
    """The bytes of a list of positions: the first, then each as it differs from the one before."""
    return _COUNT.pack(len(differences)) + dumps(differences, _PROTOCOL)


@lru_cache(maxsize=1 << 14)
def decoded(value: bytes) -> frozenset[int]:
    """The positions in these bytes. Most words stand in a text once: few values are new."""
    try:
        first, *others = plain(value[_COUNT.size :])
        return frozenset(accumulate(others, initial=first + 0))
    except (TypeError, ValueError) as error:
        raise Damage(_("no positions where they should be")) from error
