"""Chips: what narrows the results, in words; a click takes one away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from search.model import DateRange
from search.wording.dates import between, month
from search.wording.language import _
from search.wording.values import source

from ..marking import MUTED, plain
from ..session.asked import Tick, Ticked

_IN_WORDS = {"source": source, "date": month}
_GAP = "  "
_CROSS = " ✕"
_MORE = 5  # cells kept for `+12`


def in_words(tick: Tick, excluded: bool) -> str:
    """`Le Monde`, `nov. 2018 – janv. 2019`, `not AFP`"""
    if isinstance(tick.value, DateRange):
        value = between(tick.value)
    else:
        value = _IN_WORDS.get(tick.facet, str)(tick.value)
    return _("not {value}").format(value=value) if excluded else value


class Chips(Widget):
    """What narrows the results, on one line; it is there only when something does."""

    @dataclass
    class Removed(Message):
        """A value is to narrow the results no longer."""

        tick: Tick

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._ticked = Ticked()

    def show(self, ticked: Ticked) -> None:
        """Show what is narrowed to now."""
        self._ticked = ticked
        self.set_class(bool(ticked), "-filled")
        self.refresh()

    def render(self) -> Content:
        """As many as fit; of the others, how many they are."""
        shown: list[Content] = []
        room = self.content_size.width - _MORE
        ticks: Sequence[Tick] = self._ticked.ticks
        for number, tick in enumerate(ticks):
            words = in_words(tick, tick.facet in self._ticked.excluded)
            chip = plain(words, "bold $accent") + plain(_CROSS, MUTED)
            if shown and chip.cell_length > room:
                shown.append(plain(f"+{len(ticks) - number}", MUTED))
                break
            chip = chip.truncate(max(1, room), ellipsis=True)
            room -= chip.cell_length + len(_GAP)
            shown.append(chip.stylize(Style.from_meta({"tick": number})))
        return Content(_GAP).join(shown)

    def on_click(self, event: Click) -> None:
        event.stop()
        number = event.style.meta.get("tick")
        if number is not None and number < len(self._ticked.ticks):
            self.post_message(self.Removed(self._ticked.ticks[number]))
