"""Facets: what can be ticked to narrow the results, as a pane and as one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.styles import RulesMap
from textual.events import Click
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from search.model import Results
from search.wording.counts import counted
from search.wording.safe import safe

from ..dates import month
from ..marking import MUTED, plain, spread
from ..session.asked import Facet, Ticked

_MORE = 12  # cells kept for `· +123 more`
_SEPARATOR = " · "

_MOST = 300  # values of a facet that are listed: more rows would slow each keystroke
_HEADINGS: dict[Facet, str] = {"source": "Sources", "month": "Months"}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, as it is listed."""

    facet: Facet
    name: str
    count: int
    ticked: bool

    @property
    def shown(self) -> str:
        """The name, for people."""
        return month(self.name) if self.facet == "month" else safe(self.name)


def values(results: Results, ticked: Ticked, facet: Facet) -> list[Value]:
    """The values of a facet with their counts. What is ticked stays, though it has no matches."""
    counts = results.facets.sources if facet == "source" else results.facets.months or ()
    listed = [Value(facet, c.value, c.count, c.value in ticked.of(facet)) for c in counts]
    names = {c.value for c in counts}
    missing = [Value(facet, name, 0, True) for name in ticked.of(facet) if name not in names]
    return [*missing, *listed][:_MOST]


class _Row(Visual):
    """A value of a facet as a row: box, name, count at the right."""

    def __init__(self, value: Value) -> None:
        self.value = value

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        box = plain("▣ ", "$accent") if self.value.ticked else plain("☐ ", MUTED)
        name = plain(self.value.shown, "bold" if self.value.ticked else "")
        line = spread(box + name, plain(f"{self.value.count:,}", MUTED), width)
        return line.render_strips(width, 1, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        return 1


class FacetPane(OptionList):
    """Sources and months with their counts. Enter, Space or a click ticks one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", show=False)]

    @dataclass
    class Toggled(Message):
        """A value was ticked, or is no longer."""

        facet: Facet
        name: str

    def __init__(self, id: str) -> None:
        super().__init__(id=id, markup=False, compact=True)

    def show(self, results: Results, ticked: Ticked) -> None:
        """List the facets of other results; the same value stays highlighted."""
        option = self.highlighted_option
        before = option.prompt.value if option and isinstance(option.prompt, _Row) else None
        place = self.highlighted
        scrolled = self.scroll_y
        rows: list[Option] = []
        for facet in _HEADINGS:
            rows += _rows(facet, values(results, ticked, facet))
        self.set_options(rows)
        for number, row in enumerate(rows):
            value = row.prompt.value if isinstance(row.prompt, _Row) else None
            if value and before and (value.facet, value.name) == (before.facet, before.name):
                place = number
        if before:
            self.highlighted = place
        self.scroll_to(y=scrolled, animate=False)

    def on_focus(self) -> None:
        """Something is highlighted as soon as the keyboard is here."""
        if self.highlighted is None:
            self.action_first()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if isinstance(event.option.prompt, _Row):
            value = event.option.prompt.value
            self.post_message(self.Toggled(value.facet, value.name))


def _rows(facet: Facet, listed: Iterable[Value]) -> list[Option]:
    rows = [Option(_Row(value)) for value in listed]
    if not rows:
        return []
    space = "\n" if facet == "month" else ""
    heading = Option(Content(space) + plain(_HEADINGS[facet], f"bold {MUTED}"), disabled=True)
    return [heading, *rows]


class FacetStrip(Widget):
    """The sources on one line, where there is no room for the pane; a click opens it."""

    class Opened(Message):
        """The pane is asked for."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._values: list[Value] = []
        self._months = 0

    def show(self, results: Results, ticked: Ticked) -> None:
        """Show the sources of other results."""
        self._values = values(results, ticked, "source")
        self._months = len(ticked.months)
        self.refresh()

    def render(self) -> Content:
        """The sources that fit; the others as a number."""
        if not self._values:
            return Content("")
        ticked = [value for value in self._values if value.ticked]
        everything = sum(value.count for value in self._values)
        parts = [plain(f"all {everything:,}", MUTED if ticked else "bold")]
        room = self.size.width - _MORE - parts[0].cell_length
        ordered = [*ticked, *(value for value in self._values if not value.ticked)]
        for number, value in enumerate(ordered):
            part = plain(
                f"{value.shown} {value.count:,}", "bold $accent" if value.ticked else MUTED
            )
            if part.cell_length + len(_SEPARATOR) > room:
                parts.append(plain(f"+{len(ordered) - number} more", MUTED))
                break
            room -= part.cell_length + len(_SEPARATOR)
            parts.append(part)
        if self._months:
            parts.insert(1, plain(counted(self._months, "month"), "bold $accent"))
        return plain(_SEPARATOR, "$faint").join(parts)

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(self.Opened())
