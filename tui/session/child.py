"""The archive in a child process.

Two busy threads share Python's one interpreter lock in equal parts: beside a search the screen
would take twice its time to paint, and a keystroke that is answered in 30 ms would take 70.
So the archive is opened and asked by a child, and the interface only waits for its answers.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TypeVar, cast

from search.archive import Archive, Cancelled, Location, never
from search.errors import Cancelled as TakenBack
from search.errors import Unavailable
from search.model import PAGE, OnProgress, Progress, Reading, Request, Results, Status

from .faults import faults_logged
from .locked import LockedArchive
from .questions import (
    Answer,
    GetPlace,
    GetSamples,
    GetStatus,
    Question,
    Read,
    Refresh,
    Refusal,
    Reply,
    Search,
    Similar,
    TakeBack,
)

T = TypeVar("T")

_LOOK = 0.01  # seconds between looks whether the question still stands
_PATIENCE = 1.0  # seconds a child has to end by itself
_PROGRAM = "from tui.session.serving import serve"


def archive_for(location: Location | None) -> Archive:
    """The archive at a location, or the default one, for any thread to ask. Opens nothing yet."""
    # Sockets are handed down by their number: Windows has none.
    return ChildArchive(location) if os.name == "posix" else LockedArchive(location)


class ChildEnded(Exception):
    """The child is gone, or is not to be understood."""


class Child:
    """A process of its own that answers questions about the archive at a location."""

    def __init__(self, location: Location | None) -> None:
        """Start it. Raises OSError."""
        here, there = socket.socketpair()
        code = (  # with the path that this process has, so that both run the same program
            f"import sys; sys.path[:] = {sys.path!r}\n"
            f"{_PROGRAM}; serve({there.fileno()}, {location!r})"
        )
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-c", code],
                pass_fds=[there.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._line = Connection(here.detach())

    def ask(
        self,
        question: Question[T],
        cancelled: Cancelled = never,
        progress: OnProgress | None = None,
    ) -> T:
        """The answer; raises what it was refused with, or ChildEnded. For one thread at a time."""
        self._send(question)
        while True:
            match self._reply(cancelled):
                case Answer(value):
                    return cast(T, value)
                case Refusal(error):
                    raise error
                case Progress() as how_far:
                    if progress:
                        progress(how_far)

    def end(self) -> None:
        """End it, from any thread; a question that it is being asked ends in ChildEnded."""
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        with suppress(OSError):
            self._line.close()

    def _send(self, words: Question[T] | TakeBack) -> None:
        try:
            self._line.send(words)
        except OSError as error:
            raise ChildEnded from error

    def _reply(self, cancelled: Cancelled) -> Reply:
        """What it says next; it is told once when the question is `cancelled()`."""
        try:
            while not self._line.poll(None if cancelled is never else _LOOK):
                if cancelled():
                    self._send(TakeBack())
                    cancelled = never
            return cast(Reply, self._line.recv())
        except (OSError, EOFError) as error:
            raise ChildEnded from error


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
        return self._ask(GetPlace())

    @property
    def samples(self) -> bool:
        """See `Archive.samples`."""
        return self._ask(GetSamples())

    def search(self, request: Request, cancelled: Cancelled = never) -> Results:
        """See `Archive.search`."""
        return self._ask(Search(request), cancelled)

    def similar(self, id: str, limit: int = PAGE) -> Results:
        """See `Archive.similar`."""
        return self._ask(Similar(id, limit))

    def read(self, id: str, query: str = "", typing: bool = False) -> Reading:
        """See `Archive.read`."""
        return self._ask(Read(id, query, typing))

    def status(self) -> Status:
        """See `Archive.status`."""
        return self._ask(GetStatus())

    def refresh(self) -> Status | None:
        """See `LockedArchive.refresh`."""
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
        with self._lock, faults_logged():
            if self._closed or cancelled():  # while it waited for the question before
                raise TakenBack
            child = self._child = self._child or Child(self._location)
            try:
                return child.ask(question, cancelled)
            except ChildEnded as error:
                self._let_go()
                raise Unavailable("the search has ended unexpectedly", "try again") from error
