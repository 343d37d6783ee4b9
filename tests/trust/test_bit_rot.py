"""A bit of an index that is not what it was: the answers are right, or there is one clear line.

And `depeche status --check` finds it in any case, unless it is one that nobody reads.
"""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from index.errors import DamagedIndex, OutdatedIndex, Unavailable
from index.whoosh_store.codec.sealed import PART, SealedFile, seal
from index.whoosh_store.folder import open_index
from search.cli.app import main
from search.local.archive import LocalArchive
from search.model import Request
from tests.support.archives import update
from tests.support.make_corpus import write_folder

QUERIES = ["missiles", '"longue portée"', "ukrain*", "zelenski~", "a", "date:2024"]
READ = {".toc", ".seg", ".files", ".groups", ".facets", ".json"}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two segments, one with a deleted article."""
    root = tmp_path_factory.mktemp("rot")
    write_folder(root / "articles", 30)
    update(root / "index", [root / "articles"])
    write_folder(root / "articles" / "new", 6, seed=3)
    next((root / "articles").rglob("*3.txt")).unlink()
    update(root / "index")
    return root / "index"


def answers(index: Path) -> list[object]:
    """All that is answered, but for how long it took."""
    found: list[object] = []
    with LocalArchive(index) as archive:
        for query in ("", *QUERIES):
            results = archive.search(Request(query, limit=100))
            found.append((results.total, results.partial, results.facets, results.hits))
        for hit in archive.search(Request("", limit=100, duplicates=True)).hits:
            found.append(archive.read(hit.head.id))
    return found


def flip(index: Path, random_: random.Random) -> tuple[Path, int]:
    """Change a bit: of the segments, which are nearly all of it, or of the other files."""
    files = sorted(path for path in index.iterdir() if path.suffix in READ)
    others = [path for path in files if path.suffix != ".seg"]
    path = random_.choice(others if random_.random() < 0.4 else files)
    data = bytearray(path.read_bytes())
    bit = random_.randrange(8 * len(data))
    data[bit // 8] ^= 1 << bit % 8
    path.write_bytes(data)
    return path, bit


@pytest.mark.parametrize("flips", [25, pytest.param(1_000, marks=pytest.mark.slow)])
def test_a_flipped_bit_is_never_a_wrong_answer(
    index: Path, tmp_path: Path, flips: int, capfd: pytest.CaptureFixture[str]
) -> None:
    right, random_ = answers(index), random.Random(flips)
    said = 0
    for number in range(flips):
        copy = tmp_path / f"{number}"
        shutil.copytree(index, copy)
        where = flip(copy, random_)
        try:
            assert answers(copy) == right, where
        except (DamagedIndex, OutdatedIndex):
            said += 1
        capfd.readouterr()
        assert main(["--index", str(copy), "status", "--check"]) == 3, where
        error = capfd.readouterr().err
        assert error.startswith("depeche: "), where
        assert error.count("\n") == 1, where
        try:  # what is damaged is not gone on from
            update(copy, [index.parent / "articles" / "new"])
            assert answers(copy) == right, where
        except Unavailable:
            pass
        shutil.rmtree(copy)
    assert 0 < said < flips


def test_a_check_of_what_is_right(index: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", str(index), "status", "--check"]) == 0
    assert "checked" in capfd.readouterr().out
    assert main(["--index", str(index), "status", "--check", "--json"]) == 0
    checked = json.loads(capfd.readouterr().out)["checked"]
    size = sum(path.stat().st_size for path in index.glob("*.seg"))
    assert checked["segments"] == 2
    assert 0.99 * size < checked["bytes"] < size
    assert main(["--index", str(index), "status", "--json"]) == 0
    assert "checked" not in json.loads(capfd.readouterr().out)


def test_what_is_damaged_is_not_merged(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(10):
        (articles / f"{number}.txt").write_text(f"Un missile {number}.", encoding="utf-8")
        update(tmp_path / "index", [articles])
    segment = sorted((tmp_path / "index").glob("*.seg"))[4]
    data = bytearray(segment.read_bytes())
    data[len(data) // 3] ^= 1
    segment.write_bytes(data)
    (articles / "last.txt").write_text("Un obus.", encoding="utf-8")
    with pytest.raises(DamagedIndex):
        update(tmp_path / "index")
    assert update(tmp_path / "index", rebuild=True).total == 11


@pytest.mark.parametrize("length", [0, 1, PART - 1, PART, PART + 1, 9 * PART + 5])
def test_what_is_under_seal_is_read_from_anywhere(tmp_path: Path, length: int) -> None:
    data = random.Random(length).randbytes(length)
    path = tmp_path / "file"
    path.write_bytes(data)
    with path.open("r+b") as file:
        kept = seal(file)
    with path.open("rb", buffering=0) as file:
        sealed = SealedFile(file, kept)
        assert sealed.length == length
        assert sum(sealed.check()) == length
        for at in {0, 1, PART - 3, PART, 5 * PART + 1, length - 1}:
            for size in (1, 7, PART, PART + 1, 6 * PART, 20 * PART):
                if 0 <= at < length:
                    assert sealed.part(at, size) == data[at : at + size]
        sealed.seek(3)
        assert sealed.read(4) == data[3:7]
        assert sealed.tell() == min(7, max(3, length))
        assert sealed.read() == data[7:]


def test_one_lookup_costs_a_part_and_not_the_file(index: Path) -> None:
    opened = open_index(index)
    try:
        assert opened.stamp.generation >= 2
        assert len(opened.readers) == 2
    finally:
        opened.close()
