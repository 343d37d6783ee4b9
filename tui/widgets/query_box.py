"""The query box: what is being asked, the queries of before, and what was found."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from search.model import Completion
from search.wording.language import _
from search.wording.safe import safe

from ..state import History

_HELD = 0.6  # seconds between two presses of a key that is held, at most


class QueryBox(Input):
    """Where the query is typed. ↑ and ↓ walk through the history; ↓ at its end leaves the box."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "older", show=False),
        Binding("down", "newer", show=False),
        # Input takes this key for itself.
        Binding("ctrl+f", "screen.focus_query", show=False),
        Binding("backspace", "delete_or_widen", show=False),
    ]

    @dataclass
    class Typed(Message):
        """The query has changed."""

        whole: bool
        """It comes from the history: its last word is not to go on."""

    class Entered(Message):
        """Enter was pressed."""

    class Widened(Message):
        """Backspace was pressed where there is nothing to delete: the last chip goes instead."""

    class Left(Message):
        """↓ was pressed where there is nothing newer: on to what is below."""

    def __init__(self, history: History, query: str = "") -> None:
        super().__init__(
            query, placeholder=_("Search the archive"), compact=True, select_on_focus=False
        )
        self.cursor_blink = False
        self.history = history
        self._at: int | None = None  # place in the history; None: what is being typed
        self._draft = query
        self._walking = False
        self._completion: Completion | None = None
        self._deleted_at = 0.0

    def remember(self, query: str) -> None:
        """Put a query into the history."""
        self.history.add(safe(query))
        self._at = None

    def speak(self) -> None:
        """Say what it is for in the language of the moment."""
        self.placeholder = _("Search the archive")

    def put(self, query: str) -> None:
        """Show another query, with the cursor at its end."""
        self.value = query
        self.cursor_position = len(query)

    def offer(self, query: str, completion: Completion | None) -> None:
        """Show behind `query`, if that is what is typed, how it may go on."""
        if query == self.value:
            self._completion = completion
            # What Input shows of a suggestion is what is behind the value in it.
            self._suggestion = query + safe(completion.rest) if completion else ""

    def _accept(self) -> bool:
        """Take what is offered, if the cursor is where it begins."""
        completion, offered = self._completion, self._suggestion
        if not (completion and offered and self.cursor_at_end and self.selection.is_empty):
            return False
        self._completion = None
        self.put(safe(completion.query))
        return True

    def action_cursor_right(self, select: bool = False) -> None:
        """Take what is offered at the end of the line; else one character to the right."""
        if select or not self._accept():
            super().action_cursor_right(select)

    def action_end(self, select: bool = False) -> None:
        """Go to the end of the line; from there, take what is offered."""
        if select or not self._accept():
            super().action_end(select)

    def action_delete_or_widen(self) -> None:
        """Delete the character before the cursor; where there is nothing, remove the last chip.

        Not when the key is held, or pressed again and again, to delete the query.
        """
        before, self._deleted_at = self._deleted_at, time.monotonic()
        if self.value:
            self.action_delete_left()
        elif self._deleted_at - before > _HELD:
            self.post_message(self.Widened())

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        whole, self._walking = self._walking, False
        if not whole:
            self._at = None
        self.post_message(self.Typed(whole))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Entered())

    def action_older(self) -> None:
        """Show the query before this one."""
        queries = self.history.queries
        if self._at is None:
            self._draft = self.value
            at = len(queries)
        else:
            at = self._at
        while at > 0 and queries[at - 1] == self.value:
            at -= 1
        if at > 0:
            self._walk_to(at - 1)

    def action_newer(self) -> None:
        """Show the query after this one; from the newest, go on to the results."""
        if self._at is None:
            self.post_message(self.Left())
        elif self._at + 1 < len(self.history.queries):
            self._walk_to(self._at + 1)
        else:
            self._walk_to(None)

    def _walk_to(self, at: int | None) -> None:
        query = self._draft if at is None else self.history.queries[at]
        self._at = at
        # Changed comes once the handlers are through; it must not end the walk.
        self._walking = query != self.value
        self.put(query)
