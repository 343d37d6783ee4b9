"""The index under the interface: none, another one, a damaged one, a newer one."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from search.archive import update_at
from search.local.archive import LocalArchive
from search.model import Status, UpdateOptions
from tests.support.faulty import faulty_search
from tests.support.screen import (
    USUAL,
    enter_query,
    message,
    running,
    settled,
    text_of,
    titles,
    until,
)
from tui.session.locked import LockedArchive
from tui.session.updating import Updating
from tui.widgets.results_list import ResultsList


async def test_without_an_index_there_are_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    async with running(None, size=USUAL) as pilot:
        screen = await settled(pilot)
        assert "No index yet: F7 adds a folder, or depeche index DIR" in text_of(pilot)
        assert len(titles(screen)) == 5
        await pilot.press("f5")
        await until(pilot, lambda: "Nothing is indexed yet" in text_of(pilot))


async def test_an_index_that_comes_into_being_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seeds: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    async with running(None, size=USUAL) as pilot:
        screen = await settled(pilot)
        update_at(None, [seeds])
        upkeep = screen.session.upkeep
        await until(pilot, lambda: upkeep.status and not upkeep.status.samples)
        await settled(pilot)
        assert "No index yet" not in text_of(pilot)


async def test_an_index_that_was_named_and_is_missing(tmp_path: Path) -> None:
    async with running(tmp_path / "none", size=USUAL) as pilot:
        await settled(pilot)
        assert "depeche index DIR" in text_of(pilot).replace("\n", " ")
        await pilot.press(*"missiles", "enter")
        await settled(pilot)


async def test_a_corrupt_index_is_explained_and_mended(own_archive: tuple[Path, Path]) -> None:
    _, folder = own_archive
    for file in folder.glob("*.toc"):
        file.write_bytes(b"nonsense")
    async with running(folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        assert "damaged" in text_of(pilot)
        await pilot.press(*"missiles", "f5")
        await until(pilot, lambda: screen.session.results and screen.session.results.total)
        assert screen.session.upkeep.status
        assert screen.session.upkeep.status.articles == 5


async def test_an_update_while_open(own_archive: tuple[Path, Path]) -> None:
    articles, folder = own_archive
    async with running(folder, size=USUAL) as pilot:
        screen = await enter_query(pilot, "kherson")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(screen.focused, ResultsList))
        chosen = screen.results_list.chosen
        (articles / "new.txt").write_text("Kherson : un pont de plus.\n\nRien d’autre à Kherson.\n")
        next(articles.glob("004*")).unlink()
        await pilot.press("f5")
        await until(pilot, lambda: "1 added, 1 removed: 5 articles" in text_of(pilot))
        await until(pilot, lambda: any("un pont de plus" in title for title in titles(screen)))
        assert screen.results_list.chosen
        assert chosen
        assert screen.results_list.chosen.head.id == chosen.head.id
        await pilot.press("f5")
        await until(pilot, lambda: "Nothing has changed" in text_of(pilot))


async def test_an_update_by_another_process_is_announced(own_archive: tuple[Path, Path]) -> None:
    articles, folder = own_archive
    async with running(folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        (articles / "new.txt").write_text("Un article tout neuf.\n\nRien de plus à en dire ici.\n")
        update_at(str(folder))
        await until(pilot, lambda: "1 new (r)" in text_of(pilot))
        assert "6 articles · updated" in text_of(pilot)
        assert len(titles(screen)) == 5
        screen.go("results")
        await pilot.press("r")
        await until(pilot, lambda: len(titles(screen)) == 6)
        assert "1 new" not in text_of(pilot)


async def test_an_index_that_goes_away_is_noticed_and_its_return_too(
    own_archive: tuple[Path, Path],
) -> None:
    articles, folder = own_archive
    async with running(folder, "missiles", size=USUAL) as pilot:
        screen = await settled(pilot)
        assert titles(screen)
        shutil.rmtree(folder)
        await until(pilot, lambda: "No index in" in text_of(pilot))
        assert not titles(screen)
        await pilot.press("f5")
        await until(pilot, lambda: "Nothing is indexed yet" in text_of(pilot))
        await pilot.press("escape")
        screen.query_box.put("date:2024-13")
        await pilot.press("enter")
        update_at(str(folder), [articles])
        await until(pilot, lambda: "date:" in message(screen))
        await until(pilot, lambda: "5 articles" in text_of(pilot))
        assert "No index in" not in text_of(pilot)
        screen.query_box.put("missiles")
        await until(pilot, lambda: titles(screen))


def ended(updating: Updating) -> Updating:
    """The update, once it has ended; by itself it keeps nobody waiting."""
    updating.start()
    assert updating._ended.wait(30)
    return updating


def test_an_update_says_what_it_did(own_archive: tuple[Path, Path]) -> None:
    articles, folder = own_archive
    (articles / "new.txt").write_text("Un pont de plus.\n\nRien d’autre à en dire pour l’heure.\n")
    updating = ended(Updating(str(folder), UpdateOptions()))
    assert (updating.outcome, updating.failed) == ("1 added: 6 articles", False)
    assert updating.progress.files >= 6


def test_an_update_says_why_it_could_not(own_archive: tuple[Path, Path]) -> None:
    _, folder = own_archive
    for file in folder.glob("*.toc"):
        file.write_bytes(b"nonsense")
    updating = ended(Updating(str(folder), UpdateOptions()))
    assert updating.failed
    assert "is damaged" in updating.outcome


def test_an_update_whose_child_dies_says_so(
    own_archive: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.session.process._PROGRAM", "serve = exit")
    updating = ended(Updating(str(own_archive[1]), UpdateOptions()))
    assert (updating.outcome, updating.failed) == (
        "the update has ended unexpectedly: try again",
        True,
    )


def test_an_update_that_is_stopped_ends_and_leaves_an_index(
    own_archive: tuple[Path, Path],
) -> None:
    _, folder = own_archive
    updating = Updating(str(folder), UpdateOptions(rebuild=True))
    updating.stop()
    ended(updating)
    assert updating.failed
    with closing(LockedArchive(str(folder))) as archive:
        assert archive.status().articles == 5


def test_an_update_that_says_nothing_is_stopped_all_the_same(
    own_archive: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = "import select; serve = lambda *_: select.select([], [], [])"
    monkeypatch.setattr("tui.session.process._PROGRAM", silent)
    updating = Updating(str(own_archive[1]), UpdateOptions())
    updating.start()
    while updating._child is None:
        pass
    updating.stop()
    assert updating._ended.wait(30)
    assert updating._child._process.poll() is not None


async def test_a_fault_in_a_question_does_not_end_the_interface(
    archive_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.local.archive.LocalArchive.search", faulty_search)
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        screen.query_box.put("fault")
        await pilot.press("enter")
        await until(pilot, lambda: "This should not happen: ZeroDivisionError" in text_of(pilot))
        shown = text_of(pilot).replace("\n", "").replace(" ", "")
        assert str(tmp_path / "state" / "depeche" / "log") in shown
        await enter_query(pilot, "kherson")
        assert titles(screen)


async def test_a_fault_in_looking_for_news_is_said_once(
    archive_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    def refresh(archive: LocalArchive) -> Status | None:
        looks.append(archive)
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr("search.local.archive.LocalArchive.refresh", refresh)
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        screen.session.upkeep.look_for_news()
        await until(pilot, lambda: looks and not screen.session.upkeep._is_watching)
        screen.session.upkeep.look_for_news()
        await settled(pilot)
        assert len(looks) == 1
        assert (tmp_path / "state" / "depeche" / "log").read_text().count("Traceback") == 1
        assert titles(screen)  # the archive still answers
