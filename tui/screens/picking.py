"""Picking: a list over the screen, that narrows as one types."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from search.wording.language import _

from ..finding import plain_letters
from ..marking import MUTED, plain


class EarlierQueries(ModalScreen[str | None]):
    """The queries of before, newest first: any part of one finds it, as Ctrl+R does in a shell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "dismiss", show=False),
        Binding("down,ctrl+r", "further(1)", show=False),
        Binding("up", "further(-1)", show=False),
    ]

    def __init__(self, queries: list[str]) -> None:
        """`queries` are oldest first."""
        super().__init__()
        self._queries = queries[::-1]
        self._found = self._queries

    def compose(self) -> ComposeResult:
        with Vertical(classes="picker"):
            yield Input(placeholder=_("Earlier queries"), compact=True, classes="picker-box")
            yield OptionList(markup=False, compact=True, classes="picker-list")

    def on_mount(self) -> None:
        list_ = self.query_one(OptionList)
        list_.can_focus = False
        self._narrow("")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        words = plain_letters(typed).split()
        self._found = [q for q in self._queries if all(w in plain_letters(q) for w in words)]
        rows = [Option(plain(query)) for query in self._found]
        nothing = Option(plain(_("No earlier query has this in it"), MUTED), disabled=True)
        list_ = self.query_one(OptionList)
        list_.set_options(rows or [nothing])
        list_.action_first()

    def action_further(self, step: int) -> None:
        """To an older query (1), or a newer one (-1)."""
        list_ = self.query_one(OptionList)
        list_.action_cursor_down() if step > 0 else list_.action_cursor_up()

    def on_input_submitted(self) -> None:
        place = self.query_one(OptionList).highlighted
        if self._found and place is not None:
            self.dismiss(self._found[place])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if self._found:
            self.dismiss(self._found[event.option_index])
