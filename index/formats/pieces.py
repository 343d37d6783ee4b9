"""Dividing a file: a piece for each article in it.

A format that has many articles in a file brings its own `Split`; the others have `whole`. A large
file is read in parts, so that several processes can share it and memory does not grow with it:
therefore a split can begin again at the `start` of any of its pieces.
"""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, AnyStr, BinaryIO

LONGEST_ARTICLE = 8_000_000
"""In bytes. Far above any article, with the page around it; a mislabelled dump must not fill the
memory, of which a page takes forty times its size."""

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of a file, as bytes."""

    number: int
    """Which one of the file: the number of its line or place; 0 when there is but one."""
    data: bytes
    start: int | None = None
    """Where the split can begin again with it: mostly a byte of the file; None when it cannot."""
    name: str = ""
    """What its id has after `#`; by default the number."""
    kind: str = ""
    """The format it is in, as a suffix, if that is not the one of the file."""
    problem: str = ""
    """Why it cannot be read; then there is no data."""
    size: int | None = None
    """How large it is, when that is more than its data."""


Split = Callable[[BinaryIO, int, int], Iterator[Piece]]
"""The pieces of a stream from a `start` on, the first of which has this number.

Raises Unreadable."""


def whole(largest: int = LONGEST_ARTICLE) -> Split:
    """The split of a file that is one article; of a larger one, a little more than that."""

    def split(stream: BinaryIO, start: int = 0, number: int = 0) -> Iterator[Piece]:
        yield Piece(0, stream.read(largest + 1) or b"")

    return split


def split_lines(stream: BinaryIO, start: int = 0, number: int = 1) -> Iterator[Piece]:
    """A piece for each line that is not blank, as UTF-8 or Windows-1252; of too long a line, the
    beginning."""
    stream.seek(0)
    if stream.read(2) in UTF16:
        stream.seek(0)
        for data, _size in utf16_lines(stream):
            if data.strip():
                yield Piece(number, data.rstrip(b"\r\n"))
            number += 1
        return
    stream.seek(start)
    for data, size in bounded_lines(stream.readline, b"\n"):
        if data.strip():
            yield Piece(number, data.rstrip(b"\r\n"), start, size=size)
        start, number = start + size, number + 1


def utf16_lines(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """The lines of a stream that begins with the mark of UTF-16, in UTF-8, and their sizes."""
    text = io.TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="\n")
    try:
        for line, size in bounded_lines(text.readline, "\n"):
            yield line.encode("utf-8", "replace"), size
    finally:
        text.detach()  # or it would close what is not its own


def bounded_lines(readline: Callable[[int], AnyStr], end: AnyStr) -> Iterator[tuple[AnyStr, int]]:
    """Lines and their sizes; of one that is longer than any article, a little more than that."""
    while line := readline(LONGEST_ARTICLE + 1):
        size, rest = len(line), line
        while not rest.endswith(end) and (rest := readline(LONGEST_ARTICLE)):
            size += len(rest)  # to its end
        yield line, size


def with_head(head: dict[str, Any], data: bytes) -> bytes:
    """Data with what its file says of it elsewhere, for a piece of it to be complete."""
    return json.dumps(head, ensure_ascii=True, sort_keys=True).encode() + b"\n" + data


def split_head(data: bytes) -> tuple[dict[str, Any], bytes]:
    """The two again that `with_head` has put together."""
    head, _, rest = data.partition(b"\n")
    return json.loads(head), rest
