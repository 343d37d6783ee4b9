"""Archive: the one door between what answers questions and what asks them.

The command line and the interface know this module, `model`, `errors` and `wording`, and nothing
of the engine behind it. Each function imports what it needs: a search loads nothing of an update.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.errors import Unavailable, explain
from index.language import _
from index.options import USUAL, UpdateOptions
from index.store import default_location, store_at

from .model import (
    PAGE,
    Checked,
    Comparison,
    Completion,
    OnProgress,
    Reading,
    Request,
    Results,
    Status,
)

if TYPE_CHECKING:
    from index.report import Report, Unheard, Watching

    from .local.archive import LocalArchive

__all__ = [
    "Archive",
    "Cancelled",
    "Location",
    "archive_at",
    "check_at",
    "default_location",
    "ids_at",
    "never",
    "roots_at",
    "update_at",
    "watch_at",
]

Location = str
"""Where an archive is: today the path of its folder."""

Cancelled = Callable[[], bool]
"""Whether whoever asked has taken the question back; asked often, and from the same thread."""


def never() -> bool:
    """The question stands."""
    return False


class Archive(Protocol):
    """What can be asked. Serves one thread at a time. All of it may raise Unavailable."""

    @property
    def place(self) -> str:
        """What a person would call it: where it is."""

    @property
    def samples(self) -> bool:
        """Whether these are the sample articles, because nothing was indexed yet."""

    def search(self, request: Request, cancelled: Cancelled = never) -> Results:
        """One page of the articles that `request` asks for, with counts by source, by month and,
        if that is asked for, by author.

        Raises QueryError when the query cannot be read, and errors.Cancelled soon after
        `cancelled()` has become true.
        """

    def similar(self, id: str, limit: int = PAGE) -> Results:
        """The articles that have most of what is particular to one, named as for `read`.

        Raises NoSuchArticle.
        """

    def read(self, id: str, query: str = "", typing: bool = False) -> Reading:
        """The article with this id, path or `Head.address`, or the only one whose id begins so, and
        where `query`, which may be `typing` still, matches in it.

        Raises NoSuchArticle, QueryError.
        """

    def complete(self, query: str) -> Completion | None:
        """How a query that is being typed may go on, at its end: the name of a field, a value that
        a field has here, or a word of the articles. None when nothing comes to mind.
        """

    def compare(self, id: str, other: str) -> Comparison:
        """Two articles, named as for `read`, word by word. Raises NoSuchArticle."""

    def status(self) -> Status:
        """What it holds."""

    def refresh(self) -> Status | None:
        """Go on with the newest commit: what it holds now, or None when nothing has changed."""

    def close(self) -> None:
        """Let go of it."""


def archive_at(location: Location | None = None, *, lasting: bool = False) -> Archive:
    """Open the archive at a location or, without one, the default one.

    Until there is a default one, the samples stand in for it (see `Archive.samples`); never for
    one that was asked for by name. A `lasting` one is for who asks more than a few queries: it is
    slower to open, and faster after that. Raises Unavailable.
    """
    return _local(location, lasting)


def ids_at(location: Location | None, beginning: str, most: int) -> list[str]:
    """The ids that begin so, in order, and no more than that. Raises Unavailable."""
    with closing(_local(location)) as archive:
        return archive.ids(beginning, most)


def _local(location: Location | None, lasting: bool = False) -> LocalArchive:
    try:
        if location is None:
            from .samples import open_default

            return open_default(lasting=lasting)
        from .local.archive import LocalArchive

        return LocalArchive(Path(location), lasting=lasting)
    except OSError as error:
        place = location or default_location()
        raise Unavailable(
            _("cannot read the index in {place}: {reason}").format(
                place=place, reason=explain(error)
            )
        ) from error


def update_at(
    location: Location | None,
    roots: Sequence[Path] = (),
    options: UpdateOptions = USUAL,
    progress: OnProgress | None = None,
) -> Report:
    """Bring the archive at a location up to date with its folders and with `roots`.

    It goes on answering meanwhile. Raises Unavailable; a rebuild mends an outdated or damaged one.
    """
    from index.update import update

    try:
        return update(store_at(location), roots, options, progress)
    except OSError as error:
        place = location or default_location()
        stays = _("it is as it was") if options.rebuild else _("what was committed stays")
        raise Unavailable(
            _("cannot write the index in {place} ({reason}): {stays}").format(
                place=place, reason=explain(error), stays=stays
            ),
            _("make room or rights, or name another folder with --index"),
        ) from error


def watch_at(
    location: Location | None,
    roots: Sequence[Path] = (),
    options: UpdateOptions = USUAL,
    progress: OnProgress | None = None,
) -> Iterator[Report | Unavailable | Watching | Unheard]:
    """Keep the archive at a location up to date with its folders, for ever: see `index.watch`."""
    from index.watch import watch

    yield from watch(store_at(location), roots, options, progress)


def check_at(location: Location, progress: Callable[[float], None]) -> Checked:
    """Read all of the archive at a location, and compare it with what was written there.

    `progress` is told how much of it is done, from 0 to 1. Raises Unavailable.
    """
    return store_at(location).check(progress)


def roots_at(location: Location | None) -> list[Path]:
    """The folders that the archive at a location was indexed from. Raises DamagedIndex."""
    return store_at(location).roots()
