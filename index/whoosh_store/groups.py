"""Groups: the articles of a commit that are one dispatch, reprinted or shortened.

They are found when something is committed, from the sketches that each segment has, and kept beside
the table of contents, where a search finds an article by bisection.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from pathlib import Path

from whoosh.reading import SegmentReader

from .codec.columns import Columns
from .codec.pickles import Damage
from .numbers import read_numbers, write_numbers


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
    complete: bool = True
    """Whether all groups are known; False: those of articles that came last may not be."""

    def others(self, document: int) -> Sequence[int]:
        """The documents that are the same as this one, in order."""
        at = bisect_left(self.documents, document)
        if at == len(self.documents) or self.documents[at] != document:
            return ()
        group = self.of[at]
        members = self.members[self.ends[group] : self.ends[group + 1]]
        return [member for member in members if member != document]


def find_groups(readers: Sequence[SegmentReader]) -> Groups:
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
    return groups_of(groups(np.concatenate(sketches)))


def groups_of(found: Sequence[Sequence[int]]) -> Groups:
    """The documents that are together in each of these."""
    of = sorted((document, number) for number, group in enumerate(found) for document in group)
    return Groups(
        documents=[document for document, _ in of],
        of=[number for _, number in of],
        members=[*chain.from_iterable(found)],
        ends=[*accumulate(map(len, found), initial=0)],
    )


def write_groups(folder: Path, generation: int, documents: int, groups: Groups) -> None:
    """Write the groups of a commit that has so many documents, before the commit itself."""
    head = documents, groups.complete
    columns = head, groups.documents, groups.of, groups.members, groups.ends
    write_numbers(folder / _name(generation), (array("I", column) for column in columns))


def read_groups(folder: Path, generation: int, documents: int) -> Groups:
    """The groups of a commit that has so many documents. Raises OSError and Damage."""
    head, in_order, of, members, ends = read_numbers(folder / _name(generation), 5)
    right = (
        list(head) in ([documents, False], [documents, True])
        and len(in_order) == len(of) == len(members)
        and max((*in_order, *members), default=-1) < documents
        and max(of, default=-1) < len(ends) - 1
    )
    if not right:  # whatever a stranger may have written
        raise Damage("the groups are those of another commit")
    return Groups(in_order, of, members, ends, complete=bool(head[1]))


def _name(generation: int) -> str:
    return f"_MAIN_{generation}.groups"
