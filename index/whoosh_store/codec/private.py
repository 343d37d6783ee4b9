"""Whoosh's private names, under names of ours: nothing else mentions them.

They are of Whoosh 3.54 (`whoosh/codec/whoosh3.py`, `filedb/filetables.py`, `filedb/compound.py`).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from struct import Struct
from typing import Any, NamedTuple

from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec, W3TermInfo, W3TermsReader
from whoosh.columns import Column
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import (
    _INT_SIZE,
    FileFormatError,
    HashWriter,
    OrderedHashReader,
    OrderedHashWriter,
    _dir_entry,
    _directory_size,
    _hash_functions,
    _lengths,
    _pointer,
)
from whoosh.filedb.structfile import StructFile
from whoosh.reading import SegmentReader
from whoosh.util.numlists import GrowableArray

ENTRY: Struct = W3TermInfo._struct
"""How the entry of a term begins: whether its postings are inside, how often the term occurs and in
how many documents, the shortest and the longest of these, the highest frequency in one of them, and
the first and the last of them."""

SIZES: Struct = _lengths
"""Bytes of a key and of its value, before each pair in the dictionary."""

SLOT: Struct = _pointer
"""Of a hash table of the dictionary: the hash of a key, and where in the file its pair begins."""

_CRC32 = 1  # Whoosh's number for this hash function


# Reading


class Codec(W3Codec):
    """Whoosh's, but that a segment is opened with fewer reads."""

    def terms_reader(self, storage: FileStorage, segment: Segment) -> W3TermsReader:
        """What Whoosh's does, with `_Dictionary`."""
        name = segment.make_filename(self.TERMS_EXT)
        blocks = segment.open_file(storage, self.POSTS_EXT)
        length = storage.file_length(name)
        return _TermsReader(self, storage.open_file(name), length, blocks)


class _TermsReader(W3TermsReader):
    def __init__(self, codec: Codec, entries: StructFile, length: int, blocks: StructFile) -> None:
        self._codec, self._dbfile, self._postfile = codec, entries, blocks
        self._tindex = _Dictionary(entries, length)
        self._fieldmap = self._tindex.extras["fieldmap"]
        numbers = {number: name for name, number in self._fieldmap.items()}
        self._fieldunmap = [numbers[number] for number in range(len(numbers))]


class _Dictionary(OrderedHashReader):
    def __init__(self, file: StructFile, length: int) -> None:
        """As Whoosh's, which reads the 256 places of the hash tables one by one."""
        self.dbfile, self.startoffset, self.is_closed = file, 0, False
        file.seek(0)
        if file.read(4) != b"HSH3":
            raise FileFormatError("no dictionary of terms")
        self.hashtype = file.read_byte()
        self.hashfn = _hash_functions[self.hashtype]
        file.read_int()
        file.read_int()
        self.startofdata = file.tell()
        extras = length - _INT_SIZE - file.get_int(length - _INT_SIZE)
        file.seek(extras)
        self._read_extras()
        places = file.get(extras - _directory_size, _directory_size)
        self.tables = list(_dir_entry.iter_unpack(places))
        self.endofdata = self.tables[0][0]


def dictionary(reader: SegmentReader) -> OrderedHashReader:
    """The dictionary of terms of a segment.

    Of it are used: `hashfn`, the hash function; `tables`, for each of 256 hash tables where it
    begins and how many slots it has; `startofdata` and `endofdata`, between which the pairs are;
    `indexbase`, where the list of the places begins at which they begin, `indexlen`, how many it
    has, and `indexsize` and `extras["indextype"]`, what numbers these are; `key_at(place)`, the key
    of the pair that begins there.
    """
    return reader._terms._tindex


def dictionary_file(reader: SegmentReader) -> StructFile:
    """The file that the dictionary of terms is in."""
    return reader._terms._dbfile


def blocks_file(reader: SegmentReader) -> StructFile:
    """The file of the postings that are not inside the entries of their terms."""
    return reader._terms._postfile


def other_file(reader: SegmentReader, extension: str) -> StructFile | None:
    """A file of a segment that Whoosh does not know, if it is there."""
    storage, name = reader._storage, reader.segment().make_filename(extension)
    return storage.open_file(name) if storage.file_exists(name) else None


def key_of(reader: SegmentReader) -> Callable[[str, bytes], bytes]:
    """What makes a key of the dictionary from a field and the beginning of a term."""
    keycoder: Callable[[str, bytes], bytes] = reader._terms._keycoder
    return keycoder


