"""Folders that are added and forgotten from the interface, and what there is to do at the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.archive import roots_at
from tests.support.screen import USUAL, WIDE, main_screen, running, settled, text_of, titles, until
from tui.screens.folders import Folders, folders_like
from tui.state import History
from tui.widgets.results_list import ResultsList


async def test_a_first_folder_is_added_instead_of_the_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "presse à lire").mkdir()
    (tmp_path / "presse à lire" / "a.txt").write_text(
        "Un article à moi\n\nLe pont de Kherson a tenu bon hier soir.\n"
    )
    async with running(None, size=USUAL) as pilot:
        screen = await settled(pilot)
        assert "F7 adds a folder" in text_of(pilot)
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(pilot.app.screen, Folders))
        await pilot.press(*str(tmp_path / "press"), "tab")
        await until(pilot, lambda: "presse à lire/" in text_of(pilot).replace("\n", ""))
        await pilot.press("enter")
        await until(pilot, lambda: titles(screen) == ["Un article à moi"])
        assert "1 added: 1 article" in text_of(pilot)
        assert "No index yet" not in text_of(pilot)


async def test_a_folder_is_forgotten_once_one_says_so_twice(own_archive: tuple[Path, Path]) -> None:
    articles, index = own_archive
    async with running(index, size=WIDE) as pilot:
        screen = await settled(pilot)
        await pilot.press("f7")
        await until(pilot, lambda: str(articles) in text_of(pilot))
        await pilot.press("down", "x")
        await until(pilot, lambda: "Its files stay where they are." in text_of(pilot))
        await pilot.press("escape")  # not yet
        assert isinstance(pilot.app.screen, Folders)
        await pilot.press("x", "x")
        await until(pilot, lambda: "5 removed: 0 articles" in text_of(pilot))
        await until(pilot, lambda: "There are no articles here yet." in text_of(pilot))
        assert roots_at(str(index)) == []
        assert len(list(articles.iterdir())) == 5
        assert main_screen(pilot) is screen


async def test_a_folder_that_is_not_there_is_no_folder(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        await settled(pilot)
        await pilot.press("f7", *"/no/such/[folder]", "enter")
        await until(pilot, lambda: "There is no folder /no/such/[folder]" in text_of(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is main_screen(pilot))


def test_folders_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("presse", "presse 2", "divers", ".caché"):
        (tmp_path / name).mkdir()
    (tmp_path / "press.txt").touch()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert folders_like(f"{tmp_path}/pr") == [f"{tmp_path}/presse/", f"{tmp_path}/presse 2/"]
    assert folders_like("~/") == ["~/divers/", "~/presse/", "~/presse 2/"]
    assert folders_like("~/.c") == ["~/.caché/"]
    assert folders_like("/no/such/") == folders_like("\0/") == folders_like("  ") == []


async def test_the_start_offers_the_queries_of_before(archive_folder: Path) -> None:
    for query in ("missiles", "kherson", "[Biden"):
        History().add(query)
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        assert "Recent  [Biden · kherson · missiles" in text_of(pilot)
        row = text_of(pilot).split("\n").index("  Recent  [Biden · kherson · missiles")
        await pilot.click(offset=(22, row))
        await until(pilot, lambda: isinstance(screen.focused, ResultsList))
        assert screen.query_box.value == "kherson"
        assert "Recent" not in text_of(pilot)
