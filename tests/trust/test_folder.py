"""The folder of an index: what is somebody else's stays, what is ours is nobody else's."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from index.errors import DamagedIndex, Unavailable
from index.whoosh_store import disk
from index.whoosh_store.folder import size_on_disk
from search import samples
from search.local.archive import LocalArchive
from search.model import Request
from tests.support.archives import update
from tests.support.places import SEEDS


def make(folder: Path, name: str) -> Path:
    """A stranger's file; in a folder if the name ends so."""
    path = folder / name / "photo.jpg" if name.endswith(("/", ".tmp")) else folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"precious")
    return path


STRANGERS = [
    "photos.tmp",
    "notes/",
    "MAIN_photos.jpg",
    "_MAIN_of_a_house.toc",
    "depeche-photos.tmp",
]
STRANGERS += ["lettre.txt", "MAIN_2024.seg", "depeche.json.bak", "MAIN_0123456789abcdef.jpg"]


@pytest.mark.parametrize("name", STRANGERS)
def test_a_folder_that_holds_anything_else_is_refused(tmp_path: Path, name: str) -> None:
    path = make(tmp_path / "index", name)
    with pytest.raises(Unavailable, match="is not empty and not an index"):
        update(tmp_path / "index", [SEEDS])
    assert path.read_bytes() == b"precious"
    assert [entry.name for entry in (tmp_path / "index").iterdir()] == [name.rstrip("/")]


@pytest.mark.parametrize("name", STRANGERS)
@pytest.mark.parametrize("rebuild", [False, True])
def test_what_comes_into_an_index_stays(tmp_path: Path, name: str, rebuild: bool) -> None:
    index, articles = tmp_path / "index", tmp_path / "articles"
    make(articles, "a.txt").write_text("Un missile.", encoding="utf-8")
    update(index, [articles])
    path = make(index, name)
    (articles / "b.txt").write_text("Un obus.", encoding="utf-8")
    assert update(index, rebuild=rebuild).total == 2
    assert path.read_bytes() == b"precious"


def test_what_a_killed_update_leaves_is_removed_but_not_what_lies_in_it(tmp_path: Path) -> None:
    update(tmp_path, [SEEDS])
    before = {entry.name for entry in tmp_path.iterdir()}
    scratch = disk.make_scratch_folder(tmp_path)
    (scratch / "MAIN_0123456789abcdef.trm").write_bytes(b"left")
    other = disk.make_scratch_folder(tmp_path)
    (other / "photo.jpg").write_bytes(b"precious")
    for name in ("MAIN_0123456789abcdef.seg", "_MAIN_7.files", "depeche-0123456789abcdef.tmp"):
        (tmp_path / name).write_bytes(b"left")
    (tmp_path / "_MAIN_0.toc").mkdir()
    update(tmp_path)
    assert {entry.name for entry in tmp_path.iterdir()} == before | {other.name, "_MAIN_0.toc"}
    assert (other / "photo.jpg").read_bytes() == b"precious"


def test_an_index_is_private_unless_its_folder_is_not(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        update(tmp_path / "mine", [SEEDS])
        (tmp_path / "ours").mkdir(mode=0o750)
        update(tmp_path / "ours", [SEEDS])
    finally:
        os.umask(before)
    rights = {
        folder: {stat.S_IMODE(entry.stat().st_mode) for entry in (tmp_path / folder).iterdir()}
        for folder in ("mine", "ours")
    }
    assert stat.S_IMODE((tmp_path / "mine").stat().st_mode) == 0o700
    assert rights == {"mine": {0o600}, "ours": {0o640}}


@pytest.mark.parametrize(
    "name",
    [
        "MAIN_WRITELOCK",
        "depeche.json",
        "_MAIN_1.toc",
        "_MAIN_1.files",
        "_MAIN_1.groups",
        "_MAIN_1.facets",
    ],
)
def test_nothing_is_written_through_a_link(tmp_path: Path, name: str) -> None:
    index, elsewhere = tmp_path / "index", tmp_path / "elsewhere"
    index.mkdir()
    elsewhere.write_bytes(b"precious")
    (index / name).symlink_to(elsewhere)
    try:
        update(index, [SEEDS], rebuild=True)
    finally:
        assert elsewhere.read_bytes() == b"precious"
    with LocalArchive(index) as archive:
        assert archive.search(Request("missiles")).total
    assert not (index / name).is_symlink()


def test_a_pipe_in_the_place_of_a_file_keeps_nobody_waiting(tmp_path: Path) -> None:
    update(tmp_path, [SEEDS])
    (segment,) = tmp_path.glob("*.seg")
    segment.unlink()
    os.mkfifo(segment)
    with pytest.raises(DamagedIndex):
        LocalArchive(tmp_path)


def test_the_samples_never_remove_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of another installation, in a folder that holds something else, too."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = tmp_path / "depeche" / "samples"
    update(folder, [SEEDS.parent / "tests" / "golden"])
    path = make(folder, "lettre.txt")
    with samples.open_default() as archive:
        assert archive.status().roots == (str(SEEDS),)
        assert archive.status().articles == 5
    assert path.read_bytes() == b"precious"


def test_the_size_of_an_index_is_that_of_its_files(tmp_path: Path) -> None:
    update(tmp_path, [SEEDS])
    size = sum(entry.stat().st_size for entry in tmp_path.iterdir())
    make(tmp_path, "photo.jpg")
    assert size_on_disk(tmp_path) == size
