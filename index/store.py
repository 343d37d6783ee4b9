"""Store: what an update writes to. Another engine is another implementation of these protocols.

`update` knows articles, files and commits, and nothing of how or where a store keeps them:
`whoosh_store` keeps them in a folder of this machine.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # a search names a store by this module, and needs none of this
    from .article import Article
    from .intake.known import FileRecord
    from .report import Checked

Written = Any
"""What a Writer has written, for `Draft.add`. It travels between processes: it can be pickled."""


class Writer(Protocol):
    """Takes the articles that one process reads."""

    def add(self, article: Article, digest: bytes) -> None:
        """Take an article; `digest` tells its record from others (see `intake.digests`)."""

    @property
    def full(self) -> bool:
        """Whether it holds as much as it should: it is to be finished, and another made."""

    def finish(self) -> Written:
        """Write what is left; what `Draft.add` is to be given."""


NewWriter = Callable[[], Writer]
"""Makes a Writer, in whatever process it is called. It can be pickled."""


class Draft(Protocol):
    """The next commit: nothing of it is seen before `commit`. For one process at a time."""

    files: dict[str, FileRecord]
    """The files that the store knows, by absolute path, as the commit will have them."""

    replaces: dict[str, FileRecord]
    """The files of the commit that it takes the place of, as far as they can be read: also when it
    does not go on from there."""

    @property
    def starts_empty(self) -> bool:
        """Whether there was no commit to go on from, or it was not to be gone on from.

        Then it is to be committed even if it stays empty: an index of no articles is an index.
        """

    @property
    def articles(self) -> int:
        """How many there will be."""

    @property
    def new_writer(self) -> NewWriter:
        """What makes the writers of articles for this draft."""

    def digests(self, paths: Collection[str]) -> dict[str, dict[str, bytes]]:
        """The digests of the articles that the draft has of some files, by path and id."""

    def remove(self, articles: Mapping[str, Collection[str] | None]) -> int:
        """Remove the articles with these ids from the files with these paths, or (None) all that
        a file has; the number of those removed. What is added later stays."""

    def add(self, written: Sequence[Written]) -> None:
        """Add what writers have written."""

    def settle(self) -> None:
        """Keep what was added so far from growing unwieldy, without a commit."""

    @property
    def unfinished(self) -> bool:
        """Whether it goes on from a commit after which `more` should have come."""

    def commit(self, *, more: bool = False) -> None:
        """Make this the state of the store, all at once. The draft goes on from there.

        With `more`, another commit is to follow soon: until then not all of the reprints may be
        known.
        """

    def restamp(self) -> None:
        """Keep `files`, of which nothing but their times has changed, without a commit."""


class Store(Protocol):
    """A place that keeps articles, and knows the folders they come from."""

    @property
    def place(self) -> str:
        """What a person would call it."""

    def roots(self) -> list[Path]:
        """The folders indexed so far, in the order in which they were added.

        Raises DamagedIndex.
        """

    def remember(self, roots: Sequence[Path]) -> None:
        """Keep the folders, for `roots`."""

    def check(self, progress: Callable[[float], None]) -> Checked:
        """Read all of the newest commit, and compare it with what was written.

        `progress` is told how much of it is done, from 0 to 1. Raises Unavailable.
        """

    def writing(self, *, anew: bool) -> AbstractContextManager[Draft]:
        """The next commit, from the newest one on or, with `anew`, from nothing.

        Nobody else writes meanwhile; what was not committed is gone afterwards. Raises
        IndexLocked, Unavailable for a place that holds something else, and OutdatedIndex or
        DamagedIndex unless it is made `anew`.
        """


def default_location() -> str:
    """Where the index is by default: `DEPECHE_INDEX`, else the platform's data folder."""
    if named := os.environ.get("DEPECHE_INDEX"):
        return named
    from platformdirs import user_data_path  # 20 ms: only when needed

    return str(user_data_path("depeche") / "index")


def store_at(location: str | None = None) -> Store:
    """The store at a location (the path of a folder), or the default one. Nothing is opened."""
    from .whoosh_store.store import WhooshStore

    return WhooshStore(Path(location or default_location()))
