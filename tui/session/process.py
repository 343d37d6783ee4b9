"""A child process that answers questions, and the socket between it and this one."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TypeVar, cast

from search.archive import Cancelled, Location, never
from search.model import OnProgress, Progress
from search.wording.language import language

from .questions import Answer, Question, Refusal, Reply, TakeBack

T = TypeVar("T")

_LOOK = 0.01  # seconds between looks whether the question still stands
_PATIENCE = 1.0  # seconds a child has to end by itself
_PROGRAM = "from tui.session.serving import serve"


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
        """The answer, in the language of the moment; for one thread at a time.

        Raises what it was refused with, or ChildEnded.
        """
        self._send((language(), question))
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

    def _send(self, words: tuple[str, Question[T]] | TakeBack) -> None:
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
