"""How the interface looks: screens as text, compared with golden ones, and colours one can read."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.color import Color
from textual.pilot import Pilot

from search.wording.language import language, use
from tests.support.places import GOLDEN
from tests.support.screen import (
    SMALL,
    USUAL,
    WIDE,
    StillArchive,
    main_screen,
    running,
    settled,
    text_of,
)
from tui.themes import THEMES

SNAPSHOTS = GOLDEN / "screens"
MIDDLE, VERY_WIDE = (120, 32), (200, 50)
SIZES = (SMALL, USUAL, MIDDLE, WIDE, VERY_WIDE)
QUERY = "missiles longue portée"
STEPS = {
    "start": (),
    "results": (QUERY, "enter"),
    "article": ("enter", "n", "n"),
    "help": ("f1",),
}
"""What is pressed on the way from one screen to the next."""

MORE = {
    "facets-80x24": (USUAL, "missiles", ("f3", "space")),
    "nothing-80x24": (USUAL, "missille", ()),
    "nothing-ticked-80x24": (USUAL, "missiles", ("f3", "space", "escape", "/", "HIMARS ", "enter")),
    "find-80x24": (USUAL, QUERY, ("enter", "enter", "slash", *"etats")),
    "folders-80x24": (USUAL, "", ("f7",)),
    "palette-80x24": (USUAL, "", ("ctrl+p",)),
    "alone-160x45": (WIDE, QUERY, ("enter", "z")),
}
LEGIBLE_ONES = {
    "results-160x45": (WIDE, QUERY, ("enter",)),
    "facets-80x24": MORE["facets-80x24"],
}
OVER_TEN_YEARS = {
    "strip-80x24": (USUAL, "budget", ()),
    "timeline-80x24": (USUAL, "", ("f8", "left", "shift+left", "shift+left", "enter")),
    "timeline-120x32": (MIDDLE, "budget", ("f8", "home", "shift+right", "enter", "u")),
    "timeline-160x45": (WIDE, "", ("f3", "space", "exclamation_mark", "f8", "minus")),
}


@pytest.fixture
def french() -> Iterator[None]:
    before = language()
    use("fr")
    yield
    use(before)


@asynccontextmanager
async def still(
    archive_folder: Path, query: str, size: tuple[int, int]
) -> AsyncIterator[Pilot[None]]:
    archive = StillArchive(str(archive_folder))
    async with running(archive_folder, query, archive, size=size) as pilot:
        await settled(pilot)
        yield pilot


async def press(pilot: Pilot[None], keys: Iterable[str]) -> None:
    for key in keys:
        if " " in key:  # a query, typed at once
            main_screen(pilot).query_box.put(key)
        else:
            await pilot.press(key)
        await settled(pilot)


def pieces(pilot: Pilot[None]) -> Iterator[tuple[str, Color, Color]]:
    """What is on the screen piece by piece, each with its colour and that of its ground."""
    for strip in pilot.app.screen._compositor.render_strips():
        for text, style, _control in strip:
            if text.strip() and style and style.color and style.bgcolor:
                colours = style.color, style.bgcolor
                front, ground = colours[::-1] if style.reverse else colours
                yield text, Color.from_rich_color(front), Color.from_rich_color(ground)


def compare(screen: str, name: str) -> None:
    """DEPECHE_UPDATE_SNAPSHOTS=1 writes the golden screen anew."""
    stored = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("DEPECHE_UPDATE_SNAPSHOTS"):
        stored.write_text(screen, encoding="utf-8")
    assert screen == stored.read_text(encoding="utf-8")


async def walk(archive_folder: Path, size: tuple[int, int], suffix: str = "") -> None:
    async with still(archive_folder, "", size) as pilot:
        for name, keys in STEPS.items():
            await press(pilot, keys)
            compare(text_of(pilot), f"{name}-{size[0]}x{size[1]}{suffix}")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_looks(archive_folder: Path, size: tuple[int, int]) -> None:
    await walk(archive_folder, size)


@pytest.mark.parametrize("name", OVER_TEN_YEARS)
async def test_looks_over_ten_years(name: str, ten_years: Path) -> None:
    size, query, keys = OVER_TEN_YEARS[name]
    async with still(ten_years, query, size) as pilot:
        await press(pilot, keys)
        compare(text_of(pilot), name)


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize("size", [USUAL, WIDE], ids=str)
async def test_looks_in_french(archive_folder: Path, size: tuple[int, int]) -> None:
    await walk(archive_folder, size, "-fr")


@pytest.mark.parametrize("name", MORE)
async def test_looks_of_what_is_rarer(archive_folder: Path, name: str) -> None:
    size, query, keys = MORE[name]
    async with still(archive_folder, query, size) as pilot:
        await press(pilot, keys)
        compare(text_of(pilot), name)


LEGIBLE = 4.5  # the ratio that the Web Content Accessibility Guidelines ask of text


@pytest.mark.parametrize("name", LEGIBLE_ONES)
@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_text_is_legible_in_both_themes(archive_folder: Path, theme: str, name: str) -> None:
    size, query, keys = LEGIBLE_ONES[name]
    async with still(archive_folder, query, size) as pilot:
        pilot.app.theme = theme
        await press(pilot, keys)
        words = [piece for piece in pieces(pilot) if any(map(str.isalnum, piece[0]))]
    assert len(words) > 20
    for text, front, ground in words:
        assert contrast(front, ground) >= LEGIBLE, (text, front, ground)


def contrast(one: Color, other: Color) -> float:
    """As the same guidelines reckon it."""
    light, dark = sorted(map(luminance, (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: Color) -> float:
    parts = [part / 255 for part in color.rgb]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
