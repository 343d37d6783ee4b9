"""The help: every key, and how to write a query."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.css.styles import RulesMap
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

from search.wording.language import _
from search.wording.syntax import SYNTAX, Row

from ..keymap import Command, sections
from ..marking import MUTED, lines, plain

_TWO_COLUMNS = 80  # cells from which explanations stand beside what they explain
_QUERY_COLUMN = 30  # cells, as wide as the longest query
_COMMAND_COLUMN = 40  # cells, as wide as the keys and the longest title
_KEYS_COLUMN = 12  # cells
_INDENT = 4  # cells, of explanations below what they explain
_MOST_LINES = 9  # of an explanation: more than the narrowest terminal needs


class HelpScreen(ModalScreen[None]):
    """The keys and the query language on one page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q,enter", "dismiss", show=False),
        Binding("ctrl+q", "app.quit", show=False),
    ]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            yield Static(_Page(), id="help-page")

    def on_mount(self) -> None:
        self.query_one("#help").focus()

    def on_click(self) -> None:
        self.dismiss()


class _Page(Visual):
    """The help, in two columns where there is room for them."""

    def lines(self, width: int) -> list[Content]:
        """The page as lines."""
        beside = width >= _TWO_COLUMNS
        queries = [
            (_examples(row, _QUERY_COLUMN if beside else width), row.meaning) for row in SYNTAX
        ]
        shown = _section(_("A query"), queries, _QUERY_COLUMN if beside else 0, width)
        for name, commands in sections().items():
            entries = [(_keys_and_title(command), _(command.about)) for command in commands]
            shown.append(Content(""))
            shown += _section(_(name), entries, _COMMAND_COLUMN if beside else 0, width)
        return [*shown, Content(""), plain(_("Esc closes this page."), MUTED)]

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Part of the Visual protocol."""
        strips: list[Strip] = []
        for line in self.lines(width):
            strips += line.render_strips(width, 1, style, options) or [Strip.blank(width)]
        return strips

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Part of the Visual protocol."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Part of the Visual protocol."""
        return len(self.lines(width))


def _examples(row: Row, room: int) -> Content:
    """How a query is typed, in as many ways as fit into so many cells."""
    shown = f"  {row.examples[0]}"
    for example in row.examples[1:]:
        longer = f"{shown}   {example}"
        if len(longer) < room:
            shown = longer
    return plain(shown)


def _keys_and_title(command: Command) -> Content:
    keys = "  ".join(map(_, command.shown)).ljust(_KEYS_COLUMN)
    return plain(f"  {keys}", "$primary") + plain(_(command.title))


def _section(name: str, entries: list[tuple[Content, str]], left: int, width: int) -> list[Content]:
    """A heading and its entries, explained beside them or, without room for it, below."""
    shown = [plain(name, "bold $accent")]
    for term, about in entries:
        indent = left or _INDENT
        explained = lines(about, (), width - indent, _MOST_LINES, MUTED)
        if left:
            first = term + Content(" " * max(1, left - term.cell_length)) + explained.pop(0)
            shown.append(first)
        else:
            shown.append(term)
        shown += [Content(" " * indent) + line for line in explained]
    return shown
