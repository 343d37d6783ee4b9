"""Progress: how far an update is, on one line of the terminal."""

from __future__ import annotations

import os
import sys
import time

from ..model import Progress
from ..wording.counts import counted
from ..wording.language import _, figures

_BAR = 20  # columns
_PAUSE = 0.1  # seconds between two looks of the line


class ProgressLine:
    """A line on standard error, if that is a terminal: written over, and in the end removed."""

    def __init__(self) -> None:
        self._shown = bool(
            sys.stderr and sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"
        )
        self._next = 0.0
        self._reading_since: float | None = None
        self._exporting_since = 0.0

    def __call__(self, progress: Progress) -> None:
        """Show how far it is."""
        now = time.monotonic()
        if progress.share is not None and self._reading_since is None:
            self._reading_since = now
        if not self._shown or now < self._next:
            return
        files = counted(progress.files, "file", "files")
        text = _("{files} looked at …").format(files=files)
        if progress.share is not None and self._reading_since is not None:
            elapsed = now - self._reading_since
            text = progress_text(progress.articles, progress.share, elapsed)
        self._show(text)

    def checking(self, share: float) -> None:
        """Show how much of a check is done."""
        if self._shown and time.monotonic() >= self._next:
            self._show(_("{bar} checked").format(bar=_bar(share)))

    def exporting(self, articles: int, share: float) -> None:
        """Show how much of an export is done, once it takes longer than a second."""
        now = time.monotonic()
        self._exporting_since = self._exporting_since or now
        elapsed = now - self._exporting_since
        if self._shown and now >= self._next and elapsed > 1:
            self._show(progress_text(articles, share, elapsed))

    def _show(self, text: str) -> None:
        self._next = time.monotonic() + _PAUSE
        print(f"\r{text}", end="\x1b[K", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Remove the line; another update may follow."""
        self._reading_since = None
        if self._shown and self._next:
            self._next = 0.0
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def progress_text(articles: int, share: float, elapsed: float) -> str:
    """A bar, what is done, how fast, and how long it will take: for a line of 60 columns."""
    text = f"{_bar(share)} {counted(articles, 'article', 'articles')}"
    if elapsed < 1 or not share:
        return text
    left = round((1 - share) * elapsed / share)
    return _("{articles}, {rate}/s, {minutes}:{seconds} left").format(
        articles=text,
        rate=figures(articles / elapsed),
        minutes=left // 60,
        seconds=f"{left % 60:02}",
    )


def _bar(share: float) -> str:
    filled = int(_BAR * share)
    return "━" * filled + "─" * (_BAR - filled)
