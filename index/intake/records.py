"""From a file to its records: the bytes of each article in it.

A file holds one record or, in some formats, one a line. A large file of lines is read in parts, so
that several processes can share it and memory does not grow with it.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import BinaryIO

from ..article import Problem
from ..formats import Record, has_lines
from .files import ArticleFile, explain

LONGEST_ARTICLE = 64 * 1024 * 1024
"""In bytes. Far above any article; a mislabelled dump must not fill the memory."""

_PART = 500_000
"""Bytes of a part, to the end of its last line.

Not to be changed without need: the digest of a file is made of those of its parts (`digests`), so
that with other parts every large file that is touched would be read again.
"""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


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
        with suppress(OSError), open(file.path, "rb") as stream:  # noqa: PTH123
            utf16 = stream.read(2) in _UTF16
            stream.seek(0)
            if not utf16:
                found = list(_parts(file, stream))
                return [replace(part, of=len(found)) for part in found]
    return [Part(file)]


def _parts(file: ArticleFile, stream: BinaryIO) -> Iterator[Part]:
    start, line = 0, 1
    while data := stream.read(_PART):
        lines = data.count(b"\n")
        while data and not data.endswith(b"\n"):  # to the end of the line, which may be endless
            data = stream.readline(_PART)
            lines += data.endswith(b"\n")
        yield Part(file, start, stream.tell(), line)
        start, line = stream.tell(), line + lines


def read_records(part: Part) -> Iterator[Record | Problem]:
    """Read the articles of a part of a file; what cannot be read is reported, never raised."""
    file = part.file
    try:
        if has_lines(file.path):
            for number, line in _lines(part):
                if line.strip():
                    line = line.rstrip(b"\r\n")
                    yield _bounded(Record(f"{file.id}#{number}", file.path, number, line))
            return
        with open(file.path, "rb") as stream:  # noqa: PTH123
            data = stream.read(LONGEST_ARTICLE + 1)
    except OSError as error:
        yield Problem(file.path, explain(error))
    else:
        yield _bounded(Record(file.id, file.path, 0, data))


def _bounded(record: Record) -> Record | Problem:
    too_large = len(record.data) > LONGEST_ARTICLE
    return record.problem("too large for one article") if too_large else record


def _lines(part: Part) -> Iterator[tuple[int, bytes]]:
    """Numbered lines as UTF-8 or Windows-1252; of too long a line, only the start."""
    with open(part.file.path, "rb") as stream:  # noqa: PTH123
        utf16 = stream.read(2) in _UTF16
        stream.seek(part.start)
        if utf16:
            text = io.TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="\n")
            for number, line in enumerate(text, part.line):
                yield number, line.encode("utf-8", "replace")
        else:
            yield from enumerate(_bounded_lines(stream, part.stop), part.line)


def _bounded_lines(stream: BinaryIO, stop: int | None) -> Iterator[bytes]:
    while (stop is None or stream.tell() < stop) and (line := stream.readline(LONGEST_ARTICLE + 1)):
        yield line
        while not line.endswith(b"\n") and (line := stream.readline(LONGEST_ARTICLE)):
            pass
