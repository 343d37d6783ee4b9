"""A segment opened for a search: its terms, their postings, and what it keeps by document.

Whoosh reads a number at a time, with a call for each; here all that is stored of a term is one
read, and builtins decode it a block at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from whoosh.reading import SegmentReader

from .blocks import Block
from .columns import Columns
from .flat import Flat
from .positions import Places
from .terms import Entry, Stretch, Terms


class OpenSegment:
    """One segment of an index, whose documents are numbered from `base` on."""

    def __init__(self, reader: SegmentReader, base: int) -> None:
        self.base = base
        self.size: int = reader.doc_count_all()
        self.deleted = frozenset(base + number for number in reader.segment().deleted_docs())
        self._terms = Terms(reader, base)
        self._columns = Columns(reader)

    def holds(self, document: int) -> bool:
        """Whether the document of this number is here."""
        return self.base <= document < self.base + self.size

    def entry(self, field: str, term: bytes) -> Entry | None:
        """The entry of `term`; None when no document has it."""
        return self._terms.entry(field, term)

    def entries(self, field: str, prefix: bytes = b"") -> Iterator[tuple[bytes, Entry]]:
        """The terms that begin with `prefix`, in order, each with its entry."""
        return self._terms.entries(field, prefix)

    def forms(self) -> list[bytes]:
        """Every form that occurs in the documents."""
        return self._terms.forms()

    def stretch(self, field: str, prefix: bytes) -> Stretch:
        """The terms that begin with `prefix`, as they are on the disk."""
        return self._terms.stretch(field, prefix)

    def flat(self, entry: Entry) -> Flat:
        """The documents of the term that has this entry, and how often each has it."""
        return self._terms.flat(entry)

    def places(self, entry: Entry, total: int, spans: Iterable[tuple[int, int]]) -> Places:
        """Some of the positions of the term that has this entry: see `Terms.places`."""
        return self._terms.places(entry, total, spans)

    def blocks(self, entry: Entry, wanted: Sequence[int] | None = None) -> Iterator[Block]:
        """The postings of the term that has this entry, with positions.

        Blocks that hold none of the `wanted` documents (in order) are passed over.
        """
        return self._terms.blocks(entry, wanted)

    def stored(self, document: int) -> Any:
        """The stored fields of a document."""
        return self._columns.stored(document - self.base)

    def value(self, column: str, document: int) -> bytes:
        """The value of a document in a column."""
        return self._columns.value(column, document - self.base)

    def lengths(self, field: str) -> bytes:
        """Words in each document, as a byte (see `columns.LENGTHS`)."""
        return self._columns.lengths(field)
