"""What articles may contain is data to the interface."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search.archive import update_at
from tests.support.screen import SMALL, WIDE, running, settled, text_of, titles, until

HOSTILE = (
    "a [/] b",
    "[@click=app.quit]x[/]",
    "[bold red]not bold[/bold red] $error",
    "esc \x1b[31mred\x1b]0;title\x07 end",
    "bidi \u202etxet\u2066 end",
    "c1 \x9b31m end \x7f",
    "wide 漢字漢字漢字 👩‍👩‍👧 e\u0301 end",
    "broken \ud800 end",
)


@pytest.fixture(scope="session")
def hostile_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    lines = (
        json.dumps({"title": title, "body": f"Piège. {title}\nPiège {title}", "source": title,
                    "authors": [title], "url": f"https://example.org/{number}"})
        for number, title in enumerate(HOSTILE)
    )  # fmt: skip
    (folder / "hostile.jsonl").write_text("\n".join(lines))
    update_at(str(folder / "index"), [folder])
    return folder / "index"


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_article_text_is_data(hostile_archive: Path, size: tuple[int, int]) -> None:
    async with running(hostile_archive, "piège", size=size) as pilot:
        screen = await settled(pilot)
        assert len(titles(screen)) >= 7
        for _ in titles(screen):
            screen.go("results")
            await pilot.press("enter")
            await settled(pilot)
            await pilot.press("n")
            shown = text_of(pilot)
            assert not any(c < " " or "\x7f" <= c <= "\x9f" for c in shown if c != "\n")
            assert not set(shown) & set("\u202e\u2066\ud800")
            await pilot.press("escape", "down")
        await pilot.press("c", "t", "e", "f3", "m")
        await settled(pilot)
        assert pilot.app.is_running


async def test_markup_is_shown_as_it_is(hostile_archive: Path) -> None:
    async with running(hostile_archive, "piège", size=(160, 50)) as pilot:
        screen = await settled(pilot)
        shown = text_of(pilot)
        assert "a [/] b" in shown
        assert "[@click=app.quit]x[/]" in shown
        screen.showing.say("a [/] b [@click=app.quit]y[/]")
        await until(pilot, lambda: "[@click=app.quit]y[/]" in text_of(pilot))
