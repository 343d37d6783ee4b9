"""The pane of results: the list, with a heading."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from search.model import Head, Sort
from search.wording.counts import counted
from search.wording.language import N_, _

from ..keymap import Keymap
from ..marking import MUTED, inserted, plain
from ..session.asked import Asked
from .bars import Heading, clickable
from .results_list import ResultsList
from .start_panel import StartPanel

_ORDERS: dict[Sort, str] = {
    "relevance": N_("by relevance"),
    "date": N_("by date"),
    "title": N_("by title"),
}


class ResultsPane(Vertical):
    """The hits, and above them what they are; a click on their order sorts them differently."""

    def __init__(self, id: str, keymap: Keymap) -> None:
        super().__init__(id=id)
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        yield Heading("results-heading")
        yield StartPanel("start", self._keymap)
        yield ResultsList("results")

    @property
    def list(self) -> ResultsList:
        """The hits."""
        return self.query_one(ResultsList)

    def show_start(self, recent: Sequence[str] | None) -> None:
        """Say what there is to do, with the queries of before; None: there is something asked."""
        panel = self.query_one(StartPanel)
        panel.display = recent is not None
        panel.show(recent or ())

    def show_heading(self, asked: Asked | None, similar_to: Head | None, news: int) -> None:
        """Say what the hits answer, and that there is news which is not among them."""
        heading = self.query_one(Heading)
        if similar_to:
            heading.show(inserted(_("Similar to {title}"), MUTED, title=plain(similar_to.title)))
        elif asked:
            newest = not asked.query.strip() and asked.sort != "title"
            order = _("newest first") if newest else _(_ORDERS[asked.sort])
            name = _("Results") if asked.query.strip() else _("Articles")
            right = clickable(plain(order, MUTED), "sort")
            if news:
                fresh = counted(news, "new", "new")
                key = plain(self._keymap.key("show_news"), "bold $primary")
                told = inserted(_("{news} ({key})"), news=plain(fresh, "bold $accent"), key=key)
                right = clickable(told, "show_news") + plain(" · ", MUTED) + right
            heading.show(plain(name), right)
        else:
            heading.show(Content(""))
