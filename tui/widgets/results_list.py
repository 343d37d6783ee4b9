"""The list of results: one row for each article, more of them as one scrolls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from search.model import Hit, Results
from search.wording.language import _

from ..marking import MUTED, inserted, plain
from ..session.asked import Ticked
from .hit_row import HitRow, Rule
from .nothing import nothing, offer_everything

SNIPPET_LINES = 2
"""Lines of a snippet, where the terminal is tall enough."""

_NEAR_THE_END = 6  # rows from the last one at which more are asked for
_SUGGESTION, _EVERYTHING = "suggestion", "everything"


class ResultsList(OptionList):
    """The hits of a search. Enter reads one; the last ones in sight ask for more."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"results--bar", "results--bar-blurred"}
    BINDINGS: ClassVar[list[BindingType]] = [Binding("right", "select", show=False)]

    @dataclass
    class Chosen(Message):
        """Another article is highlighted."""

        hit: Hit

    @dataclass
    class Opened(Message):
        """An article is to be read."""

        hit: Hit

    @dataclass
    class Suggested(Message):
        """The corrected query was chosen."""

        query: str

    class Unticked(Message):
        """All is to be shown, whatever is ticked."""

    class NearEnd(Message):
        """The last hits are in sight."""

    class LeftAbove(Message):
        """↑ was pressed on the first row."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id, markup=False, compact=True)
        self.hits: list[Hit] = []
        self.suggestion = ""
        self._apart = True  # partial matches from complete ones
        self._snippet_lines = SNIPPET_LINES

    @property
    def chosen(self) -> Hit | None:
        """The highlighted hit."""
        option = self.highlighted_option
        return option.prompt.hit if option and isinstance(option.prompt, HitRow) else None

    @property
    def number(self) -> int:
        """Which of the hits is highlighted, from 1 on; 0 when none is."""
        place = self.highlighted
        if place is None or not self.chosen:
            return 0
        return sum(isinstance(option.prompt, HitRow) for option in self.options[: place + 1])

    def step(self, step: int) -> bool:
        """Highlight the next hit (1) or the one before (-1); whether there is one."""
        rows = [n for n, option in enumerate(self.options) if isinstance(option.prompt, HitRow)]
        place = self.highlighted if self.highlighted is not None else -1
        further = [n for n in rows if n > place] if step > 0 else [n for n in rows if n < place]
        if further:
            self.highlighted = further[0] if step > 0 else further[-1]
        return bool(further)

    def set_density(self, snippet_lines: int) -> None:
        """Show so many lines of a snippet."""
        if snippet_lines != self._snippet_lines:
            self._snippet_lines = snippet_lines
            self.refill()

    def show(self, results: Results, keep: str | None, ticked: Ticked) -> None:
        """Show other results, narrowed to what is ticked.

        The hit with the address `keep` stays chosen; where it is gone, the one at its place.
        """
        self.hits = list(results.hits)
        self.suggestion = results.suggestion or ""
        self._apart = results.apart
        self._fill(results, keep, ticked)

    def refill(self) -> None:
        """Make the rows anew, with the same hits, at the same place."""
        chosen = self.chosen
        if self.hits:
            self.set_options([*self._correction(), *self._rows(self.hits, None)])
            self._highlight(chosen.head.address if chosen else None, 0)

    def extend(self, hits: Sequence[Hit]) -> None:
        """Add the hits of a further page."""
        known = {hit.head.address for hit in self.hits}  # the index may have changed meanwhile
        fresh = [hit for hit in hits if hit.head.address not in known]
        last = self.hits[-1] if self.hits else None
        self.hits += fresh
        self.add_options(self._rows(fresh, last))

    def say(self, *sentences: Content) -> None:
        """Show sentences instead of hits."""
        self.hits = []
        self.set_options([_note(sentence) for sentence in sentences])

    def _fill(self, results: Results, keep: str | None, ticked: Ticked) -> None:
        place = self.highlighted or 0
        rows = [_note(sentence) for sentence in nothing(results, ticked)]
        if rows and ticked:
            rows.append(Option(offer_everything(), id=_EVERYTHING))
        self.set_options([*rows, *self._correction(), *self._rows(self.hits, None)])
        self._highlight(keep, place)

    def _correction(self) -> list[Option]:
        """The corrected query, as something to choose."""
        if not self.suggestion:
            return []
        query = plain(self.suggestion, "bold $accent")
        offered = inserted(_("Did you mean {query}?"), MUTED, query=query)
        if not self.hits:
            offered += plain("  " + _("(Enter)"), MUTED)
        return [Option(offered + Content("\n"), id=_SUGGESTION)]

    def _rows(self, hits: Iterable[Hit], before: Hit | None) -> list[Option]:
        """A row for each hit, and the line between the complete ones and the others."""
        rows: list[Option] = []
        for hit in hits:
            faint = self._apart and not hit.complete
            if faint and (before is None or before.complete):
                rows.append(Option(Rule(_("some of the words")), disabled=True))
            rows.append(Option(HitRow(hit, self._snippet_lines, faint)))
            before = hit
        return rows

    def _highlight(self, keep: str | None, place: int) -> None:
        """Choose the hit with this address, what is at its place, or else the first there is."""
        if keep and self.hits:
            rows = {
                option.prompt.hit.head.address: number
                for number, option in enumerate(self.options)
                if isinstance(option.prompt, HitRow)
            }
            nearest = min(rows.values(), key=lambda number: abs(number - place))
            self.highlighted = rows.get(keep, nearest)
            return
        self.action_first()
        if self.hits and self.chosen is None:  # the correction comes first, but is not chosen
            self.action_cursor_down()
        self.scroll_home(animate=False)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if isinstance(event.option.prompt, HitRow):
            self.post_message(self.Chosen(event.option.prompt.hit))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if isinstance(event.option.prompt, HitRow):
            self.post_message(self.Opened(event.option.prompt.hit))
        elif event.option_id == _SUGGESTION:
            self.post_message(self.Suggested(self.suggestion))
        elif event.option_id == _EVERYTHING:
            self.post_message(self.Unticked())

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        if highlighted is not None and highlighted >= self.option_count - _NEAR_THE_END:
            self.post_message(self.NearEnd())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if self.hits and self.max_scroll_y - new_value < self.size.height:
            self.post_message(self.NearEnd())

    def action_cursor_up(self) -> None:
        """Up one row; from the first one out of the list, rather than round to the last."""
        before = self.highlighted
        enabled = [n for n, option in enumerate(self.options[: before or 0]) if not option.disabled]
        if enabled:
            self.highlighted = enabled[-1]
            if not enabled[:-1]:
                self.scroll_home(animate=False)
        else:
            self.post_message(self.LeftAbove())

    def action_cursor_down(self) -> None:
        """Down one row, and no further than the last one."""
        if self.highlighted is None or self.highlighted < self.option_count - 1:
            super().action_cursor_down()

    def render_line(self, y: int) -> Strip:
        """A line of a row; the chosen row has a bar at its left."""
        strip = super().render_line(y)
        first = next(iter(strip), None)
        meta = first.style.meta if first and first.style else {}
        if not strip.text.strip():  # the air between the rows belongs to none of them
            ground = self.rich_style + self.rich_style.from_meta(meta)
            return Strip.blank(strip.cell_length, ground)
        if self.highlighted is None or meta.get("option") != self.highlighted or not first:
            return strip
        name = "results--bar" if self.has_focus else "results--bar-blurred"
        style = self.get_component_rich_style(name)
        if first.style and first.style.bgcolor:
            style += style.from_color(bgcolor=first.style.bgcolor)
        bar = Strip([Segment("▌", style + style.from_meta(meta))], 1)
        return Strip.join([bar, strip.crop(1)])


def _note(sentence: Content) -> Option:
    return Option(sentence + Content("\n"), disabled=True)
