"""An index may be a stranger's: nothing that it holds is run, and there is one line about it."""

from __future__ import annotations

import os
import pickle
import shutil
import struct
import zlib
from array import array
from collections.abc import Callable, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC, open_dir

from index.errors import DamagedIndex
from index.store import store_at
from index.whoosh_store import inversion
from index.whoosh_store.codec import blocks, columns, flat, pickles, positions, terms
from index.whoosh_store.codec.pickles import Damage, plain, unpacked
from index.whoosh_store.contents import read_contents, write_contents
from index.whoosh_store.merge import merge
from index.whoosh_store.numbers import read_numbers, write_numbers
from index.whoosh_store.schema import schema
from search.archive import archive_at
from search.cli.app import main
from search.model import Request
from tests.support.archives import update

RAN = "depeche-forged"
"""What is in the environment once a pickle has run something."""


class Runs:
    """An object whose pickle runs something when it is read."""

    def __reduce__(self) -> tuple[Any, ...]:
        return exec, (f"import os; os.environ['{RAN}'] = '1'",)


def dumps(value: object, protocol: int = 4) -> bytes:
    return pickle.dumps(value, protocol)


def write_table(index: Path, schema_: bytes, segments: bytes) -> None:
    """Write a table of contents as Whoosh does, with any pickles."""
    (path,) = index.glob("*.toc")
    storage = RamStorage()
    file = storage.create_file("toc")
    for number in (4, 8, 4):
        file.write_varint(number)
    file.write_int(-12345)
    file.write_int(-111)
    for number in (3, 54, 0):
        file.write_varint(number)
    file.write_string(schema_)
    file.write_int(int(path.stem.split("_")[-1]))
    file.write_int(0)
    file.write(segments)
    file.close()
    path.write_bytes(storage.files["toc"])


def in_schema(index: Path) -> None:
    write_table(index, dumps(Runs()), dumps([]))


def in_schema_of_an_object(index: Path) -> None:
    forged = schema()
    forged.names_of_others = Runs()
    write_table(index, dumps(forged), dumps([]))


def in_segments(index: Path) -> None:
    write_table(index, dumps(schema(), 2), dumps([Runs()]))


def in_a_segment_object(index: Path) -> None:
    segment = W3Codec().new_segment(None, "MAIN")
    segment.compound = True
    segment.further = Runs()
    write_table(index, dumps(schema(), 2), dumps([segment]))


def segment_elsewhere(index: Path) -> None:
    segment = W3Codec().new_segment(None, "MAIN")
    segment.segid, segment.compound = "../../../../etc/passwd", True
    write_table(index, dumps(schema(), 2), dumps([segment]))


def many_documents(index: Path) -> None:
    contents = read_contents(index, 1)
    contents.segments[0].set_doc_count(2_000_000_000)
    write_contents(index, 1, contents.segments)


def anew(name: str, module: Any, replacement: Callable[..., Any]) -> Callable[[Path], None]:
    """An index that is made, seals and all, while something in its making is replaced."""

    def forge(index: Path) -> None:
        roots = store_at(str(index)).roots()
        shutil.rmtree(index)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, name, replacement)
            update(index, roots)

    return forge


def in_directory(index: Path) -> None:
    (path,) = index.glob("*.seg")
    data = dumps(Runs())
    path.write_bytes(struct.pack("!qi", 12, len(data)) + data)
    contents = read_contents(index, 1)
    del contents.segments[0].depeche
    write_contents(index, 1, contents.segments)


def moved(postings: blocks.Postings) -> blocks.Postings:
    return postings._replace(numbers=[number + 999 for number in postings.numbers])


def foreign_groups(index: Path) -> None:
    (path,) = index.glob("*.groups")
    data = array("I", [3, 2, 1, 0, 7, 0, 0, 0, 7, 0, 2]).tobytes()
    path.write_bytes(data + blake2b(data, digest_size=16).digest())


def flat_and_moved(
    numbers: Sequence[int], frequencies: Sequence[float], encoded: Any = flat.encoded
) -> tuple[bytes, tuple[int, int]]:
    is_text = max(frequencies) > 1  # sources and dates are read already when they are written
    forged = [number + 999 * is_text for number in numbers]
    return encoded(forged, frequencies)  # type: ignore[no-any-return]


FORGED: dict[str, Callable[[Path], None]] = {
    "the schema": in_schema,
    "an object in the schema": in_schema_of_an_object,
    "the segments": in_segments,
    "an object in a segment": in_a_segment_object,
    "a segment elsewhere": segment_elsewhere,
    "very many documents": many_documents,
    "the directory of a segment": in_directory,
    "groups of other documents": foreign_groups,
    "an inline posting": anew("dumps", terms, lambda *_: dumps(Runs())),
    "a block": anew("dumps", blocks, lambda *_: dumps(Runs())),
    "a block of one kind of numbers": anew(
        "dumps", blocks, lambda value, _: dumps(tuple("x" for _ in value))
    ),
    "an inline posting of no document": anew(
        "dumps", terms, lambda value, protocol: pickle.dumps(((999,), *value[1:]), protocol)
    ),
    "a block of documents that there are not": anew(
        "encoded", terms, lambda postings, *rest: blocks.encoded(moved(postings), *rest)
    ),
    "flat postings of documents that there are not": anew("encoded", flat, flat_and_moved),
    "no flat positions": anew("Places", inversion, lambda *_: positions.NOWHERE),
    "stored fields": anew("_compressed", columns, lambda *_: zlib.compress(dumps(Runs(), 2))),
    "stored fields that are very long": anew(
        "_compressed", columns, lambda *_: zlib.compress(b"\0" * 2_000_000)
    ),
}

