"""Files of a segment: the members of the one file that it is."""

from __future__ import annotations

from whoosh.filedb.structfile import StructFile

from .private import extent
from .sealed import PART, SHIFT, WITHIN, SealedFile


class Member:
    """One file of a segment, read from anywhere."""

    def __init__(self, file: StructFile) -> None:
        found = extent(file)
        self._whole: SealedFile = found.file
        self.parts: dict[int, bytes] = self._whole.parts
        self.start = found.start
        self._end = self._whole.length if found.length is None else found.start + found.length

    def read(self, at: int, length: int) -> bytes:
        """So many bytes from a position on, or those there are. Raises Damage."""
        at += self.start
        part, start = self.parts.get(at >> SHIFT), at & WITHIN
        if part is not None and start + length <= PART and at + length <= self._end:
            return part[start : start + length]  # as nearly always
        length = min(length, self._end - at)
        return self._whole.part(at, length) if length > 0 else b""

    def read_all(self) -> bytes:
        """All of it. Raises Damage."""
        return self.read(0, self._end - self.start)

    def look(self, at: int, length: int) -> tuple[bytes, int]:
        """Bytes that have so many from a position on, or those there are; and where these begin."""
        start = at + self.start
        part, within = self.parts.get(start >> SHIFT), start & WITHIN
        if part is not None and within + length <= PART:
            return part, within
        return self.read(at, length), 0
