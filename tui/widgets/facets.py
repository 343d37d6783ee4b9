"""Facets: the sources and authors that can be ticked to narrow the results, as a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.styles import RulesMap
from textual.events import Key, Resize
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from search.model import MOST_AUTHORS, FacetName, Results
from search.wording.language import N_, _, figures
from search.wording.safe import safe
from search.wording.values import source

from ..marking import MUTED, plain, spread
from ..session.asked import Tick, Ticked
from .facet_values import NAMED, Named, Section, Value, listed, rooms, values

_MOST = 500  # values of a facet that are listed, whatever is asked for
_WIDEST = 48  # cells of a row: in a wide window, a count stands near its name
_HEADINGS: dict[Named, str] = {"source": N_("Sources"), "author": N_("Authors")}
_IN_NAMES = ("'", "’", "-", ".")


class _Row(Visual):
    """A row of so many cells, with something at both ends."""

    def __init__(self, left: Content, right: Content, value: Value | None = None) -> None:
        self.value = value
        """The value that it is, if it is one."""
        self._left, self._right = left, right

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        line = spread(self._left, self._right, min(width, _WIDEST))
        return line.render_strips(width, 1, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        return 1


class FacetPane(OptionList):
    """Sources and authors with their counts. Enter, Space or a click ticks one; what is typed
    narrows the list itself."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", show=False)]

    @dataclass
    class Toggled(Message):
        """A value was ticked, or is no longer."""

        tick: Tick

    class LeftAbove(Message):
        """↑ was pressed on the first row."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id, markup=False, compact=True)
        self.typed = ""
        """What the names that are listed begin with."""
        self._results = Results(query="", total=0, partial=0, hits=())
        self._ticked = Ticked()
        self._at_hand = False  # whether the keyboard is here
        self._whole: Named | None = None  # the facet that is listed as far as it goes

    def show(self, results: Results, ticked: Ticked) -> None:
        """List the facets of other results; the same value stays highlighted."""
        self._results, self._ticked = results, ticked
        self._fill()

    def _fill(self) -> None:
        option = self.highlighted_option
        before = option.prompt.value if option and isinstance(option.prompt, _Row) else None
        place, scrolled = self.highlighted, self.scroll_y
        rows = self._rows()
        self.set_options(rows)
        for number, row in enumerate(rows):
            value = row.prompt.value if isinstance(row.prompt, _Row) else None
            if value and before and (value.facet, value.name) == (before.facet, before.name):
                place = number
        if place is not None and rows:
            self.highlighted = min(place, len(rows) - 1)
            if self.highlighted_option and self.highlighted_option.disabled:
                self.action_first()
        self.scroll_to(y=scrolled, animate=False)

    def _rows(self) -> list[Option]:
        found = [section for section in self._sections() if section.values or section.left]
        rows: list[Option] = []
        if self.typed:
            rows.append(_words(f"{self.typed}▏", "bold $accent"))
        elif self._at_hand and any(section.left for section in found):
            rows.append(_words(_("type to find a name"), f"italic {MUTED}"))
        for section in found:
            and_more = section.facet == "author" and self._has_more_authors
            rows += _section(section, and_more, first=section is found[0])
        if self.typed and not found:
            words = _("No name begins so.")
            if self._has_more_authors:
                words = _("Not among those with the most articles: try author:{name} in the query.")
            rows.append(_words(words.format(name=self.typed), MUTED))
        return rows

    @property
    def _has_more_authors(self) -> bool:
        """Whether there are authors with matches who are not counted one by one."""
        return len(self._results.facets.authors or ()) == MOST_AUTHORS

    def _sections(self) -> list[Section]:
        found = [(facet, values(self._results, self._ticked, facet)) for facet in NAMED]
        heads = 3 * sum(1 for _facet, some in found if some)  # its name, air, what is left out
        room = max(0, self.size.height - heads)
        shares = rooms(room, [len(some) for _facet, some in found])
        return [
            listed(
                some,
                facet,
                _MOST if self.typed or facet == self._whole else share,
                self.typed,
            )
            for (facet, some), share in zip(found, shares, strict=True)
        ]

    def on_resize(self, event: Resize) -> None:
        self._fill()

    def on_focus(self) -> None:
        """Something is highlighted as soon as the keyboard is here; what is typed now is a name."""
        self._at_hand = True
        self._fill()
        if self.highlighted is None:
            self.action_first()

    def on_blur(self) -> None:
        """What was typed is forgotten: all names are there again."""
        self._at_hand, self.typed = False, ""
        self._fill()

    def on_key(self, event: Key) -> None:
        """What is typed narrows the list; Esc forgets it."""
        character = event.character or ""
        if event.is_printable and (character.isalnum() or character in _IN_NAMES):
            self._type(self.typed + character)
        elif event.key == "backspace" and self.typed:
            self._type(self.typed[:-1])
        elif event.key == "escape" and self.typed:
            self._type("")
        else:
            return
        event.stop()
        event.prevent_default()

    def _type(self, typed: str) -> None:
        self.typed = typed
        self.highlighted = None
        self._fill()
        self.action_first()

    @property
    def facet(self) -> FacetName | None:
        """The facet of the highlighted row."""
        row = self.highlighted_option and self.highlighted_option.prompt
        return row.value.facet if isinstance(row, _Row) and row.value else None

    def action_cursor_up(self) -> None:
        """Up one row; from the first one out of the list, rather than round to the last."""
        enabled = [n for n, option in enumerate(self.options) if not option.disabled]
        if self.highlighted is None or not enabled or self.highlighted <= enabled[0]:
            self.post_message(self.LeftAbove())
        else:
            super().action_cursor_up()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id in _HEADINGS:
            self._whole = event.option_id
            self._fill()
        elif isinstance(event.option.prompt, _Row) and (value := event.option.prompt.value):
            self.post_message(self.Toggled(Tick(value.facet, value.name)))


def _words(words: str, style: str) -> Option:
    return Option(plain(words, style), disabled=True)


def _section(section: Section, and_more: bool, *, first: bool) -> list[Option]:
    space = "" if first else "\n"
    heading = Content(space) + plain(_(_HEADINGS[section.facet]), f"bold {MUTED}")
    rows = [Option(heading, disabled=True)]
    for value in section.values:
        box = plain("☐ ", MUTED)
        if value.ticked:
            box = plain("☒ " if value.excluded else "▣ ", "$accent")
        known = source(value.name) if value.facet == "source" else value.name
        name = plain(safe(known), "bold" if value.ticked else "")
        rows.append(Option(_Row(box + name, plain(figures(value.count), MUTED), value)))
    if section.left:
        number = f"{figures(section.left)}{'+' if and_more else ''}"
        more = plain(_("{number} more").format(number=number), MUTED)
        rows.append(Option(_Row(Content("  ") + more, Content("")), id=section.facet))
    return rows