COMMANDS = ["search un missile", 'search "un missile"', "search --source unknown", "show a.txt"]
COMMANDS += ["status", "status --check", "index", "search miss*", "search --sort title missile"]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name in ("a", "b", "c"):
        (articles / f"{name}.txt").write_text(f"Un missile {name}.\n\nUn missile.", "utf-8")
    update(tmp_path / "index", [articles])
    return tmp_path / "index"


def positions_forged(index: Path) -> None:
    data = b"\0\0\0\1" + dumps(Runs())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inversion, "_ONCE", __import__("numpy").array([data] * 10_000, object))
        patch.setattr(inversion, "encoded", lambda *_: data)
        roots = store_at(str(index)).roots()
        shutil.rmtree(index)
        update(index, roots)


FORGED["positions"] = positions_forged

ANSWERED = {"an inline posting", "a block", "a block of one kind of numbers", "positions"}
ANSWERED |= {name for name in FORGED if "that there are not" in name or "no document" in name}
ANSWERED |= {
    "no flat positions",
    "groups of other documents",
    "stored fields",
    "stored fields that are very long",
}
"""Where a command that does not read what is forged may answer."""

MERGED = {name for name in FORGED if name.startswith("a block")} | {"positions"}
"""What no command reads of a small archive, but a merge of segments does."""


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_index_runs_nothing(
    index: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(pickles, "MOST_UNPACKED", 1_000_000)
    monkeypatch.setattr(pickles, "_NEVER_MORE", 1_000)
    FORGED[what](index)
    refused = 0
    for command in COMMANDS:
        capfd.readouterr()
        status = main(["--index", str(index), *command.split(" ")])
        said = capfd.readouterr().err
        assert RAN not in os.environ, command
        assert status == 3 or (what in ANSWERED and status in (0, 1)), (command, said)
        if status == 3:
            assert said.startswith("depeche: the index in "), said
            assert said.count("\n") == 1, said
            refused += 1
    if what in MERGED:
        with pytest.raises(Damage):
            merge(index, read_contents(index, 1).segments)
    else:
        assert refused
    assert RAN not in os.environ
    assert main(["--index", str(index), "index", "--rebuild"]) == 0
    assert RAN not in os.environ
    assert main(["--index", str(index), "search", "un", "missile"]) == 0


def test_whoosh_itself_would_run_it(index: Path) -> None:
    """The forgeries are such that they run, or the test above would prove nothing."""
    in_schema(index)
    try:
        with pytest.raises(Exception):  # noqa: B017, PT011 - whatever it then stumbles on
            open_dir(str(index))
        assert os.environ.pop(RAN)
    finally:
        os.environ.pop(RAN, None)


def test_what_is_read_is_what_whoosh_reads(index: Path) -> None:
    """The table of contents of a real index names nothing that is refused, deletions included."""
    contents = read_contents(index, 1)
    contents.segments[0].delete_document(1)
    write_contents(index, 2, contents.segments)
    ours = read_contents(index, 2)
    theirs = TOC.read(FileStorage(str(index)), "MAIN")
    assert ours.current
    assert [vars(segment) for segment in ours.segments] == [
        vars(segment) | {"_codec": ours.segments[0].codec()} for segment in theirs.segments
    ]


@pytest.mark.parametrize("protocol", range(6))
@pytest.mark.parametrize(
    "value", [None, True, 7, 2.5, "é", b"", b"\0\xff" * 60, ((1, 2), None, (b"x",)), {"a": ["b"]}]
)
def test_plain_values_are_read(value: object, protocol: int) -> None:
    assert plain(dumps(value, protocol)) == value


@pytest.mark.parametrize("protocol", range(6))
@pytest.mark.parametrize("value", [Runs(), [Runs()], {"a": (Runs(),)}, os.system, RamStorage()])
def test_others_are_refused(value: object, protocol: int) -> None:
    with pytest.raises(Damage):
        plain(dumps(value, protocol))
    assert RAN not in os.environ


def test_what_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pickles, "MOST_UNPACKED", 1_000_000)
    monkeypatch.setattr(pickles, "_NEVER_MORE", 900)
    assert len(unpacked(zlib.compress(b"\0" * 1_000_000))) == 1_000_000
    with pytest.raises(Damage, match="longer than anything"):
        unpacked(zlib.compress(b"\0" * 1_000_001))


@pytest.mark.parametrize(("signed", "authors"), [([0], [999]), ([999], [0]), ([0, 1], [0])])
def test_authors_that_there_are_not(index: Path, signed: list[int], authors: list[int]) -> None:
    (path,) = index.glob("*.facets")
    of_documents = read_numbers(path, 7)[:5]
    write_numbers(path, [*of_documents, array("I", signed), array("I", authors)])
    with pytest.raises(DamagedIndex), closing(archive_at(str(index))) as archive:
        archive.search(Request("", by_author=True))
