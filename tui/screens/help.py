"""The help: every key, and how to write a query."""

from __future__ import annotations

from itertools import zip_longest
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

from ..keymap import Command, Keymap
from ..marking import MUTED, lines, plain

_PAGES_BESIDE = 132  # cells from which queries stand beside keys
_BETWEEN_PAGES = 4  # cells
_KEYS, _QUERIES = 15, 30  # cells for what is explained
_KEYS_BESIDE, _QUERIES_BESIDE = 40, 60  # cells of a page from which that stands at the left
_INDENT = 4  # cells, of explanations below what they explain
_MOST_LINES = 9  # of an explanation: more than the narrowest terminal needs

_Entry = tuple[Content, str, str]
"""What is explained, its name, and the explanation."""


class HelpScreen(ModalScreen[None]):
    """The keys and the query language on one page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q,enter", "dismiss", show=False),
        Binding("ctrl+q", "app.quit", show=False),
    ]

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        with _Scroll(id="help"):
            yield Static(_Page(self._keymap), id="help-page")

    def on_mount(self) -> None:
        self.query_one("#help").focus()

    def on_click(self) -> None:
        self.dismiss()


class _Scroll(VerticalScroll):
    """The page, moved in as in vi and less, too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
        Binding("g", "scroll_home", show=False),
        Binding("G,upper_g", "scroll_end", show=False),
        Binding("space,ctrl+d", "page_down", show=False),
        Binding("b,ctrl+u", "page_up", show=False),
    ]


class _Page(Visual):
    """The help: keys and queries beside each other, where there is room for that."""

    def __init__(self, keymap: Keymap) -> None:
        self._keymap = keymap

    def lines(self, width: int) -> list[Content]:
        """The page as lines."""
        closing = [Content(""), plain(_("Esc closes this page."), MUTED)]
        if width < _PAGES_BESIDE:
            return [*self._keys(width), Content(""), *_queries(width), *closing]
        column = (width - _BETWEEN_PAGES) // 2
        rows = zip_longest(self._keys(column), _queries(column), fillvalue=Content(""))
        return [*(_beside(left, right, column + _BETWEEN_PAGES) for left, right in rows), *closing]

    def _keys(self, width: int) -> list[Content]:
        shown: list[Content] = []
        for name, commands in self._keymap.sections().items():
            entries = [
                (_keys_of(command), _(command.title), _(command.about)) for command in commands
            ]
            left = _KEYS if width >= _KEYS_BESIDE else _INDENT
            shown += [Content(""), *_section(_(name), entries, left, width)]
        return shown[1:]

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


def _queries(width: int) -> list[Content]:
    """How a query is written."""
    left = _QUERIES if width >= _QUERIES_BESIDE else _INDENT
    room = left if left > _INDENT else width
    entries = [(_examples(row, room), "", _(row.meaning)) for row in SYNTAX]
    return _section(_("A query"), entries, left, width)


def _beside(left: Content, right: Content, width: int) -> Content:
    return left + Content(" " * (width - left.cell_length)) + right


def _examples(row: Row, room: int) -> Content:
    """How a query is typed, in as many ways as fit into so many cells."""
    shown = f"  {row.examples[0]}"
    for example in row.examples[1:]:
        longer = f"{shown}   {example}"
        if len(longer) < room:
            shown = longer
    return plain(shown)


def _keys_of(command: Command) -> Content:
    return plain("  " + "  ".join(command.shown), "$primary")


def _section(name: str, entries: list[_Entry], left: int, width: int) -> list[Content]:
    """A heading and its entries, explained beside them or, without room for it, below."""
    shown = [plain(name, "bold $accent")]
    for term, title, about in entries:
        explained = _explained(title, about, width - left)
        if term.cell_length < left:
            shown.append(_beside(term, explained.pop(0), left))
        else:
            shown.append(term.truncate(width, ellipsis=True))
        shown += [Content(" " * left) + line for line in explained]
    return shown


def _explained(title: str, about: str, width: int) -> list[Content]:
    """`Sort: by relevance, by date …` in lines, its name more easily seen than the rest."""
    text = f"{title} · {about}" if title else about
    shown = []
    start = 0
    for line in lines(text, (), width, _MOST_LINES, MUTED):
        named = max(0, min(len(title) - start, len(line.plain)))
        shown.append(line.stylize("$foreground", 0, named) if named else line)
        start += len(line.plain) + 1  # the space at which the line ends
    return shown
