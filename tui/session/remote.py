"""The engine in a process of its own.

Two busy threads share Python's one interpreter lock in equal parts: beside a search the screen
would take twice its time to paint, and a keystroke that is answered in 30 ms would take 70.
So the archive is opened and searched by a child, and the interface only waits for its answers.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from index.report import OnProgress, Progress
from search.model import Request, Results, Span

from .engine import BadQuery, Engine, Opened, Stopped, Unusable

_LOOK = 0.01  # seconds between looks whether the question still stands
_PROGRESS = 0.05  # seconds between two words about the progress of an update
_STOP = "stop"
_PROGRESSED, _FAILED, _ANSWERED = range(3)


class RemoteEngine:
    """Asks an `Engine` in a child, as if it were here. The child starts with the first question."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None

    def open(self) -> Opened:
        """See `Engine.open`."""
        opened: Opened = self._ask("open")
        return opened

    def refresh(self) -> Opened | None:
        """See `Engine.refresh`."""
        opened: Opened | None = self._ask("refresh")
        return opened

    def search(self, request: Request, stopped: Callable[[], bool]) -> Results:
        """See `Engine.search`."""
        results: Results = self._ask("search", request, stopped=stopped)
        return results

    def similar(self, id: str, limit: int) -> Results:
        """See `Engine.similar`."""
        results: Results = self._ask("similar", id, limit)
        return results

    def matches(self, texts: tuple[str, ...], query: str, typing: bool) -> list[tuple[Span, ...]]:
        """See `Engine.matches`."""
        matches: list[tuple[Span, ...]] = self._ask("matches", texts, query, typing)
        return matches

    def update(self, progress: OnProgress, rebuild: bool) -> Any:
        """See `Engine.update`. In another child, so that this one goes on answering."""
        other = RemoteEngine(self._folder)
        try:
            return other._ask("update", rebuild, progress=progress)
        finally:
            other.close()

    def close(self) -> None:
        """End the child."""
        child, self._child, line, self._line = self._child, None, self._line, None
        if line:
            line.close()
        if child:
            child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(1)

    def _ask(
        self,
        method: str,
        *arguments: object,
        stopped: Callable[[], bool] | None = None,
        progress: OnProgress | None = None,
    ) -> Any:
        with self._lock:
            if stopped and stopped():
                raise Stopped
            try:
                line = self._line or self._start()
                line.send((method, arguments))
                return self._answer(line, stopped, progress)
            except (OSError, EOFError) as error:
                self.close()  # the next question starts another child
                raise Unusable("the search has ended unexpectedly: try again") from error

    def _answer(
        self,
        line: Connection,
        stopped: Callable[[], bool] | None,
        progress: OnProgress | None,
    ) -> Any:
        while True:
            while not line.poll(_LOOK if stopped else None):
                if stopped and stopped():
                    line.send(_STOP)
                    stopped = None
            kind, value = line.recv()
            if kind == _ANSWERED:
                return value
            if kind == _FAILED:
                raise value
            if progress:
                progress(value)

    def _start(self) -> Connection:
        here, there = socket.socketpair()
        folder = str(self._folder) if self._folder else None
        code = (  # with the path that the interface has, so that both run the same program
            f"import sys; sys.path[:] = {sys.path!r}\n"
            f"from tui.session.remote import serve; serve({there.fileno()}, {folder!r})"
        )
        with there:
            self._child = subprocess.Popen(
                [sys.executable, "-c", code],
                pass_fds=[there.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._line = Connection(here.detach())
        return self._line


def serve(number: int, folder: str | None) -> None:
    """Answer the questions that come in on a file descriptor, until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # meant for the interface, or for the editor
    engine = Engine(Path(folder) if folder else None)
    with Connection(number) as line, contextlib.suppress(OSError, EOFError):
        while True:
            question = line.recv()
            if question != _STOP:  # one that comes too late
                line.send(_answer(engine, line, *question))


def _answer(
    engine: Engine, line: Connection, method: str, arguments: tuple[Any, ...]
) -> tuple[int, Any]:
    extra: tuple[Any, ...] = ()
    if method == "search":
        extra = (lambda: line.poll() and line.recv() == _STOP,)
    elif method == "update":
        arguments = (_Telling(line), *arguments)
    try:
        return _ANSWERED, getattr(engine, method)(*arguments, *extra)
    except (BadQuery, Stopped, Unusable) as error:
        return _FAILED, type(error)(str(error))  # without its cause, which may not travel
    except OSError:
        raise
    except Exception as error:
        return _FAILED, Unusable(f"{type(error).__name__}: {error}")


class _Telling:
    """Tells now and then how far an update is."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self._told = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._told > _PROGRESS or progress.share == 1:
            self._told = now
            self._line.send((_PROGRESSED, progress))


def engine_for(folder: Path | None) -> Engine | RemoteEngine:
    """The engine for the index in `folder`, or the default one."""
    return RemoteEngine(folder) if os.name == "posix" else Engine(folder)
