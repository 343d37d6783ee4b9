"""Readers beside a writer: whoever opens an index while commits are made finds one of them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from index.whoosh_store.folder import size_on_disk
from search.local.archive import LocalArchive
from search.model import Request
from tests.support.archives import update


@pytest.mark.parametrize("opens", [pytest.param(300), pytest.param(5_000, marks=pytest.mark.slow)])
def test_readers_never_see_damage(tmp_path: Path, opens: int) -> None:
    articles, index = tmp_path / "articles", tmp_path / "index"
    articles.mkdir()
    (articles / "a.txt").write_text("Un missile.", encoding="utf-8")
    update(index, [articles])
    done, failures = threading.Event(), []

    def read() -> None:
        try:
            for _ in range(opens // 2):
                with LocalArchive(index) as archive:
                    assert archive.search(Request("missile")).total == 1
                    assert archive.status().articles >= 1
                    assert size_on_disk(index)
                    archive.refresh()
        except BaseException as error:
            failures.append(error)
        finally:
            done.set()

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    commits = 0
    while not done.is_set():
        (articles / "b.txt").write_text(f"Un obus, {commits} fois.{' ' * (commits % 9)}")
        update(index, rebuild=commits % 3 == 0)
        commits += 1
    for reader in readers:
        reader.join()
    assert not failures, failures
    assert commits > 5


def test_a_segment_that_is_made_shorter_ends_nobody(tmp_path: Path) -> None:
    """As an archive that is copied over itself would. What is mapped would end the process."""
    from index.errors import DamagedIndex

    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(40):
        words = " ".join(f"mot{number}x{n}" for n in range(400))
        (articles / f"{number}.txt").write_text(words, encoding="utf-8")
    update(tmp_path / "index", [articles])
    (segment,) = (tmp_path / "index").glob("*.seg")
    with LocalArchive(tmp_path / "index") as archive:
        with segment.open("r+b") as file:
            file.truncate(100)
        with pytest.raises(DamagedIndex):
            archive.search(Request("mot7x7 mot21x300"))
    with pytest.raises(DamagedIndex):
        LocalArchive(tmp_path / "index")


def test_a_segment_that_is_removed_stays_for_whoever_has_it(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("Un missile.", encoding="utf-8")
    update(tmp_path / "index", [articles])
    with LocalArchive(tmp_path / "index") as archive:
        for entry in (tmp_path / "index").iterdir():
            entry.unlink()
        assert archive.search(Request("missile")).total == 1
