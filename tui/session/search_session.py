"""The search session: what is asked, when, and what became of it. Knows no widget.

Each question is asked in a thread. A newer one takes an older one of the same kind back, so that
no late answer replaces a newer one.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from functools import partial

from search.archive import Archive, Location
from search.errors import Cancelled as TakenBack
from search.errors import QueryError, Unavailable, Unexpected
from search.model import FacetName, Head, Results, Sort
from search.wording.errors import in_words
from search.wording.language import _

from .asked import Asked, Tick, Ticked
from .asking import found_in_thread, in_thread
from .faults import REFUSALS
from .upkeep import Upkeep
from .view import Run, Task, View

SORTS: tuple[Sort, ...] = ("relevance", "date", "title")

_DEBOUNCE = 0.12  # seconds without a keystroke before a search
_BUSY = 0.5  # seconds after which a search is said to be under way
_FIRST_PAGE = 20  # hits: more than any screen shows
_FURTHER_PAGE = 40  # hits: fewer waits on the way down
_SIMILAR = 20  # hits: beyond them articles have little in common
_BESIDE = 6  # articles that are named beside one that they are like
_PASSING = 0.4  # seconds after which one is taken to read an article, not to pass it
_COMPARED = 100  # hits in which to look for what has come; beyond them the total tells
_DEEPEST = 400  # hits that are asked for anew at once, however far one has scrolled


@dataclass(frozen=True, slots=True)
class _Place:
    """A list that one has left for similar articles, and comes back to."""

    results: Results
    asked: Asked | None
    similar_to: Head | None
    next_offset: int | None


class SearchSession:
    """Questions to an archive, one after the other, and their answers."""

    def __init__(self, archive: Archive, location: Location | None, view: View, run: Run) -> None:
        self.query = ""
        """What is in the query box."""
        self.ticked = Ticked()
        self.sort: Sort = "relevance"
        """Until the program ends: who chose another order last week has forgotten it."""
        self.results: Results | None = None
        """What is on the screen, with the hits of all pages so far."""
        self.news = 0
        """Articles that have come since, and would be among them."""
        self.asked: Asked | None = None
        """What `results` answer; None when they are similar articles."""
        self.similar_to: Head | None = None
        self.archive = archive
        self.upkeep = Upkeep(archive, location, view, run, self._reopened)
        self._view = view
        self._run = run
        self._asking: Asked | None = None  # what was asked last, answered or not
        self._next_offset: int | None = None
        self._more: Task | None = None  # a further page on its way
        self._places: list[_Place] = []  # to come back to
        self._among_samples = False

    # When the index is another

    def _reopened(self, wanted: bool) -> None:
        """There is something else to search. What is on the screen stays, unless that is `wanted`:
        who reads is not to be interrupted by whatever arrives.
        """
        self._view.show_status()
        if wanted or self.upkeep.problem or self._is_nothing_to_keep:
            self.refresh()
        elif self.asked:
            self._run(partial(self._count_news, self.asked), "news of results")

    @property
    def _is_nothing_to_keep(self) -> bool:
        samples = bool(self.upkeep.status and self.upkeep.status.samples)
        return not (self.results and self.results.hits) or samples != self._among_samples

    def refresh(self) -> None:
        """Ask again what is asked, and stay at the same article."""
        if self.similar_to and not self.upkeep.problem:
            return
        chosen, shown = self._view.chosen, len(self.results.hits) if self.results else 0
        self._search(
            keep=chosen.address if chosen else None,
            limit=min(max(shown, _FIRST_PAGE), _DEEPEST),
        )

    async def _count_news(self, asked: Asked) -> None:
        """How many articles there are that were not there when what is shown was asked."""
        shown = len(self.results.hits) if self.results else 0
        request = asked.request(min(max(shown, _FIRST_PAGE), _COMPARED))
        try:
            results = await found_in_thread(self._view, self.archive, request)
        except REFUSALS:
            return  # the next search will say what is wrong
        if asked is self.asked and self.results:
            known = {hit.head.address for hit in self.results.hits}
            in_sight = sum(hit.head.address not in known for hit in results.hits)
            more = results.total + results.partial - self.results.total - self.results.partial
            self.news = max(more, in_sight)
            self._view.show_news()

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

    def tick(self, tick: Tick) -> None:
        """Narrow the results to one value more, or one less."""
        self.ticked = self.ticked.toggled(tick)
        self.search()

    def invert(self, facet: FacetName) -> None:
        """Narrow the results to all of a facet but what is meant of it now."""
        self.ticked = self.ticked.inverted(facet)
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
        self._run(partial(self._similar, head), "search")

    def look_beside(self, head: Head) -> None:
        """Find some that are like an article, to stand beside it."""
        self._run(partial(self._look_beside, head), "beside")

    async def _look_beside(self, head: Head) -> None:
        await asyncio.sleep(_PASSING)
        try:
            results = await in_thread(self._view, self.archive.similar, head.address, _BESIDE)
        except REFUSALS:
            return  # nobody has asked for them
        self._view.show_beside(head, results.hits)

    def back_from_similar(self) -> None:
        """Go back to the list that the article was in, as it was."""
        if not self.similar_to:
            return
        article = self.similar_to.address
        if not self._places:
            self.search(keep=article)
            return
        place = self._places.pop()
        self.similar_to = place.similar_to
        self._show(place.results, place.asked, article, place.next_offset)

    def _search(
        self,
        *,
        typing: bool = False,
        delay: float = 0.0,
        keep: str | None = None,
        enter: bool = False,
        limit: int = _FIRST_PAGE,
    ) -> None:
        if not self.upkeep.is_open:
            return  # it searches when it has opened
        asked = Asked(self.query, self.ticked, self.sort, typing)
        self._asking, self.similar_to = asked, None
        self._places.clear()
        self._no_more()
        self._run(partial(self._answer, asked, delay, keep, enter, limit), "search")

    async def _answer(
        self, asked: Asked, delay: float, keep: str | None, enter: bool, limit: int
    ) -> None:
        await asyncio.sleep(delay)
        busy = asyncio.get_running_loop().call_later(_BUSY, self._view.show_busy)
        try:
            results = await found_in_thread(self._view, self.archive, asked.request(limit))
        except QueryError as error:
            self.upkeep.problem = None  # it is the query, and not the archive
            self._view.show_query_error(str(error))  # right below it: no need to say of what
            return
        except (Unavailable, Unexpected) as error:
            self.upkeep.problem, self.results, self.asked = error, None, None
            self._view.show_problem()
            return
        except TakenBack:
            return
        finally:
            busy.cancel()
        self.upkeep.problem = None
        self._show(results, asked, keep, results.next_offset)
        if enter:
            self._view.remember(asked.query)
        if enter and results.hits:
            self._view.go_to_results()

    async def _similar(self, head: Head) -> None:
        try:
            results = await in_thread(self._view, self.archive.similar, head.address, _SIMILAR)
        except TakenBack:
            return
        except REFUSALS as error:
            self._view.say(in_words(error), error=True)
            return
        if not results.hits:
            self._view.say(_("Nothing similar was found"))
            return
        self._no_more()
        if self.results:
            place = _Place(self.results, self.asked, self.similar_to, self._next_offset)
            self._places.append(place)
        self.similar_to = head
        self._show(results, None, None, None)
        self._view.go_to_results()

    def _show(
        self, results: Results, asked: Asked | None, keep: str | None, next_offset: int | None
    ) -> None:
        self.results, self.asked, self._next_offset = results, asked, next_offset
        self.news = 0
        self._among_samples = bool(self.upkeep.status and self.upkeep.status.samples)
        self._view.show_results(keep)

    # Completing

    def complete(self, query: str) -> None:
        """Say how a query that is being typed may go on."""
        if self.upkeep.is_open and query.strip():
            self._run(partial(self._complete, query), "complete")

    async def _complete(self, query: str) -> None:
        try:
            completion = await in_thread(self._view, self.archive.complete, query)
        except REFUSALS:
            return  # the search that follows will say what is wrong
        self._view.show_completion(query, completion)

    # Further pages

    def more(self) -> None:
        """Get the next page of the results, if there is one and it is not on its way already."""
        if self.asked and self._next_offset is not None and not self._more:
            self._more = self._run(partial(self._next_page, self.asked, self._next_offset), "more")

    def _no_more(self) -> None:
        """The next page is not wanted: what is shown is about to give way."""
        if self._more:
            self._more.cancel()
        self._more = None

    async def _next_page(self, asked: Asked, offset: int) -> None:
        try:
            request = asked.request(_FURTHER_PAGE, offset)
            results = await found_in_thread(self._view, self.archive, request)
        except REFUSALS:
            self._more = None  # the next time the end is in sight it is tried again
            return
        if asked is self.asked and self.results:
            self._more, self._next_offset = None, results.next_offset
            self.results = replace(
                self.results,
                hits=(*self.results.hits, *results.hits),
                next_offset=results.next_offset,
            )
            self._view.show_more(results.hits)

    # Reading

    def read(self, head: Head) -> None:
        """Read an article, and find where what was asked matches in it."""
        self._run(partial(self._read, head, self.asked), "read")

    async def _read(self, head: Head, asked: Asked | None) -> None:
        query, typing = (asked.query, asked.typing) if asked else ("", False)
        try:
            reading = await in_thread(self._view, self.archive.read, head.address, query, typing)
        except TakenBack:
            return
        except REFUSALS as error:
            self._view.show_unread(head, in_words(error))
            return
        self._view.show_reading(reading)
