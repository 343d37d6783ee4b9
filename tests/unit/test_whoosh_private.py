"""What is used of Whoosh that Whoosh does not promise to keep.

When one of these fails, the Whoosh that is installed has changed: the message says what the name is
used for and where. Look there, and at the file of Whoosh's that it names. In the end these have to
hold: `test_segment.py` (Whoosh reads what we write), `test_postings.py` (we read what it writes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import pytest
from whoosh import system
from whoosh.codec import whoosh3
from whoosh.codec.whoosh3 import W3Codec, W3TermInfo
from whoosh.columns import CompressedBytesColumn, PickleColumn
from whoosh.filedb import filetables
from whoosh.filedb.compound import SubFile
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.formats import Positions
from whoosh.index import TOC, open_dir

from index.whoosh_store.codec import positions
from index.whoosh_store.lock import _NAME as LOCK_NAME
from tests.support.archives import update
from tests.support.places import ROOT, SEEDS

PRIVATE = "index/whoosh_store/codec/private.py"


class Name(NamedTuple):
    """A name of Whoosh's."""

    of: str
    """What has it: see `things`."""
    name: str
    used: str
    """What for, and where; then where in Whoosh it comes from."""


NAMES = [
    Name("W3TermInfo", "_struct", f"ENTRY in {PRIVATE}; codec/whoosh3.py"),
    Name("filetables", "_lengths", f"SIZES in {PRIVATE}; filedb/filetables.py"),
    *(
        Name("filetables", name, f"_Dictionary in {PRIVATE}; HashReader in filedb/filetables.py")
        for name in ("_dir_entry", "_directory_size", "_hash_functions", "_INT_SIZE")
    ),
    Name("terms", "_codec", f"_TermsReader in {PRIVATE}; W3TermsReader in codec/whoosh3.py"),
    Name("terms", "_fieldmap", f"_TermsReader in {PRIVATE}; W3TermsReader in codec/whoosh3.py"),
    Name("terms", "_fieldunmap", f"_TermsReader in {PRIVATE}; W3TermsReader in codec/whoosh3.py"),
    Name("dictionary", "_read_extras", f"_Dictionary in {PRIVATE}; filedb/filetables.py"),
    Name("filetables", "_pointer", f"SLOT in {PRIVATE}; filedb/filetables.py"),
    Name("reader", "_terms", f"dictionary, …_file, key_of, term_of in {PRIVATE}; reading.py"),
    Name("reader", "_storage", f"other_file in {PRIVATE}; reading.py"),
    Name("reader", "_perdoc", f"has_column, column_… in {PRIVATE}; reading.py"),
    Name("terms", "_tindex", f"dictionary in {PRIVATE}; W3TermsReader in codec/whoosh3.py"),
    Name("terms", "_dbfile", f"dictionary_file in {PRIVATE}; W3TermsReader in codec/whoosh3.py"),
    Name("terms", "_postfile", f"blocks_file in {PRIVATE}; W3TermsReader in codec/whoosh3.py"),
    Name("terms", "_keycoder", f"key_of in {PRIVATE}; W3TermsReader in codec/whoosh3.py"),
    Name("terms", "_keydecoder", f"term_of in {PRIVATE}; W3TermsReader in codec/whoosh3.py"),
    Name("dictionary", "hashfn", "Terms.entry in codec/terms.py; filedb/filetables.py"),
    Name("dictionary", "tables", "Terms.entry in codec/terms.py; filedb/filetables.py"),
    Name("dictionary", "startofdata", "read_terms in codec/terms.py; filedb/filetables.py"),
    Name("dictionary", "endofdata", "read_terms in codec/terms.py; filedb/filetables.py"),
    *(
        Name("dictionary", name, "Terms._begun in codec/terms.py; filedb/filetables.py")
        for name in ("indexbase", "indexlen", "indexsize", "extras", "key_at")
    ),
    Name("documents", "has_column", f"has_column in {PRIVATE}; W3PerDocReader"),
    Name("documents", "column_reader", f"column_values in {PRIVATE}; W3PerDocReader"),
    Name("documents", "_get_column_file", f"column_file in {PRIVATE}; W3PerDocReader"),
    Name("part", "_file", f"extent in {PRIVATE}; SubFile in filedb/compound.py"),
    Name("part", "_offset", f"extent in {PRIVATE}; SubFile in filedb/compound.py"),
    Name("part", "_length", f"extent in {PRIVATE}; SubFile in filedb/compound.py"),
    Name("column writers", "_colwriters", f"column_writers in {PRIVATE}; W3PerDocWriter"),
    Name("column writers", "_create_column", f"new_column in {PRIVATE}; W3PerDocWriter"),
    Name("column writers", "_get_column", f"new_column in {PRIVATE}; W3PerDocWriter"),
    Name("column writers", "_fieldlengths", f"set_total_length in {PRIVATE}; W3PerDocWriter"),
    Name("column writers", "_doccount", f"close_columns in {PRIVATE}; W3PerDocWriter"),
    Name("dictionary writer", "index", f"DictionaryWriter in {PRIVATE}; filedb/filetables.py"),
    Name("dictionary writer", "buckets", f"DictionaryWriter in {PRIVATE}; filedb/filetables.py"),
    Name("dictionary writer", "directory", f"DictionaryWriter in {PRIVATE}; filedb/filetables.py"),
    Name("dictionary writer", "dbfile", f"DictionaryWriter in {PRIVATE}; filedb/filetables.py"),
    Name("dictionary writer", "hashfn", f"DictionaryWriter in {PRIVATE}; filedb/filetables.py"),
    Name("dictionary writer", "extras", "TermsWriter in codec/terms.py; filedb/filetables.py"),
    Name("dictionary writer", "_write_hashes", f"DictionaryWriter in {PRIVATE}; HashWriter"),
]


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Objects of Whoosh's, as they are once an index is opened or a segment begun."""
    folder = tmp_path_factory.mktemp("private")
    update(folder, [SEEDS])
    storage = FileStorage(str(folder), supports_mmap=False)
    with storage.open_index().reader() as reader:
        (leaf, _), *_ = reader.leaf_readers()
        found = {"W3TermInfo": W3TermInfo, "filetables": filetables, "reader": leaf}
        found |= {"terms": leaf._terms, "documents": leaf._perdoc}
        found |= {"dictionary": leaf._terms._tindex, "part": leaf._terms._dbfile.file}
        scratch = RamStorage()
        segment = W3Codec().new_segment(scratch, "MAIN")
        found["column writers"] = W3Codec().per_document_writer(scratch, segment)
        writer = filetables.OrderedHashWriter(scratch.create_file("terms"))
        found["dictionary writer"] = writer
        yield found


