"""How the interface looks: screens as text, compared with golden ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.places import GOLDEN
from tests.support.screen import SMALL, USUAL, WIDE, StillArchive, running, settled, text_of

SNAPSHOTS = GOLDEN / "screens"
LOOKS = {
    "results-80x24": (USUAL, "missiles longue portée", ("enter",)),
    "article-80x24": (USUAL, "missiles longue portée", ("enter", "enter", "n", "n")),
    "results-160x45": (WIDE, "missiles longue portée", ("enter",)),
    "newest-200x50": ((200, 50), "", ()),
    "results-60x20": (SMALL, "missiles longue portée", ("enter",)),
    "article-60x20": (SMALL, "missiles longue portée", ("enter", "enter")),
    "facets-80x24": (USUAL, "missiles", ("f3", "space")),
    "nothing-80x24": (USUAL, "missille", ()),
    "help-80x24": (USUAL, "", ("f1",)),
}


@pytest.mark.parametrize("name", LOOKS)
async def test_looks(name: str, archive_folder: Path) -> None:
    """The screen as text is the golden one; DEPECHE_UPDATE_SNAPSHOTS=1 writes that anew."""
    size, query, keys = LOOKS[name]
    archive = StillArchive(str(archive_folder))
    async with running(archive_folder, query, archive, size=size) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        shown = text_of(pilot)
    stored = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("DEPECHE_UPDATE_SNAPSHOTS"):
        SNAPSHOTS.mkdir(exist_ok=True)
        stored.write_text(shown, encoding="utf-8")
    assert shown == stored.read_text(encoding="utf-8")
