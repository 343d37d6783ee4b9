"""A segment: the postings of many articles, written the way Whoosh writes them, only faster.

Whoosh's writer makes a tuple of every posting, sorts them all and hands them on one by one.
Here the postings of a term are collected in lists as articles come, and written in whole
blocks by Whoosh's own codec: the files are the same.
"""

from __future__ import annotations

import heapq
import marshal
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter, sub
from pathlib import Path
from pickle import dumps
from typing import IO, Any
from zlib import compress

from whoosh.codec.whoosh3 import (
    COMPRESSION_MIN_SIZE,
    WHOOSH3_HEADER_MAGIC,
    W3Codec,
    W3TermInfo,
)
from whoosh.filedb.filestore import FileStorage
from whoosh.system import pack_int, pack_long, pack_ushort
from whoosh.util.numeric import length_to_byte

from .schema import schema

Postings = tuple[list[int], list[float], list[bytes]]
"""Document numbers, weights and encoded positions, in the order of the documents."""

Run = Iterator[tuple[str, bytes, Postings]]
"""Field, term and postings, in the order of fields and terms."""

_MOST_PENDING = 2_000_000  # postings held in memory (some 150 MB) before they go to disk
_BLOCK = 128  # postings of a block, as Whoosh has them
_COMPRESSION = 3  # likewise


class _Storage(FileStorage):
    """The index folder, with a folder for temporary files in it that no other process shares."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.temporary = super().temp_storage()

    def temp_storage(self, name: str | None = None) -> Any:
        return self.temporary


class SegmentBuilder:
    """Collects documents; `finish` writes them out as one segment of the index in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._storage = _Storage(folder)
        self._codec = W3Codec()
        self._segment = self._codec.new_segment(self._storage, "MAIN")
        self._documents = self._codec.per_document_writer(self._storage, self._segment)
        self._fields = sorted(schema().items())
        self._terms: dict[str, dict[bytes, Postings]] = {name: {} for name, _ in self._fields}
        self._lengths: dict[str, array[int]] = {name: array("I") for name, _ in self._fields}
        self._runs: list[IO[bytes]] = []
        self._pending = 0
        self.count = 0

    def add(self, values: dict[str, Any]) -> None:
        """Add a document: the value of each field, as `schema.document` makes them."""
        self._documents.start_doc(self.count)
        for name, field in self._fields:
            value = values.get(name)
            if value is None:
                self._lengths[name].append(0)
                continue
            length = self._collect(name, field, value) if field.indexed else 0
            self._lengths[name].append(length)
            self._documents.add_field(name, field, value if field.stored else None, length)
            if field.column_type:
                column_value = field.to_column_value(value)
                self._documents.add_column_value(name, field.column_type, column_value)
        self._documents.finish_doc()
        self.count += 1
        if self._pending > _MOST_PENDING:
            self._spill()

    def _collect(self, name: str, field: Any, value: Any) -> int:
        """Add the postings of one field of the current document; the field's length in words."""
        terms, number, length = self._terms[name], self.count, 0
        for term, frequency, weight, encoded in field.index(value):
            postings = terms.get(term)
            if postings is None:
                postings = terms[term] = ([], [], [])
            postings[0].append(number)
            postings[1].append(weight)
            postings[2].append(encoded)
            length += frequency
            self._pending += 1
        return length if field.scorable else 0

    def _run(self) -> Run:
        """What is in memory, in order."""
        for name, _ in self._fields:
            terms = self._terms[name]
            for term in sorted(terms):
                yield name, term, terms[term]

    def _spill(self) -> None:
        """Write what is in memory to a temporary file, to be merged in the end."""
        run = tempfile.TemporaryFile(dir=self._storage.temporary.folder)  # noqa: SIM115
        for entry in self._run():
            marshal.dump(entry, run)
        run.seek(0)
        self._runs.append(run)
        self._terms = {name: {} for name, _ in self._fields}
        self._pending = 0

    def finish(self) -> Any:
        """Write the segment's files; the Segment that a table of contents can name, if any."""
        self._documents.close()
        if not self.count:
            self._storage.temporary.destroy()
            return None
        runs = [_read_run(run) for run in self._runs]
        merged = heapq.merge(*runs, self._run(), key=itemgetter(0, 1))
        writer = self._codec.field_writer(self._storage, self._segment)
        fields = dict(self._fields)
        for name, terms in groupby(merged, key=itemgetter(0)):
            field = fields[name]
            writer.start_field(name, field)
            lengths = self._lengths[name] if field.scorable else None
            for term, parts in groupby(terms, key=itemgetter(1)):
                _write_term(writer, term, _joined([part[2] for part in parts]), lengths)
            writer.finish_field()
        writer.close()
        for run in self._runs:
            run.close()
        self._segment.set_doc_count(self.count)
        self._segment.create_compound_file(self._storage)
        self._storage.temporary.destroy()
        return self._segment


def _read_run(run: IO[bytes]) -> Run:
    while True:
        try:
            yield marshal.load(run)
        except EOFError:
            return


def _joined(parts: Sequence[Postings]) -> Postings:
    """The postings of a term from several runs, which hold later and later documents."""
    if len(parts) == 1:
        return parts[0]
    numbers, weights, values = zip(*parts, strict=True)
    return list(chain(*numbers)), list(chain(*weights)), list(chain(*values))


def _write_term(
    writer: Any, term: bytes, postings: Postings, lengths: Sequence[int] | None
) -> None:
    """Write all postings of a term and its entry in the term dictionary.

    The blocks are those of Whoosh's `W3PostingsWriter._write_block`, the entry that of
    `W3TermInfo.to_bytes`, without a call for each posting. `lengths` are those of the field in
    each document; None for a field that has none.
    """
    numbers, weights, values = postings
    file, fixed_size = writer._postfile, writer._format.fixed_value_size()
    shortest = longest = 0
    if lengths is not None:
        here = [lengths[number] for number in numbers]
        shortest, longest = length_to_byte(min(here)), length_to_byte(max(here))
    offset = file.tell()
    file.write(WHOOSH3_HEADER_MAGIC)
    for start in range(0, len(numbers), _BLOCK):
        last = start + _BLOCK >= len(numbers)
        ids, of_block = numbers[start : start + _BLOCK], weights[start : start + _BLOCK]
        deltas = (ids[0], *map(sub, ids[1:], ids))
        heaviest = max(of_block)
        same = of_block.count(heaviest) == len(of_block)
        frequencies = (None if heaviest == 1.0 else heaviest) if same else tuple(of_block)
        encoded = None if fixed_size == 0 else tuple(values[start : start + _BLOCK])
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
    entry = W3TermInfo._struct.pack(
        0,  # the postings are not inside the entry
        sum(weights),
        len(numbers),
        shortest,
        longest,
        max(weights),
        numbers[0],
        numbers[-1],
    )
    extent = pack_long(offset) + pack_int(file.tell() - offset)
    writer._tindex.add(pack_ushort(writer._fieldid) + term, entry + extent)
