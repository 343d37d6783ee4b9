"""The folders of the archive: one more is added, or one is forgotten."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from search.wording.language import _
from search.wording.safe import safe

from ..marking import MUTED, inserted, plain


@dataclass(frozen=True, slots=True)
class FolderChange:
    """What is to become of a folder."""

    folder: Path
    forget: bool = False


class Folders(ModalScreen[FolderChange | None]):
    """The indexed folders, and a line to name another one in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("ctrl+c", "dismiss", show=False),
    ]

    def __init__(self, roots: Sequence[str]) -> None:
        super().__init__()
        self._roots = roots
        self._doomed: str | None = None  # the folder of which one has to say so twice

    def compose(self) -> ComposeResult:
        with Vertical(classes="picker"):
            yield Static(plain(_("Add a folder of articles"), "bold $accent"))
            yield _FolderBox()
            yield Static("", id="folders-say")
            if self._roots:
                yield Static(plain(_("Indexed so far"), "bold $accent"))
                yield _Roots(self._roots)
            yield Static(self._keys(), id="folders-keys")

    def _keys(self) -> Content:
        parts = [
            inserted(_("{key} completes"), MUTED, key=plain(_("Tab"), "bold $primary")),
            inserted(_("{key} adds it"), MUTED, key=plain(_("Enter"), "bold $primary")),
        ]
        if self._roots:
            forgets = _("{down} to a folder, {key} forgets it")
            parts.append(inserted(forgets, MUTED, down=plain("↓", "bold $primary"),
                                  key=plain("x", "bold $primary")))  # fmt: skip
        return Content("   ").join(parts)

    def _say(self, content: Content) -> None:
        self.query_one("#folders-say", Static).update(content)

    def on_input_changed(self) -> None:
        self._say(Content(""))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if not event.value.strip():
            return
        folder = Path(event.value.strip()).expanduser()
        if folder.exists():
            self.dismiss(FolderChange(folder.absolute()))
        else:
            words = _("There is no folder {path}").format(path=folder)
            self._say(plain(words, "$error"))

    def action_leave_list(self) -> None:
        """Back to the line."""
        self.query_one(Input).focus()

    def action_forget(self) -> None:
        """Forget the highlighted folder, once one has said so twice."""
        list_ = self.query_one(_Roots)
        root = self._roots[list_.highlighted or 0]
        if self._doomed == root:
            self.dismiss(FolderChange(Path(root), forget=True))
            return
        self._doomed = root
        sentence = _("{key} again: {path} is forgotten. Its files stay where they are.")
        path = plain(root, "bold")
        self._say(inserted(sentence, key=plain("x", "bold $primary"), path=path))

    def on_option_list_option_highlighted(self) -> None:
        self._doomed = None
        self._say(Content(""))

    def action_back(self) -> None:
        """Take back what one was about to do, or go."""
        if self._doomed:
            self._doomed = None
            self._say(Content(""))
        else:
            self.dismiss(None)


class _Roots(OptionList):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,delete", "screen.forget", show=False),
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    def __init__(self, roots: Sequence[str]) -> None:
        rows = [Option(plain(root)) for root in roots]
        super().__init__(*rows, markup=False, compact=True, classes="picker-list")

    def action_cursor_up(self) -> None:
        """Up one row; from the first one to the line above."""
        if self.highlighted:
            super().action_cursor_up()
        else:
            self.screen.query_one(Input).focus()


class _FolderBox(Input):
    """Where a folder is named; Tab completes it, as in a shell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(
            placeholder=_("/path/to/the/articles"),
            compact=True,
            suggester=_FolderNames(),
            classes="picker-box",
        )

    def action_complete(self) -> None:
        """Complete what is certain."""
        names = [safe(name) for name in folders_like(self.value)]
        while names and len(self.value) < min(map(len, names)):
            further = {name[len(self.value)] for name in names}
            if len(further) > 1:
                return
            self.value += further.pop()
            self.cursor_position = len(self.value)


class _FolderNames(Suggester):
    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The first folder that goes on so."""
        return next((safe(name) for name in folders_like(value)), None)


def folders_like(typed: str) -> list[str]:
    """The folders whose paths go on from what is typed, each with a `/` at its end."""
    if not typed.strip():
        return []
    before, slash, start = typed.rpartition("/")
    try:
        parent = Path(before + slash).expanduser() if slash else Path()
        names = [
            entry.name
            for entry in os.scandir(parent)
            if entry.name.startswith(start)
            and entry.is_dir()
            and (start or not entry.name.startswith("."))
        ]
    except (OSError, RuntimeError, ValueError):  # no such folder, or no such user
        return []
    return [f"{before}{slash}{name}/" for name in sorted(names)]
