"""Into which file, and in which format, the results are to be written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from unidecode import unidecode

from search.export import FORMATS, Format
from search.wording.language import N_, _

from ..marking import MUTED, inserted, plain
from ..session.exporting import Wanted

_ABOUT: dict[Format, str] = {
    "csv": N_("for spreadsheets: LibreOffice, Excel"),
    "ris": N_("for Zotero, EndNote"),
    "bibtex": N_("for LaTeX"),
    "csl-json": N_("for pandoc, Zotero"),
    "markdown": N_("citations and passages, for notes"),
}
_SUFFIXES: dict[Format, str] = {
    "csv": ".csv",
    "ris": ".ris",
    "bibtex": ".bib",
    "csl-json": ".json",
    "markdown": ".md",
}
_LONGEST_NAME = 40  # letters of the query, in the name of a file


class Exporting(ModalScreen[Wanted | None]):
    """The formats, and a line with the name of the file, which begins as the query does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "dismiss", show=False),
        Binding("down", "further(1)", show=False),
        Binding("up", "further(-1)", show=False),
    ]

    def __init__(self, query: str) -> None:
        super().__init__()
        self._proposed = file_name(query)

    def compose(self) -> ComposeResult:
        rows = [Option(_row(format)) for format in FORMATS]
        with Vertical(classes="picker"):
            yield Static(plain(_("Export the results"), "bold $accent"))
            yield Input(self._proposed + _SUFFIXES[FORMATS[0]], compact=True, classes="picker-box")
            yield OptionList(*rows, markup=False, compact=True, classes="picker-list")
            yield Static("", id="folders-say")
            yield Static(self._keys(), id="folders-keys")

    def on_mount(self) -> None:
        list_ = self.query_one(OptionList)
        list_.can_focus = False
        list_.action_first()

    def _keys(self) -> Content:
        chooses = inserted(
            _("{up} {down} choose the format"),
            MUTED,
            up=plain("↑", "bold $primary"),
            down=plain("↓", "bold $primary"),
        )
        writes = inserted(_("{key} writes the file"), MUTED, key=plain(_("Enter"), "bold $primary"))
        return Content("   ").join([chooses, writes])

    @property
    def _format(self) -> Format:
        return FORMATS[self.query_one(OptionList).highlighted or 0]

    def action_further(self, step: int) -> None:
        """To the next format (1), or the one before."""
        list_ = self.query_one(OptionList)
        list_.action_cursor_down() if step > 0 else list_.action_cursor_up()

    def on_option_list_option_highlighted(self) -> None:
        box = self.query_one(Input)
        suffix = Path(box.value).suffix
        if suffix in _SUFFIXES.values():
            box.value = box.value.removesuffix(suffix) + _SUFFIXES[self._format]
            box.cursor_position = len(box.value)

    def on_option_list_option_selected(self) -> None:
        self._leave()

    def on_input_changed(self) -> None:
        self.query_one("#folders-say", Static).update("")

    def on_input_submitted(self) -> None:
        self._leave()

    def _leave(self) -> None:
        typed = self.query_one(Input).value.strip()
        if not typed:
            return
        path = Path(typed).expanduser().absolute()
        if path.exists():
            words = _("{path} is there already").format(path=path)
        elif not path.parent.is_dir():
            words = _("There is no folder {path}").format(path=path.parent)
        else:
            self.dismiss(Wanted(self._format, path))
            return
        self.query_one("#folders-say", Static).update(plain(words, "$error"))


def _row(format: Format) -> Content:
    return Content("  ").join([plain(f"{format:<9}"), plain(_(_ABOUT[format]), MUTED)])


def file_name(query: str) -> str:
    """`depeche-missiles-longue-portee` for a query: what any file system takes."""
    words = "-".join(re.findall(r"[a-z0-9]+", unidecode(query).lower()))
    return f"depeche-{words[:_LONGEST_NAME].strip('-')}".rstrip("-")
