"""What the interface remembers: queries and settings."""

from __future__ import annotations

import os
from pathlib import Path

from tests.support.screen import USUAL, running, settled
from tui.state import History, Settings, load_settings, save_settings
from tui.widgets.results_list import ResultsList


async def test_history_is_walked_with_up_and_down_and_kept(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        for query in ("kherson", "missiles"):
            screen.query_box.put(query)
            await pilot.press("enter")
            await settled(pilot)
            screen.go("query")
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        await pilot.press(*"uk", "up")
        assert screen.query_box.value == "missiles"
        await pilot.press("up")
        assert screen.query_box.value == "kherson"
        await pilot.press("up", "down", "down")
        assert screen.query_box.value == "uk"  # what was being typed comes back
        await settled(pilot)
        screen.query_box.put("")
        await settled(pilot)
        await pilot.press("down")
        assert isinstance(screen.focused, ResultsList)


def test_history_has_each_query_once_and_survives_damage(tmp_path: Path) -> None:
    history = History()
    for query in ("a", "b", "a", "", "  ", "c\nd"):
        history.add(query)
    assert History().queries == ["b", "a", "c d"]
    (tmp_path / "state" / "depeche" / "history").write_bytes(b"\xff\xfe\0ok\nfine\n\0\n")
    assert "fine" in History().queries
    (tmp_path / "state" / "depeche" / "history").unlink()
    (tmp_path / "state" / "depeche" / "history").mkdir()
    History().add("cannot be written, and that is no reason to fail")


def test_what_is_remembered_is_the_users_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        History().add("kherson")
        save_settings(theme="depeche-light")
    finally:
        os.umask(before)
    for folder, name in (("state", "history"), ("config", "settings.json")):
        file = tmp_path / folder / "depeche" / name
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.parent.stat().st_mode & 0o777 == 0o700


def test_settings_are_kept_when_others_are_chosen() -> None:
    save_settings(theme="depeche-light")
    save_settings()
    assert load_settings() == Settings(theme="depeche-light")


async def test_damaged_settings_count_as_none(tmp_path: Path, archive_folder: Path) -> None:
    (tmp_path / "config" / "depeche").mkdir(parents=True)
    (tmp_path / "config" / "depeche" / "settings.json").write_text('["theme", {"theme": 3}')
    async with running(archive_folder, size=USUAL) as pilot:
        await settled(pilot)
        assert pilot.app.theme == "depeche-dark"


async def test_a_query_that_cannot_be_read_is_not_remembered(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        for query in ("kherson", "missiles date:2024-13", "qqqqwwww"):
            screen.query_box.put(query)
            await pilot.press("enter")
            await settled(pilot)
            screen.go("query")
    assert History().queries == ["kherson", "qqqqwwww"]
