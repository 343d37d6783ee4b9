"""The application: themes, the palette, and how it is started."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from search.archive import Archive, Location
from search.wording.language import _

from .keymap import palette
from .screens.main import MainScreen
from .session.child import archive_for
from .state import load_settings, save_settings
from .themes import DARK, THEMES


def run(location: Location | None, query: str = "") -> int:
    """Show the interface over the archive at a location, or the default one.

    Returns an exit status.
    """
    app = DepecheApp(archive_for(location), location, query)
    app.run()
    return app.return_code or 0


class DepecheApp(App[None]):
    """Search and read a French news archive."""

    TITLE = "depeche"
    CSS_PATH = "style.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, archive: Archive, location: Location | None, query: str = "") -> None:
        """`archive` is the one at `location`, for any thread to ask; updates are made there."""
        super().__init__()
        self._archive = archive
        self._location = location
        self._query = query
        for theme in THEMES:
            self.register_theme(theme)
        known = load_settings().theme
        self.theme = known if known in self.available_themes else DARK.name

    def get_default_screen(self) -> Screen[None]:
        """The main screen, so that nothing is painted before it."""
        return MainScreen(self._archive, self._location, self._query)

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, lambda theme: save_settings(theme=theme.name))

    def on_unmount(self) -> None:
        self._archive.close()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands of the palette: ours, and nothing that they do not name."""
        if not isinstance(screen, MainScreen):
            return
        for command in palette():
            about = "  ".join((_(command.about), *map(_, command.shown)))
            yield SystemCommand(_(command.title), about, partial(self._do, screen, command.action))

    async def _do(self, screen: MainScreen, action: str) -> None:
        await screen.run_action(action)
