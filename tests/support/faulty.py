"""An archive that fails when it is asked to, also in a child process: see `PROGRAM`."""

from __future__ import annotations

import os

from search.archive import Cancelled, never
from search.errors import Cancelled as TakenBack
from search.local.archive import LocalArchive
from search.model import Request, Results

PROGRAM = (
    "from tests.support.faulty import install; install(); from tui.session.serving import serve"
)
"""For `tui.session.process._PROGRAM`: children that fail."""

_search = LocalArchive.search


def faulty_search(archive: LocalArchive, request: Request, cancelled: Cancelled = never) -> Results:
    """`LocalArchive.search`, but for queries that say how it is to go wrong."""
    match request.query:
        case "fault":
            raise ZeroDivisionError("on purpose")
        case "disk":
            raise PermissionError(13, "Permission denied", "/archive/index")
        case "die":
            os._exit(1)
        case "unspeakable":
            return lambda: None  # type: ignore[return-value]  # it cannot be pickled
        case "endless":
            while not cancelled():
                pass
            raise TakenBack
    return _search(archive, request, cancelled)


def install() -> None:
    """Let all archives of this process be faulty."""
    LocalArchive.search = faulty_search  # type: ignore[method-assign, assignment]
