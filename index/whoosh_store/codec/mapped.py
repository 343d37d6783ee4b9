"""Files of a segment, mapped into memory.

A buffered file reads thousands of bytes for the dozen that tell where a term is, and asks the
system each time.
"""

from __future__ import annotations

from mmap import ACCESS_READ, mmap

from whoosh.filedb.structfile import StructFile

from .private import extent


class Mapped:
    """One file of a segment. Closed when nothing refers to it any more."""

    def __init__(self, file: StructFile) -> None:
        whole, self.start, length = extent(file)
        self.data = mmap(whole.fileno(), 0, access=ACCESS_READ)
        """The file of the system's that it is in; it begins there at `start`."""
        self._end = len(self.data) if length is None else self.start + length

    def read(self, at: int, length: int) -> bytes:
        """So many bytes from a position on, or those there are."""
        at += self.start
        return self.data[at : min(at + length, self._end)]

    def close(self) -> None:
        """Let go of the file at once."""
        self.data.close()
