"""The search session: what is asked, when, and what became of it. Knows no widget.

Each question is asked in a thread. A newer one takes an older one of the same kind back, so that
no late answer replaces a newer one.
"""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol, TypeVar

from search.archive import Archive, Cancelled, Location
from search.errors import Cancelled as TakenBack
from search.errors import NoIndex, QueryError, Unavailable, Unexpected
from search.model import Head, Hit, Progress, Reading, Results, Sort, Status
from search.wording.counts import counted
from search.wording.errors import in_words

from .asked import Asked, Facet, Ticked
from .faults import REFUSALS, faults_logged
from .updating import Updating

T = TypeVar("T")

SORTS: tuple[Sort, ...] = ("relevance", "date", "title")

_DEBOUNCE = 0.12  # seconds without a keystroke before a search
_BUSY = 0.5  # seconds after which a search is said to be under way
_BETWEEN_LOOKS = 0.1  # seconds between looks at the progress of an update
_FIRST_PAGE = 20  # hits: more than any screen shows
_FURTHER_PAGE = 40  # hits: fewer waits on the way down
_SIMILAR = 20  # hits: beyond them articles have little in common


class View(Protocol):
    """Who is told what became of a question."""

    @property
    def is_there(self) -> bool:
        """Whether there is still anybody to tell: the program may be ending."""

    @property
    def chosen(self) -> Head | None:
        """The article that is chosen in the list."""

    def show_status(self) -> None:
        """`status`, `problem` and with them what is open are others."""

    def show_busy(self) -> None:
        """A search takes its time."""

    def show_results(self, keep: str | None) -> None:
        """There are other `results`; the article with the address `keep` stays chosen."""

    def show_more(self, hits: Sequence[Hit]) -> None:
        """Further hits of the same results."""

    def show_query_error(self, words: str) -> None:
        """The query cannot be read; the results stay."""

    def show_problem(self) -> None:
        """There is a `problem`, and nothing to show."""

    def show_reading(self, reading: Reading) -> None:
        """The article that was to be read."""

    def show_unread(self, head: Head, words: str) -> None:
        """Why an article cannot be read."""

    def show_progress(self, progress: Progress | None) -> None:
        """How far an update is; None when it has ended."""

    def go_to_results(self) -> None:
        """The results that were asked for with Enter are there."""

    def say(self, words: str, *, error: bool = False) -> None:
        """Something to be said for a moment."""


class Task(Protocol):
    """Something under way."""

    def cancel(self) -> object:
        """Take it back."""


Run = Callable[[Coroutine[Any, Any, None], str], Task]
"""Begins something of a kind, and cancels what there is of that kind."""


