"""How the interface looks: screens as text, compared with golden ones, and colours one can read."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.color import Color
from textual.pilot import Pilot

from search.wording.language import language, use
from tests.support.places import GOLDEN
from tests.support.screen import SMALL, USUAL, WIDE, StillArchive, running, settled, text_of
from tui.themes import THEMES

SNAPSHOTS = GOLDEN / "screens"
MIDDLE, VERY_WIDE = (120, 32), (200, 50)
SIZES = (SMALL, USUAL, MIDDLE, WIDE, VERY_WIDE)
QUERY = "missiles longue portée"
LOOKS = {
    "start": ("", ()),
    "results": (QUERY, ("enter",)),
    "article": (QUERY, ("enter", "enter", "n", "n")),
    "help": ("", ("f1",)),
}
MORE = {
    "facets-80x24": (USUAL, "missiles", ("f3", "space")),
    "nothing-80x24": (USUAL, "missille", ()),
    "nothing-ticked-80x24": (USUAL, "missiles", ("f3", "space", "escape", *"/HIMARS", "enter")),
    "find-80x24": (USUAL, QUERY, ("enter", "enter", "slash", *"etats")),
    "folders-80x24": (USUAL, "", ("f7",)),
    "palette-80x24": (USUAL, "", ("ctrl+p",)),
    "alone-160x45": (WIDE, QUERY, ("enter", "z")),
}
EVERY = {
    f"{name}-{size[0]}x{size[1]}": (size, *look)
    for (name, look), size in itertools.product(LOOKS.items(), SIZES)
} | MORE
OVER_TEN_YEARS = {
    "strip-80x24": (USUAL, "budget", ()),
    "timeline-80x24": (USUAL, "", ("f8", "left", "shift+left", "shift+left", "enter")),
    "timeline-120x32": (MIDDLE, "budget", ("f8", "home", "shift+right", "enter", "u")),
    "timeline-160x45": (WIDE, "", ("f3", "space", "exclamation_mark", "f8", "minus")),
}
IN_FRENCH = ("start-80x24", "results-160x45", "article-80x24", "help-160x45", "folders-80x24")


@pytest.fixture
def french() -> Iterator[None]:
    before = language()
    use("fr")
    yield
    use(before)


async def shown(
    name: str, archive_folder: Path, theme: str = THEMES[0].name
) -> tuple[str, list[tuple[str, Color, Color]]]:
    """The screen as text, and each of its pieces with its colour and that of its ground."""
    size, query, keys = (EVERY | OVER_TEN_YEARS)[name]
    archive = StillArchive(str(archive_folder))
    async with running(archive_folder, query, archive, size=size) as pilot:
        pilot.app.theme = theme
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        return text_of(pilot), list(pieces(pilot))


def pieces(pilot: Pilot[None]) -> Iterator[tuple[str, Color, Color]]:
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


@pytest.mark.parametrize("name", EVERY)
async def test_looks(name: str, archive_folder: Path) -> None:
    compare((await shown(name, archive_folder))[0], name)


@pytest.mark.parametrize("name", OVER_TEN_YEARS)
async def test_looks_over_ten_years(name: str, ten_years: Path) -> None:
    compare((await shown(name, ten_years))[0], name)


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize("name", IN_FRENCH)
async def test_looks_in_french(name: str, archive_folder: Path) -> None:
    compare((await shown(name, archive_folder))[0], f"{name}-fr")


LEGIBLE = 4.5  # the ratio that the Web Content Accessibility Guidelines ask of text


@pytest.mark.parametrize("name", ["results-160x45", "article-80x24", "facets-80x24"])
@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_text_is_legible_in_both_themes(name: str, theme: str, archive_folder: Path) -> None:
    screen, coloured = await shown(name, archive_folder, theme)
    compare(screen, name)
    words = [piece for piece in coloured if any(map(str.isalnum, piece[0]))]
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
