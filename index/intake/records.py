"""From a file to its records: the bytes of each article in it, and what tells them apart.

A file holds one record, a `.jsonl` file one a line. A large `.jsonl` is read in parts, so that
several processes can share it and memory does not grow with it.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import BinaryIO

from ..article import Problem
from .files import ArticleFile, explain

LONGEST_ARTICLE = 64 * 1024 * 1024
"""In bytes. Far above any article; a mislabelled dump must not fill the memory."""

TOO_LARGE = "too large for one article"

_PART = 500_000  # bytes: what a process takes at a time, see `update`
DIGEST_BYTES = 8
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of a `.jsonl` file from byte `start` up to `stop`; by default the whole file."""

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


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its file has it."""

    id: str
    """As of an Article: the file, and the line if it has many."""
    path: str
    line: int
    """Line of a `.jsonl` file, from 1; 0 when the file holds one article."""
    data: bytes

    def problem(self, reason: str, skipped: bool = True) -> Problem:
        """Report what is wrong with it."""
        return Problem(f"{self.path}#{self.line}" if self.line else self.path, reason, skipped)


def parts(file: ArticleFile) -> list[Part]:
    """Divide a file; only a `.jsonl` of more than half a megabyte has several parts."""
    if _has_lines(file) and file.size > _PART:
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
        if _has_lines(file):
            for number, line in _lines(part):
                if line.strip():
                    yield Record(f"{file.id}#{number}", file.path, number, line.rstrip(b"\r\n"))
            return
        with open(file.path, "rb") as stream:  # noqa: PTH123
            data = stream.read(LONGEST_ARTICLE + 1)
    except OSError as error:
        yield Problem(file.path, explain(error))
    else:
        record = Record(file.id, file.path, 0, data)
        yield record if len(data) <= LONGEST_ARTICLE else record.problem(TOO_LARGE)


def _has_lines(file: ArticleFile) -> bool:
    return file.path.lower().endswith(".jsonl")


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


def digest(data: bytes | Iterable[bytes]) -> bytes:
    """What tells data from other data; of several digests, what tells their sequence."""
    data = data if isinstance(data, bytes) else b"".join(data)
    return blake2b(data, digest_size=DIGEST_BYTES).digest()


def file_digest(file: ArticleFile) -> bytes | None:
    """The digest of those of the parts of a file, which are of those of their records.

    None when it cannot be read.
    """
    of_parts = []
    for part in parts(file):
        of_records = []
        for record in read_records(part):
            if isinstance(record, Problem):
                return None
            of_records.append(digest(record.data))
        of_parts.append(digest(of_records))
    return digest(of_parts)
