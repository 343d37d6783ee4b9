"""What the tests of the interface share: a still engine, waiting, and a screen as text."""

from __future__ import annotations

import html
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from textual.events import Key
from textual.pilot import Pilot

from search.model import Request, Results
from tui.app import DepecheApp
from tui.screens.main import MainScreen
from tui.session.engine import Engine, Opened
from tui.session.remote import RemoteEngine

_CELL = (12.2, 24.4)  # of the SVG that Textual exports
_TEXT = re.compile(r'<text class="[^"]*-r\d+" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>')
_FOREVER = 20.0  # seconds


class StillEngine(Engine):
    """An engine that takes no time and has its articles in /archive."""

    def open(self) -> Opened:
        return replace(super().open(), written=time.time())

    def search(self, request: Request, stopped: Callable[[], bool]) -> Results:
        results = super().search(request, stopped)
        hits = tuple(
            replace(
                hit, article=replace(hit.article, path=f"/archive/{Path(hit.article.path).name}")
            )
            for hit in results.hits
        )
        return replace(results, elapsed_ms=4.0, hits=hits)


@asynccontextmanager
async def running(
    folder: Path | None,
    query: str = "",
    engine: Engine | RemoteEngine | None = None,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[Pilot[None]]:
    """The application over an index, while it runs in a terminal of so many columns and lines."""
    app = DepecheApp(engine or Engine(folder), query)
    async with app.run_test(size=size, notifications=True) as pilot:
        yield pilot


def main_screen(pilot: Pilot[None]) -> MainScreen:
    """The main screen, whatever lies over it."""
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Let the application run until `condition()` holds."""
    deadline = time.monotonic() + _FOREVER
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"never came about; the screen was\n{text_of(pilot)}")
        await pilot.pause(0.01)
    await pilot.pause()


async def settled(pilot: Pilot[None]) -> MainScreen:
    """Let the application run until it is open and nothing is being looked for."""
    screen = main_screen(pilot)
    busy = ("open", "search", "mark", "more")
    await until(
        pilot,
        lambda: (
            screen.opened is not None
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
        lambda: (
            (screen.asked is not None and screen.asked.query == query)
            or screen.message.has_class("-filled")
        ),
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
