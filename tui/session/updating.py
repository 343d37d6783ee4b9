"""An update of the index in the background, and what became of it."""

from __future__ import annotations

import threading

from index.report import Progress, Report

from ..marking import count
from .engine import Engine, Unusable
from .remote import RemoteEngine


class _Left(Exception):
    """The program is ending."""


class Update:
    """A run of the indexer in a thread of its own, that never keeps the program from ending.

    The index is written in whole commits, so that a run that is cut short loses nothing.
    """

    def __init__(self, engine: Engine | RemoteEngine, *, rebuild: bool) -> None:
        self.progress = Progress(files=0)
        """How far it is."""
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

    def _progress(self, progress: Progress) -> None:
        if self._leaving.is_set():
            raise _Left
        self.progress = progress


def in_words(report: Report) -> str:
    """`2 added, 1 changed, 3 removed: 120 articles`."""
    changes = [
        f"{number:,} {what}"
        for number, what in (
            (report.added, "added"),
            (report.updated, "changed"),
            (report.moved, "moved"),
            (report.removed, "removed"),
        )
        if number
    ]
    words = ", ".join(changes) or "Nothing has changed"
    words += f": {count(report.total, 'article')}"
    if report.skipped:
        words += f" ({count(len(report.skipped), 'file')} could not be read)"
    return words
