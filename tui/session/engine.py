"""The archive as the interface asks it: from any thread, one question at a time.

The engine's modules take a while to import and are not needed for the first paint; they are
imported in the thread that opens the index.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from search.model import Request, Results, Span, Status

if TYPE_CHECKING:
    from index.report import OnProgress, Report
    from index.whoosh_store.folder import CommitStamp
    from search.local.archive import Archive

_LONGEST_MARKED = 500_000  # characters of an article in which matches are looked for


class Unusable(Exception):
    """The index cannot be used or could not be updated; the message says why, in one line."""


class BadQuery(Exception):
    """The query cannot be read; the message says what is wrong and where."""


class Stopped(Exception):
    """The question was taken back."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What there is to search."""

    status: Status | None
    """None when nothing could be opened."""
    written: float
    """When the index was last written, in seconds since 1970."""
    samples: bool = False
    """There is no index yet: these are the sample articles."""
    problem: str = ""
    """Why the index cannot be used, and what to do about it."""
    missing: bool = False
    """There is no index, and no samples either."""
    mendable: bool = False
    """Making it anew would mend it."""


class Engine:
    """An archive, or the lack of one, that several threads may ask."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._archive: Archive | None = None
        self._samples = False
        self._seen: CommitStamp | None = None  # the newest commit when it was last opened

    @property
    def folder(self) -> Path:
        """The folder of the index, whether it is there or not."""
        from index.whoosh_store.folder import default_folder

        return self._folder or default_folder()

    def open(self) -> Opened:
        """Open the index, or the sample articles if there is none yet."""
        with self._lock:
            return self._open()

    def refresh(self) -> Opened | None:
        """Go on with the newest state of the index; None when nothing has changed."""
        from index.whoosh_store.folder import commit_stamp

        with self._lock:
            if commit_stamp(self.folder) == self._seen:
                return None
            return self._open()

    def close(self) -> None:
        """Let go of the index, unless a question is being answered."""
        if self._lock.acquire(timeout=0.2):
            self._close_archive()
            self._lock.release()

    def search(self, request: Request, stopped: Callable[[], bool]) -> Results:
        """Raises BadQuery, Unusable, or Stopped soon after `stopped()` has become true."""
        from search.local.archive import Stopped as SearchStopped
        from search.query.parser import QueryError

        with self._lock:
            if stopped():
                raise Stopped
            with self._translated():
                try:
                    return self._opened().search(request, stopped)
                except QueryError as error:
                    raise BadQuery(str(error)) from None
                except SearchStopped:
                    raise Stopped from None

    def similar(self, id: str, limit: int) -> Results:
        """The articles most like this one. Raises Unusable."""
        from search.local.archive import NoSuchArticle

        with self._lock, self._translated():
            try:
                return self._opened().similar(id, limit)
            except NoSuchArticle as error:
                raise Unusable(str(error)) from None

    def matches(self, texts: tuple[str, ...], query: str, typing: bool) -> list[tuple[Span, ...]]:
        """Where `query`, which may be `typing` still, matches in each of the texts.

        Raises BadQuery, Unusable.
        """
        from search.query.parser import QueryError

        with self._lock, self._translated():
            try:
                archive = self._opened()
                return [archive.matches(text[:_LONGEST_MARKED], query, typing) for text in texts]
            except QueryError as error:
                raise BadQuery(str(error)) from None

    def update(self, progress: OnProgress, rebuild: bool) -> Report:
        """Bring the index up to date, while it goes on answering. Raises Unusable."""
        from index.errors import Unavailable
        from index.store import store_at
        from index.update import update

        try:
            return update(store_at(str(self.folder)), rebuild=rebuild, progress=progress)
        except (Unavailable, OSError) as error:
            raise Unusable(str(error)) from error

    def _opened(self) -> Archive:
        if self._archive is None:
            raise Unusable("there is no index to search")
        return self._archive

    def _open(self) -> Opened:
        """Open what there is now, in the place of what was open before."""
        from index.whoosh_store.folder import (
            DamagedIndex,
            NoIndex,
            OutdatedIndex,
            UnusableIndex,
            commit_stamp,
        )
        from search.samples import open_archive

        self._seen = commit_stamp(self.folder)
        try:
            if self._archive is None or self._samples:
                self._close_archive()
                self._archive, self._samples = open_archive(self._folder)
            else:
                self._archive.refresh()
            status = self._archive.status()
            return Opened(status, _written(self._archive.folder), self._samples)
        except (UnusableIndex, OSError) as error:
            self._close_archive()
            return Opened(
                None,
                0.0,
                problem=str(error),
                missing=isinstance(error, NoIndex),
                mendable=isinstance(error, DamagedIndex | OutdatedIndex),
            )
        except Exception as error:
            self._close_archive()
            return Opened(None, 0.0, problem=f"{type(error).__name__}: {error}")

    def _close_archive(self) -> None:
        """Close the archive; the caller holds the lock."""
        if self._archive:
            self._archive.close()
        self._archive = None

    @contextmanager
    def _translated(self) -> Iterator[None]:
        from index.whoosh_store.folder import UnusableIndex

        try:
            yield
        except UnusableIndex as error:
            raise Unusable(str(error)) from error
        except (BadQuery, Stopped, Unusable):
            raise
        except Exception as error:  # one question that fails must not end the program
            raise Unusable(f"{type(error).__name__}: {error}") from error


def _written(folder: Path) -> float:
    from index.whoosh_store.folder import commit_stamp

    stamp = commit_stamp(folder)
    return stamp.mtime_ns / 1e9 if stamp else time.time()
