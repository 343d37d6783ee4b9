"""Moving about as in vi and less, in whatever has the keyboard."""

from __future__ import annotations

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList


class Moving(Screen[None]):
    """A screen whose lists and texts are moved in with letters, too."""

    def action_move_down(self) -> None:
        """By a line or a row."""
        self._move("action_cursor_down", "action_scroll_down")

    def action_move_up(self) -> None:
        """By a line or a row."""
        self._move("action_cursor_up", "action_scroll_up")

    def action_move_to_start(self) -> None:
        """To the first row or line."""
        self._move("action_first", "action_scroll_home")

    def action_move_to_end(self) -> None:
        """To the last row or line that there is so far."""
        self._move("action_last", "action_scroll_end")

    def action_move_further(self) -> None:
        """By half a screen."""
        self._half_a_screen(1)

    def action_move_back(self) -> None:
        """Back by half a screen."""
        self._half_a_screen(-1)

    def _move(self, in_list: str, in_text: str) -> None:
        widget = self.focused
        action = in_list if isinstance(widget, OptionList) else in_text
        if move := getattr(widget, action, None):
            move()

    def _half_a_screen(self, step: int) -> None:
        widget = self.focused
        if isinstance(widget, OptionList):
            self._move("action_page_down" if step > 0 else "action_page_up", "")
        elif isinstance(widget, Widget):
            widget.scroll_relative(y=step * max(1, widget.size.height // 2), animate=False)
