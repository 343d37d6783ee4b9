"""Showing: what became of a question, on the widgets of the main screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from textual.content import Content
from textual.screen import Screen

from search.errors import NoIndex, Unavailable
from search.model import Completion, Head, Hit, Progress, Reading, Results
from search.wording.counts import counted
from search.wording.errors import in_words
from search.wording.language import _, figures
from search.wording.notes import notes_line
from search.wording.safe import safe

from ..keymap import Keymap
from ..marking import MUTED, inserted, plain
from ..session.asked import Ticked
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

    def __init__(
        self, screen: Screen[None], keymap: Keymap, go_to_results: Callable[[], None]
    ) -> None:
        self._screen = screen
        self._keymap = keymap
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

    @property
    def place(self) -> str:
        """Where the chosen article is among the results: `3/57`."""
        results, number = self.session.results, self._results.list.number
        if not results or not number:
            return ""
        listed = len(results.hits)
        more = self.session.asked and results.next_offset is not None
        total = max(listed, results.total + results.partial) if more else listed
        return f"{figures(number)}/{figures(total)}"

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
            notice = inserted(
                _("No index yet: {key} adds a folder, or {command}. Try it on the samples."),
                key=plain(self._keymap.key("folders"), "bold $primary"),
                command=plain(_("depeche index DIR"), "bold $accent"),
            )
        self._message.notice(notice)

    def show_busy(self) -> None:
        """See `View.show_busy`."""
        self._screen.query_one(Found).show(_("searching …"))

    def show_results(self, keep: str | None) -> None:
        """See `View.show_results`."""
        results, asked = self.session.results, self.session.asked
        if results is None:
            return
        self._message.error("")
        self._message.note(notes_line(results.notes) or "")
        self._results.list.show(results, keep, asked.ticked if asked else Ticked())
        self._show_facets(results, self.session.ticked if asked else Ticked())
        pane = self._screen.query_one(ArticlePane)
        if not results.hits and not pane.reader.has_focus:  # what one reads stays
            pane.clear()
        self._show_what_it_is()

    def show_news(self) -> None:
        """See `View.show_news`."""
        self._show_heading()

    def remember(self, query: str) -> None:
        """See `View.remember`."""
        self._screen.query_one(QueryBox).remember(query)

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
            key = plain(self._keymap.key("update"), "bold $primary")
            sentences.append(inserted(_("{key} makes it anew."), MUTED, key=key))
        if isinstance(self.session.upkeep.problem, NoIndex):
            key = plain(self._keymap.key("folders"), "bold $primary")
            sentences.append(inserted(_("{key} adds a folder of articles."), MUTED, key=key))
        self._message.error("")
        self._message.note("")
        self._results.list.say(*sentences)
        self._show_facets(_NOTHING, Ticked())
        self._screen.query_one(ArticlePane).clear()
        self._show_what_it_is()

    def show_completion(self, query: str, completion: Completion | None) -> None:
        """See `View.show_completion`."""
        self._screen.query_one(QueryBox).offer(query, completion)

    def show_reading(self, reading: Reading) -> None:
        """See `View.show_reading`."""
        pane = self._screen.query_one(ArticlePane)
        # It may be wanted no more: there may be no results by now.
        if pane.reader.head and pane.reader.head.address == Head.of(reading.article).address:
            pane.show(reading)

    def show_beside(self, head: Head, hits: Sequence[Hit]) -> None:
        """See `View.show_beside`."""
        self._screen.query_one(ArticlePane).show_similar(head, hits)

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

    def _show_facets(self, results: Results, ticked: Ticked) -> None:
        status = self.session.upkeep.status
        months = Months.of(results, status.first, status.last) if status else None
        self._screen.query_one(Chips).show(ticked)
        self._screen.query_one(FacetPane).show(results, ticked)
        self._screen.query_one(FacetStrip).show(results, months, ticked)
        self._screen.query_one(Timeline).show(months, ticked)

    def _show_what_it_is(self) -> None:
        self._show_heading()
        self._show_found()

    def _show_heading(self) -> None:
        session, asked = self.session, self.session.asked
        self._results.show_heading(asked, session.similar_to, session.news)
        is_start = asked is not None and not (asked.query.strip() or asked.ticked)
        recent = self._screen.query_one(QueryBox).history.queries
        self._results.show_start(recent if is_start else None)

    def tell_again(self) -> None:
        """Say all that is on the screen anew, in the language of the moment."""
        self._screen.query_one(QueryBox).speak()
        self._screen.query_one(ArticlePane).speak()
        chosen = self.chosen
        if self.session.results:
            self.show_results(chosen.address if chosen else None)
        else:
            self.show_problem()
        self.show_status()
        for widget in self._screen.query("*"):
            widget.refresh()

    def _show_found(self) -> None:
        """Say beside the query how much was found, and how fast, at length or in short."""
        results = self.session.results
        if results is None:
            ways = [""]
        elif self.session.similar_to:
            ways = [counted(results.total, "similar article", "similar articles")]
        else:
            ways = list(_found(results))
        self._screen.query_one(Found).show(*ways)


def _found(results: Results) -> Iterator[str]:
    """`3 articles, 1 partial · 4 ms`, and shorter."""
    whole = counted(results.total, "article", "articles") if results.total else _("nothing")
    partial = counted(results.partial, "partial", "partial")
    if not results.partial:
        words = whole
    elif results.total or results.apart:
        words = f"{whole}, {partial}"
    else:
        words = whole = partial
    yield f"{words} · {figures(results.elapsed_ms)} ms"
    yield words
    yield whole
    yield figures(results.total or results.partial)
