"""What narrows the results: sources, authors and dates, the timeline, and the chips."""

from __future__ import annotations

from textual import on
from textual.screen import Screen

from search.wording.language import _

from ..session.search_session import SearchSession
from ..widgets.chips import Chips
from ..widgets.facet_strip import FacetStrip
from ..widgets.facets import FacetPane
from ..widgets.query_box import QueryBox
from ..widgets.results_list import ResultsList
from ..widgets.timeline import Timeline
from .panes import Panes
from .showing import Showing


class Narrowing(Screen[None]):
    """A screen whose results can be narrowed."""

    session: SearchSession
    showing: Showing
    panes: Panes

    @property
    def facet_pane(self) -> FacetPane:
        """The sources and authors."""
        return self.query_one(FacetPane)

    @property
    def timeline(self) -> Timeline:
        """The dates."""
        return self.query_one(Timeline)

    @on(FacetPane.Toggled)
    @on(Timeline.Toggled)
    @on(Chips.Removed)
    def _toggled(self, event: FacetPane.Toggled | Timeline.Toggled | Chips.Removed) -> None:
        self.session.tick(event.tick)

    @on(QueryBox.Widened)
    def _widened(self) -> None:
        if self.session.ticked:
            self.session.tick(self.session.ticked.ticks[-1])

    @on(ResultsList.Unticked)
    def action_clear_facets(self) -> None:
        """Show everything again."""
        self.session.untick_all()

    def action_invert(self) -> None:
        """Mean all but what is ticked, of the facet at hand or of the one ticked last."""
        facet = self.facet_pane.facet if self.panes.keyboard == "facets" else None
        if self.panes.keyboard == "timeline":
            facet = "date"
        if facet or self.session.ticked:
            self.session.invert(facet or self.session.ticked.ticks[-1].facet)

    # Sources and authors

    def action_facets(self) -> None:
        """Go to the sources and authors; from there, back to the results."""
        self.panes.go("results" if self.panes.keyboard == "facets" else "facets")

    def action_tick(self) -> None:
        """Tick the highlighted value."""
        self.facet_pane.action_select()

    @on(FacetPane.LeftAbove)
    def _left_facets(self) -> None:
        self.panes.go("timeline" if self.timeline.has_dates else "query")

    @on(FacetStrip.Opened)
    def _opened_strip(self, event: FacetStrip.Opened) -> None:
        self.panes.go("timeline" if event.timeline else "facets")

    # The timeline

    def action_timeline(self) -> None:
        """Go to the timeline; from there, back to the results."""
        if self.panes.keyboard == "timeline":
            self.panes.go("results")
        elif self.timeline.has_dates:
            self.panes.go("timeline")
        else:
            self.showing.say(_("No article here has a date"))

    @on(Timeline.Left)
    def _left_timeline(self, event: Timeline.Left) -> None:
        self.panes.go("query" if event.upwards else "facets")

    def action_older(self) -> None:
        """Choose the bar before."""
        self.timeline.move(-1)

    def action_newer(self) -> None:
        """Choose the next bar."""
        self.timeline.move(1)

    def action_from_older(self) -> None:
        """Choose the bar before as well."""
        self.timeline.extend(-1)

    def action_until_newer(self) -> None:
        """Choose the next bar as well."""
        self.timeline.extend(1)

    def action_narrow_in_time(self) -> None:
        """Narrow the results to the bars that are chosen."""
        self.timeline.narrow()

    def action_zoom_in(self) -> None:
        """Show finer bars."""
        self.timeline.zoom(1)

    def action_zoom_out(self) -> None:
        """Show coarser bars."""
        self.timeline.zoom(-1)

    def action_undated(self) -> None:
        """Tick the articles without a date."""
        self.timeline.tick_undated()
