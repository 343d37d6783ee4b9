"""Postings as Whoosh's third codec keeps them: in blocks, with an entry in the term dictionary.

What `W3PostingsWriter`, `W3TermInfo` and `W3LeafMatcher` do one posting at a time is done here
a block at a time; the bytes are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from operator import sub
from pickle import dumps
from typing import Any
from zlib import compress

from whoosh.codec.whoosh3 import (
    COMPRESSION_MIN_SIZE,
    WHOOSH3_HEADER_MAGIC,
    W3LeafMatcher,
    W3TermInfo,
)
from whoosh.system import pack_int, pack_long, pack_ushort

Postings = tuple[Sequence[int], Sequence[float], Sequence[bytes]]
"""Document numbers, weights and encoded positions, in the order of the documents."""

_BLOCK = 128  # postings of a block, as Whoosh has them
_COMPRESSION = 3  # likewise


def write_term(writer: Any, term: bytes, postings: Postings, lengths: bytes | None) -> None:
    """Write all postings of a term and its entry in the term dictionary.

    `writer` is a W3FieldWriter, in a field. `lengths` are those of the field in each document,
    as Whoosh keeps them: a byte; None for a field that has none.
    """
    numbers, weights, values = postings
    shortest = longest = 0
    if lengths is not None:
        here = [lengths[number] for number in numbers]
        shortest, longest = min(here), max(here)
    if len(numbers) == 1:  # as half of all terms have it: kept in the entry itself
        place = dumps((tuple(numbers), tuple(weights), tuple(values)), 2)
    else:
        start = writer._postfile.tell()
        has_values = writer._format.fixed_value_size() != 0
        _write_blocks(writer._postfile, postings, has_values, shortest, longest)
        place = pack_long(start) + pack_int(writer._postfile.tell() - start)
    entry = W3TermInfo._struct.pack(
        len(numbers) == 1,
        sum(weights),
        len(numbers),
        shortest,
        longest,
        max(weights),
        numbers[0],
        numbers[-1],
    )
    writer._tindex.add(pack_ushort(writer._fieldid) + term, entry + place)


def _write_blocks(
    file: Any, postings: Postings, has_values: bool, shortest: int, longest: int
) -> None:
    numbers, weights, values = postings
    file.write(WHOOSH3_HEADER_MAGIC)
    for start in range(0, len(numbers), _BLOCK):
        last = start + _BLOCK >= len(numbers)
        ids, of_block = numbers[start : start + _BLOCK], weights[start : start + _BLOCK]
        deltas = (ids[0], *map(sub, ids[1:], ids))
        heaviest = max(of_block)
        same = of_block.count(heaviest) == len(of_block)
        frequencies = (None if heaviest == 1.0 else heaviest) if same else tuple(of_block)
        encoded = tuple(values[start : start + _BLOCK]) if has_values else None
        data = dumps((deltas, frequencies, encoded), 2)
        compression = _COMPRESSION if len(data) >= COMPRESSION_MIN_SIZE else 0
        if compression:
            data = compress(data, compression)
        # The lengths are bounds, for all blocks of a term the same: Whoosh skips by them.
        head = dumps((len(ids), ids[-1], heaviest, compression, shortest, longest), 2)
        size = len(head) + len(data)
        file.write_int(-size if last else size)
        file.write(head)
        file.write(data)


def read_postings(entry: W3TermInfo, file: Any, format_: Any) -> Postings:
    """All postings of a term: those in its entry, or the blocks in the postings `file`."""
    if entry.is_inlined():
        inlined: Postings = entry.inlined_postings()
        return inlined
    start, length = entry.extent()
    matcher = W3LeafMatcher(file, start, length, format_)
    parts = list(read_blocks(matcher))
    numbers, weights, values = (
        list(chain.from_iterable(part)) for part in zip(*parts, strict=True)
    )
    return numbers, weights, values


def read_blocks(matcher: W3LeafMatcher) -> Iterator[Postings]:
    """The postings of a term, block by block, from its first one on."""
    while matcher.is_active():
        matcher._read_data()
        deltas, weights, values = matcher._data
        if not isinstance(weights, tuple):  # all the same: 1.0 is kept as None
            weights = (1.0 if weights is None else weights,) * len(deltas)
        yield list(accumulate(deltas)), weights, values or (b"",) * len(deltas)
        matcher._next_block()
