"""Integers of two or four bytes, one after the other, the least significant byte first."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence

_TYPES = {2: "H", 4: "I"}  # of arrays, by the bytes of a number


def written(numbers: Sequence[int], width: int) -> bytes:
    """Numbers as bytes, so many each. Raises OverflowError and TypeError for what is none."""
    found = array(_TYPES[width], numbers)
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()


def read(data: bytes, width: int) -> array[int]:
    """The numbers in some bytes. Raises ValueError where there is a part of one."""
    found = array(_TYPES[width])
    found.frombytes(data)
    if sys.byteorder == "big":
        found.byteswap()
    return found
