"""An update that is killed at any moment leaves the index as it was before, or as it is after."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.errors import NoIndex
from search.local.archive import LocalArchive
from search.model import Request
from tests.support.archives import update
from tests.support.make_corpus import articles

UPDATE = """
import sys
from pathlib import Path
import index.update
import index.intake.writing, index.whoosh_store.commit, index.whoosh_store.inversion
from tests.support.archives import update
if sys.argv[3] == "batches":
    index.update._BATCH = 10_000
print("ready", flush=True)
update(Path(sys.argv[1]), [Path(sys.argv[2])], rebuild=sys.argv[3] == "rebuild")
"""


def killed_update(index: Path, folder: Path, mode: str, after: float) -> float | None:
    """Start an update in a process of its own and kill it; its seconds when it was over before."""
    command = [sys.executable, "-c", UPDATE, str(index), str(folder), mode]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        process.stdout.readline()
        started = time.perf_counter()
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        seconds = time.perf_counter() - started
        return None if process.wait() == -signal.SIGKILL else seconds


Answer = frozenset[tuple[str, str, str]] | None


def answer(index: Path) -> Answer:
    """Every article that the index finds, whole; None when there is no index."""
    try:
        with LocalArchive(index) as archive:
            hits = archive.search(Request("", limit=10_000, duplicates=True)).hits
            articles = (archive.read(hit.head.id).article for hit in hits)
            return frozenset((a.path, a.title, a.body) for a in articles)
    except NoIndex:
        return None


Archive = tuple[Path, Path, Answer, Answer, float]
"""A folder that has changed since its index was made; the index; what it answers before and after
an update; the seconds that one takes."""


def write(folder: Path, number: int, seed: int) -> None:
    """So many short articles."""
    folder.mkdir()
    for article in articles(number, seed):
        text = f"{article['title']}\n\n{article['body'][:600]}\n"
        (folder / f"{article['id']}.txt").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    root = tmp_path_factory.mktemp("crash")
    folder, before, after = root / "articles", root / "before", root / "after"
    write(folder, 60, seed=1)
    update(before, [folder])
    for number, path in enumerate(sorted(folder.iterdir())):
        if number % 3 == 0:
            path.unlink()
        elif number % 3 == 1:
            path.write_text(path.read_text(encoding="utf-8") + "\n\nUkraine.\n", encoding="utf-8")
    write(folder / "new", 20, seed=2)
    shutil.copytree(before, after)
    seconds = killed_update(after, folder, "update", 60)
    assert seconds
    return folder, before, answer(before), answer(after), seconds


def check_kills(archive: Archive, tmp_path: Path, kills: int) -> None:
    folder, original, before, after, seconds = archive
    random_ = random.Random(kills)
    killed = 0
    for number in range(kills):
        mode = ("update", "rebuild", "first", "batches")[number % 4]
        index = tmp_path / str(number)
        if mode != "first":
            shutil.copytree(original, index)
        killed += killed_update(index, folder, mode, random_.uniform(0, seconds)) is None
        found = answer(index)
        if mode == "batches":  # each is a commit: some files are as before, the others as after
            assert found is not None
            assert before is not None
            assert after is not None
            assert found <= before | after, number
        else:
            assert found in ((None if mode == "first" else before), after), (mode, number)
        update(index, [folder])
        assert answer(index) == after, (mode, number)
        of_commit = [".toc", ".files", ".groups", ".facets"]
        suffixes = [path.suffix for path in index.iterdir()]
        assert {*suffixes} <= {*of_commit, ".seg", ".json", ""}
        assert [suffixes.count(suffix) for suffix in of_commit] == [1, 1, 1, 1]
        shutil.rmtree(index)
    assert killed, "no update was slow enough to be killed"


def test_a_handful_of_kills(archive: Archive, tmp_path: Path) -> None:
    check_kills(archive, tmp_path, 8)


@pytest.mark.slow
def test_many_kills(archive: Archive, tmp_path: Path) -> None:
    check_kills(archive, tmp_path, 160)
