"""The panes of the main screen: side by side, or one at a time where there is no room for that."""

from __future__ import annotations

from textual.screen import Screen
from textual.widget import Widget

from ..keymap import Place
from ..widgets.article_pane import ArticlePane
from ..widgets.facet_strip import FacetStrip
from ..widgets.facets import FacetPane
from ..widgets.query_box import QueryBox
from ..widgets.reader import Reader
from ..widgets.results_list import SNIPPET_LINES, ResultsList
from ..widgets.results_pane import ResultsPane
from ..widgets.timeline import Timeline

WIDE = 110
"""Columns from which results and article are side by side."""

ROOMY = 136
"""Columns from which the sources stand beside them all the time."""

VERY_WIDE = 190
"""Columns from which the list is no wider, and the rest is the article's."""

TALL = 36
"""Lines from which there is room for a taller timeline."""

_SHORT = 24  # lines below which a row shows one line of its snippet
_WITH_KEYBOARD: dict[Place, type[Widget]] = {
    "query": QueryBox,
    "results": ResultsList,
    "article": Reader,
    "facets": FacetPane,
    "timeline": Timeline,
}
_FOLDED: dict[Place, type[Widget]] = {
    "results": ResultsPane,
    "article": ArticlePane,
    "facets": FacetPane,
}


class Panes:
    """Which part of a screen is shown, and which has the keyboard."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._unfolded: Place = "results"  # the pane that a narrow terminal shows
        self.alone = False
        """Whether the article has the whole screen for itself."""

    @property
    def is_wide(self) -> bool:
        """Whether results and article are side by side."""
        return self._screen.size.width >= WIDE and not self.alone

    @property
    def keyboard(self) -> Place | None:
        """The part that has the keyboard."""
        focused = self._screen.focused
        return next((p for p, kind in _WITH_KEYBOARD.items() if isinstance(focused, kind)), None)

    def show_keyboard(self) -> None:
        """Mark the pane that has the keyboard: its heading shows it."""
        focused = self._screen.focused
        around = focused.ancestors_with_self if focused else []
        for kind in _FOLDED.values():
            pane = self._screen.query_one(kind)
            pane.set_class(pane in around, "-active")

    def shows(self, place: Place) -> bool:
        """Whether a pane is in sight."""
        if place == "facets" and self._screen.size.width < ROOMY:
            return self._unfolded == "facets"
        return self.is_wide or place == self._unfolded

    def go(self, place: Place) -> None:
        """Give the keyboard to a part of the screen, and show it where it was folded away."""
        if place != "article":
            self.leave_alone(False)
        if place != "query":
            self.unfold(place)
        self._screen.set_focus(self._screen.query_one(_WITH_KEYBOARD[place]))

    def unfold(self, place: Place) -> None:
        """Show a pane, where there is room for one, in the place of the others.

        The timeline is above the facets.
        """
        self._unfolded = "facets" if place == "timeline" else place
        self._arrange()

    def leave_alone(self, alone: bool) -> None:
        """Let the article have the whole screen, or give the other panes their place again."""
        if alone == self.alone:
            return
        self.alone = alone
        self._screen.set_class(alone, "-alone")
        if alone:
            self.go("article")
        else:
            self._arrange()

    def fold(self) -> None:
        """The terminal has another size: what has the keyboard stays in sight."""
        if self.keyboard and self.keyboard != "query":
            self.unfold(self.keyboard)
        self._arrange()

    def _arrange(self) -> None:
        for place, kind in _FOLDED.items():
            self._screen.query_one(kind).display = self.shows(place)
        has_timeline = self.is_wide or self.shows("facets")
        self._screen.query_one(Timeline).set_class(has_timeline, "-unfolded")
        self._screen.query_one(FacetStrip).with_dates = not has_timeline
        self._screen.query_one(FacetStrip).display = not self.shows("facets")
        short = self._screen.size.height < _SHORT
        self._screen.query_one(ResultsList).set_density(1 if short else SNIPPET_LINES)
