"""Watching: the index is kept up to date while articles arrive, change and go.

The system tells what has changed (inotify, FSEvents …) and may not tell all: what happens before
it is asked, on network drives, beyond its limits, in a folder that was moved away and made again.
So the folders are also looked at now and then, whatever was heard.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from .errors import Unavailable
from .formats import SUFFIXES
from .language import _
from .options import USUAL, UpdateOptions
from .report import OnProgress, Report, Unheard, Watching
from .store import Store
from .update import update

_QUIET = 500  # milliseconds without a change after which those before it are one update …
_NOISE = 5000  # … and how long changes may go on before that
_TICK = 1000  # milliseconds between two looks at the clock
_LOOK = 60.0  # seconds after which the folders are looked at, whatever was heard
_RETRY = 5.0  # seconds after which an update that could not be made is tried again

Folder = tuple[str, int, int]
"""A folder that is watched: its path and what tells it from one made anew at the same place."""


def watch(
    store: Store,
    roots: Sequence[Path] = (),
    options: UpdateOptions = USUAL,
    progress: OnProgress | None = None,
) -> Iterator[Report | Unavailable | Watching | Unheard]:
    """Bring a store up to date, and again with every change, for ever; yields what came of each.

    Only the first update rebuilds or prunes: later a folder may be unmounted while nobody looks.
    It raises what `update` raises. Later an Unavailable is yielded (locked by another process, a
    full disk): it is tried again soon.
    """
    yield update(store, roots, options, progress)
    later = UpdateOptions(follow=options.follow)
    due = 0.0  # at once: what has arrived during the first update went unheard
    deaf = False
    while True:
        watched = _folders(store.roots())
        yield Watching(len(watched))
        try:
            for changed in _ticks() if deaf or not watched else _changes(watched):
                if changed or time.monotonic() >= due:
                    outcome = _updated(store, later, progress)
                    yield outcome
                    pause = _RETRY if isinstance(outcome, Unavailable) else _LOOK
                    due = time.monotonic() + pause
                if _folders(store.roots()) != watched:
                    due = 0.0  # what is in a folder made anew went unheard
                    break
        except FileNotFoundError:  # a folder has gone before it was watched
            continue
        except OSError as error:
            deaf = True
            yield _unheard(error)


def _updated(
    store: Store, options: UpdateOptions, progress: OnProgress | None
) -> Report | Unavailable:
    try:
        return update(store, options=options, progress=progress)
    except Unavailable as error:
        return error


def _folders(roots: Iterable[Path]) -> list[Folder]:
    """Those of the folders that are there now."""
    found = []
    for root in roots:
        try:
            status = root.stat()
        except OSError:
            continue
        found.append((str(root), status.st_dev, status.st_ino))
    return found


def _changes(watched: Iterable[Folder]) -> Iterator[bool]:
    """Whether something has changed, once a second or as soon as it has. Raises OSError."""
    from watchfiles import watch as changes_of

    heard = changes_of(
        *(path for path, _, _ in watched),
        watch_filter=_matters,
        step=_QUIET,
        debounce=_NOISE,
        rust_timeout=_TICK,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    return map(bool, heard)


def _matters(_change: object, path: str) -> bool:
    """Whether a change may be one of articles: of a file that may hold some, or of a folder.

    What is gone may have been a folder. The store's own files, which may lie in a watched
    folder, must not count, or each update would be the reason for the next.
    """
    return path.lower().endswith(SUFFIXES) or os.path.isdir(path) or not os.path.lexists(path)  # noqa: PTH112


def _ticks() -> Iterator[bool]:
    while True:
        time.sleep(_TICK / 1000)
        yield False


def _unheard(error: OSError) -> Unheard:
    reason = (error.strerror or str(error) or type(error).__name__).strip(". ")
    remedy = ""
    if "limit" in reason.lower() or "no space" in reason.lower():
        reason = _("the system watches no more folders")
        remedy = _("raise fs.inotify.max_user_watches (sysctl) and start again")
    return Unheard(reason, remedy, _LOOK)
