"""Postings as Whoosh's third codec keeps them: in blocks, and an entry for each term.

What `W3FieldWriter` and `W3TermsReader` do one posting at a time is done here a block at a time.
Blocks are pickled with a newer protocol than Whoosh's, which reads any: its own writes every
encoded position as a call of `codecs.encode`, so that blocks are twice as large and take four
times as long to read.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import accumulate, starmap
from mmap import mmap
from operator import itemgetter, sub
from pickle import dumps, load, loads
from typing import Any
from zlib import decompress

from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import (
    WHOOSH3_HEADER_MAGIC,
    W3Codec,
    W3TermInfo,
)
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import HashWriter, OrderedHashWriter, _lengths, _pointer
from whoosh.system import pack_int, pack_long, pack_ushort, unpack_int, unpack_long
from whoosh.util.numlists import GrowableArray
from zlib_ng.zlib_ng import compress  # what zlib reads, in a third of its time

Postings = tuple[Sequence[int], Sequence[float], Sequence[bytes]]
"""Document numbers, frequencies and encoded positions, in the order of the documents."""

_BLOCK = 128  # postings of a block, as Whoosh has them
_COMPRESSION = 1
_WORTH_COMPRESSING = 256  # bytes: shorter ones take a third of the time to save 3 % of the index
_PROTOCOL = 4
_entry = W3TermInfo._struct.pack
_CRC = 1  # Whoosh's number for this hash function


class PostingsWriter:
    """Writes the terms of a segment, in the order of fields and terms, with their postings."""

    def __init__(self, storage: FileStorage, segment: Segment) -> None:
        self._entries = _TermFile(segment.create_file(storage, W3Codec.TERMS_EXT))
        self._fields: dict[str, int] = {}
        self._entries.extras["fieldmap"] = self._fields
        self._blocks = segment.create_file(storage, W3Codec.POSTS_EXT)
        self._position = 0  # in the file of blocks: to ask for it is a system call

    def start_field(self, name: str, field: Any, lengths: bytes | None) -> None:
        """Go on with a field.

        `lengths` are those of its texts in each document, as Whoosh keeps them: a byte; None
        for a field that has none.
        """
        number = self._fields.setdefault(name, len(self._fields))
        self._prefix = pack_ushort(number)
        self._has_values = field.format.fixed_value_size() != 0
        self._lengths = lengths

    def add(self, term: bytes, postings: Postings) -> None:
        """Write a term of the field and all of its postings."""
        numbers, frequencies, _ = postings
        lengths = self._lengths
        if len(numbers) == 1:  # half of all terms: kept in the entry itself
            (number,), (frequency,), (value,) = postings
            length = lengths[number] if lengths is not None else 0
            entry = _entry(True, frequency, 1, length, length, frequency, number, number)
            entry += dumps(((number,), (frequency,), (value,)), 2)
        else:
            shortest = longest = 0
            if lengths is not None:
                # Most are the same: a set has the fewest to compare.
                here = set(itemgetter(*numbers)(lengths))
                shortest, longest = min(here), max(here)
            data = _blocks(postings, self._has_values, shortest, longest)
            self._blocks.write(data)
            total, most = sum(frequencies), max(set(frequencies))
            ends = numbers[0], numbers[-1]
            entry = _entry(False, total, len(numbers), shortest, longest, most, *ends)
            entry += pack_long(self._position) + pack_int(len(data))
            self._position += len(data)
        self._entries.add(self._prefix + term, entry)

    def close(self) -> None:
        """Finish the files."""
        self._entries.close()
        self._blocks.close()


def _blocks(postings: Postings, has_values: bool, shortest: int, longest: int) -> bytes:
    numbers, frequencies, values = postings
    written = [WHOOSH3_HEADER_MAGIC]
    for start in range(0, len(numbers), _BLOCK):
        ids = numbers[start : start + _BLOCK]
        deltas = (ids[0], *map(sub, ids[1:], ids))
        weights = frequencies[start : start + _BLOCK]
        different = set(weights)
        heaviest = max(different)
        same = None if heaviest == 1 else float(heaviest)
        weight = same if len(different) == 1 else tuple(weights)
        encoded = tuple(values[start : start + _BLOCK]) if has_values else None
        data = dumps((deltas, weight, encoded), _PROTOCOL)
        compression = _COMPRESSION if len(data) >= _WORTH_COMPRESSING else 0
        if compression:
            data = compress(data, compression)
        # The lengths are bounds, for all blocks of a term the same: Whoosh skips by them.
        head = dumps((len(ids), ids[-1], heaviest, compression, shortest, longest), 2)
        size = len(head) + len(data)
        last = start + _BLOCK >= len(numbers)
        written += (pack_int(-size if last else size), head, data)
    return b"".join(written)


class _TermFile(OrderedHashWriter):
    """Whoosh's term dictionary, written with fewer calls, and 24 bytes of memory for a term."""

    def __init__(self, file: Any) -> None:
        HashWriter.__init__(self, file, hashtype=_CRC)
        self.index = GrowableArray("H")
        self.buckets = [array("Q") for _ in range(256)]
        """Hash and position of each term, one after the other."""
        self._position = file.tell()

    def add(self, key: bytes, value: bytes) -> None:
        """Add a term and its entry; terms come in order."""
        row = _lengths.pack(len(key), len(value)) + key + value
        self.dbfile.write(row)
        hashed = self.hashfn(key)
        self.buckets[hashed & 255].extend((hashed, self._position))
        self.index.append(self._position)
        self._position += len(row)

    def _write_hashes(self) -> None:
        for bucket in self.buckets:
            slots = len(bucket)  # twice as many as terms
            self.directory.append((self.dbfile.tell(), slots))
            table = [(0, 0)] * slots
            for hashed, position in zip(bucket[::2], bucket[1::2], strict=True):
                slot = (hashed >> 8) % slots
                while table[slot] != (0, 0):
                    slot = (slot + 1) % slots
                table[slot] = (hashed, position)
            self.dbfile.write(b"".join(starmap(_pointer.pack, table)))


def read_terms(
    data: mmap, entries: tuple[int, int], blocks: int
) -> Iterator[tuple[bytes, Postings]]:
    """All terms of a segment, each behind two bytes for its field, with all of their postings.

    `data` is the segment's file, `entries` where in it they begin and end, and `blocks` where
    the postings begin.
    """
    position, end = entries
    while position < end:
        key_size, size = _lengths.unpack_from(data, position)
        key = position + _lengths.size
        place = key + key_size
        position = place + size
        inlined = data[place]
        rest = place + W3TermInfo._struct.size
        if inlined:
            postings = loads(data[rest:position])
        else:
            start, length = unpack_long(data[rest : rest + 8])[0], data[rest + 8 : position]
            start += blocks
            postings = _read_blocks(data[start : start + unpack_int(length)[0]])
        yield data[key:place], postings


def _read_blocks(data: bytes) -> Postings:
    numbers: list[int] = []
    frequencies: list[float] = []
    values: list[bytes] = []
    stream = BytesIO(data)
    stream.seek(len(WHOOSH3_HEADER_MAGIC))
    while size := stream.read(4):
        end = stream.tell() + abs(unpack_int(size)[0])
        _, _, _, compression, _, _ = load(stream)
        block = data[stream.tell() : end]
        deltas, weights, encoded = loads(decompress(block) if compression else block)
        numbers += accumulate(deltas)
        # All the same is one number; 1 is kept as None.
        frequencies += weights if isinstance(weights, tuple) else (weights or 1,) * len(deltas)
        values += encoded or (b"",) * len(deltas)
        stream.seek(end)
    return numbers, frequencies, values
