"""The help: every key, and how to write a query."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from .commands import sections
from .marking import MUTED, plain

_QUERY = (
    ("missiles longue portée", "articles with all the words, in any of their forms"),
    ('"longue portée"', "these words, in this order"),
    ("ukraine -irak", "without a word; also NOT, or SAUF"),
    ("himars OR atacms", "one or the other; also OU, AND, ET and parentheses"),
    ("approvision*   missille~", "the beginning of a word; a word with one letter wrong"),
    ("title:kherson   source:cnn", "in the title; from a source; author: and its name"),
    ("date:2024-11", "a year, a month or a day; or 2024-01..2024-06"),
)


class HelpScreen(ModalScreen[None]):
    """The keys and the query language on one page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q,enter", "dismiss", show=False),
        Binding("ctrl+q", "app.quit", show=False),
    ]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            yield Static(_page(), id="help-page")

    def on_mount(self) -> None:
        self.query_one("#help").focus()

    def on_click(self) -> None:
        self.dismiss()


def _page() -> Content:
    parts = [plain("A query", "bold $accent"), Content("\n")]
    for example, means in _QUERY:
        parts += [plain(f"  {example:<28}"), plain(means, MUTED), Content("\n")]
    for name, commands in sections().items():
        parts += [Content("\n"), plain(name, "bold $accent"), Content("\n")]
        for command in commands:
            parts += [
                plain(f"  {command.shown:<12}", "$primary"),
                plain(f"{command.title}. "),
                plain(command.about, MUTED),
                Content("\n"),
            ]
    parts += [Content("\n"), plain("Esc closes this page.", MUTED)]
    return Content.assemble(*parts)
