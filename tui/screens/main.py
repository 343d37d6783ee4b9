"""The main screen: wires keys and widgets to the search session."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus, Resize
from textual.screen import Screen
from textual.widgets import Static

from search.archive import Archive, Location
from search.model import Head, Sort
from search.wording.language import _

from ..keymap import Place, bindings
from ..session.search_session import SORTS, SearchSession
from ..state import History, load_settings, save_settings
from ..themes import opposite
from ..widgets.article_pane import ArticlePane
from ..widgets.bars import CommandBar, Found, MessageLine, TopLine
from ..widgets.chips import Chips
from ..widgets.facet_strip import FacetStrip
from ..widgets.facets import FacetPane
from ..widgets.query_box import QueryBox
from ..widgets.reader import Reader
from ..widgets.results_list import ResultsList
from ..widgets.results_pane import ResultsPane
from ..widgets.timeline import Timeline
from .article_actions import ArticleActions
from .help import HelpScreen
from .panes import TALL, WIDE, Panes
from .showing import Showing

_BETWEEN_LOOKS = 2.0  # seconds between looks for a newer commit


class MainScreen(Screen[None]):
    """One query line, three panes that fold as the terminal narrows."""

    BINDINGS: ClassVar[list[BindingType]] = bindings()
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's way
    VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = "QueryBox"

    def __init__(self, archive: Archive, location: Location | None, query: str = "") -> None:
        super().__init__()
        self.showing = Showing(self, lambda: self.go("results"))
        self.session = self.showing.session = SearchSession(
            archive,
            location,
            self.showing,
            lambda work, kind: self.run_worker(work, group=kind, exclusive=True),
            _known_sort(load_settings().sort),
        )
        self.session.query = query
        self.panes = Panes(self)

    def compose(self) -> ComposeResult:
        yield TopLine("top")
        with Horizontal(id="ask"):
            yield Static("›", id="prompt")
            yield QueryBox(History(), self.session.query)
            yield Found("found")
        yield Chips("chips")
        with Vertical(id="below-query"):
            yield MessageLine("message")
            yield FacetStrip("strip")
        yield Timeline("timeline")
        with Horizontal(id="panes"):
            yield FacetPane("facets")
            yield ResultsPane(id="results-pane")
            yield ArticlePane(id="article-pane")
        yield CommandBar("bar")

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

    def on_mount(self) -> None:
        self.panes.fold()
        self.call_after_refresh(self._start)  # the first paint comes first

    def _start(self) -> None:
        self.session.upkeep.open()
        self.set_interval(_BETWEEN_LOOKS, self.session.upkeep.look_for_news)

    def on_unmount(self) -> None:
        self.session.upkeep.close()

    # The query

    @on(QueryBox.Typed)
    def _typed(self, event: QueryBox.Typed) -> None:
        if self.session.typed(self.query_box.value, whole=event.whole):
            self.panes.unfold("results")
        if not event.whole:
            self.session.complete(self.query_box.value)
        self.showing.show_notice()

    @on(QueryBox.Entered)
    def action_submit(self) -> None:
        """Search at once; or take the correction that is offered."""
        self.session.query = self.query_box.value
        if correction := self.session.correction:
            self._search_for(correction)
            return
        self.query_box.remember()
        self.panes.unfold("results")
        self.session.search(enter=True)

    @on(ResultsList.Suggested)
    def _suggested(self, event: ResultsList.Suggested) -> None:
        self._search_for(event.query)

    def _search_for(self, query: str) -> None:
        self.query_box.put(query)
        self.query_box.remember()
        self.session.query = query
        self.session.search(enter=True)

    def action_history(self) -> None:
        """Show the query before this one."""
        self.go("query")
        self.query_box.action_older()

    # The results

    @on(ResultsList.NearEnd)
    def _near_end(self) -> None:
        self.session.more()

    @on(ResultsList.Chosen)
    def _chosen(self, event: ResultsList.Chosen) -> None:
        if self.panes.shows("article"):
            self._read(event.hit.head)

    @on(ResultsList.Opened)
    def _opened(self, event: ResultsList.Opened) -> None:
        self._read(event.hit.head)
        if self.session.query.strip():
            self.query_box.remember()
        self.go("article")

    def _read(self, head: Head) -> None:
        self.reader.expect(head, at_once=not self.panes.shows("article"))
        self.session.read(head)

    # Narrowing

    @on(FacetPane.Toggled)
    @on(Timeline.Toggled)
    @on(Chips.Removed)
    def _toggled(self, event: FacetPane.Toggled | Timeline.Toggled | Chips.Removed) -> None:
        self.session.tick(event.tick)

    @on(FacetPane.Inverted)
    def _inverted(self, event: FacetPane.Inverted) -> None:
        self.session.invert(event.facet)

    @on(QueryBox.Widened)
    def _widened(self) -> None:
        if self.session.ticked:
            self.session.tick(self.session.ticked.ticks[-1])

    @on(Timeline.Left)
    def _left_timeline(self, event: Timeline.Left) -> None:
        self.go("query" if event.upwards else "facets")

    @on(FacetPane.LeftAbove)
    def _left_facets(self) -> None:
        self.go("timeline" if self.query_one(Timeline).has_dates else "query")

    def action_tick(self) -> None:
        """Tick the highlighted value."""
        self.query_one(FacetPane).action_select()

    def action_clear_facets(self) -> None:
        """Show everything again."""
        self.session.untick_all()

    def action_sort(self) -> None:
        """Sort in the next way."""
        self.session.sort_differently()
        save_settings(sort=self.session.sort)

    def action_update(self) -> None:
        """Bring the index up to date, in the background."""
        self.session.upkeep.update()

    # The article

    @property
    def head(self) -> Head | None:
        """The article that the commands are about."""
        chosen = self.showing.chosen
        if self.panes.shows("article"):
            return self.reader.head or chosen
        return chosen

    @property
    def _actions(self) -> ArticleActions:
        return ArticleActions(self.app, self.session.archive, self.showing)

    def action_read(self) -> None:
        """Go to the text of the chosen article."""
        self.results_list.action_select()

    def action_next_match(self, step: int = 1) -> None:
        """Go to the next match; open the article first where it is not in sight."""
        if not self.panes.shows("article"):
            self.action_read()
        else:
            self.reader.go_to_match(step)

    def action_previous_match(self) -> None:
        """Go to the match before."""
        self.action_next_match(-1)

    def action_similar(self) -> None:
        """List what is most like the article."""
        if self.head:
            self.session.similar(self.head)

    def action_edit(self) -> None:
        """Open the file of the article in the editor."""
        if self.head:
            self._actions.edit(self.head)

    def action_browse(self) -> None:
        """Open the address of the article in the browser."""
        if self.head:
            self.run_worker(self._actions.browse(self.head), group="browse")

    def action_copy_path(self) -> None:
        """Put the path of the article on the clipboard."""
        if self.head:
            self._actions.copy_path(self.head)

    def action_copy_article(self) -> None:
        """Put the title and the text of the article on the clipboard."""
        if self.head:
            self.run_worker(self._actions.copy_text(self.head), group="copy")

    # Going from place to place

    def go(self, place: Place) -> None:
        """Give the keyboard to a part of the screen, and show it where it was folded away."""
        self.panes.go(place)

    def on_resize(self, event: Resize) -> None:
        self.panes.fold()
        chosen = self.showing.chosen
        if self.panes.is_wide and chosen and not self.reader.head:
            self._read(chosen)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        if place := self.panes.keyboard:
            self.query_one(CommandBar).show(place)

    @on(QueryBox.Left)
    def action_focus_results(self) -> None:
        """Go from the query into the list."""
        if self.results_list.option_count:
            self.go("results")

    @on(ResultsList.LeftAbove)
    def _left_above(self) -> None:
        self.go("query")

    def action_focus_query(self) -> None:
        """Go to the query box; what is typed there takes the place of the query."""
        self.go("query")
        self.query_box.select_all()

    @on(FacetStrip.Opened)
    def _opened_strip(self, event: FacetStrip.Opened) -> None:
        self.go("timeline" if event.timeline else "facets")

    def action_facets(self) -> None:
        """Go to the sources and authors; from there, back to the results."""
        self.go("results" if self.panes.keyboard == "facets" else "facets")

    def action_timeline(self) -> None:
        """Go to the timeline; from there, back to the results."""
        if self.panes.keyboard == "timeline":
            self.go("results")
        elif self.query_one(Timeline).has_dates:
            self.go("timeline")
        else:
            self.showing.say(_("No article here has a date"))

    def action_move_in_time(self) -> None:
        """Choose the bar of the timeline before this one."""
        self.query_one(Timeline).action_move(-1)

    def action_extend_in_time(self) -> None:
        """Choose the one before as well."""
        self.query_one(Timeline).action_extend(-1)

    def action_narrow_in_time(self) -> None:
        """Narrow the results to the bars that are chosen."""
        self.query_one(Timeline).action_narrow()

    def action_zoom(self) -> None:
        """Show finer bars."""
        self.query_one(Timeline).action_zoom(1)

    def action_undated(self) -> None:
        """Tick the articles without a date."""
        self.query_one(Timeline).action_undated()

    def action_invert(self) -> None:
        """Mean all but what is ticked of the facet that was ticked last."""
        if self.session.ticked:
            self.session.invert(self.session.ticked.ticks[-1].facet)

    def action_back(self) -> None:
        """From the article to the list, from the list to the query, from there to an empty one."""
        if self.panes.keyboard in ("article", "facets", "timeline"):
            self.go("results")
        elif self.session.similar_to:
            self.session.back_from_similar()
        elif self.panes.keyboard != "query":
            self.go("query")
        elif not self.panes.shows("results"):
            self.panes.unfold("results")
        else:
            self.query_box.put("")

    def action_help(self) -> None:
        """Show the help."""
        self.app.push_screen(HelpScreen())

    def action_toggle_theme(self) -> None:
        """Change between the light and the dark theme."""
        self.app.theme = opposite(self.app.theme)


def _known_sort(name: str) -> Sort:
    return next((sort for sort in SORTS if sort == name), "relevance")
