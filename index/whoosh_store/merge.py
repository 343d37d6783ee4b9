"""Merging: several segments made one, because every query looks into each of them.

A merge streams: it holds the postings of one term at a time. Deleted articles are left out. What is
damaged is never merged: all that is read of a segment is compared with its checksums.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, compress, count, groupby, pairwise
from operator import itemgetter
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec
from whoosh.reading import SegmentReader

from .codec.blocks import Postings
from .codec.columns import LENGTHS, STORED, Columns, ColumnsWriter, read_column
from .codec.positions import joined
from .codec.terms import read_terms
from .folder import open_segments
from .schema import schema
from .segment import Fields, SegmentStorage, Term, close, write_terms


def merge(folder: Path, segments: Sequence[Segment]) -> Segment | None:
    """Write the articles of `segments` as one segment of the index in `folder`.

    None if all of them are deleted.
    """
    readers = open_segments(folder, segments)
    alive = [bytes(not s.is_deleted(n) for n in range(s.doc_count_all())) for s in segments]
    total = sum(map(sum, alive))
    storage = SegmentStorage(folder)
    merged = W3Codec().new_segment(storage, "MAIN")
    columns = ColumnsWriter(storage, merged)
    try:
        _copy_columns(readers, alive, columns)
        lengths = _copy_lengths(readers, alive, columns)
        if total:
            write_terms(storage, merged, _fields(readers, _new_numbers(alive), lengths))
    finally:
        for reader in readers:
            reader.close()
    return close(storage, merged, columns, total)


def _new_numbers(alive: Sequence[bytes]) -> list[list[int]]:
    """For each segment, the numbers of its documents after the merge; -1 of those deleted."""
    numbers, next_number = [], count()
    for of_segment in alive:
        numbers.append([next(next_number) if lives else -1 for lives in of_segment])
    return numbers


def _copy_columns(
    readers: Sequence[SegmentReader], alive: Sequence[bytes], columns: ColumnsWriter
) -> None:
    """Copy what is kept by document: stored fields, which stay compressed, and columns."""
    for name in (STORED, *(name for name, field in schema().items() if field.column_type)):
        add = columns.column(name)
        number = count()
        for reader, of_segment in zip(readers, alive, strict=True):
            for value in compress(read_column(reader, name), of_segment):
                add(next(number), value)


def _copy_lengths(
    readers: Sequence[SegmentReader], alive: Sequence[bytes], columns: ColumnsWriter
) -> dict[str, bytes]:
    """Copy the lengths of the texts; those of each field, a byte for each document."""
    lengths = {}
    for name, field in schema().items():
        if field.indexed and field.scorable:
            before = (Columns(reader).lengths(name) for reader in readers)
            found = bytes(chain.from_iterable(map(compress, before, alive)))
            columns.lengths(name, found, sum(map(LENGTHS.__getitem__, found)))
            lengths[name] = found
    return lengths


def _fields(
    readers: Sequence[SegmentReader], numbers: Sequence[list[int]], lengths: dict[str, bytes]
) -> Fields:
    """The terms of each field with their postings from all segments."""
    streams = [_terms(*segment) for segment in zip(readers, numbers, strict=True)]
    merged = heapq.merge(*streams, key=itemgetter(0))
    for name, of_field in groupby(merged, key=lambda found: found[0][0]):
        yield name, _terms_of_field(of_field), lengths.get(name)


def _terms_of_field(found: Iterable[tuple[tuple[str, bytes], Postings]]) -> Iterator[Term]:
    for (_, term), parts in groupby(found, key=itemgetter(0)):
        # Segments come in their order, and their documents with them.
        postings = [part for _, part in parts if part[0]]
        if len(postings) == 1:
            yield term, postings[0]
        elif postings:
            numbers, frequencies, values, places = map(list, zip(*postings, strict=True))
            lists = [*chain(*numbers)], [*chain(*frequencies)], [*chain(*values)]
            yield term, Postings(*lists, joined(places))


def _terms(
    reader: SegmentReader, numbers: list[int]
) -> Iterator[tuple[tuple[str, bytes], Postings]]:
    """The terms of a segment with the postings that are not of deleted documents."""
    deleted = -1 in numbers
    for name, term, (documents, frequencies, values, places) in read_terms(reader):
        kept = [numbers[document] for document in documents]
        if deleted and -1 in kept:
            lives = [number >= 0 for number in kept]
            kept = list(compress(kept, lives))
            values = list(compress(values, lives))
            spans = pairwise(accumulate(map(int, frequencies), initial=0))
            places = places.cut(compress(spans, lives)) if places.width else places
            frequencies = list(compress(frequencies, lives))
        yield (name, term), Postings(kept, frequencies, values, places)
