"""Commands: keys, palette, help, themes and the mouse."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.support.screen import USUAL, running, settled, text_of, until
from tui.screens.main import MainScreen
from tui.widgets.query_box import QueryBox
from tui.widgets.reader import Reader
from tui.widgets.results_list import ResultsList


async def test_the_theme_is_remembered(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        await settled(pilot)
        assert pilot.app.theme == "depeche-dark"
        await pilot.press("f6")
        assert pilot.app.theme == "depeche-light"
        await pilot.pause()
    async with running(archive_folder, size=USUAL) as pilot:
        assert pilot.app.theme == "depeche-light"


async def test_help_opens_from_the_query_box_and_closes(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        await pilot.press("f1")
        await until(pilot, lambda: "Search at once" in text_of(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert isinstance(screen.focused, QueryBox)


async def test_the_palette_does_what_it_says(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: pilot.app.screen is not screen)
        await pilot.press(*"dark")
        await until(pilot, lambda: "Theme: light or dark" in text_of(pilot))
        await pilot.press("enter", "enter")
        await until(pilot, lambda: pilot.app.theme == "depeche-light")


def test_every_command_has_an_action_and_every_key_one_command() -> None:
    from tui.keymap import COMMANDS, Keymap, Place

    bound = [command for command in COMMANDS if command.bound]
    keys = [key for command in bound for key in command.keys]
    everywhere: tuple[Place, ...] = ("query", "results", "article", "facets", "timeline")
    meanings = Counter(
        (key, place)
        for command in bound
        for key in command.keys
        for place in command.where or everywhere
    )
    assert [meaning for meaning, number in meanings.items() if number > 1] == []
    assert not {"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+enter", "ctrl+j"} & set(keys)
    assert not any(key.isdecimal() for key in keys)
    for command in COMMANDS:
        if "." not in command.action:
            assert hasattr(MainScreen, f"action_{command.action}"), command.action
    for place in everywhere:
        assert list(Keymap().bar(place))[-1][1].action == "help"


async def test_clicking_a_result_reads_it_and_clicking_the_order_sorts(many_articles: Path) -> None:
    async with running(many_articles, size=USUAL) as pilot:
        screen = await settled(pilot)
        await pilot.click(ResultsList, offset=(10, 6))
        await until(pilot, lambda: isinstance(screen.focused, Reader))
        await pilot.press("escape")
        await pilot.click("#results-heading", offset=(72, 0))
        await settled(pilot)
        assert screen.session.sort == "date"