@pytest.mark.parametrize("name", NAMES, ids=lambda name: f"{name.of} {name.name}")
def test_whoosh_has(things: dict[str, Any], name: Name) -> None:
    assert hasattr(things[name.of], name.name), f"{name.of}.{name.name} is gone: {name.used}"


def test_files_of_a_segment_are_parts_of_one(things: dict[str, Any]) -> None:
    assert isinstance(things["part"], SubFile), f"extent in {PRIVATE} has to tell parts otherwise"


@pytest.mark.parametrize(
    ("what", "is_now", "was", "used"),
    [
        ("the entry of a term", W3TermInfo._struct.format, "!BfIBBfII", "codec/terms.py"),
        ("sizes of a pair", filetables._lengths.format, "!ii", "_pairs in codec/terms.py"),
        ("a slot", filetables._pointer.format, "!Iq", "Terms.entry in codec/terms.py"),
        ("how blocks begin", whoosh3.WHOOSH3_HEADER_MAGIC, b"W3Bl", "codec/blocks.py"),
        ("where postings begin", system.pack_long(7), b"\0" * 7 + b"\7", "codec/terms.py"),
        ("how long they are", system.pack_int(7), b"\0\0\0\7", "codec/terms.py, blocks.py"),
        ("number of a field", system.pack_ushort(7), b"\0\7", "codec/terms.py"),
        ("hash function 1", filetables._hash_functions[1](b"mot"), crc32(b"mot"), PRIVATE),
        ("the column of lengths", whoosh3._lenfield("text"), "_text_len", "codec/columns.py"),
        ("a byte of it", whoosh3.LENGTHS_COLUMN._typecode, "B", "Columns.lengths in columns.py"),
        ("its default", whoosh3.LENGTHS_COLUMN.default_value(), 0, "Columns.lengths in columns.py"),
        ("stored fields", type(whoosh3.STORED_COLUMN), PickleColumn, "codec/columns.py"),
        ("… inside", type(whoosh3.STORED_COLUMN._child), CompressedBytesColumn, "columns.py"),
        ("the file of a commit", TOC._filename("MAIN", 7), "_MAIN_7.toc", "folder.py, commit.py"),
    ],
)
def test_formats(what: str, is_now: object, was: object, used: str) -> None:
    assert is_now == was, f"{what} has changed: see {used}"


@pytest.mark.parametrize("where", [[0], [7], [3, 4, 9], [9_999], [0, 70_000], list(range(300))])
def test_positions_are_those_of_whoosh(where: list[int]) -> None:
    differences = [where[0], *(b - a for a, b in pairwise(where))]
    ours = positions.encoded(differences)
    assert Positions().decode_positions(ours) == where, "see codec/positions.py, whoosh/formats.py"
    assert list(positions.decoded(ours)) == where
    assert list(positions.of([ours, ours]).decoded()) == where + where


def test_the_lock_is_that_of_whoosh_s_writers(tmp_path: Path) -> None:
    update(tmp_path, [SEEDS])
    lock = open_dir(str(tmp_path)).lock("WRITELOCK")
    assert Path(lock.filename).name == LOCK_NAME, "see lock.py, SegmentWriter in whoosh/writing.py"


def test_private_names_are_in_one_place() -> None:
    """Our own private names are `self._…`; what is behind another dot is somebody else's."""
    names = sorted({name.name for name in NAMES if name.name.startswith("_")} | {"_fpath"})
    foreign = re.compile(
        rf"(?<!self)(?<!cls)\.(?:{'|'.join(names)})\b|import .*\b_(?:lengths|pointer)\b"
    )
    found = {
        str(path.relative_to(ROOT))
        for folder in ("index", "search", "tui")
        for path in (ROOT / folder).rglob("*.py")
        if foreign.search(path.read_text(encoding="utf-8"))
    }
    assert found == {PRIVATE}
