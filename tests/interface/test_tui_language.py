"""The interface in French: switched at any time, remembered, and with nothing left in English."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from search.archive import update_at
from search.errors import NoSuchArticle
from search.wording.language import prefer, use
from tests.support.messages import in_signs
from tests.support.screen import USUAL, WIDE, enter_query, running, settled, text_of, until
from tui.session.child import ChildArchive
from tui.state import load_settings


@pytest.fixture
def locale(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """That of nobody in particular, whatever is chosen in a test."""
    for name in ("DEPECHE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "")
    yield
    prefer(None)
    use("en")


@pytest.mark.usefixtures("locale")
async def test_the_language_is_switched_and_remembered(
    many_articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(many_articles, size=WIDE) as pilot:
        screen = await enter_query(pilot, "kherson")
        screen.go("results")
        await pilot.press("down", "down")
        chosen = screen.results_list.chosen
        await pilot.press("ctrl+p", *"langue")
        await until(pilot, lambda: "Language: français" in text_of(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "Résultats" in text_of(pilot))
        shown = text_of(pilot)
        for words in ("par pertinence", "5 nov. 2024", "F1 aide", "90 articles"):
            assert words in shown
        for words in ("Results", "Nov 2024 ·", " match", " help"):
            assert words not in shown
        assert screen.results_list.chosen == chosen
    assert load_settings().language == "fr"
    monkeypatch.setenv("DEPECHE_LANG", "")
    use(None)
    async with running(many_articles, size=USUAL) as pilot:
        await settled(pilot)
        assert "Chercher dans les archives" in text_of(pilot)


@pytest.mark.usefixtures("locale")
def test_the_child_speaks_the_same_language(archive_folder: Path) -> None:
    with closing(ChildArchive(str(archive_folder))) as archive:
        for language, words in (("en", "no article nope"), ("fr", "pas d’article nope")):
            use(language)
            with pytest.raises(NoSuchArticle, match=words):
                archive.read("nope")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("theme", "Theme: light or dark"),
        ("thème", "Theme: light or dark"),
        ("aide", "Help"),
        ("dossier", "Folders"),
        ("sort date", "Sort"),
        ("xyzzy", "There is no such command"),
    ],
)
async def test_the_palette_finds_commands_in_both_languages(
    archive_folder: Path, typed: str, title: str
) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: pilot.app.screen is not screen)
        await pilot.press(*typed.replace(" ", "_").split("_")[0])
        for word in typed.split()[1:]:
            await pilot.press("space", *word)
        await until(pilot, lambda: title in text_of(pilot))


@pytest.fixture(scope="module")
def russian() -> Iterator[Path]:
    """An index of articles in Cyrillic, in a folder without letters: any others, we have said."""
    folder = Path(tempfile.gettempdir(), f"{os.getpid()}")
    folder.mkdir()
    lines = [
        {"title": f"Жук {n}", "body": f"Жук полз домой {n}. " * 60, "source": "Ж", "date": date}
        for n, date in enumerate(["2024-11-05", "2018-02-01", ""])
    ]
    (folder / "1.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    update_at(str(folder / "0"), [folder / "1.jsonl"])
    yield folder / "0"
    shutil.rmtree(folder)


KNOWN = r"depeche|nov|févr|jsonl|ukrain|tmp|all"


@pytest.mark.parametrize(
    "keys",
    [
        "ж у к enter s enter n z slash ж escape escape escape m escape f6 o",
        "f7 x enter escape ctrl+r escape ctrl+p ж",
        "f7 down x",
        "ж ж ж ж f3",
    ],
)
async def test_nothing_is_said_that_is_not_marked(russian: Path, keys: str) -> None:
    with in_signs():
        async with running(russian, size=(120, 40)) as pilot:
            await settled(pilot)
            for key in keys.split():
                await pilot.press(key)
                await settled(pilot)
                shown = text_of(pilot).replace(tempfile.gettempdir(), "")
                found = re.findall(rf"(?!(?:{KNOWN})\b)\b[A-Za-z]{{3,}}", shown)
                assert not found, f"after {key}: {found}"
