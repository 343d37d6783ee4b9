"""The main screen: wires the query box, the list, the facets and the reader to the engine."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantFocus, Resize
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from index.article import Article
from search.model import Request, Results, Sort

from .. import outside
from ..keymap import Place, bindings
from ..marking import MUTED, count, day, plain, printable, printable_text
from ..session.engine import BadQuery, Engine, Opened, Stopped, Unusable
from ..session.remote import RemoteEngine
from ..session.updating import Update
from ..state import History, Settings, load_settings, save_settings
from ..themes import opposite
from ..widgets.bars import CommandBar, Found, Heading, MessageLine, TopLine, clickable
from ..widgets.facets import FacetPane, FacetStrip, Ticked
from ..widgets.query_box import QueryBox
from ..widgets.reader import Reader
from ..widgets.results_list import ResultsList
from .help import HelpScreen

T = TypeVar("T")

WIDE = 110
"""Columns from which sources, results and article are side by side."""

_SHORT = 24  # lines below which a row shows one line of its snippet
_DEBOUNCE = 0.12  # seconds without a keystroke before a search
_BUSY = 0.5  # seconds after which a search is said to be under way
_POLL = 2.0  # seconds between looks at the folder of the index
_FIRST_PAGE, _PAGE, _SIMILAR = 20, 40, 20  # hits
_SORTS: tuple[Sort, ...] = ("relevance", "date", "title")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the results on the screen answer, or are to answer."""

    query: str
    ticked: Ticked
    sort: Sort
    typing: bool = False

    def request(self, limit: int, offset: int = 0) -> Request:
        """The question for the engine."""
        return Request(
            self.query,
            sources=self.ticked.sources,
            months=self.ticked.months,
            sort=self.sort,
            typing=self.typing,
            limit=limit,
            offset=offset,
        )