def term_of(reader: SegmentReader) -> Callable[[bytes], tuple[str, bytes]]:
    """What makes a field and a term from a key of the dictionary."""
    keydecoder: Callable[[bytes], tuple[str, bytes]] = reader._terms._keydecoder
    return keydecoder


def has_column(reader: SegmentReader, name: str) -> bool:
    """Whether anything is kept by document under this name."""
    found: bool = reader._perdoc.has_column(name)
    return found


def column_file(reader: SegmentReader, name: str) -> tuple[StructFile, int, int]:
    """The file of a column, where in it the column begins, and its length."""
    found: tuple[StructFile, int, int] = reader._perdoc._get_column_file(name)
    return found


def column_values(reader: SegmentReader, name: str, column: Column) -> Iterator[Any]:
    """The value of each document in a column, of whatever kind the schema says it is."""
    return iter(reader._perdoc.column_reader(name, column))


class Extent(NamedTuple):
    """Where on the disk a file of a segment is."""

    file: Any
    """A file of the system's."""
    start: int
    length: int | None
    """None: to the end."""


def extent(file: StructFile) -> Extent:
    """Where a file is: most are a part of the one file that the whole segment is in."""
    inner = file.file
    if hasattr(inner, "_offset"):
        return Extent(inner._file, inner._offset, inner._length)
    return Extent(inner, 0, None)


# Writing


def column_writers(storage: FileStorage, segment: Segment) -> Any:
    """Whoosh's writer of what is kept by document, without its own column of stored fields.

    That one compresses more slowly, or again what is compressed already.
    """
    writer = W3Codec().per_document_writer(storage, segment)
    writer._colwriters.clear()
    return writer


def new_column(writer: Any, name: str, column: Column) -> Callable[[int, Any], None]:
    """Add a column to what `column_writers` made; what takes the value of a document in it."""
    writer._create_column(name, column)
    add: Callable[[int, Any], None] = writer._get_column(name).add
    return add


def set_total_length(writer: Any, field: str, words: int) -> None:
    """Set how many words all documents together have in a field."""
    writer._fieldlengths[field] = words


def close_columns(writer: Any, documents: int) -> None:
    """Finish the columns of so many documents."""
    writer._doccount = documents
    writer.close()


class DictionaryWriter(OrderedHashWriter):
    """Whoosh's, with fewer calls, and 24 bytes of memory for a term."""

    def __init__(self, file: StructFile) -> None:
        HashWriter.__init__(self, file, hashtype=_CRC32)
        self.index = GrowableArray("H")
        self.buckets = [array("Q") for _ in range(256)]
        """Hash and position of each pair, one after the other."""
        self._position = file.tell()

    def add(self, key: bytes, value: bytes) -> None:
        """Add a pair; keys come in order."""
        row = SIZES.pack(len(key), len(value)) + key + value
        self.dbfile.write(row)
        hashed = self.hashfn(key)
        self.buckets[hashed & 255].extend((hashed, self._position))
        self.index.append(self._position)
        self._position += len(row)

    def _write_hashes(self) -> None:
        for bucket in self.buckets:
            slots = len(bucket)  # twice as many as keys
            self.directory.append((self.dbfile.tell(), slots))
            table = [(0, 0)] * slots
            for hashed, position in zip(bucket[::2], bucket[1::2], strict=True):
                slot = (hashed >> 8) % slots
                while table[slot] != (0, 0):
                    slot = (slot + 1) % slots
                table[slot] = (hashed, position)
            self.dbfile.write(b"".join([SLOT.pack(*pair) for pair in table]))


# Tables of contents


def fields_of(schema: Any) -> dict[str, Any]:
    """The fields of a schema, or of whatever has the attributes of one."""
    fields: dict[str, Any] = schema._fields
    return fields


def new_segment(id: str, documents: int, deleted: set[int], lengths: dict[str, int]) -> Segment:
    """The segment that has this id, one file of so many documents.

    `lengths` are the words that all documents together have in each field.
    """
    segment = W3Codec().new_segment(None, "MAIN")
    segment.segid = id
    segment.set_doc_count(documents)
    segment.compound = True
    segment._deleted = deleted or None
    segment._fieldlengths = lengths
    return segment


def values_of(segment: Any) -> tuple[Any, Any, Any, Any]:
    """What `new_segment` is to be given, of whatever has the attributes of a segment."""
    return segment.segid, segment._doccount, segment._deleted or set(), segment._fieldlengths
