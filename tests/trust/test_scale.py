"""What holds for five articles holds for a real archive: 36,000 files, 100,000 small ones, a .jsonl
of 200 MB, an article of 50 MB.

Slow: `pytest -m slow tests/test_scale.py -s` prints what each step took.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.report import Report
from search.local.archive import LocalArchive
from search.model import Request
from tests.benchmarks.measuring import environment, python, run
from tests.support.archives import update
from tests.support.make_corpus import write_folder, write_jsonl

pytestmark = pytest.mark.slow

ARTICLES = 36_000
MOST_MEMORY = 1_500  # megabytes, of all processes together, whatever there is to index


@contextmanager
def timed(step: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    print(f"{step}: {time.perf_counter() - started:.2f} s")


def changes(report: Report) -> tuple[int, int, int, int, int]:
    """Added, updated, moved, removed, unchanged."""
    return report.added, report.updated, report.moved, report.removed, report.unchanged


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of articles and its index."""
    root = tmp_path_factory.mktemp("scale")
    write_folder(root / "articles", ARTICLES)
    with timed(f"first build of {ARTICLES:,} files"):
        assert update(root / "index", [root / "articles"]).added == ARTICLES
    return root / "articles", root / "index"


def test_a_day_in_the_life_of_an_archive(
    archive: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, index = archive
    with monkeypatch.context() as patch:
        patch.setattr("index.intake.changes.read_digest", None)  # nothing is opened
        with timed("refresh with nothing to do"):
            assert changes(update(index)) == (0, 0, 0, 0, ARTICLES)
        with timed("the same files, only looked at"):
            assert sum(path.stat().st_size > 0 for path in folder.rglob("*.txt")) == ARTICLES

    write_folder(folder / "new", 100, seed=2)
    with timed("100 more files"):
        assert changes(update(index)) == (100, 0, 0, 0, ARTICLES)

    for path in folder.rglob("*.txt"):
        os.utime(path)
    with timed("all touched"):
        assert changes(update(index)) == (0, 0, 0, 0, ARTICLES + 100)

    (folder / "0001").rename(folder / "moved")
    with timed("a folder of 100 files moved"):
        assert changes(update(index)) == (0, 0, 100, 0, ARTICLES)

    for number, path in enumerate(sorted((folder / "0002").iterdir())):
        path.unlink() if number % 2 else path.write_text("Un missile de plus.", encoding="utf-8")
    with timed("50 files changed, 50 removed"):
        assert changes(update(index)) == (0, 50, 0, 50, ARTICLES)


def test_readers_do_not_wait_for_writers(archive: tuple[Path, Path]) -> None:
    _, index = archive
    with LocalArchive(index) as before:
        expected = {before.search(Request("ukraine")).total}
    answers: list[int] = []
    slowest = 0.0
    done = threading.Event()

    def rebuild() -> None:
        code = "import sys; from search.cli.app import main; sys.exit(main())"
        command = [*python(code, "index", "--rebuild", "--index", index)]
        subprocess.run(command, env=environment(), check=True, capture_output=True)
        done.set()

    writer = threading.Thread(target=rebuild)
    writer.start()
    with LocalArchive(index) as reader:
        while not done.is_set():
            started = time.perf_counter()
            reader.refresh()
            answers.append(reader.search(Request("ukraine")).total)
            slowest = max(slowest, time.perf_counter() - started)
        reader.refresh()
        expected.add(reader.search(Request("ukraine")).total)
    writer.join()
    print(f"{len(answers):,} searches during a rebuild, the slowest in {1000 * slowest:.0f} ms")
    assert set(answers) <= expected


def test_a_hundred_thousand_small_files(tmp_path: Path) -> None:
    for number in range(100_000):
        folder = tmp_path / "articles" / f"{number // 1000:03}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:06}.txt").write_text(f"Dépêche {number} : rien à signaler.")
    with timed("100,000 small files"):
        assert update(tmp_path / "index", [tmp_path / "articles"]).total == 100_000
    with timed("refresh with nothing to do"):
        assert update(tmp_path / "index").unchanged == 100_000


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory by /proc")
@pytest.mark.parametrize("kind", ["lines", "one"])
def test_memory_is_bounded(tmp_path: Path, kind: str) -> None:
    """A .jsonl of more than 200 MB; a single article of 50 MB."""
    folder = tmp_path / "articles"
    folder.mkdir()
    if kind == "lines":
        write_jsonl(folder / "all.jsonl", 80_000)
    else:
        (folder / "one.txt").write_text("Le missile est tombé. " * 2_300_000, encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    code = "import sys; from tests.benchmarks.engines import make; make('depeche', *sys.argv[1:])"
    ran = run(python(code, folder, tmp_path / "index"))
    print(f"{size:.0f} MB: {ran.seconds:.1f} s, {ran.megabytes:.0f} MB of memory")
    assert ran.megabytes < MOST_MEMORY
    if kind == "lines":
        with (folder / "all.jsonl").open("a", encoding="utf-8") as out:
            out.write('{"body": "Un missile de plus."}\n' * 50)
        with timed("50 lines more"):
            assert changes(update(tmp_path / "index")) == (50, 0, 0, 0, 80_000)