class SearchSession:
    """Questions to an archive, one after the other, and their answers."""

    def __init__(
        self, archive: Archive, location: Location | None, view: View, run: Run, sort: Sort
    ) -> None:
        self.query = ""
        """What is in the query box."""
        self.ticked = Ticked()
        self.sort = sort
        self.is_open = False
        """Whether the archive has been opened, or could not be."""
        self.status: Status | None = None
        """What the archive holds, as far as is known."""
        self.problem: Unavailable | Unexpected | None = None
        """Why there is nothing to show."""
        self.results: Results | None = None
        self.asked: Asked | None = None
        """What `results` answer; None when they are similar articles."""
        self.similar_to: Head | None = None
        self.archive = archive
        self._location = location
        self._view = view
        self._run = run
        self._asking: Asked | None = None  # what was asked last, answered or not
        self._next_offset: int | None = None
        self._more: Task | None = None  # a further page on its way
        self._looking = asyncio.Lock()  # for news: what one look finds, the next does not
        self._is_watching = True
        self._updating: Updating | None = None

    # What is open

    def open(self) -> None:
        """Open the archive, and search it."""
        self._run(self._open(), "open")

    async def _open(self) -> None:
        try:
            self.status = await self._in_thread(self.archive.status)
        except (Unavailable, Unexpected) as error:
            self.problem = error
        self.is_open = True
        self._view.show_status()
        self.search()
        # What is there by now stays. Looking through it at each full garbage collection would
        # halt the screen for 60 ms, at any keystroke.
        gc.freeze()

    def look_for_news(self) -> None:
        """See whether there is a newer commit, unless one looks already."""
        idle = self.is_open and self._is_watching and not self._updating
        if idle and not self._looking.locked():
            self._run(self._look_for_news(), "news")

    async def _look_for_news(self) -> None:
        before = self.status
        if await self._refreshed() and self.status and self.status != before:
            self._view.say(f"The index has changed: {counted(self.status.articles, 'article')}")

    async def _refreshed(self) -> bool:
        """Go on with what there is now; whether that is anything else than before."""
        async with self._looking:
            before = self.status, str(self.problem)
            had_problem = self.problem is not None
            try:
                status = await self._in_thread(self.archive.refresh)
                if status is None:
                    return False
                self.status, self.problem = status, None
            except (Unavailable, Unexpected) as error:
                self.status, self.problem = None, error
                # A fault would come again with every look.
                self._is_watching = not isinstance(error, Unexpected)
            if (self.status, str(self.problem)) == before:
                return False
        self._view.show_status()
        if had_problem or self.problem or not self.similar_to:
            chosen = self._view.chosen
            self.search(keep=chosen.address if chosen else None)
        return True

    # Searching

    def typed(self, query: str, *, whole: bool) -> bool:
        """Search for what is typed when no more is for a moment; `whole`: its last word ends here.

        Returns whether that is anything else than what was asked before.
        """
        self.query = query
        if self._asking is None or query == self._asking.query:
            return False
        self._search(typing=not whole, delay=_DEBOUNCE)
        return True

    def search(self, *, keep: str | None = None, enter: bool = False) -> None:
        """Search for what is asked now; then, with `enter`, go to the results."""
        self._search(keep=keep, enter=enter)

    @property
    def correction(self) -> str | None:
        """The corrected query, where there is nothing else to do with the results."""
        answered = self.asked is not None and self.asked.query == self.query
        if answered and self.results and not self.results.hits:
            return self.results.suggestion
        return None

    def tick(self, facet: Facet, name: str) -> None:
        """Narrow the results to one value more, or one less."""
        self.ticked = self.ticked.toggled(facet, name)
        self.search()

    def untick_all(self) -> None:
        """Narrow the results to nothing."""
        if self.ticked:
            self.ticked = Ticked()
            self.search()

    def sort_differently(self) -> None:
        """Sort in the next way."""
        self.sort = SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)]
        self.search()

    def similar(self, head: Head) -> None:
        """List what is most like an article."""
        self._run(self._similar(head), "search")

    def back_from_similar(self) -> None:
        """Go back to the results that the article was among."""
        if self.similar_to:
            self.search(keep=self.similar_to.address)

    def _search(
        self,
        *,
        typing: bool = False,
        delay: float = 0.0,
        keep: str | None = None,
        enter: bool = False,
    ) -> None:
        if not self.is_open:
            return  # it searches when it has opened
        asked = Asked(self.query, self.ticked, self.sort, typing)
        self._asking, self.similar_to = asked, None
        self._no_more()
        self._run(self._answer(asked, delay, keep, enter), "search")

    async def _answer(self, asked: Asked, delay: float, keep: str | None, enter: bool) -> None:
        await asyncio.sleep(delay)
        busy = asyncio.get_running_loop().call_later(_BUSY, self._view.show_busy)
        try:
            results = await self._found(asked, _FIRST_PAGE)
        except QueryError as error:
            self._view.show_query_error(in_words(error))
            return
        except (Unavailable, Unexpected) as error:
            self.problem, self.results, self.asked = error, None, None
            self._view.show_problem()
            return
        except TakenBack:
            return
        finally:
            busy.cancel()
        self.problem = None
        self._show(results, asked, keep)
        if enter and results.hits:
            self._view.go_to_results()

    async def _similar(self, head: Head) -> None:
        try:
            results = await self._in_thread(self.archive.similar, head.address, _SIMILAR)
        except TakenBack:
            return
        except REFUSALS as error:
            self._view.say(in_words(error), error=True)
            return
        if not results.hits:
            self._view.say("Nothing similar was found")
            return
        self._no_more()
        self.similar_to = head
        self._show(results, None, None)
        self._view.go_to_results()

    def _show(self, results: Results, asked: Asked | None, keep: str | None) -> None:
        self.results, self.asked = results, asked
        self._next_offset = results.next_offset if asked else None
        self._view.show_results(keep)

    # Further pages

    def more(self) -> None:
        """Get the next page of the results, if there is one and it is not on its way already."""
        if self.asked and self._next_offset is not None and not self._more:
            self._more = self._run(self._next_page(self.asked, self._next_offset), "more")

    def _no_more(self) -> None:
        """What is being shown gives way: its next page is not wanted."""
        if self._more:
            self._more.cancel()
        self._more = self._next_offset = None

    async def _next_page(self, asked: Asked, offset: int) -> None:
        try:
            results = await self._found(asked, _FURTHER_PAGE, offset)
        except REFUSALS:
            self._more = None  # the next time the end is in sight it is tried again
            return
        if asked is self.asked:
            self._more, self._next_offset = None, results.next_offset
            self._view.show_more(results.hits)

    # Reading

    def read(self, head: Head) -> None:
        """Read an article, and find where what was asked matches in it."""
        self._run(self._read(head, self.asked), "read")

    async def _read(self, head: Head, asked: Asked | None) -> None:
        query, typing = (asked.query, asked.typing) if asked else ("", False)
        try:
            reading = await self._in_thread(self.archive.read, head.address, query, typing)
        except TakenBack:
            return
        except REFUSALS as error:
            self._view.show_unread(head, in_words(error))
            return
        self._view.show_reading(reading)

    # Updating

    def update(self) -> None:
        """Bring the index up to date, in the background; make a damaged one anew."""
        if self._updating or not self.is_open:
            return
        if isinstance(self.problem, NoIndex) or (self.status and self.status.samples):
            self._view.say("Nothing is indexed yet: type `depeche index DIR`")
            return
        self._updating = Updating(self._location, rebuild=self.is_mendable)
        self._run(self._follow(self._updating), "update")

    @property
    def is_mendable(self) -> bool:
        """Whether the index cannot be read, and making it anew would help."""
        return isinstance(self.problem, Unavailable) and self.problem.mendable

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
        await self._refreshed()

    def close(self) -> None:
        """Ask nothing more."""
        if self._updating:
            self._updating.stop()
        self.archive.close()

    # Asking

    async def _found(self, asked: Asked, limit: int, offset: int = 0) -> Results:
        """Search in a thread, which is told to give up when this is cancelled."""
        taken_back = threading.Event()
        request = asked.request(limit, offset)
        cancelled: Cancelled = taken_back.is_set
        try:
            return await self._in_thread(self.archive.search, request, cancelled)
        except asyncio.CancelledError:
            taken_back.set()
            raise

    async def _in_thread(self, function: Callable[..., T], *arguments: object) -> T:
        """What `function` returns, called in a thread. Raises nothing but REFUSALS, and
        CancelledError when there is nobody to tell by then."""
        try:
            with faults_logged():
                return await asyncio.to_thread(function, *arguments)
        finally:
            if not self._view.is_there:
                raise asyncio.CancelledError
