"""From a file to its records: the bytes of each article in it.

A file holds one record or, in some formats, one a line. A large file of lines is read in parts, so
that several processes can share it and memory does not grow with it.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import AnyStr, BinaryIO

from ..article import Problem
from ..errors import explain
from ..formats import Record, can_be_cut, has_lines
from ..language import _
from .files import ArticleFile, open_file

LONGEST_ARTICLE = 8_000_000
"""In bytes. Far above any article, with the page around it; a mislabelled dump must not fill the
memory, of which a page takes forty times its size."""

_PART = 500_000
"""Bytes of a part, to the end of its last line.

Not to be changed without need: the digest of a file is made of those of its parts (`digests`), so
that with other parts every large file that is touched would be read again.
"""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


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
    """The lines of a file from byte `start` up to `stop`; by default the whole file."""

    file: ArticleFile
    start: int = 0
    stop: int | None = None
    line: int = 1
    """Number of its first line."""
    of: int = 1
    """Parts that the file is read in."""

    @property
    def size(self) -> int:
        """In bytes."""
        return (self.file.size if self.stop is None else self.stop) - self.start


def parts(file: ArticleFile) -> list[Part]:
    """Divide a file; only one of lines, and of more than half a megabyte, has several parts."""
    if has_lines(file.path) and file.size > _PART:
        with suppress(OSError), open_file(file.path) as stream:
            utf16 = stream.read(2) in _UTF16
            stream.seek(0)
            if not utf16:
                found = list(_parts(file, stream))
                return [replace(part, of=len(found)) for part in found]
    return [Part(file)]


def _parts(file: ArticleFile, stream: BinaryIO) -> Iterator[Part]:
    start, line = 0, 1
    # What is written to it meanwhile is for the next time: there might be no end to it.
    while start < file.size and (data := stream.read(_PART)):
        lines = data.count(b"\n")
        while data and not data.endswith(b"\n"):  # to the end of the line, which may be endless
            data = stream.readline(_PART)
            lines += data.endswith(b"\n")
        yield Part(file, start, stream.tell(), line)
        start, line = stream.tell(), line + lines


def read_records(part: Part) -> Iterator[Record | Problem]:
    """Read the articles of a part of a file; of one that is too large, that it is.

    Raises Unseen.
    """
    file = part.file
    lines = _lines(part) if has_lines(file.path) else _whole(file)
    while True:
        try:
            number, data = next(lines)
        except StopIteration:
            return
        except OSError as error:
            raise Unseen(explain(error)) from None
        if not number:
            yield _bounded(Record(file.id, file.path, 0, data))
        elif data.strip():
            data = data.rstrip(b"\r\n")
            yield _bounded(Record(f"{file.id}#{number}", file.path, number, data))


def _bounded(record: Record) -> Record | Problem:
    if len(record.data) <= LONGEST_ARTICLE:
        return record
    if can_be_cut(record.path):
        return replace(record, data=record.data[:LONGEST_ARTICLE], cut=True)
    return record.problem(_("too large for one article"))


def _whole(file: ArticleFile) -> Iterator[tuple[int, bytes]]:
    """A file that is one record, or its beginning."""
    with open_file(file.path) as stream:
        yield 0, stream.read(LONGEST_ARTICLE + 1) or b""


def _lines(part: Part) -> Iterator[tuple[int, bytes]]:
    """Numbered lines as UTF-8 or Windows-1252; of too long a line, only the start."""
    stop = part.file.size if part.stop is None else part.stop
    with open_file(part.file.path) as stream:
        utf16 = stream.read(2) in _UTF16
        stream.seek(part.start)
        if utf16:
            raw = io.BufferedReader(_Beginning(stream, stop))  # type: ignore[type-var]
            text = io.TextIOWrapper(raw, encoding="utf-16", errors="replace", newline="\n")
            for number, of_text in enumerate(_bounded_lines(text.readline, "\n"), part.line):
                yield number, of_text.encode("utf-8", "replace")
        else:
            lines = _bounded_lines(stream.readline, b"\n")
            number = part.line
            while stream.tell() < stop and (line := next(lines, b"")):
                yield number, line
                number += 1


def _bounded_lines(readline: Callable[[int], AnyStr], end: AnyStr) -> Iterator[AnyStr]:
    while line := readline(LONGEST_ARTICLE + 1):
        yield line
        while not line.endswith(end) and (line := readline(LONGEST_ARTICLE)):
            pass


class _Beginning(io.RawIOBase):
    """The first so many bytes of a stream."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self._stream, self._left = stream, length

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._stream.read(min(len(buffer), self._left)) or b""
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)
