"""A segment: many articles written at once, in Whoosh's own format, only faster.

Whoosh's writer makes a tuple of every posting, sorts them all and hands them on one by one.
Here texts are rows of numbers until the whole segment is inverted, and postings are written in
whole blocks (see `inversion` and `codec`). Whoosh reads it like its own.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from ..analysis.sketch import sketches
from ..analysis.vocabulary import Vocabulary
from ..article import Article
from . import disk
from .codec.blocks import Postings
from .codec.columns import ColumnsWriter, as_bytes
from .codec.sealed import seal
from .codec.terms import TermsWriter
from .contents import file_of, set_seal
from .inversion import Inverted, Words
from .schema import COLUMNS, Stems, columns, keywords, schema, stored_fields

_MOST_CHUNKS = 500_000
"""Different chunks that one segment collects: half a kilobyte of memory each. Of 48 MB of French
there are 250,000, of random letters without end."""
_MOST_ARTICLES = 200_000  # a kilobyte each, beside their text

Term = tuple[bytes, Postings]
Fields = Iterable[tuple[str, Iterable[Term], bytes | None]]
"""In order: the name of each field, its terms, and the lengths of its texts if it has any, a byte
for each document, as Whoosh keeps them."""


class SegmentStorage(FileStorage):
    """A folder of its own for the files of a segment, in that of the index."""

    def __init__(self, index: Path) -> None:
        self.index = index
        self.scratch = disk.make_scratch_folder(index)
        super().__init__(str(self.scratch))

    def create_file(self, name: str, excl: bool = True, mode: str = "wb", **_: Any) -> StructFile:
        """Make a file."""
        return StructFile(disk.open_new(self.scratch / name, mode), name=name)

    def temp_storage(self, name: str | None = None) -> Any:
        """The same folder: no other process shares it."""
        return self


class SegmentBuilder:
    """Collects articles; `finish` writes them out as one segment of the index in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._storage = SegmentStorage(folder)
        self._segment = W3Codec().new_segment(self._storage, "MAIN")
        self._columns = ColumnsWriter(self._storage, self._segment)
        self._add_stored = self._columns.stored_fields()
        self._add_to = {name: self._columns.column(name) for name in COLUMNS}
        self._vocabulary = Vocabulary()
        self._texts, self._titles, self._authors = Words(), Words(), Words()
        self._starts, self._ends = array("q"), array("q")
        """Of the bodies among the chunks of the texts."""
        self._keywords: dict[str, dict[bytes, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.count = 0

    def add(self, article: Article, digest: bytes) -> None:
        """Add an article; `digest` tells its record from others."""
        title, body = map(self._vocabulary.chunks, (article.title, article.body))
        self._titles.add(title)
        # A title that is only the lead is in the body already.
        self._texts.add(*(() if article.title_is_lead else (title,)), body)
        self._authors.add(self._vocabulary.chunks(" ".join(article.authors)))
        self._ends.append(len(self._texts.chunks))
        self._starts.append(self._ends[-1] - len(body))
        for name, term in keywords(article):
            self._keywords[name][term].append(self.count)
        self._add_stored(self.count, stored_fields(article))
        folded = " ".join(filter(None, map(self._vocabulary.folded.__getitem__, title)))
        for name, value in columns(article.id, folded, digest).items():
            self._add_to[name](self.count, value)
        self.count += 1

    @property
    def full(self) -> bool:
        """Whether to finish it, and begin another: its memory is not to grow with what it reads."""
        return len(self._vocabulary) > _MOST_CHUNKS or self.count >= _MOST_ARTICLES

    def finish(self) -> Segment | None:
        """Write the segment's files; the Segment that a table of contents can name, if any."""
        if self.count:
            self._sketch()
            write_terms(self._storage, self._segment, self._fields())
        return close(self._storage, self._segment, self._columns, self.count)

    def _sketch(self) -> None:
        """Give each article the sketch of its body."""
        chunks, hashes = self._texts.chunks, self._vocabulary.hashes
        add = self._columns.column("sketch")
        for number, sketch in enumerate(sketches(chunks, self._starts, self._ends, hashes)):
            add(number, sketch)

    def _fields(self) -> Iterator[tuple[str, Iterable[Term], bytes | None]]:
        words = {"text": self._texts, "form": self._texts}
        words |= {"title": self._titles, "author": self._authors}
        for name, field in sorted(schema().items()):
            if name in words:
                inverted = Inverted(words[name], self._vocabulary, stems=isinstance(field, Stems))
                lengths = None
                if field.scorable:
                    lengths = as_bytes(inverted.lengths.tolist())
                    self._columns.lengths(name, lengths, int(inverted.lengths.sum()))
                yield name, inverted, lengths
            elif field.indexed:
                yield name, _of_keywords(self._keywords[name]), None


def _of_keywords(terms: dict[bytes, list[int]]) -> Iterator[Term]:
    for term in sorted(terms):
        numbers = terms[term]
        yield term, Postings(numbers, [1] * len(numbers), [b""] * len(numbers))


def write_terms(storage: SegmentStorage, segment: Segment, fields: Fields) -> None:
    """Write the postings of a segment."""
    of_schema = schema()
    writer = TermsWriter(storage, segment)
    for name, terms, lengths in fields:
        writer.start_field(name, of_schema[name], lengths)
        for term, postings in terms:
            writer.add(term, postings)
    writer.close()


def close(
    storage: SegmentStorage, segment: Segment, columns: ColumnsWriter, documents: int
) -> Segment | None:
    """Finish a segment of so many documents: one file, which the disk has before it has its name.

    None if there are no documents.
    """
    columns.close(documents)
    if documents:
        segment.set_doc_count(documents)
        segment.create_compound_file(storage)
        name = file_of(segment)
        with (storage.scratch / name).open("r+b") as file:
            set_seal(segment, seal(file))
            disk.sync(file)
        disk.rename(storage.scratch / name, storage.index / name)
    disk.remove_scratch_folder(storage.scratch)
    return segment if documents else None
