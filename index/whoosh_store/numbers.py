"""Files of numbers: what a commit knows of all its documents, read by a search in one go.

Arrays of numbers of 32 bits, one after the other, between how long each is and a checksum.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from pathlib import Path

from zlib_ng.zlib_ng import crc32

from ..language import _
from . import disk
from .codec.pickles import Damage

_BYTES = array("I").itemsize


def write_numbers(path: Path, arrays: Iterable[array[int]]) -> None:
    """Write arrays of numbers of 32 bits: see `disk.replace`."""
    found = list(arrays)
    numbers = array("I", map(len, found))
    for each in found:
        numbers.extend(each)
    numbers.append(crc32(_little_endian(numbers).tobytes()))
    disk.replace(path, _little_endian(numbers).tobytes())


def read_numbers(path: Path, count: int) -> list[array[int]]:
    """The so many arrays in a file. Raises OSError and Damage."""
    data = disk.read(path)
    numbers = array("I")
    numbers.frombytes(data[: len(data) - len(data) % _BYTES])
    numbers = _little_endian(numbers)
    if len(numbers) <= count or len(data) % _BYTES or crc32(data[:-_BYTES]) != numbers[-1]:
        raise Damage(_("{name} is not what was written").format(name=path.name))
    lengths, at, found = numbers[:count], count, []
    for length in lengths:
        found.append(numbers[at : at + length])
        at += length
    if at != len(numbers) - 1:
        raise Damage(_("{name} is not what was written").format(name=path.name))
    return found


def _little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers
