"""The line in which one types what to find in the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from search.wording.language import _


class _FindBox(Input):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def action_leave(self) -> None:
        """Find nothing any more."""
        self.post_message(FindBar.Ended(""))


class FindBar(Horizontal):
    """Below the article, while something is to be found in it."""

    @dataclass
    class Typed(Message):
        """Other words are to be found."""

        words: str

    @dataclass
    class Ended(Message):
        """What was typed is to be kept, to go from one to the next; or nothing."""

        words: str

    def compose(self) -> ComposeResult:
        yield Static("/", id="find-prompt")
        yield _FindBox(placeholder=_("Find in the article"), compact=True, id="find-box")

    @property
    def box(self) -> Input:
        """Where one types."""
        return self.query_one(_FindBox)

    def open(self) -> None:
        """Take the keyboard, and other words."""
        self.add_class("-open")
        self.box.value = ""
        self.box.focus()

    def speak(self) -> None:
        """Say what it is for in the language of the moment."""
        self.box.placeholder = _("Find in the article")

    def close(self) -> None:
        """Go away."""
        self.remove_class("-open")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.has_class("-open"):
            self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Ended(event.value))
