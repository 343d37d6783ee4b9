"""Postings: the terms of one segment and the documents that have them, read in bulk.

Whoosh reads a number at a time, with a call for each; here all that is stored of a term is one
read, and builtins decode it a block at a time. What is read is the format of Whoosh 3's codec
(`W3TermsReader`, `OrderedHashReader` and `W3LeafMatcher` are its other reading).
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import accumulate
from mmap import ACCESS_READ, mmap
from pickle import load, loads
from struct import Struct
from typing import Any, NamedTuple
from zlib import decompress

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3TermInfo
from whoosh.filedb.structfile import StructFile
from whoosh.reading import CorruptIndexError

_INFO = W3TermInfo._struct  # how an entry begins
_EXTENT = Struct("!qi")  # how it goes on: where the postings begin, and their length
_BLOCK_SIZE = Struct("!i")  # bytes of a block; negative for the last
_SLOT = Struct("!Iq")  # of the table of terms: a hash, and where the term of that hash stands
_SIZES = Struct("!II")  # bytes of a key and of its value, in the dictionary of terms
_FIELD = 2  # bytes of a key that tell its field

Entry = bytes
"""What the dictionary of terms says of one: how many documents have it, and where that is read."""

_Column = tuple[Sequence[int], Sequence[int], "_Mapped"]


class Block(NamedTuple):
    """Postings that are stored together: those of up to 128 documents."""

    numbers: Sequence[int]
    """Numbers of the documents, in order."""
    weights: Sequence[float]
    """How often the term occurs in each."""
    values: Sequence[bytes]
    """Where it stands in each, encoded; empty in fields without positions."""


class Segment:
    """One segment of the index, whose documents are numbered from `base` on."""

    def __init__(self, leaf: Any, base: int) -> None:
        self.base = base
        self.size: int = leaf.doc_count_all()
        self.deleted = frozenset(base + n for n in leaf.segment().deleted_docs())
        self._terms = leaf._terms
        self._documents = leaf._perdoc
        self._columns: dict[str, _Column] = {}
        self._term_file = _Mapped(self._terms._dbfile)
        self._block_file = _Mapped(self._terms._postfile)

    def holds(self, document: int) -> bool:
        """Whether the document of this number is here."""
        return self.base <= document < self.base + self.size

    def entry(self, field: str, term: bytes) -> Entry | None:
        """The entry of `term`; None when no document has it."""
        key = self._terms._keycoder(field, term)
        table, data, base = self._terms._tindex, self._term_file.data, self._term_file.start
        hashed = table.hashfn(key)
        start, slots = table.tables[hashed & 255]
        for slot in range(hashed >> 8, (hashed >> 8) + slots):  # its own, or one of those after it
            its_hash, at = _SLOT.unpack_from(data, base + start + slot % slots * _SLOT.size)
            if not at:
                return None
            if its_hash == hashed:
                its_key, size = _SIZES.unpack_from(data, base + at)
                at += base + _SIZES.size
                if data[at : at + its_key] == key:
                    return data[at + its_key : at + its_key + size]
        return None

    def entries(self, field: str, prefix: bytes = b"") -> Iterator[tuple[bytes, Entry]]:
        """The terms that begin with `prefix`, in order, each with its entry."""
        table = self._terms._tindex
        first = self._terms._keycoder(field, prefix)
        start = table.closest_key_pos(first)
        if start is None:
            return
        # The entries stand in the order of their keys, one after the other.
        end = table.closest_key_pos(_following(first)) or table.endofdata
        data = self._term_file.read(start, end - start)
        at = 0
        while at < len(data):
            key, value = _SIZES.unpack_from(data, at)
            term = at + _SIZES.size + _FIELD
            at += _SIZES.size + key
            yield data[term:at], data[at : at + value]
            at += value

    def blocks(self, entry: Entry, wanted: Sequence[int] | None = None) -> Iterator[Block]:
        """The postings of the term that has this entry.

        Blocks that hold none of the `wanted` documents (in order) are passed over.
        """
        if entry[0]:  # they are inside the entry: those of a term that only one document has
            numbers, weights, values = loads(entry[_INFO.size :])
            yield Block([self.base + n for n in numbers], weights, values)
            return
        data = self._block_file.read(*_EXTENT.unpack_from(entry, _INFO.size))
        if not data.startswith(WHOOSH3_HEADER_MAGIC):
            raise CorruptIndexError("no postings where they should be")
        file = BytesIO(data)
        end, last, first = len(WHOOSH3_HEADER_MAGIC), False, self.base
        while not last:
            (size,) = _BLOCK_SIZE.unpack_from(data, end)
            last = size < 0
            file.seek(end + _BLOCK_SIZE.size)
            end = file.tell() + abs(size)
            _, highest, _, compressed, _, _ = load(file)
            highest += self.base
            if wanted is None or _any_between(wanted, first, highest):
                content = data[file.tell() : end]
                yield _block(decompress(content) if compressed else content, self.base)
            first = highest + 1

    def stored(self, document: int) -> Any:
        """The stored fields of a document."""
        return loads(decompress(self.value("_stored", document)))

    def value(self, column: str, document: int) -> bytes:
        """The value of a document in a column of bytes (Whoosh's `VarBytesColumn`)."""
        if column not in self._columns:
            self._columns[column] = self._open(column)
        lengths, ends, file = self._columns[column]
        number = document - self.base
        return file.read(ends[number] - lengths[number], lengths[number])

    def _open(self, column: str) -> _Column:
        """The lengths of the values in a column, where each ends, and the file of them."""
        file, _, size = self._documents._get_column_file(column)
        mapped = _Mapped(file)
        # At the end are their lengths; often, once more, where they begin; and the types of these.
        of_lengths, of_offsets, last = map(chr, mapped.read(size - 3, 3))
        if last == "X":
            end = size - 3 - self.size * array(of_offsets).itemsize
        else:
            of_lengths, end = last, size - 1
        lengths = array(of_lengths)
        length = self.size * lengths.itemsize
        lengths.frombytes(mapped.read(end - length, length))
        if sys.byteorder == "little":
            lengths.byteswap()
        return lengths, list(accumulate(lengths)), mapped

    def lengths(self, field: str) -> bytes:
        """Words in each document, encoded in a byte as Whoosh does (`byte_to_length`)."""
        name = f"_{field}_len"
        if not self._documents.has_column(name):
            return bytes(self.size)
        file, offset, length = self._documents._get_column_file(name)
        lengths: bytes = file.get(offset, length)
        return lengths.ljust(self.size, b"\0")  # zeros at the end are left out


class _Mapped:
    """A file of the segment, mapped into memory.

    A buffered file reads thousands of bytes for the dozen that tell where a term is, and asks
    the system each time.
    """

    def __init__(self, file: StructFile) -> None:
        whole = getattr(file.file, "_file", file.file)  # most often it is a part of another
        self.data = mmap(whole.fileno(), 0, access=ACCESS_READ)
        self.start: int = getattr(file.file, "_offset", 0)
        self._end = self.start + getattr(file.file, "_length", len(self.data))

    def read(self, at: int, length: int) -> bytes:
        """So many bytes from a position on, or those there are."""
        at += self.start
        return self.data[at : min(at + length, self._end)]


def document_frequency(entry: Entry) -> int:
    """How many documents have the term that has this entry, deleted ones included."""
    frequency: int = _INFO.unpack_from(entry)[2]
    return frequency


def _block(content: bytes, base: int) -> Block:
    deltas, weights, values = loads(content)
    numbers = list(accumulate(deltas, initial=base))[1:]
    if not isinstance(weights, tuple):  # all the same: 1.0 is kept as None
        weights = (1.0 if weights is None else weights,) * len(numbers)
    return Block(numbers, weights, values or (b"",) * len(numbers))


def _any_between(wanted: Sequence[int], first: int, last: int) -> bool:
    """Whether one of `wanted`, which are in order, is from `first` to `last`."""
    i = bisect_left(wanted, first)
    return i < len(wanted) and wanted[i] <= last


def _following(prefix: bytes) -> bytes:
    """The first key after all those that begin with `prefix`."""
    kept = prefix.rstrip(b"\xff")
    return kept[:-1] + bytes([kept[-1] + 1])
