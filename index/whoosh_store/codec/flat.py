"""Flat postings: the documents of a term and how often each has it, and nothing else.

The same is in the blocks of the term, in Whoosh's format: there it takes forty times as long to be
read. So it stands once more before the blocks, where Whoosh does not look: the positions (see
`positions`), the differences of the document numbers, of two bytes each or four, then the
frequencies, of one byte or four. Hardly any search looks at a block.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, product
from operator import sub
from struct import Struct
from typing import NamedTuple

from .integers import read, written
from .pickles import Damage

WIDTHS = Struct("!BBB")
"""Bytes of a difference, of a frequency and of a position, as the entry of the term has them at its
end; the last is 0 in fields without positions."""

KINDS = set(product((2, 4), (1, 4), (0, 2, 4)))
"""The widths that there are."""

_TWO_BYTES, _ONE_BYTE = 1 << 16, 1 << 8


class Flat(NamedTuple):
    """The flat postings of a term in one segment, as they are on the disk."""

    data: bytes
    """Differences, then frequencies."""
    widths: tuple[int, int]
    size: int
    """How many there are."""
    base: int
    """What the first difference is added to."""
    end: int
    """Before this number are the documents of the segment."""

    def decoded(self) -> tuple[list[int], Sequence[int]]:
        """Document numbers and frequencies. Raises Damage."""
        differences, frequencies = self.parts()
        width, of_frequency = self.widths
        numbers = list(accumulate(read(differences, width), initial=self.base))
        del numbers[0]
        self.check(numbers)
        return numbers, frequencies if of_frequency == 1 else read(frequencies, of_frequency)

    def parts(self) -> tuple[bytes, bytes]:
        """The differences and the frequencies. Raises Damage where there are more or fewer."""
        width, of_frequency = self.widths
        cut = width * self.size
        if len(self.data) != cut + of_frequency * self.size:
            raise Damage("no postings where they should be")
        return self.data[:cut], self.data[cut:]

    def check(self, numbers: Sequence[int]) -> None:
        """Raise Damage if there are no documents with these numbers, which are in order."""
        if len(numbers) and numbers[-1] >= self.end:
            raise Damage("postings of documents that there are not")


def encoded(numbers: Sequence[int], frequencies: Sequence[float]) -> tuple[bytes, tuple[int, int]]:
    """Flat postings, and their widths; there is one posting at least."""
    differences = (numbers[0], *map(sub, numbers[1:], numbers))
    try:  # as nearly always: nothing is counted, or looked at twice
        return written(differences, 2) + bytes(frequencies), (2, 1)  # type: ignore[arg-type]
    except (OverflowError, ValueError, TypeError):
        counts = list(map(int, frequencies))
        width = 2 if max(differences) < _TWO_BYTES else 4
        of_frequency = 1 if max(counts) < _ONE_BYTE else 4
        times = bytes(counts) if of_frequency == 1 else written(counts, 4)
        return written(differences, width) + times, (width, of_frequency)
