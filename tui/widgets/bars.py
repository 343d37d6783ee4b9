"""What frames the panes: the top line, the headings, the line for messages, the keys below."""

from __future__ import annotations

import time
from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.style import Style
from textual.widget import Widget

from search.model import Progress, Status
from search.wording.counts import ago, counted
from search.wording.language import _

from ..keymap import Command, Keymap, Place
from ..marking import MUTED, plain, spread

_FOUND_WIDTHS = (38, 30, 22, 14)  # cells for what is said beside the query
_LEAST_QUERY = 24  # cells that are kept for a query, however short
_GROWN_OLD = 30.0  # seconds after which “5 min ago” may be another minute
_NARROWEST_BAR, _WIDEST_BAR = 10, 40  # cells of a bar that shows progress
_BESIDE_BAR = 38  # cells for the words beside it, with a large number in them
_BETWEEN_KEYS = 2  # cells between the commands at the bottom


def clickable(content: Content, action: str) -> Content:
    """`content`, that does `action` of the screen when it is clicked in a `Clickable`."""
    return content.stylize(Style.from_meta({"does": action}))


class Clickable(Widget):
    """A widget with clickable content that does not look like a web page."""

    async def on_click(self, event: Click) -> None:
        """Do what was clicked."""
        if action := event.style.meta.get("does"):
            event.stop()
            await self.screen.run_action(action)


class TopLine(Widget):
    """The name of the program, and how many articles it searches."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._status: Status | None = None
        self._is_missing = False

    def on_mount(self) -> None:
        self.set_interval(_GROWN_OLD, self.refresh)

    def show(self, status: Status | None, *, is_missing: bool) -> None:
        """Say what is open, or that there is no index that could be."""
        self._status, self._is_missing = status, is_missing
        self.refresh()

    def render(self) -> Content:
        return spread(plain("depeche", "bold $accent"), plain(self._about(), MUTED),
                      self.size.width)  # fmt: skip

    def _about(self) -> str:
        if self._status is None:
            return _("no index") if self._is_missing else ""
        if self._status.samples:
            return counted(self._status.articles, "sample article", "sample articles")
        articles = counted(self._status.articles, "article", "articles")
        when = ago(time.time() - self._status.written)
        return _("{articles} · updated {when}").format(articles=articles, when=when)


class Heading(Clickable):
    """The title of a pane, with something at its right."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._left = self._right = Content("")

    def show(self, left: Content, right: Content | None = None) -> None:
        """Show other words."""
        self._left, self._right = left, right or Content("")
        self.refresh()

    def render(self) -> Content:
        return spread(self._left, self._right, self.size.width)


class Found(Widget):
    """How much was found, and how fast; beside the query, which has the room that it needs."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.ways: Sequence[str] = ("",)
        self._width: int | None = None

    def show(self, *ways: str) -> None:
        """Say something else, in the first of these ways that fits."""
        if ways != self.ways:
            self.ways = ways
            self.refresh()

    def give_way(self, room: int, query: int) -> None:
        """Of the `room` on the line leave enough for a query of so many cells.

        Widths go in steps: not every letter and every count lays out the whole screen anew.
        """
        needed = max(query + 1, _LEAST_QUERY)  # the cursor stands behind its end
        width = next((width for width in _FOUND_WIDTHS if width <= room - needed), 0)
        if width != self._width:
            self._width = width
            self.styles.width = width
            self.display = width > 0

    def render(self) -> Content:
        words = next((w for w in self.ways if cell_len(w) < self.size.width), "")
        return plain(words.rjust(self.size.width), MUTED)


class MessageLine(Widget):
    """One line for what must be said: an error in the query, the progress of an update."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._notice = Content("")
        self._error = self._note = ""
        self._progress: Content | None = None

    @property
    def words(self) -> str:
        """What it says."""
        return self._content().plain

    def notice(self, content: Content) -> None:
        """Say something that stays until something else is said."""
        self._notice = content
        self._changed()

    def error(self, words: str) -> None:
        """Say what is wrong with the query; nothing when it is right."""
        self._error = words
        self._changed()

    def note(self, words: str) -> None:
        """Say how the query was read; nothing when it says so itself."""
        self._note = words
        self._changed()

    def progress(self, progress: Progress | None) -> None:
        """Show how far an update is; None when it has ended."""
        if progress is None:
            self._progress = None
        elif progress.share is None:
            files = counted(progress.files, "file", "files")
            self._progress = plain(_("Updating: {files} looked at").format(files=files), MUTED)
        elif progress.share == 1:
            self._progress = plain(_("Updating: writing the index …"), MUTED)
        else:
            room = max(_NARROWEST_BAR, min(_WIDEST_BAR, self.size.width - _BESIDE_BAR))
            full = round(progress.share * room)
            self._progress = Content.assemble(
                plain(_("Updating") + "  "),
                plain("━" * full, "$accent"),
                plain("━" * (room - full), "$faint"),
                plain("  " + counted(progress.articles, "article", "articles"), MUTED),
            )
        self._changed()

    def _changed(self) -> None:
        self.set_class(bool(self.words), "-filled")
        self.refresh()

    def _content(self) -> Content:
        if self._error:
            return plain(self._error, "$error")
        if self._progress:
            return self._progress
        return plain(self._note, MUTED) if self._note else self._notice

    def render(self) -> Content:
        return self._content().truncate(self.size.width, ellipsis=True)


class CommandBar(Clickable):
    """The keys that are useful where the keyboard is; a click does what the key does."""

    def __init__(self, id: str, keymap: Keymap) -> None:
        super().__init__(id=id)
        self._keymap = keymap
        self.place: Place = "query"

    def show(self, place: Place) -> None:
        """Show the keys of another place."""
        self.place = place
        self.refresh()

    def render(self) -> Content:
        """As many commands as fit, and help at the end."""
        *most, (last_key, last) = self._keymap.bar(self.place)
        end = _key(last_key, last)
        room = self.size.width - end.cell_length
        parts: list[Content] = []
        for key, command in most:
            part = _key(key, command)
            if part.cell_length + _BETWEEN_KEYS > room:
                break
            parts.append(part)
            room -= part.cell_length + _BETWEEN_KEYS
        return spread(Content(" " * _BETWEEN_KEYS).join(parts), end, self.size.width)


def _key(key: str, command: Command) -> Content:
    shown = Content.assemble(plain(key, "bold $primary"), plain(f" {_(command.short)}", MUTED))
    return clickable(shown, command.action)
