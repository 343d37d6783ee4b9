"""The main screen: wires keys and widgets to the search session."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus, Resize
from textual.widgets import Static
from textual.worker import Worker

from search.archive import Archive, Location
from search.wording.language import _, language, use

from ..keymap import Keymap, Place
from ..session.search_session import SearchSession
from ..state import History, chosen_width, save_settings
from ..themes import opposite
from ..widgets.article_pane import ArticlePane
from ..widgets.bars import CommandBar, Found, MessageLine, TopLine
from ..widgets.chips import Chips
from ..widgets.facet_strip import FacetStrip
from ..widgets.facets import FacetPane
from ..widgets.query_box import QueryBox
from ..widgets.results_list import ResultsList
from ..widgets.results_pane import ResultsPane
from ..widgets.start_panel import StartPanel
from ..widgets.timeline import Timeline
from .article_commands import ArticleCommands
from .moving import Moving
from .narrowing import Narrowing
from .panes import TALL, VERY_WIDE, WIDE, Panes
from .showing import Showing

_BETWEEN_LOOKS = 2.0  # seconds between looks for a newer commit


if TYPE_CHECKING:
    from ..session.exporting import Wanted
    from .folders import FolderChange  # the screens above this one: when they are asked for


class MainScreen(ArticleCommands, Narrowing, Moving):
    """One query line, three panes that fold as the terminal narrows."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide"), (VERY_WIDE, "-very-wide")]  # noqa: RUF012 - Textual's way
    VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = "QueryBox"

    @classmethod
    def with_keys(cls, keymap: Keymap) -> type[MainScreen]:
        """The same with key bindings, which Textual wants of a class."""
        return type(cls.__name__, (cls,), {"BINDINGS": keymap.bindings()})

    def __init__(
        self, archive: Archive, location: Location | None, query: str, keymap: Keymap
    ) -> None:
        super().__init__()
        self.keymap = keymap
        self.showing = Showing(self, keymap, lambda: self.go("results"))
        self.session = self.showing.session = SearchSession(
            archive,
            location,
            self.showing,
            self._begin,
        )
        self.session.query = query
        self.panes = Panes(self)

    def _begin(self, work: Callable[[], Coroutine[Any, Any, None]], kind: str) -> Worker[None]:
        return self.run_worker(work, group=kind, exclusive=True)

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
            yield ResultsPane("results-pane", self.keymap)
            yield ArticlePane("article-pane", chosen_width())
        yield CommandBar("bar", self.keymap)

    @property
    def query_box(self) -> QueryBox:
        """Where the query is typed."""
        return self.query_one(QueryBox)

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
        self._make_room()
        self.showing.show_notice()

    def _make_room(self) -> None:
        """What was found is said beside the query as long as there is room for both."""
        room = self.query_one("#ask").content_size.width - self.query_one("#prompt").size.width
        self.query_one(Found).give_way(room, cell_len(self.query_box.value))

    @on(QueryBox.Entered)
    def action_submit(self) -> None:
        """Search at once; or take the correction that is offered."""
        self.session.query = self.query_box.value
        if correction := self.session.correction:
            self._search_for(correction)
            return
        self.panes.unfold("results")
        self.session.search(enter=True)

    @on(ResultsList.Suggested)
    def _suggested(self, event: ResultsList.Suggested) -> None:
        self._search_for(event.query)

    def _search_for(self, query: str) -> None:
        self.query_box.put(query)
        self.session.query = query
        self.session.search(enter=True)

    @on(StartPanel.Asked)
    def _asked_again(self, event: StartPanel.Asked) -> None:
        self._search_for(event.query)

    def action_search_history(self) -> None:
        """Find a query of before."""
        from .picking import EarlierQueries

        queries = self.query_box.history.queries
        self.app.push_screen(EarlierQueries(queries), self._ask_again)

    def _ask_again(self, query: str | None) -> None:
        if query:
            self._search_for(query)

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
        # What one reads stays, though the list is another.
        if self.panes.shows("article") and self.panes.keyboard != "article":
            self.read_hit(event.hit)

    @on(ResultsList.Opened)
    def _opened(self, event: ResultsList.Opened) -> None:
        self.read_hit(event.hit)
        if self.session.asked:  # it was worth something, though nobody pressed Enter
            self.query_box.remember(self.session.asked.query)
        self.go("article")

    def action_sort(self) -> None:
        """Sort in the next way."""
        self.session.sort_differently()

    def action_show_news(self) -> None:
        """Ask again: what has come since is among the results."""
        self.session.refresh()

    def action_update(self) -> None:
        """Bring the index up to date, in the background."""
        self.session.upkeep.update()

    def action_export(self) -> None:
        """Write what is found into a file."""
        from .exporting import Exporting

        if self.session.asked and self.session.results and self.session.results.hits:
            self.app.push_screen(Exporting(self.session.asked.query), self._export)
        else:
            self.showing.say(_("There is nothing to export"))

    def _export(self, wanted: Wanted | None) -> None:
        from ..session.exporting import export

        if wanted and self.session.asked:
            request = self.session.asked.request(0)
            work = export(self.showing, self.session.archive, request, wanted)
            self.run_worker(work, group="export")

    def action_folders(self) -> None:
        """Add a folder, or forget one."""
        from .folders import Folders

        self.app.push_screen(Folders(self.session.upkeep.roots), self._change_folders)

    def _change_folders(self, change: FolderChange | None) -> None:
        if change and change.forget:
            self.session.upkeep.update(forget=[change.folder])
        elif change:
            self.session.upkeep.update(roots=[change.folder])

    # Going from place to place

    def go(self, place: Place) -> None:
        """Give the keyboard to a part of the screen, and show it where it was folded away."""
        self.panes.go(place)

    def on_resize(self, event: Resize) -> None:
        self.panes.fold()
        self._make_room()
        chosen = self.results_list.chosen
        if self.panes.is_wide and chosen and not self.reader.head:
            self.read_hit(chosen)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        self.panes.show_keyboard()
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

    def action_back(self) -> None:
        """From the article to the list, from the list to the query, from there to an empty one."""
        if self.panes.keyboard == "article" and self.article_pane.end_finding():
            return
        if self.panes.keyboard in ("article", "facets", "timeline"):
            self.panes.leave_alone(False)
            self.go("results")
        elif self.session.similar_to:
            self.session.back_from_similar()
        elif self.panes.keyboard != "query":
            self.go("query")
        elif not self.panes.shows("results"):
            self.panes.unfold("results")
        else:
            self.query_box.put("")

    def action_leave(self) -> None:
        """As in a pager: from the article to the list, and from there out of the program."""
        if self.panes.keyboard == "article" or self.session.similar_to:
            self.action_back()
        else:
            self.app.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key means this where the keyboard is: see `Command.where`."""
        command, place = self.keymap.get(action), self.panes.keyboard
        return not (command and command.where and place) or place in command.where

    def action_help(self) -> None:
        """Show the help."""
        from .help import HelpScreen

        self.app.push_screen(HelpScreen(self.keymap))

    def action_toggle_language(self) -> None:
        """Speak French instead of English, or the other way round."""
        other = "en" if language() == "fr" else "fr"
        use(other)
        save_settings(language=other)
        self.showing.tell_again()

    def action_toggle_theme(self) -> None:
        """Change between the light and the dark theme."""
        self.app.theme = opposite(self.app.theme)
