"""Postings in blocks: written, read whole, and read where a search wants them.

What Whoosh does one posting at a time (`W3PostingsWriter`, `W3LeafMatcher`) is done here a block at
a time. The postings of a term are `WHOOSH3_HEADER_MAGIC` and its blocks. A block is its size in
four bytes, negative for the last; then, pickled, how many postings it has, their last document, the
highest frequency, how it is compressed, and the shortest and the longest document; then, pickled,
differences of document numbers, frequencies and encoded positions.

That is pickled with a newer protocol than Whoosh's, which reads any: its own writes every encoded
position as a call of `codecs.encode`, so that blocks are twice as large and take four times as long
to read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import accumulate
from operator import sub
from pickle import dumps, loads
from struct import Struct, error
from typing import NamedTuple

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC

from .pickles import Damage, Plain, plain, plain_and_length, unpacked
from .positions import NOWHERE, Places


class Postings(NamedTuple):
    """The postings of a term, in the order of the documents."""

    numbers: Sequence[int]
    """Numbers of the documents."""
    frequencies: Sequence[float]
    """How often the term occurs in each."""
    values: Sequence[bytes]
    """Where it stands in each, encoded; empty in fields without positions."""
    places: Places = NOWHERE
    """The same positions once more, flat; perhaps none where there is one document."""


_SIZE = Struct("!i")
_BLOCK = 128  # postings of a block, as Whoosh has them
_COMPRESSION = 1  # zlib's fastest level
_WORTH_COMPRESSING = 256  # bytes: shorter ones take a third of the time to save 3 % of the index
_HEAD_PROTOCOL = 2  # Whoosh's
_PROTOCOL = 4


class Block(NamedTuple):
    """Postings that are stored together: those of up to 128 documents."""

    numbers: Sequence[int]
    """Numbers of the documents, in order."""
    weights: Sequence[float]
    """How often the term occurs in each."""
    values: Sequence[bytes]
    """Where it stands in each, encoded; empty in fields without positions."""


def encoded(postings: Postings, has_values: bool, shortest: int, longest: int) -> bytes:
    """The blocks of a term.

    `shortest` and `longest` bound the lengths of its documents, as a byte each. They are the same
    in all blocks of a term: Whoosh skips blocks by them.
    """
    from zlib_ng.zlib_ng import compress  # what zlib reads, in a third of its time; not to search

    numbers, frequencies, values, _ = postings
    written = [WHOOSH3_HEADER_MAGIC]
    for start in range(0, len(numbers), _BLOCK):
        ids = numbers[start : start + _BLOCK]
        deltas = (ids[0], *map(sub, ids[1:], ids))
        weights = frequencies[start : start + _BLOCK]
        different = set(weights)
        heaviest = max(different)
        # All the same is one number, and 1 is None: see _weights.
        same = None if heaviest == 1 else float(heaviest)
        weight = same if len(different) == 1 else tuple(weights)
        positions = tuple(values[start : start + _BLOCK]) if has_values else None
        data = dumps((deltas, weight, positions), _PROTOCOL)
        compression = _COMPRESSION if len(data) >= _WORTH_COMPRESSING else 0
        if compression:
            data = compress(data, compression)
        head = (len(ids), ids[-1], heaviest, compression, shortest, longest)
        data = dumps(head, _HEAD_PROTOCOL) + data
        last = start + _BLOCK >= len(numbers)
        written += (_SIZE.pack(-len(data) if last else len(data)), data)
    return b"".join(written)


def read_whole(data: bytes) -> Postings:
    """All that is in the blocks of a term. Raises Damage."""
    numbers: list[int] = []
    frequencies: list[float] = []
    values: list[bytes] = []
    for head, content in _contents(data):
        block = _block(head, content, 0, 1)
        numbers += block.numbers
        frequencies += block.weights
        values += block.values
    return Postings(numbers, frequencies, values)


def read_selected(
    data: bytes, base: int, end: int, wanted: Sequence[int] | None
) -> Iterator[Block]:
    """The blocks of a term whose documents are numbered from `base` to before `end`. Raises Damage.

    Those that hold none of the `wanted` documents (in order) are passed over.
    """
    first = base
    for head, content in _contents(data):
        last = base + head[_LAST]
        if last >= end:
            raise Damage("a block has documents that there are not")
        if wanted is None or _any_between(wanted, first, last):
            yield _block(head, content, base, 1.0)
        first = last + 1


_Head = tuple[int, ...]
_COUNT, _LAST, _COMPRESSED = 0, 1, 3

_HEAD = re.compile(rb"\x80\x02\((?:K.|M..|J.{4}|G.{8}){6}tq.\.", re.DOTALL).match
"""The head of a block as protocol 2 has it: six numbers, which are told from anything else here. So
the usual function can read them, which takes a third of the time."""


def _contents(data: bytes) -> Iterator[tuple[_Head, bytes]]:
    """Of each block its head, and what it has."""
    if not data.startswith(WHOOSH3_HEADER_MAGIC):
        raise Damage("no postings where they should be")
    end, is_last = len(WHOOSH3_HEADER_MAGIC), False
    while not is_last:
        try:
            (size,) = _SIZE.unpack_from(data, end)
        except error as wrong:
            raise Damage("a block is missing") from wrong
        is_last = size < 0
        start = end + _SIZE.size
        end = start + abs(size)
        if usual := _HEAD(data, start, end):
            yield loads(usual[0]), data[usual.end() : end]
        else:  # another program may use another protocol
            head, length = plain_and_length(data[start:end])
            head = head if isinstance(head, tuple) else ()
            if [type(n) in (int, float) for n in head] != [True] * 6:
                raise Damage("no block where one should be")
            yield head, data[start + length : end]


def _block(head: _Head, content: bytes, base: int, once: float) -> Block:
    """A block whose documents are numbered from `base` on. Frequencies that are all 1 are `once`:
    to write, an integer is shorter; to reckon with, a float is faster."""
    try:
        if head[_COMPRESSED]:
            content = unpacked(content)
            deltas, weights, values = Plain(BytesIO(content)).load()  # `plain`, without a call
        else:
            deltas, weights, values = plain(content)
        count = len(deltas)
        numbers = list(accumulate(deltas, initial=base))
        del numbers[0]
        if count != head[_COUNT] or numbers[-1] != base + head[_LAST] or min(deltas) < 0:
            raise Damage("a block has other documents than it says")
        if not isinstance(weights, tuple):
            weights = (once if weights is None else weights + 0,) * count
        values = values or (b"",) * count
        if not count == len(weights) == len(values):
            raise Damage("a block has not the same number of everything")
    except (MemoryError, RecursionError, Damage):
        raise
    except Exception as wrong:  # whatever it is, it comes of these bytes
        raise Damage("no postings where they should be") from wrong
    return Block(numbers, weights, values)


def _any_between(wanted: Sequence[int], first: int, last: int) -> bool:
    """Whether one of `wanted`, which are in order, is from `first` to `last`."""
    i = bisect_left(wanted, first)
    return i < len(wanted) and wanted[i] <= last
