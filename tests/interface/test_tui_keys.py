"""Keys: those of vi and less, those of a shell, and one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.screen import USUAL, enter_query, running, settled, text_of, titles, until
from tui.configuration import configuration_file, configured_keys
from tui.keymap import Keymap
from tui.keys import key_named, shown
from tui.screens.picking import EarlierQueries
from tui.state import History
from tui.widgets.reader import Reader


async def test_one_moves_as_in_vi_and_less(many_articles: Path) -> None:
    async with running(many_articles, size=USUAL) as pilot:
        screen = await enter_query(pilot, "kherson")
        screen.go("results")
        rows = screen.results_list
        await pilot.press("j", "j", "k")
        assert rows.highlighted == 1
        await pilot.press("ctrl+d")
        assert rows.highlighted
        assert rows.highlighted > 2
        await pilot.press("ctrl+u", "g")
        assert rows.highlighted == 0
        await pilot.press("G")
        assert rows.highlighted
        assert rows.highlighted >= 19
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(screen.focused, Reader) and screen.reader.article)
        screen.reader.styles.height = 5
        await pilot.pause()
        await pilot.press("j")
        assert screen.reader.scroll_y == 1
        await pilot.press("G", "g")
        assert screen.reader.scroll_y == 0


@pytest.mark.parametrize("keys", ["ctrl+c", "ctrl+q", "down q", "down enter q q"])
async def test_one_leaves_as_one_expects(archive_folder: Path, keys: str) -> None:
    async with running(archive_folder, "missiles", size=USUAL) as pilot:
        await settled(pilot)
        for key in keys.split():
            assert pilot.app.is_running
            await pilot.press(key)
        assert pilot.app._exit


async def test_what_is_selected_is_copied_before_one_leaves(archive_folder: Path) -> None:
    async with running(archive_folder, "missiles", size=USUAL) as pilot:
        screen = await settled(pilot)
        screen.query_box.select_all()
        await pilot.press("ctrl+c")
        assert pilot.app.clipboard == "missiles"
        assert not pilot.app._exit


async def test_earlier_queries_are_found_by_any_part_of_them(archive_folder: Path) -> None:
    for query in ("grève à la SNCF", "missiles", "grève des éboueurs", "kherson"):
        History().add(query)
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(pilot.app.screen, EarlierQueries))
        await pilot.press(*"greve")
        await until(pilot, lambda: "kherson" not in text_of(pilot))
        await pilot.press("ctrl+r", "enter")  # once more: an older one
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.query_box.value == "grève à la SNCF"
        await pilot.press("ctrl+r", *"zzz", "enter")
        assert "No earlier query has this in it" in text_of(pilot)
        await pilot.press("escape")
        assert pilot.app.screen is screen


def configure(text: str) -> None:
    configuration_file().parent.mkdir(parents=True, exist_ok=True)
    configuration_file().write_text(text, encoding="utf-8")


async def test_a_key_can_be_another(archive_folder: Path) -> None:
    configure('[keys]\nsort = "n"\nnext-match = ["Ctrl+N", "é"]\n')
    async with running(archive_folder, "missiles", size=USUAL) as pilot:
        screen = await settled(pilot)
        screen.go("results")
        await pilot.press("s")
        await settled(pilot)
        assert "by relevance" in text_of(pilot)
        await pilot.press("n")
        await settled(pilot)
        assert "by date" in text_of(pilot)
        assert "n sort" in text_of(pilot)
        await pilot.press("ctrl+n")
        assert isinstance(screen.focused, Reader)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[keys", "config.toml: "),
        ('[colours]\nback = "red"', "config.toml: there is no setting “colours”"),
        ('[keys]\nfly = "x"', "config.toml: there is no command “fly” to have other keys"),
        ('[keys]\nsort = "Hyper+x"', "config.toml: there is no key “Hyper+x”"),
        ('[keys]\nsort = "a"\nhelp = "a"', "config.toml: “a” cannot be both “sort” and “help”"),
        ("[keys]\nsort = 3", "config.toml: the keys of “sort” are no list of names"),
        ("keys = 3", "config.toml: [keys] is a table"),
    ],
)
def test_what_is_wrong_in_the_configuration_is_said(text: str, said: str) -> None:
    configure(text)
    keys, problems = configured_keys()
    assert [problem[: len(said)] for problem in problems] == [said]
    assert len(keys) <= 1


async def test_what_is_wrong_in_the_configuration_is_on_the_screen(archive_folder: Path) -> None:
    configure('[keys]\nfly = "[x]"')
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        assert "there is no command" in text_of(pilot)
        assert titles(screen)


@pytest.mark.parametrize(
    ("key", "name"),
    [("ctrl+f", "Ctrl+F"), ("f3", "F3"), ("slash", "/"), ("right_square_bracket", "]"), ("J", "J"),
     ("escape", "Esc"), ("space", "Space"), ("ctrl+slash", "Ctrl+/"), ("é", "é")],
)  # fmt: skip
def test_keys_have_the_names_that_people_give_them(key: str, name: str) -> None:
    assert shown(key) == name
    assert key_named(name) == key


def test_a_key_that_is_given_away_is_no_longer_another_commands() -> None:
    keymap = Keymap({"sort": ("m",)})
    assert keymap["sort"].shown == ("m",)
    assert keymap["similar"].shown == ()
    assert "similar" not in [command.action for _key, command in keymap.bar("results")]
