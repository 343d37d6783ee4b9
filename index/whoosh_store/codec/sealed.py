"""Segments under seal: what is read of one is what was written there, or there is an error.

A disk gives back other bytes than it was given more often than one would think (Bairavasundaram et
al., FAST 2008), and most of a segment has no check of its own. So a checksum of each of its parts
follows at its end, where Whoosh does not look, and that of these checksums is in the table of
contents. A part is read from the disk and compared the first time that any of it is asked for.

Parts are read and not mapped: a file that somebody makes shorter ends a process that has it mapped.
"""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from zlib_ng.zlib_ng import crc32  # ten times as fast as zlib's, and the same

from .pickles import Damage, plain_and_length

SHIFT = 12
PART = 1 << SHIFT
"""Bytes of a part, a page of the system's: what one looks for is a dozen bytes or thousands, and
larger parts take more time to make room for than they save in calls. The checksums take 0.1 % of a
segment."""

WITHIN = PART - 1
_MOST_PARTS = 8192
"""Parts of a file that stay in memory, 32 MB: terms are looked up again and again."""
_FEW = 4
"""Parts that are read one by one; more are read at once, and do not stay."""
_SUM = array("I").itemsize


class Seal(NamedTuple):
    """What the table of contents knows of the file of a segment."""

    length: int
    """Bytes before the checksums."""
    checksum: int
    """Of the checksums."""


def seal(file: BinaryIO) -> Seal:
    """Add the checksums to a file, which is open to be read and written."""
    file.seek(0)
    sums, length = array("I"), 0
    while part := file.read(PART):
        sums.append(crc32(part))
        length += len(part)
    written = _in_order(sums).tobytes()
    file.write(written)
    return Seal(length, crc32(written))


def _in_order(sums: array[int]) -> array[int]:
    """The checksums as they are in the file, or the other way around."""
    sums = sums[:]
    if sys.byteorder == "big":
        sums.byteswap()
    return sums


class SealedFile:
    """A file of the index, read by parts. Whoosh takes it for a file of the system's."""

    def __init__(self, file: BinaryIO, seal: Seal | None) -> None:
        """Without a seal, as other programs than this write segments, nothing is compared.

        `file` has no buffer. Raises Damage.
        """
        self._file = file
        self._descriptor = file.fileno()
        self.parts: dict[int, bytes] = {}
        """Those that are in memory, by their number: position >> SHIFT."""
        self._position = 0
        self._sums: array[int] | None = None
        self.length = os.fstat(self._descriptor).st_size
        """Bytes before the checksums."""
        if seal is not None:
            self._open(seal)

    def _open(self, seal: Seal) -> None:
        parts = -(-seal.length // PART)
        if self.length != seal.length + parts * _SUM:
            raise Damage("it is not as long as it was")
        written = self._from_disk(seal.length, self.length)
        if crc32(written) != seal.checksum:
            raise Damage("its checksums are not those it had")
        sums = array("I")
        sums.frombytes(written)
        self._sums = _in_order(sums)
        self.length = seal.length

    def part(self, at: int, length: int) -> bytes:
        """So many bytes from a position on, or those there are."""
        first = at >> SHIFT
        part = self.parts.get(first) or self._read(first)
        start = at & WITHIN
        end = start + length
        if end <= PART:
            return part[start:end]
        end = min(at + length, self.length)
        last = (end - 1) >> SHIFT
        if last - first < _FEW:
            parts = (self.parts.get(n) or self._read(n) for n in range(first, last + 1))
            return b"".join(parts)[start : start + end - at]
        return self._checked(first, last + 1)[start : start + end - at]

    def _read(self, number: int) -> bytes:
        """A part of the file, which stays in memory for now."""
        if len(self.parts) >= _MOST_PARTS:
            self.parts.clear()
        found = self.parts[number] = self._checked(number, number + 1)
        return found

    def _checked(self, first: int, last: int) -> bytes:
        """The parts from `first` to before `last`. Raises Damage."""
        start, end = first << SHIFT, min(last << SHIFT, self.length)
        if not 0 <= start < end:
            raise Damage("it ends before what is looked for")
        data = self._from_disk(start, end)
        if self._sums is not None:
            if last - first == 1:
                right = crc32(data) == self._sums[first]
            else:
                view = memoryview(data)
                parts = (view[at : at + PART] for at in range(0, len(data), PART))
                right = [*map(crc32, parts)] == self._sums[first:last].tolist()
            if not right:
                raise Damage("it is not what was written")
        return data

    def _from_disk(self, start: int, end: int) -> bytes:
        if hasattr(os, "pread"):
            data = os.pread(self._descriptor, end - start, start)
            if len(data) == end - start:
                return data
        self._file.seek(start)  # one read gives 2 GB at most, and Windows has none of another place
        found = []
        while start < end and (data := self._file.read(end - start)):
            found.append(data)
            start += len(data)
        return b"".join(found)

    def check(self) -> Iterator[int]:
        """Compare all of it; after some while again and again, how many bytes that were. Raises
        Damage."""
        if self._sums is None:
            raise Damage("another program wrote it, without checksums")
        parts = iter(range(-(-self.length // PART)))
        while some := [*islice(parts, 512)]:
            yield len(self._checked(some[0], some[-1] + 1))

    # As Whoosh reads it

    def seek(self, position: int, whence: int = os.SEEK_SET) -> None:
        """Go on from a position."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.length}[whence]
        self._position = base + position

    def tell(self) -> int:
        """Where it goes on."""
        return self._position

    def read(self, size: int | None = None) -> bytes:
        """So many bytes, or all that are left."""
        left = max(0, self.length - self._position)
        size = left if size is None or size < 0 else min(size, left)
        data = self.part(self._position, size) if size else b""
        self._position += len(data)
        return data

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class SafeStructFile(StructFile):
    """Whoosh's view of a file, whose pickles run nothing."""

    def read_pickle(self) -> object:
        """The pickle that begins here."""
        start = self.tell()
        value, length = plain_and_length(self.read())
        self.seek(start + length)
        return value

    def subset(self, offset: int, length: int, name: str | None = None) -> SafeStructFile:
        """Whoosh's view of a part of the file."""
        part = super().subset(offset, length, name)
        return SafeStructFile(part.file, name=name)


class SealedStorage(FileStorage):
    """The folder of an index as a segment sees it: there is nothing in it but its file."""

    def __init__(self, folder: Path, seal: Seal | None, open_: Callable[[Path], BinaryIO]) -> None:
        super().__init__(str(folder), supports_mmap=False)
        self._folder, self._seal, self._open = folder, seal, open_

    def open_file(self, name: str, **_: Any) -> SafeStructFile:
        """Open the file of the segment. Raises OSError and Damage."""
        return SafeStructFile(SealedFile(self._open(self._folder / name), self._seal), name)

    def file_exists(self, name: str) -> bool:
        """Whether there is a file beside that of the segment: there never is."""
        return False
