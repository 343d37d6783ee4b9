"""Positions: where a term stands in a document, counted in words.

As Whoosh's `formats.Positions` keeps them for one document: how often the term occurs, in four
bytes, then a pickled list of positions, each as the difference from the one before.

And flat, for all documents of the term one after the other: numbers of two bytes each or, far on in
a long text, of four. There they are read a hundred times as fast, and alone.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from pickle import dumps
from struct import Struct
from typing import NamedTuple

from .integers import read, written
from .pickles import Damage, plain

_COUNT = Struct("!I")
_PROTOCOL = 2  # Whoosh's, so that the same positions are the same bytes


class Places(NamedTuple):
    """Flat positions, as they are on the disk."""

    data: bytes
    width: int
    """Bytes of each; 0 in fields that have none."""

    def decoded(self) -> array[int]:
        """The positions. Raises Damage."""
        try:
            return read(self.data, self.width)
        except ValueError as error:
            raise Damage("no positions where they should be") from error

    def cut(self, spans: Iterable[tuple[int, int]]) -> Places:
        """Those of some spans, each from one of them up to another."""
        width = self.width
        return Places(b"".join([self.data[width * a : width * b] for a, b in spans]), width)


NOWHERE = Places(b"", 0)


def flat(positions: Iterable[int]) -> Places:
    """Flat positions of these."""
    numbers = [*positions]
    width = 2 if max(numbers, default=0) < 1 << 16 else 4
    return Places(written(numbers, width), width)


def of(values: Iterable[bytes]) -> Places:
    """Those that are encoded in these, each of one document. Raises Damage."""
    return flat(chain.from_iterable(map(decoded, values)))


def joined(parts: Sequence[Places]) -> Places:
    """Those of each, one after the other."""
    if len({part.width for part in parts}) == 1:
        return Places(b"".join(part.data for part in parts), parts[0].width)
    return flat(position for part in parts if part.width for position in part.decoded())


def encoded(differences: Sequence[int]) -> bytes:
    """The bytes of a list of positions: the first, then each as it differs from the one before."""
    return _COUNT.pack(len(differences)) + dumps(differences, _PROTOCOL)


@lru_cache(maxsize=1 << 14)
def decoded(value: bytes) -> tuple[int, ...]:
    """The positions in these bytes. Most words stand in a text once: few values are new."""
    try:
        first, *others = plain(value[_COUNT.size :])
        return tuple(accumulate(others, initial=first + 0))
    except (TypeError, ValueError) as error:
        raise Damage("no positions where they should be") from error
