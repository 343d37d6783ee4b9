"""The archive in a child process.

Two busy threads share Python's one interpreter lock in equal parts: beside a search the screen
would take twice its time to paint, and a keystroke that is answered in 30 ms would take 70.
So the archive is opened and asked by a child, and the interface only waits for its answers.

The child and the questions to it are imported with the first one: the first paint needs neither.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, TypeVar

from search.archive import Archive, Cancelled, Location, never
from search.errors import Cancelled as TakenBack
from search.errors import Unavailable
from search.model import PAGE, Comparison, Completion, Reading, Request, Results, Status
from search.wording.language import _

from .faults import faults_logged
from .locked import LockedArchive

if TYPE_CHECKING:
    from .process import Child
    from .questions import Question

T = TypeVar("T")


def archive_for(location: Location | None) -> Archive:
    """The archive at a location, or the default one, for any thread to ask. Opens nothing yet."""
    # Sockets are handed down by their number: Windows has none.
    return ChildArchive(location) if os.name == "posix" else LockedArchive(location)


class ChildArchive:
    """An `Archive` that is asked in a child, as if it were here; any thread may ask.

    The child starts with the first question, and another one after it has ended.
    """

    def __init__(self, location: Location | None = None) -> None:
        self._location = location
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._closed = False

    @property
    def place(self) -> str:
        """See `Archive.place`."""
        from .questions import GetPlace

        return self._ask(GetPlace())

    @property
    def samples(self) -> bool:
        """See `Archive.samples`."""
        from .questions import GetSamples

        return self._ask(GetSamples())

    def search(self, request: Request, cancelled: Cancelled = never) -> Results:
        """See `Archive.search`."""
        from .questions import Search

        return self._ask(Search(request), cancelled)

    def similar(self, id: str, limit: int = PAGE) -> Results:
        """See `Archive.similar`."""
        from .questions import Similar

        return self._ask(Similar(id, limit))

    def read(self, id: str, query: str = "", typing: bool = False) -> Reading:
        """See `Archive.read`."""
        from .questions import Read

        return self._ask(Read(id, query, typing))

    def complete(self, query: str) -> Completion | None:
        """See `Archive.complete`."""
        from .questions import Complete

        return self._ask(Complete(query))

    def compare(self, id: str, other: str) -> Comparison:
        """See `Archive.compare`."""
        from .questions import Compare

        return self._ask(Compare(id, other))

    def status(self) -> Status:
        """See `Archive.status`."""
        from .questions import GetStatus

        return self._ask(GetStatus())

    def refresh(self) -> Status | None:
        """See `LockedArchive.refresh`."""
        from .questions import Refresh

        return self._ask(Refresh())

    def close(self) -> None:
        """End the child, whatever it is doing.

        What is asked from now on, or waits for its turn, is taken back.
        """
        self._closed = True
        self._let_go()

    def _let_go(self) -> None:
        child, self._child = self._child, None
        if child:
            child.end()

    def _ask(self, question: Question[T], cancelled: Cancelled = never) -> T:
        from .process import Child, ChildEnded

        with self._lock, faults_logged():
            if self._closed or cancelled():  # while it waited for the question before
                raise TakenBack
            child = self._child = self._child or Child(self._location)
            try:
                return child.ask(question, cancelled)
            except ChildEnded as error:
                self._let_go()
                raise Unavailable(_("the search has ended unexpectedly"), _("try again")) from error