class MainScreen(Screen[None]):
    """One query line, three panes that fold as the terminal narrows."""

    BINDINGS: ClassVar[list[BindingType]] = bindings()
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's way
    AUTO_FOCUS = "QueryBox"

    def __init__(self, engine: Engine | RemoteEngine, query: str = "") -> None:
        super().__init__()
        self.engine = engine
        self.opened: Opened | None = None
        self.results: Results | None = None
        self.asked: Asked | None = None
        """What `results` answer."""
        self._has_more = True  # a reprint counts, but has no place of its own in the list
        self._asking: Asked | None = None  # what was asked last, answered or not
        self.ticked = Ticked()
        self.sort = _known_sort(load_settings().sort)
        self._similar_to: Article | None = None
        self._mode: Place = "results"  # the pane that a narrow terminal shows
        self._update: Update | None = None
        self._first_query = query

    def compose(self) -> ComposeResult:
        yield TopLine("top")
        with Horizontal(id="ask"):
            yield Static("›", id="prompt")
            yield QueryBox(History(), self._first_query)
            yield Found("found")
        with Vertical(id="below-query"):
            yield MessageLine("message")
            yield FacetStrip("strip")
        with Horizontal(id="panes"):
            yield FacetPane("facets")
            with Vertical(id="results-pane"):
                yield Heading("results-heading")
                yield ResultsList("results")
            with Vertical(id="article-pane"):
                yield Heading("article-heading")
                yield Reader("reader")
        yield CommandBar("bar")

    # The widgets

    @property
    def query_box(self) -> QueryBox:
        """Where the query is typed."""
        return self.query_one(QueryBox)

    @property
    def results_list(self) -> ResultsList:
        """The hits."""
        return self.query_one(ResultsList)

    @property
    def reader(self) -> Reader:
        """The article."""
        return self.query_one(Reader)

    @property
    def message(self) -> MessageLine:
        """The line under the query box."""
        return self.query_one(MessageLine)

    @property
    def is_wide(self) -> bool:
        """Whether all panes are side by side."""
        return self.size.width >= WIDE

    async def _in_thread(self, function: Callable[..., T], *arguments: Any) -> T:
        """What `function` returns, called in a thread; cancelled if the screen has gone by then."""
        try:
            return await asyncio.to_thread(function, *arguments)
        finally:
            if not self._is_up:
                raise asyncio.CancelledError

    @property
    def _is_up(self) -> bool:
        """Whether its widgets are there: while the program ends they go before the screen."""
        return bool(self.query(MessageLine))

    # Start

    def on_mount(self) -> None:
        self._arrange()
        self._show_headings()
        self.call_after_refresh(self._start)  # the first paint comes first

    def _start(self) -> None:
        self.run_worker(self._open(), group="open")
        self.set_interval(_POLL, self._poll)

    async def _open(self) -> None:
        self._show_opened(await self._in_thread(self.engine.open))
        self.search(typing=False)
        # What is there by now stays. Looking through it at each full garbage collection would
        # halt the screen for 60 ms, at any keystroke.
        gc.freeze()

    def _show_opened(self, opened: Opened) -> None:
        self.opened = opened
        self.query_one(TopLine).show(opened)
        self._show_notice()

    def _show_notice(self) -> None:
        """Say that these are samples, until something is asked."""
        notice = Content("")
        if self.opened and self.opened.samples and not self.query_box.value:
            notice = Content.assemble(
                plain("No index yet: type "), plain("depeche index DIR", "bold $accent"),
                plain(" to make one. Try it on the samples."),
            )  # fmt: skip
        self.message.notice(notice)

    def _poll(self) -> None:
        if self.opened and not self._update:
            self.run_worker(self._look_for_news(), group="poll", exclusive=True)

    async def _look_for_news(self) -> None:
        opened = await self._in_thread(self.engine.refresh)
        if opened:
            if opened.status:
                self.say(f"The index has changed: {count(opened.status.articles, 'article')}")
            self._reopened(opened)

    def _reopened(self, opened: Opened) -> None:
        """Search the index as it is now, without moving anything."""
        self._show_opened(opened)
        if not self._similar_to:
            chosen = self.results_list.chosen
            self.search(typing=False, keep=chosen.article.id if chosen else None)

    # Searching

    def search(
        self, *, typing: bool, delay: float = 0.0, keep: str | None = None, enter: bool = False
    ) -> None:
        """Search for what is asked now; then, with `enter`, go to the results."""
        if self.opened is None:
            return  # it searches when it has opened
        asked = Asked(self.query_box.value, self.ticked, self.sort, typing)
        self._asking, self._similar_to = asked, None
        self.workers.cancel_group(self, "more")
        self.run_worker(self._search(asked, delay, keep, enter), group="search", exclusive=True)

    async def _search(self, asked: Asked, delay: float, keep: str | None, enter: bool) -> None:
        await asyncio.sleep(delay)
        busy = self.set_timer(_BUSY, lambda: self.query_one(Found).show("searching …"))
        request = asked.request(_FIRST_PAGE)
        try:
            results = await self._ask(request)
        except BadQuery as error:
            self.message.error(str(error))
            self._show_found()
            return
        except Unusable as error:
            self._show_unusable(str(error))
            return
        except Stopped:
            return
        finally:
            busy.stop()
        self._show(results, asked, keep)
        if enter and results.hits:
            self.go("results")

    async def _ask(self, request: Request) -> Results:
        """Search in a thread, which is told to give up when this is cancelled."""
        stopped = threading.Event()
        try:
            return await self._in_thread(self.engine.search, request, stopped.is_set)
        except asyncio.CancelledError:
            stopped.set()
            raise

    def _show(self, results: Results, asked: Asked | None, keep: str | None = None) -> None:
        """Show other results in the place of those on the screen."""
        self.results, self.asked, self._has_more = results, asked, True
        self.message.error("")
        self.results_list.show(results, keep)
        if asked:
            self.query_one(FacetPane).show(results, asked.ticked)
            self.query_one(FacetStrip).show(results, asked.ticked)
        if not results.hits:
            self.reader.show(None)
        self._show_found()
        self._show_headings()

    def _show_unusable(self, words: str) -> None:
        """Say in the list why there is nothing to search."""
        problem = (self.opened.problem if self.opened else "") or words
        sentences = [plain(problem[:1].upper() + problem[1:])]
        if self.opened and self.opened.mendable:
            sentences.append(Content.assemble(plain("Ctrl+R", "bold $primary"),
                                              plain(" makes it anew.", MUTED)))  # fmt: skip
        self.results = self.asked = None
        self.results_list.say(*sentences)
        self.reader.show(None)
        self._show_found()
        self._show_headings()

    def _show_found(self) -> None:
        results = self.results
        if results is None:
            words = ""
        elif self._similar_to:
            words = count(results.total, "similar article")
        else:
            words = count(results.total, "article") if results.total else "nothing"
            if results.partial:
                words = f"{words}, {results.partial:,} partial"
            words += f" · {results.elapsed_ms:,.0f} ms"
        self.query_one(Found).show(words)

    def _show_headings(self) -> None:
        """Say above the panes what they show."""
        heading = self.query_one("#results-heading", Heading)
        if self._similar_to:
            title = plain(self._similar_to.title)
            heading.show(Content.assemble(plain("Similar to ", MUTED), title))
        elif self.asked:
            newest = not self.asked.query.strip() and self.asked.sort != "title"
            order = "newest first" if newest else f"by {self.asked.sort}"
            name = "Results" if self.asked.query.strip() else "Articles"
            heading.show(plain(name, f"bold {MUTED}"), clickable(plain(order, MUTED), "sort"))
        else:
            heading.show(Content(""))
        self._show_match_count()

    # What is typed

    @on(QueryBox.Typed)
    def _typed(self, event: QueryBox.Typed) -> None:
        self._show_notice()
        if self._asking and self.query_box.value != self._asking.query:
            self._set_mode("results")
            self.search(typing=not event.whole, delay=_DEBOUNCE)

    @on(QueryBox.Entered)
    def action_submit(self) -> None:
        """Search at once; or take the correction that is offered."""
        query, results = self.query_box.value, self.results
        answered = self.asked is not None and self.asked.query == query
        if answered and results and not results.hits and results.suggestion:
            self._search_for(results.suggestion)
            return
        self.query_box.remember()
        self._set_mode("results")
        self.search(typing=False, enter=True)

    @on(ResultsList.Suggested)
    def _suggested(self, event: ResultsList.Suggested) -> None:
        self._search_for(event.query)

    def _search_for(self, query: str) -> None:
        self.query_box.put(query)
        self.query_box.remember()
        self.search(typing=False, enter=True)

    # Results

    @on(ResultsList.NearEnd)
    def _load_more(self) -> None:
        results, asked, have = self.results, self.asked, len(self.results_list.hits)
        if self._has_more and results and asked and 0 < have < results.total + results.partial:
            running = any(w.group == "more" and w.is_running for w in self.workers)
            if not running:
                self.run_worker(self._more(asked, have), group="more")

    async def _more(self, asked: Asked, have: int) -> None:
        request = asked.request(_PAGE, have)
        try:
            results = await self._ask(request)
        except (BadQuery, Unusable, Stopped):
            return
        if asked is self.asked:
            self.results_list.extend(results.hits)
            self._has_more = bool(results.hits)

    @on(ResultsList.Chosen)
    def _chosen(self, event: ResultsList.Chosen) -> None:
        if self.is_wide or self._mode == "article":
            self._read(event.hit.article)

    @on(ResultsList.Opened)
    def _opened_hit(self, event: ResultsList.Opened) -> None:
        self._read(event.hit.article)
        if self.asked and self.asked.query.strip():
            self.query_box.remember()
        self.go("article")

    def _read(self, article: Article) -> None:
        """Show an article, and look for its matches."""
        self.reader.show(article)
        self.run_worker(self._mark(article, self.asked), group="mark", exclusive=True)

    async def _mark(self, article: Article, asked: Asked | None) -> None:
        query, typing = (asked.query, asked.typing) if asked else ("", False)
        try:
            title, body = await self._in_thread(
                self.engine.matches, (article.title, article.body), query, typing
            )
        except (BadQuery, Unusable):
            return
        if self.reader.article == article:
            self.reader.mark(title, body)

    # The article

    @on(Reader.Moved)
    def _show_match_count(self) -> None:
        reader = self.reader
        right = Content("")
        if reader.total:
            at = f"{reader.at}/" if reader.at else ""
            words = f"match {at}{reader.total}" if at else count(reader.total, "match", "matches")
            right = clickable(plain(words, "$accent"), "next_match")
        left = Content("")
        if reader.article:
            when = f" · {day(reader.article.date)}" if reader.article.date else ""
            left = plain(reader.article.source + when, f"bold {MUTED}")
        self.query_one("#article-heading", Heading).show(left, right)

    @property
    def article(self) -> Article | None:
        """The article that the commands are about."""
        chosen = self.results_list.chosen
        if self._mode == "article" or self.is_wide:
            return self.reader.article or (chosen.article if chosen else None)
        return chosen.article if chosen else None

    def action_read(self) -> None:
        """Go to the text of the chosen article."""
        self.results_list.action_select()

    def action_next_match(self, step: int = 1) -> None:
        """Go to the next match; open the article first where it is not in sight."""
        if not self.is_wide and self._mode != "article":
            self.action_read()
        else:
            self.reader.go_to_match(step)

    def action_previous_match(self) -> None:
        """Go to the match before."""
        self.action_next_match(-1)

    def action_similar(self) -> None:
        """List what is most like the article."""
        if article := self.article:
            self.run_worker(self._similar(article), group="search", exclusive=True)

    async def _similar(self, article: Article) -> None:
        try:
            results = await self._in_thread(self.engine.similar, article.id, _SIMILAR)
        except Unusable as error:
            self.say(str(error), error=True)
            return
        if not results.hits:
            self.say("Nothing similar was found")
            return
        self._similar_to = article
        self._show(results, None)
        self.go("results")

    def action_edit(self) -> None:
        """Open the file of the article in the editor."""
        if not self.article:
            return
        try:
            command = outside.editor_command(self.article.path)
            self._lend_terminal(lambda: outside.edit(command))
        except SuspendNotSupported:
            self.say("This terminal cannot be lent to an editor", error=True)
        except outside.NoProgram as error:
            self.say(str(error), error=True)

    def _lend_terminal(self, run: Callable[[], None]) -> None:
        """Let another program have the terminal. Raises NoProgram, SuspendNotSupported."""
        failed: outside.NoProgram | None = None
        with self.app.suspend():
            try:
                run()
            except outside.NoProgram as error:
                failed = error  # raised in here, it would leave the screen blank for good
        if failed:
            raise failed

    def action_browse(self) -> None:
        """Open the address of the article in the browser."""
        if not self.article:
            return
        url = self.article.url
        if not outside.is_web_address(url):
            self.say("This article has no web address")
            return
        try:
            if outside.browser_needs_terminal():
                self._lend_terminal(lambda: outside.browse(url))
            else:
                self.run_worker(self._browse(url), group="browse")
        except (outside.NoProgram, SuspendNotSupported):
            self.app.copy_to_clipboard(url)
            self.say(f"No browser was found. Copied: {url}")

    async def _browse(self, url: str) -> None:
        try:
            await self._in_thread(outside.browse, url)
            self.say(f"Opened {url}")
        except outside.NoProgram as error:
            self.say(str(error), error=True)

    def action_copy_path(self) -> None:
        """Put the path of the article on the clipboard."""
        if self.article:
            self.app.copy_to_clipboard(printable(self.article.path))
            self.say(f"Copied {self.article.path}")

    def action_copy_article(self) -> None:
        """Put the title and the text of the article on the clipboard."""
        if article := self.article:
            text = article.body if article.title_is_lead else f"{article.title}\n\n{article.body}"
            self.app.copy_to_clipboard(printable_text(text))
            self.say(f"Copied {count(len(text.split()), 'word')}")

    # Narrowing and sorting

    @on(FacetPane.Toggled)
    def _toggled(self, event: FacetPane.Toggled) -> None:
        self.ticked = self.ticked.toggled(event.kind, event.name)
        self.search(typing=False)

    def action_clear_facets(self) -> None:
        """Show all sources and months again."""
        if self.ticked:
            self.ticked = Ticked()
            self.search(typing=False)

    def action_sort(self) -> None:
        """Sort in the next way."""
        self.sort = _SORTS[(_SORTS.index(self.sort) + 1) % len(_SORTS)]
        save_settings(Settings(theme=self.app.theme, sort=self.sort))
        self.search(typing=False)

    # Updating

    def action_update(self) -> None:
        """Bring the index up to date, in the background."""
        if self._update or self.opened is None:
            return
        if self.opened.samples or self.opened.missing:
            self.say("Nothing is indexed yet: type `depeche index DIR`")
            return
        self._update = Update(self.engine, rebuild=self.opened.mendable)
        self.run_worker(self._follow(self._update), group="update")

    async def _follow(self, update: Update) -> None:
        """Show the progress of an update, and in the end what has changed."""
        update.start()
        while not update.ended and self._is_up:
            self.message.progress(update.progress)
            await asyncio.sleep(0.1)
        if not self._is_up:
            return
        self.message.end_progress()
        self._update = None
        self.say(update.outcome, error=update.failed)
        if opened := await self._in_thread(self.engine.refresh):
            self._reopened(opened)

    # Going from place to place

    def go(self, place: Place) -> None:
        """Give the keyboard to a part of the screen, and show it where it was folded away."""
        if place != "query":
            self._set_mode(place)
        self.set_focus(self._widget(place))

    def _widget(self, place: Place) -> Widget:
        widgets: dict[Place, type[Widget]] = {
            "query": QueryBox,
            "results": ResultsList,
            "article": Reader,
            "facets": FacetPane,
        }
        return self.query_one(widgets[place])

    def _set_mode(self, mode: Place) -> None:
        self._mode = mode
        self._arrange()

    def _arrange(self) -> None:
        """Show all panes, or the one that a narrow terminal has room for."""
        wide = self.is_wide
        self.query_one(FacetPane).display = wide or self._mode == "facets"
        self.query_one("#results-pane").display = wide or self._mode == "results"
        self.query_one("#article-pane").display = wide or self._mode == "article"
        self.query_one(FacetStrip).display = not wide
        self.results_list.set_density(1 if self.size.height < _SHORT else 2)

    def on_resize(self, event: Resize) -> None:
        for place in ("results", "article", "facets"):
            if self.focused is self._widget(place):
                self._mode = place
        self._arrange()
        chosen = self.results_list.chosen
        if self.is_wide and chosen and not self.reader.article:
            self._read(chosen.article)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        for place in ("query", "results", "article", "facets"):
            if event.widget is self._widget(place):
                self.query_one(CommandBar).show(place)

    @on(QueryBox.Left)
    def action_focus_results(self) -> None:
        """Go from the query into the list."""
        if self.results_list.option_count:
            self.go("results")

    def action_focus_query(self) -> None:
        """Go to the query box; what is typed there takes the place of the query."""
        self.go("query")
        self.query_box.select_all()

    @on(ResultsList.LeftAbove)
    def _left_above(self) -> None:
        self.go("query")

    @on(FacetStrip.Opened)
    def action_facets(self) -> None:
        """Go to the sources and months; from there, back to the results."""
        self.go("results" if self.focused is self._widget("facets") else "facets")

    def action_history(self) -> None:
        """Show the query before this one."""
        self.go("query")
        self.query_box.action_older()

    def action_tick(self) -> None:
        """Tick the highlighted value."""
        self.query_one(FacetPane).action_select()

    def action_back(self) -> None:
        """From the article to the list, from the list to the query, from there to an empty one."""
        if self.focused in (self._widget("article"), self._widget("facets")):
            self.go("results")
        elif self._similar_to:
            self.search(typing=False, keep=self._similar_to.id)
        elif self.focused is self.query_box:
            if self._mode != "results":
                self._set_mode("results")
            else:
                self.query_box.put("")
        else:
            self.go("query")

    def action_help(self) -> None:
        """Show the help."""
        self.app.push_screen(HelpScreen())

    def action_toggle_theme(self) -> None:
        """Change between the light and the dark theme."""
        self.app.theme = opposite(self.app.theme)

    def say(self, words: str, *, error: bool = False) -> None:
        """Say something for a moment. Words are shown as they are, whatever is in them."""
        severity = "error" if error else "information"
        self.app.notify(printable(words), severity=severity, markup=False, timeout=4)  # type: ignore[arg-type]

    def on_unmount(self) -> None:
        if self._update:
            self._update.stop()


def _known_sort(name: str) -> Sort:
    return next((sort for sort in _SORTS if sort == name), "relevance")
