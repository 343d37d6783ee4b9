"""What is kept by document: stored fields, columns of bytes, and the lengths of texts.

Stored fields are a column too, `_stored`, of pickles compressed one by one; the lengths of the
texts of a field are a column `_field_len` of one byte each, as `whoosh.util.numeric.length_to_byte`
makes them.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pickle import dumps
from typing import Any

from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import LENGTHS_COLUMN
from whoosh.columns import VarBytesColumn
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader
from whoosh.util.numeric import byte_to_length, length_to_byte

from ...language import _
from . import private
from .member import Member
from .pickles import Damage, plain, unpacked

LENGTHS = [byte_to_length(byte) for byte in range(256)]
"""Words of a text, by the byte that they are kept as."""

STORED = "_stored"

_COMPRESSION = 1  # zlib's fastest level
_PROTOCOL = 4  # of pickles: Whoosh, which writes 2, reads any

Add = Callable[[int, Any], None]
"""Takes the number of a document and its value; numbers come in order."""


class _Compressed(VarBytesColumn):
    """What Whoosh's CompressedBytesColumn reads, compressed in less time."""

    class Writer(VarBytesColumn.Writer):
        def add(self, docnum: int, value: bytes) -> None:
            super().add(docnum, _compressed(value))


def _compressed(value: bytes) -> bytes:
    from zlib_ng.zlib_ng import compress  # what zlib reads, in a third of its time

    return compress(value, _COMPRESSION)


class ColumnsWriter:
    """Writes all that a segment keeps by document."""

    def __init__(self, storage: FileStorage, segment: Segment) -> None:
        self._writers = private.column_writers(storage, segment)

    def stored_fields(self) -> Add:
        """Add the stored fields; what takes those of a document, as a dict."""
        add = private.new_column(self._writers, STORED, _Compressed())
        return lambda number, fields: add(number, dumps(fields, _PROTOCOL))

    def column(self, name: str) -> Add:
        """Add a column; what takes the bytes of a document."""
        return private.new_column(self._writers, name, VarBytesColumn())

    def lengths(self, field: str, lengths: bytes, words: int) -> None:
        """Add the length of each document in a field, as a byte, and the `words` of all of them."""
        private.set_total_length(self._writers, field, words)
        add = private.new_column(self._writers, _lengths_of(field), LENGTHS_COLUMN)
        for number, length in enumerate(lengths):
            if length:
                add(number, length)

    def close(self, documents: int) -> None:
        """Finish the columns of so many documents."""
        private.close_columns(self._writers, documents)


_Column = tuple[Sequence[int], Sequence[int], Member]
"""The lengths of the values in a column, where each ends, and the file of them."""


class Columns:
    """What a segment keeps by document, to be looked up by its number in the segment."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        self._documents: int = reader.doc_count_all()
        self._opened: dict[str, _Column] = {}

    def stored(self, number: int) -> Any:
        """The stored fields of a document."""
        return plain(unpacked(self.value(STORED, number)))

    def value(self, name: str, number: int) -> bytes:
        """The value of a document in a column of bytes (Whoosh's `VarBytesColumn`)."""
        lengths, ends, file = self._column(name)
        return file.read(ends[number] - lengths[number], lengths[number])

    def all_values(self, name: str) -> tuple[bytes, Sequence[int]]:
        """The values of all documents in such a column, one after the other, and their lengths."""
        if not private.has_column(self._reader, name):
            return b"", (0,) * self._documents
        lengths, ends, file = self._column(name)
        return file.read(0, ends[-1] if ends else 0), lengths

    def _column(self, name: str) -> _Column:
        if name not in self._opened:
            try:
                self._opened[name] = self._open(name)
            except (ValueError, TypeError, KeyError, IndexError) as error:
                raise Damage(_("no column {name}").format(name=name)) from error
        return self._opened[name]

    def _open(self, name: str) -> _Column:
        file, _, size = private.column_file(self._reader, name)
        member = Member(file)
        # At the end are their lengths; often, once more, where they begin; and the types of these.
        of_lengths, of_offsets, last = map(chr, member.read(size - 3, 3))
        if last == "X":
            end = size - 3 - self._documents * array(of_offsets).itemsize
        else:
            of_lengths, end = last, size - 1
        lengths = array(of_lengths)
        length = self._documents * lengths.itemsize
        lengths.frombytes(member.read(end - length, length))
        if sys.byteorder == "little":
            lengths.byteswap()
        if len(lengths) != self._documents:
            raise ValueError(len(lengths))
        return lengths, list(accumulate(lengths)), member

    def lengths(self, field: str) -> bytes:
        """Words in each document, as a byte (see `LENGTHS`)."""
        name = _lengths_of(field)
        if not private.has_column(self._reader, name):
            return bytes(self._documents)
        file, _, length = private.column_file(self._reader, name)
        lengths = Member(file).read(0, min(length, self._documents))
        return lengths.ljust(self._documents, b"\0")  # zeros at the end are left out


def as_bytes(lengths: Sequence[int]) -> bytes:
    """Words of each document as a byte, which for long ones is not exact."""
    return bytes(map(length_to_byte, lengths))


def read_column(reader: SegmentReader, name: str) -> Iterator[bytes]:
    """The bytes of each document in a column, as they are kept: stored fields stay compressed."""
    if not private.has_column(reader, name):
        return iter((b"",) * reader.doc_count_all())
    return private.column_values(reader, name, VarBytesColumn())


def _lengths_of(field: str) -> str:
    return f"_{field}_len"
