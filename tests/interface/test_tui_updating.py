"""The index under the interface: none, another one, a damaged one, a newer one."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.archive import update_at
from tests.support.screen import USUAL, enter_query, running, settled, text_of, titles, until
from tui.widgets.results_list import ResultsList


async def test_without_an_index_there_are_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    async with running(None, size=USUAL) as pilot:
        screen = await settled(pilot)
        assert "No index yet: type depeche index DIR" in text_of(pilot)
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
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "1 added, 1 removed: 5 articles" in text_of(pilot))
        await until(pilot, lambda: any("un pont de plus" in title for title in titles(screen)))
        assert screen.results_list.chosen
        assert chosen
        assert screen.results_list.chosen.head.id == chosen.head.id
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "Nothing has changed" in text_of(pilot))


async def test_an_update_by_another_process_is_noticed(own_archive: tuple[Path, Path]) -> None:
    articles, folder = own_archive
    async with running(folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        (articles / "new.txt").write_text("Un article tout neuf.\n\nRien de plus à en dire ici.\n")
        update_at(str(folder))
        await until(pilot, lambda: len(titles(screen)) == 6)
        assert "The index has changed: 6 articles" in text_of(pilot)
