"""What the child does: answers the questions that come in on a socket, until it is closed."""

from __future__ import annotations

import signal
import time
from contextlib import suppress
from multiprocessing.connection import Connection

from search.archive import Archive, Location, update_at
from search.model import Progress
from search.wording.language import language, use

from .faults import REFUSALS, faults_logged
from .locked import LockedArchive
from .questions import (
    Answer,
    Compare,
    Complete,
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
    Update,
)

_BETWEEN_WORDS = 0.05  # seconds between two words about the progress of an update


def serve(number: int, location: Location | None) -> None:
    """Answer the questions that come in on the socket with this number."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # meant for the interface, or for the editor
    archive = LockedArchive(location)
    with Connection(number) as line, suppress(OSError, EOFError):
        while True:
            asked = line.recv()
            if isinstance(asked, TakeBack):  # of a question that was answered meanwhile
                continue
            spoken, question = asked
            if spoken != language():
                use(spoken)
            _reply(line, _answer(line, archive, location, question))


def _reply(line: Connection, reply: Reply) -> None:
    try:
        with faults_logged():
            line.send(reply)
    except REFUSALS as error:  # it cannot be pickled, or the line is closed: then this fails too
        line.send(Refusal(error))


def _answer(
    line: Connection, archive: Archive, location: Location | None, question: Question[object]
) -> Reply:
    try:
        with faults_logged():
            return Answer(_answered(line, archive, location, question))
    except REFUSALS as error:
        return Refusal(error)


def _answered(
    line: Connection, archive: Archive, location: Location | None, question: Question[object]
) -> object:
    match question:
        case Search(request):
            return archive.search(request, lambda: line.poll() and line.recv() == TakeBack())
        case Similar(id, limit):
            return archive.similar(id, limit)
        case Read(id, query, typing):
            return archive.read(id, query, typing)
        case Compare(id, other):
            return archive.compare(id, other)
        case Complete(query):
            return archive.complete(query)
        case GetStatus():
            return archive.status()
        case Refresh():
            return archive.refresh()
        case GetPlace():
            return archive.place
        case GetSamples():
            return archive.samples
        case Update(options, roots):
            return update_at(location, roots, options, _Telling(line))
    raise TypeError(f"no question: {question!r}")


class _Telling:
    """Tells now and then how far an update is."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self._told = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._told > _BETWEEN_WORDS or progress.share == 1:
            self._told = now
            self._line.send(progress)
