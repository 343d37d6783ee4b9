"""Showing: what became of a question, on the widgets of the main screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.screen import Screen

from search.errors import Unavailable
from search.model import Completion, Head, Hit, Progress, Reading, Results
from search.wording.counts import counted
from search.wording.errors import in_words
from search.wording.notes import notes_line
from search.wording.safe import safe

from ..marking import MUTED, plain
from ..session.search_session import SearchSession
from ..widgets.article_pane import ArticlePane
from ..widgets.bars import Found, MessageLine, TopLine
from ..widgets.bins import Months
from ..widgets.chips import Chips
from ..widgets.facet_strip import FacetStrip
from ..widgets.facets import FacetPane
from ..widgets.query_box import QueryBox
from ..widgets.results_pane import ResultsPane
from ..widgets.timeline import Timeline

_NOTHING = Results(query="", total=0, partial=0, hits=())
_LONG_ENOUGH = 4.0  # seconds that a few words are on the screen


class Showing:
    """Puts what a session has to say on a screen: a `View`."""

    def __init__(self, screen: Screen[None], go_to_results: Callable[[], None]) -> None:
        self._screen = screen
        self.go_to_results = go_to_results
        """See `View.go_to_results`."""
        self.session: SearchSession

    @property
    def _results(self) -> ResultsPane:
        return self._screen.query_one(ResultsPane)

    @property
    def _message(self) -> MessageLine:
        return self._screen.query_one(MessageLine)

    @property
    def is_there(self) -> bool:
        """Whether the widgets are: while the program ends they go before the screen."""
        return bool(self._screen.query(MessageLine))

    @property
    def chosen(self) -> Head | None:
        """See `View.chosen`."""
        hit = self._results.list.chosen
        return hit.head if hit else None

    def show_status(self) -> None:
        """See `View.show_status`."""
        upkeep = self.session.upkeep
        is_missing = isinstance(upkeep.problem, Unavailable)
        self._screen.query_one(TopLine).show(upkeep.status, is_missing=is_missing)
        self.show_notice()

    def show_notice(self) -> None:
        """Say that these are samples, until something is asked."""
        notice = Content("")
        if (
            self.session.upkeep.status
            and self.session.upkeep.status.samples
            and not self.session.query
        ):
            notice = Content.assemble(
                plain("No index yet: type "), plain("depeche index DIR", "bold $accent"),
                plain(" to make one. Try it on the samples."),
            )  # fmt: skip
        self._message.notice(notice)

    def show_busy(self) -> None:
        """See `View.show_busy`."""
        self._screen.query_one(Found).show("searching …")

    def show_results(self, keep: str | None) -> None:
        """See `View.show_results`."""
        results, asked = self.session.results, self.session.asked
        if results is None:
            return
        self._message.error("")
        self._message.note(notes_line(results.notes) or "")
        self._results.list.show(results, keep)
        if asked:
            self._show_facets(results)
        if not results.hits:
            self._screen.query_one(ArticlePane).reader.clear()
        self._show_what_it_is()

    def show_more(self, hits: Sequence[Hit]) -> None:
        """See `View.show_more`."""
        self._results.list.extend(hits)

    def show_query_error(self, words: str) -> None:
        """See `View.show_query_error`."""
        self._message.error(words)
        if self.session.results is None:
            self._results.list.say()  # what it said before holds no more
        self._show_found()

    def show_problem(self) -> None:
        """Say in the list why there is nothing to show."""
        if self.session.upkeep.problem is None:
            return
        words = in_words(self.session.upkeep.problem)
        sentences = [plain(words[:1].upper() + words[1:])]
        if self.session.upkeep.is_mendable:
            sentences.append(Content.assemble(plain("Ctrl+R", "bold $primary"),
                                              plain(" makes it anew.", MUTED)))  # fmt: skip
        self._message.error("")
        self._message.note("")
        self._results.list.say(*sentences)
        self._show_facets(_NOTHING)
        self._screen.query_one(ArticlePane).reader.clear()
        self._show_what_it_is()

    def show_completion(self, query: str, completion: Completion | None) -> None:
        """See `View.show_completion`."""
        self._screen.query_one(QueryBox).offer(query, completion)

    def show_reading(self, reading: Reading) -> None:
        """See `View.show_reading`."""
        reader = self._screen.query_one(ArticlePane).reader
        # It may be wanted no more: there may be no results by now.
        if reader.head and reader.head.address == Head.of(reading.article).address:
            reader.show(reading)

    def show_unread(self, head: Head, words: str) -> None:
        """See `View.show_unread`."""
        reader = self._screen.query_one(ArticlePane).reader
        if reader.head == head:
            reader.show_unread(head, words)

    def show_progress(self, progress: Progress | None) -> None:
        """See `View.show_progress`."""
        self._message.progress(progress)

    def say(self, words: str, *, error: bool = False) -> None:
        """See `View.say`. Words are shown as they are, whatever is in them."""
        severity = "error" if error else "information"
        self._screen.app.notify(
            safe(words),
            severity=severity,  # type: ignore[arg-type]
            markup=False,
            timeout=_LONG_ENOUGH,
        )

    def _show_facets(self, results: Results) -> None:
        ticked, status = self.session.ticked, self.session.upkeep.status
        months = Months.of(results, status.first, status.last) if status else None
        self._screen.query_one(Chips).show(ticked)
        self._screen.query_one(FacetPane).show(results, ticked)
        self._screen.query_one(FacetStrip).show(results, months, ticked)
        self._screen.query_one(Timeline).show(months, ticked)

    def _show_what_it_is(self) -> None:
        self._results.show_heading(self.session.asked, self.session.similar_to)
        self._show_found()

    def _show_found(self) -> None:
        """Say beside the query how much was found, and how fast."""
        results = self.session.results
        if results is None:
            words = ""
        elif self.session.similar_to:
            words = counted(results.total, "similar article")
        else:
            words = counted(results.total, "article") if results.total else "nothing"
            if results.partial and not (results.total or results.apart):
                words = f"{results.partial:,} partial"
            elif results.partial:
                words = f"{words}, {results.partial:,} partial"
            words += f" · {results.elapsed_ms:,.0f} ms"
        self._screen.query_one(Found).show(words)
