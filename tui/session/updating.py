"""An update of the index in the background, and what became of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from search.archive import Location, update_at
from search.errors import Cancelled, Unavailable
from search.model import Progress, Report, UpdateOptions
from search.wording.errors import in_words
from search.wording.language import _
from search.wording.reports import news_line

from .faults import REFUSALS, faults_logged

if TYPE_CHECKING:
    from .process import Child


class Updating:
    """A run of the indexer that never keeps the program from ending, nor from answering.

    It has a child of its own, where there are any. The index is written in whole commits, so that
    a run that is cut short loses nothing.
    """

    def __init__(
        self, location: Location | None, options: UpdateOptions, roots: Sequence[Path] = ()
    ) -> None:
        """`roots` are folders that are new; `options.forget` those that are to go."""
        self.progress = Progress(files=0)
        """How far it is."""
        self.outcome = ""
        """What has changed, or why nothing could; when it has ended."""
        self.failed = False
        self._location = location
        self._options = options
        self._roots = tuple(roots)
        self._child: Child | None = None
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
        """End it: at once where there is a child, else with the next word about its progress."""
        self._leaving.set()
        if self._child:
            self._child.end()

    def _run(self) -> None:
        try:
            with faults_logged():
                self.outcome = news_line(self._report())
        except REFUSALS as error:
            self.outcome, self.failed = in_words(error), True
        finally:
            self._ended.set()

    def _report(self) -> Report:
        if os.name != "posix":
            return update_at(self._location, self._roots, self._options, self._follow)
        from .process import Child, ChildEnded  # not needed for the first paint
        from .questions import Update

        child = self._child = Child(self._location)
        try:
            if self._leaving.is_set():
                raise Cancelled
            return child.ask(Update(self._options, self._roots), progress=self._follow)
        except ChildEnded as error:
            raise Unavailable(_("the update has ended unexpectedly"), _("try again")) from error
        finally:
            child.end()

    def _follow(self, progress: Progress) -> None:
        if self._leaving.is_set():
            raise Cancelled
        self.progress = progress
