"""The archive behind a lock: any thread may ask, one question at a time is answered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from search.archive import Archive, Cancelled, Location, archive_at, default_location, never
from search.errors import Cancelled as TakenBack
from search.errors import NoIndex, Unavailable
from search.model import PAGE, Comparison, Completion, Reading, Request, Results, Status

from .faults import faults_logged

_PATIENCE = 0.2  # seconds that `close` waits for the answer to a question


class LockedArchive:
    """An `Archive` that opens with the first question, and again once there is something to open.

    The engine is imported in the thread that asks: the first paint does not wait for it.
    """

    def __init__(self, location: Location | None = None) -> None:
        self._location = location
        self._lock = threading.Lock()
        self._archive: Archive | None = None
        self._closed = False

    @property
    def place(self) -> str:
        """See `Archive.place`."""
        with self._asked() as archive:
            return archive.place

    @property
    def samples(self) -> bool:
        """See `Archive.samples`."""
        with self._asked() as archive:
            return archive.samples

    def search(self, request: Request, cancelled: Cancelled = never) -> Results:
        """See `Archive.search`."""
        with self._asked(cancelled) as archive:
            return archive.search(request, cancelled)

    def similar(self, id: str, limit: int = PAGE) -> Results:
        """See `Archive.similar`."""
        with self._asked() as archive:
            return archive.similar(id, limit)

    def read(self, id: str, query: str = "", typing: bool = False) -> Reading:
        """See `Archive.read`."""
        with self._asked() as archive:
            return archive.read(id, query, typing)

    def complete(self, query: str) -> Completion | None:
        """See `Archive.complete`."""
        with self._asked() as archive:
            return archive.complete(query)

    def compare(self, id: str, other: str) -> Comparison:
        """See `Archive.compare`."""
        with self._asked() as archive:
            return archive.compare(id, other)

    def status(self) -> Status:
        """See `Archive.status`."""
        with self._asked() as archive:
            return archive.status()

    def refresh(self) -> Status | None:
        """See `Archive.refresh`; what was not there before is news as well.

        Raises Unavailable when there is nothing to open, or when what was open is gone.
        """
        with self._lock, faults_logged():
            if self._closed:
                raise TakenBack
            if self._archive is None:
                return self._opened().status()
            if self._archive.samples:
                return self._own_after_samples()
            try:
                return self._archive.refresh()
            except Unavailable:
                self._let_go()
                raise

    def close(self) -> None:
        """Let go of it, unless a question is being answered: the program does not wait for it.

        What is asked from now on, or waits for its turn, is taken back.
        """
        self._closed = True
        if self._lock.acquire(timeout=_PATIENCE):
            try:
                self._let_go()
            finally:
                self._lock.release()

    @contextmanager
    def _asked(self, cancelled: Cancelled = never) -> Iterator[Archive]:
        """The open archive, for one question. Raises nothing but REFUSALS."""
        with self._lock, faults_logged():
            if self._closed or cancelled():  # while it waited for the question before
                raise TakenBack
            yield self._opened()

    def _opened(self) -> Archive:
        if self._archive is None:
            self._archive = archive_at(self._location, lasting=True)
            if not self._archive.samples:
                # Should it go away, the samples do not stand in for it.
                self._location = self._location or default_location()
        return self._archive

    def _own_after_samples(self) -> Status | None:
        """Go on with the user's own first index, if it has come into being."""
        try:
            own = archive_at(default_location(), lasting=True)
        except NoIndex:
            return None
        self._let_go()
        self._archive, self._location = own, default_location()
        return own.status()

    def _let_go(self) -> None:
        archive, self._archive = self._archive, None
        if archive:
            archive.close()
