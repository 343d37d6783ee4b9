"""Facets: what can be ticked to narrow the results, as a pane and as one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal

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

from search.model import FacetCount, Results

from ..marking import MUTED, month, plain, printable, spread

Kind = Literal["source", "month"]

_MOST = 300  # values of a facet that are listed
_HEADINGS: dict[Kind, str] = {"source": "Sources", "month": "Months"}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, as it is listed."""

    kind: Kind
    name: str
    count: int
    ticked: bool

    @property
    def shown(self) -> str:
        """The name, for people."""
        return month(self.name) if self.kind == "month" else printable(self.name)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What the results are narrowed to; nothing means everything."""

    sources: tuple[str, ...] = ()
    months: tuple[str, ...] = ()

    def of(self, kind: Kind) -> tuple[str, ...]:
        """The ticked values of a facet."""
        return self.sources if kind == "source" else self.months

    def toggled(self, kind: Kind, name: str) -> Ticked:
        """The same, with one value ticked or no longer ticked."""
        old = self.of(kind)
        new = tuple(n for n in old if n != name) if name in old else (*old, name)
        return Ticked(new, self.months) if kind == "source" else Ticked(self.sources, new)

    def __bool__(self) -> bool:
        return bool(self.sources or self.months)


def values(results: Results, ticked: Ticked, kind: Kind) -> list[Value]:
    """The values of a facet with their counts. What is ticked stays, though it has no matches."""
    counts = results.facets.get(kind, ())
    listed = [Value(kind, c.value, c.count, c.value in ticked.of(kind)) for c in counts]
    names = {c.value for c in counts}
    missing = [Value(kind, name, 0, True) for name in ticked.of(kind) if name not in names]
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

        kind: Kind
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
        for kind in _HEADINGS:
            rows += _rows(kind, values(results, ticked, kind))
        self.set_options(rows)
        for number, row in enumerate(rows):
            value = row.prompt.value if isinstance(row.prompt, _Row) else None
            if value and before and (value.kind, value.name) == (before.kind, before.name):
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
            self.post_message(self.Toggled(value.kind, value.name))


def _rows(kind: Kind, listed: Iterable[Value]) -> list[Option]:
    rows = [Option(_Row(value)) for value in listed]
    if not rows:
        return []
    space = "\n" if kind == "month" else ""
    heading = Option(Content(space) + plain(_HEADINGS[kind], f"bold {MUTED}"), disabled=True)
    return [heading, *rows]


class FacetStrip(Widget):
    """The sources on one line, where there is no room for the pane; a click opens it."""

    class Opened(Message):
        """The pane is asked for."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._values: list[Value] = []
        self._all: list[FacetCount] = []
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
        room = self.size.width - 12 - parts[0].cell_length
        ordered = [*ticked, *(value for value in self._values if not value.ticked)]
        for number, value in enumerate(ordered):
            part = plain(
                f"{value.shown} {value.count:,}", "bold $accent" if value.ticked else MUTED
            )
            if part.cell_length + 3 > room:
                parts.append(plain(f"+{len(ordered) - number} more", MUTED))
                break
            room -= part.cell_length + 3
            parts.append(part)
        if self._months:
            parts.insert(1, plain(f"{self._months} months" if self._months > 1 else "1 month",
                                  "bold $accent"))  # fmt: skip
        return plain(" · ", "$faint").join(parts)

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(self.Opened())
