"""From a file to its records: the bytes of each article in it.

How a file divides is for its format to say. A large file of many articles is read in parts, so that
several processes can share it and memory does not grow with it.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import BinaryIO

from ..article import Problem
from ..errors import explain
from ..formats import Record, Unreadable, has_many, record_of, split
from ..language import _
from .files import ArticleFile, open_file

_PART = 500_000
"""Bytes of a part, to the end of its last record.

Not to be changed without need: the digest of a file is made of those of its parts (`digests`), so
that with other parts every large file that is touched would be read again.
"""


class Unseen(Exception):
    """A file, or a part of it, cannot be read: the system says the `reason`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def kept(reason: str) -> str:
    """Why something could not be read of which the articles were known before."""
    return _("{reason}: what was known of it is kept").format(reason=reason)


@dataclass(frozen=True, slots=True)
class Part:
    """Some records of a file; by default all."""

    file: ArticleFile
    start: int = 0
    """Where its format begins to divide (see `Piece`)."""
    first: int = 1
    """Number of its first record."""
    stop: int | None = None
    """Number of the record after its last one; None for the end of the file."""
    bytes: int | None = None
    """In it, if it is not the whole file."""
    of: int = 1
    """Parts that the file is read in."""

    @property
    def size(self) -> int:
        """In bytes."""
        return self.file.size if self.bytes is None else self.bytes


def parts(file: ArticleFile) -> list[Part]:
    """Divide a file; only one of many records, and of more than half a megabyte, has parts."""
    if has_many(file.path) and file.size > _PART:
        with suppress(OSError, Unreadable), _open(file) as stream:
            found = list(_parts(file, stream))
            return [replace(part, of=len(found)) for part in found]
    return [Part(file)]


def _parts(file: ArticleFile, stream: BinaryIO) -> Iterator[Part]:
    start, first, size = 0, 1, 0
    for piece in split(file.path, stream):
        if size >= _PART and piece.start is not None:  # nobody can begin anywhere else
            yield Part(file, start, first, piece.number, size)
            start, first, size = piece.start, piece.number, 0
        size += len(piece.data) if piece.size is None else piece.size
    yield Part(file, start, first, None, size)


def read_records(part: Part) -> Iterator[Record | Problem]:
    """Read the records of a part of a file; of one that is too large, that it is.

    Raises Unseen.
    """
    file, empty = part.file, not part.start
    try:
        with _open(file) as stream:
            for piece in split(file.path, stream, part.start, part.first):
                if part.stop is not None and piece.number >= part.stop:
                    return
                empty = False
                yield record_of(file.id, file.path, piece)
    except OSError as error:
        raise Unseen(explain(error)) from None
    except Unreadable as error:
        yield Problem(file.path, error.reason)
    else:
        if empty and file.size:
            yield Problem(file.path, _("no articles in this file"))


def _open(file: ArticleFile) -> BinaryIO:
    """A file as it was found: what is written to it meanwhile is for the next time, and there might
    be no end to it."""
    return io.BufferedReader(_Beginning(open_file(file.path), file.size))  # type: ignore[type-var]


class _Beginning(io.RawIOBase):
    """The first so many bytes of a stream."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self._stream, self._length = stream, length

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        if whence == io.SEEK_END:
            offset, whence = self._length + offset, io.SEEK_SET
        return self._stream.seek(offset, whence)

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        left = max(0, self._length - self._stream.tell())
        data = self._stream.read(min(len(buffer), left)) or b""
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def numbers_of(part: Part, ids: Collection[str]) -> dict[str, int]:
    """Which records of a file have these ids; 0 for what it has no more."""
    numbers = dict.fromkeys(ids, 0)
    named = []
    for id in ids:
        name = id.rpartition("#")[2]
        if name.isdecimal():
            numbers[id] = int(name)
        else:
            named.append(id)
    if named:  # names say nothing of where they are
        with suppress(Unseen):
            for record in read_records(Part(part.file)):
                if isinstance(record, Record) and record.id in numbers:
                    numbers[record.id] = record.number
    return numbers
