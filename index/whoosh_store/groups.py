"""Groups: the articles of a commit that are one dispatch, reprinted or shortened.

They are found when something is committed, from the sketches that each segment has, and kept in a
file beside the table of contents: of numbers of 32 bits, so that a search reads them at once and
finds an article among them by bisection.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from whoosh.reading import SegmentReader

from . import disk
from .codec.columns import Columns
from .codec.pickles import Damage

_NUMBER = array("I").itemsize
_DIGEST = 16  # bytes
_HEAD = 3  # numbers: documents of the commit, those that are in a group, groups


@dataclass(frozen=True, slots=True)
class Groups:
    """Which documents are one, by their numbers in a commit."""

    documents: Sequence[int] = ()
    """Those that are in a group, in order; …"""
    of: Sequence[int] = ()
    """… the number of the group of each."""
    members: Sequence[int] = ()
    """Those of the first group, in order, then those of the next; …"""
    ends: Sequence[int] = (0,)
    """… where the first group begins and where each ends."""

    def others(self, document: int) -> Sequence[int]:
        """The documents that are the same as this one, in order."""
        at = bisect_left(self.documents, document)
        if at == len(self.documents) or self.documents[at] != document:
            return ()
        group = self.of[at]
        members = self.members[self.ends[group] : self.ends[group + 1]]
        return [member for member in members if member != document]


def find_groups(readers: Sequence[SegmentReader]) -> list[list[int]]:
    """The groups of the documents in some segments, which are numbered as in an opened index."""
    import numpy as np  # only in a process that writes

    from ..analysis.resemblance import NOTHING, groups, rows
    from ..analysis.sketch import SIZE

    sketches = [np.empty((0, SIZE), np.uint32)]
    for reader in readers:
        data, lengths = Columns(reader).all_values("sketch")
        of_segment = rows(data, lengths)
        of_segment[[*reader.segment().deleted_docs()]] = NOTHING
        sketches.append(of_segment)
    return groups(np.concatenate(sketches))


def write_groups(folder: Path, generation: int, documents: int, groups: list[list[int]]) -> None:
    """Write the groups of a commit that has so many documents, before the commit itself."""
    members = [document for group in groups for document in group]
    ends = [0]
    for group in groups:
        ends.append(ends[-1] + len(group))
    of = sorted((document, number) for number, group in enumerate(groups) for document in group)
    numbers = array("I", (documents, len(members), len(groups)))
    numbers.extend([document for document, _ in of])
    numbers.extend([number for _, number in of])
    numbers.extend(members)
    numbers.extend(ends)
    if sys.byteorder == "big":
        numbers.byteswap()
    data = numbers.tobytes()
    disk.replace(folder / _name(generation), data + _digest(data))


def read_groups(folder: Path, generation: int, documents: int) -> Groups:
    """The groups of a commit that has so many documents. Raises OSError and Damage."""
    data = disk.read(folder / _name(generation))
    data, digest = data[:-_DIGEST], data[-_DIGEST:]
    if digest != _digest(data) or len(data) % _NUMBER:
        raise Damage(f"{_name(generation)} is not what was written")
    numbers = array("I")
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return _groups(numbers, documents)


def _groups(numbers: array[int], documents: int) -> Groups:
    """The groups that are written so; what a stranger wrote may be anything."""
    if len(numbers) < _HEAD:
        raise Damage("no groups where they should be")
    _, grouped, groups = numbers[:_HEAD]
    cuts = [_HEAD + part for part in (0, grouped, 2 * grouped, 3 * grouped)]
    found = [numbers[begin:end] for begin, end in zip(cuts, [*cuts[1:], len(numbers)], strict=True)]
    in_order, of, members, ends = found
    right = (
        numbers[0] == documents
        and len(numbers) == cuts[-1] + groups + 1
        and max((*in_order, *members), default=-1) < documents
        and max(of, default=-1) < groups
    )
    if not right:
        raise Damage("the groups are those of another commit")
    return Groups(in_order, of, members, ends)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()


def _name(generation: int) -> str:
    return f"_MAIN_{generation}.groups"
