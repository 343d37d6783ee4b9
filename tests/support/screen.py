"""What the tests of the interface share: a still archive, waiting, and a screen as text."""

from __future__ import annotations

import html
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from textual.events import Key
from textual.pilot import Pilot

from search.archive import Archive, Cancelled, never
from search.model import Article, Head, Reading, Request, Results, Status
from tui.app import DepecheApp
from tui.screens.main import MainScreen
from tui.session.locked import LockedArchive
from tui.widgets.bars import MessageLine

T = TypeVar("T", Article, Head)

_CELL = (12.2, 24.4)  # of the SVG that Textual exports
_TEXT = re.compile(r'<text class="[^"]*-r\d+" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>')
_FOREVER = 20.0  # seconds
_GLANCE = 0.03  # seconds between two looks at the screen; reading it takes nearly as long

WIDE, USUAL, SMALL = (160, 45), (80, 24), (60, 20)
"""Sizes of a terminal, in columns and lines."""


class StillArchive(LockedArchive):
    """An archive that takes no time and has its articles in /archive."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self._paths: dict[str, str] = {}  # in the index, by their names

    def status(self) -> Status:
        return replace(super().status(), written=time.time(), roots=("/archive",))

    def search(self, request: Request, cancelled: Cancelled = never) -> Results:
        results = super().search(request, cancelled)
        return replace(
            results,
            elapsed_ms=4.0,
            hits=tuple(replace(hit, head=self._moved(hit.head)) for hit in results.hits),
        )

    def read(self, id: str, query: str = "", typing: bool = False) -> Reading:
        reading = super().read(self._paths[Path(id).name], query, typing)
        return replace(reading, article=self._moved(reading.article))

    def _moved(self, article: T) -> T:
        name = Path(article.path).name
        self._paths[name] = article.path
        return replace(article, path=f"/archive/{name}")


@asynccontextmanager
async def running(
    location: Path | None,
    query: str = "",
    archive: Archive | None = None,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[Pilot[None]]:
    """The application over an index, while it runs in a terminal of so many columns and lines."""
    named = str(location) if location else None
    app = DepecheApp(archive or LockedArchive(named), named, query)
    async with app.run_test(size=size, notifications=True) as pilot:
        yield pilot


def main_screen(pilot: Pilot[None]) -> MainScreen:
    """The main screen, whatever lies over it."""
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


def titles(screen: MainScreen) -> list[str]:
    """What is in the list."""
    return [hit.head.title for hit in screen.results_list.hits]


def message(screen: MainScreen) -> str:
    """What the line under the query box says."""
    return screen.query_one(MessageLine).words


def answers(screen: MainScreen, query: str) -> bool:
    """Whether what is on the screen answers `query`."""
    return screen.session.asked is not None and screen.session.asked.query == query


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Let the application run until `condition()` holds."""
    deadline = time.monotonic() + _FOREVER
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"never came about; the screen was\n{text_of(pilot)}")
        await pilot.pause(_GLANCE)
    await pilot.pause()


async def settled(pilot: Pilot[None]) -> MainScreen:
    """Let the application run until it is open and nothing is being looked for."""
    screen = main_screen(pilot)
    busy = ("open", "search", "read", "more")
    await until(
        pilot,
        lambda: (
            screen.session.upkeep.is_open
            and not any(w.is_running or w.is_cancelled for w in screen.workers if w.group in busy)
        ),
    )
    return screen


async def enter_query(pilot: Pilot[None], query: str) -> MainScreen:
    """Type a query and wait for its results, or for what is wrong with it."""
    screen = main_screen(pilot)
    await settled(pilot)
    screen.query_box.put("")
    for character in query:  # at once: Pilot.press sleeps after each
        screen.query_box.post_message(Key(character, character))
    await until(
        pilot,
        lambda: answers(screen, query) or screen.query_one(MessageLine).has_class("-filled"),
    )
    return await settled(pilot)


def text_of(pilot: Pilot[None]) -> str:
    """What is on the screen, as lines of text."""
    rows: dict[int, str] = {}
    for x, y, escaped in _TEXT.findall(pilot.app.export_screenshot()):
        row, column = round((float(y) - 20) / _CELL[1]), round(float(x) / _CELL[0])
        text = html.unescape(escaped).replace("\xa0", " ")
        rows[row] = rows.get(row, "").ljust(column) + text
    return "\n".join(rows.get(row, "").rstrip() for row in range(max(rows) + 1)) + "\n"
