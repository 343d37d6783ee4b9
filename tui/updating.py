"""An update of the index in the background, and what became of it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from .engine import Engine, Unusable
from .marking import count
from .remote import RemoteEngine

if TYPE_CHECKING:
    from index.update import Report


class _Left(Exception):
    """The program is ending."""


class Update:
    """A run of the indexer in a thread of its own, that never keeps the program from ending.

    The index is written in one commit, so that a run that is cut short leaves it as it was.
    """

    def __init__(self, engine: Engine | RemoteEngine, *, rebuild: bool) -> None:
        self.files = 0
        """Files looked at or, once it is known how many there are to read, read so far."""
        self.to_read: int | None = None
        """Files to be read; None while they are being looked for."""
        self.outcome = ""
        """What has changed, or why nothing could; when it has ended."""
        self.failed = False
        self._engine = engine
        self._rebuild = rebuild
        self._leaving = threading.Event()
        self._ended = threading.Event()

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self._ended.is_set()

    def start(self) -> None:
        """Begin."""
        threading.Thread(target=self._run, name="depeche-update", daemon=True).start()

    def stop(self) -> None:
        """End as soon as possible."""
        self._leaving.set()

    def _run(self) -> None:
        try:
            self.outcome = in_words(self._engine.update(self._progress, self._rebuild))
        except Unusable as error:
            self.outcome, self.failed = str(error), True
        except _Left:
            pass
        except Exception as error:
            self.outcome, self.failed = f"The update failed: {error}", True
        finally:
            self._ended.set()

    def _progress(self, files: int, to_read: int | None) -> None:
        if self._leaving.is_set():
            raise _Left
        self.files, self.to_read = files, to_read


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
