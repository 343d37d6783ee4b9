"""Upkeep: opens the archive, notices what is newer, and updates the index."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from search.archive import Archive, Location
from search.errors import NoIndex, Unavailable, Unexpected
from search.model import Status, UpdateOptions
from search.wording.errors import in_words
from search.wording.language import _

from .asking import in_thread
from .updating import Updating
from .view import Run, View

_BETWEEN_LOOKS = 0.1  # seconds between looks at the progress of an update


class Upkeep:
    """What is open, and whether that is the newest there is."""

    def __init__(
        self,
        archive: Archive,
        location: Location | None,
        view: View,
        run: Run,
        changed: Callable[[bool], None],
    ) -> None:
        """`changed` is called when the archive has opened and whenever it is another: with True
        when somebody waits for that, with False when it comes by itself.
        """
        self.is_open = False
        """Whether the archive has been opened, or could not be."""
        self.status: Status | None = None
        """What the archive holds, as far as is known."""
        self.problem: Unavailable | Unexpected | None = None
        """Why there is nothing to show."""
        self._archive = archive
        self._location = location
        self._view = view
        self._run = run
        self._changed = changed
        self._looking = asyncio.Lock()  # for news: what one look finds, the next does not
        self._is_watching = True
        self._updating: Updating | None = None

    @property
    def is_mendable(self) -> bool:
        """Whether the index cannot be read, and making it anew would help."""
        return isinstance(self.problem, Unavailable) and self.problem.mendable

    def open(self) -> None:
        """Open the archive."""
        self._run(self._open, "open")

    async def _open(self) -> None:
        try:
            self.status = await in_thread(self._view, self._archive.status)
        except (Unavailable, Unexpected) as error:
            self.problem = error
        self.is_open = True
        self._changed(True)
        # What is there by now stays. Looking through it at each full garbage collection would
        # halt the screen for 60 ms, at any keystroke.
        gc.freeze()

    def look_for_news(self) -> None:
        """See whether there is a newer commit, unless one looks already."""
        idle = self.is_open and self._is_watching and not self._updating
        if idle and not self._looking.locked():
            self._run(self._look, "news")

    async def _look(self) -> None:
        await self._refresh(wanted=False)

    async def _refresh(self, *, wanted: bool) -> bool:
        """Go on with what there is now; whether that is anything else than before."""
        async with self._looking:
            before = self.status, str(self.problem)
            try:
                status = await in_thread(self._view, self._archive.refresh)
                if status is None and self.status is None:
                    # A search has opened it since: no news to the archive, but to us.
                    status = await in_thread(self._view, self._archive.status)
                if status is None:
                    return False
                self.status, self.problem = status, None
            except Unavailable as error:
                self.status, self.problem = None, error
            except Unexpected as error:
                self._is_watching = False  # a fault would come again with every look
                self._view.say(in_words(error), error=True)
                return False
        changed = (self.status, str(self.problem)) != before
        if changed:
            self._changed(wanted)
        return changed

    @property
    def roots(self) -> tuple[str, ...]:
        """The folders that are indexed; none while there are only samples."""
        return self.status.roots if self.status and not self.status.samples else ()

    def update(self, roots: Sequence[Path] = (), forget: Sequence[Path] = ()) -> None:
        """Bring the index up to date, in the background, with more folders or fewer; make a
        damaged one anew.
        """
        if not self.is_open:
            return
        if self._updating:
            self._view.say(_("The index is being updated already"))
            return
        nothing = isinstance(self.problem, NoIndex) or (self.status and self.status.samples)
        if nothing and not roots:
            self._view.say(_("Nothing is indexed yet: add a folder first"))
            return
        options = UpdateOptions(rebuild=self.is_mendable, forget=tuple(forget))
        self._updating = Updating(self._location, options, roots)
        self._run(partial(self._follow, self._updating), "update")

    async def _follow(self, updating: Updating) -> None:
        """Show the progress of an update, and in the end what has changed."""
        updating.start()
        while not updating.ended and self._view.is_there:
            self._view.show_progress(updating.progress)
            await asyncio.sleep(_BETWEEN_LOOKS)
        if not self._view.is_there:
            return
        self._view.show_progress(None)
        self._updating, self._is_watching = None, True
        self._view.say(updating.outcome, error=updating.failed)
        if not await self._refresh(wanted=True):
            self._changed(True)  # by now somebody wants to see what has come before

    def close(self) -> None:
        """End what is under way; nothing is asked any more."""
        if self._updating:
            self._updating.stop()
        self._archive.close()
