"""An update of the index in the background, and what became of it."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from .engine import Engine, Unusable
from .marking import count

if TYPE_CHECKING:
    from index.update import Report

_STILL = 0.7  # seconds without another file after which they have all been looked at


class _Left(Exception):
    """The program is ending."""


class Update:
    """A run of the indexer in a thread of its own, that never keeps the program from ending.

    The index is written in one commit, so that a run that is cut short leaves it as it was.
    """

    def __init__(self, engine: Engine, *, rebuild: bool) -> None:
        self.files = 0
        """Files looked at so far."""
        self.outcome = ""
        """What has changed, or why nothing could; when it has ended."""
        self.failed = False
        self._engine = engine
        self._rebuild = rebuild
        self._moved = time.monotonic()
        self._leaving = threading.Event()
        self._ended = threading.Event()

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self._ended.is_set()

    @property
    def is_counting(self) -> bool:
        """Whether files are still being looked at."""
        return time.monotonic() - self._moved < _STILL

    def start(self) -> None:
        """Begin."""
        threading.Thread(target=self._run, name="depeche-update", daemon=True).start()

    def stop(self) -> None:
        """End as soon as possible."""
        self._leaving.set()

    def _run(self) -> None:
        try:
            self.outcome = in_words(self._engine.update(self._looked_at, self._rebuild))
        except Unusable as error:
            self.outcome, self.failed = str(error), True
        except _Left:
            pass
        except Exception as error:
            self.outcome, self.failed = f"The update failed: {error}", True
        finally:
            self._ended.set()

    def _looked_at(self, files: int) -> None:
        if self._leaving.is_set():
            raise _Left
        self.files = files
        self._moved = time.monotonic()


def in_words(report: Report) -> str:
    """`2 added, 1 changed, 3 removed: 120 articles`."""
    changes = [
        f"{number:,} {what}"
        for number, what in (
            (report.added, "added"),
            (report.updated, "changed"),
            (report.removed, "removed"),
        )
        if number
    ]
    words = ", ".join(changes) or "Nothing has changed"
    words += f": {count(report.total, 'article')}"
    if report.skipped:
        words += f" ({count(len(report.skipped), 'file')} could not be read)"
    return words
