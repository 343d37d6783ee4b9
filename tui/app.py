"""The application: themes, the palette, and how it is started."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.screen import Screen

from search.archive import Archive, Location
from search.wording.language import prefer
from search.wording.safe import safe

from .configuration import configured_keys
from .keymap import Keymap
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
        keys, self._complaints = configured_keys()
        self._commands = Keymap(keys)
        for theme in THEMES:
            self.register_theme(theme)
        settings = load_settings()
        if settings.language:
            prefer(settings.language)
        known = settings.theme
        self.theme = known if known in self.available_themes else DARK.name

    def get_default_screen(self) -> Screen[None]:
        """The main screen, so that nothing is painted before it."""
        return MainScreen.with_keys(self._commands)(
            self._archive, self._location, self._query, self._commands
        )

    def on_mount(self) -> None:
        for complaint in self._complaints:
            self.notify(safe(complaint), severity="warning", markup=False)
        # After Ctrl+Z and fg Textual has the terminal again, and leaves it empty.
        self.app_resume_signal.subscribe(self, lambda _app: self.refresh(layout=True))
        self.theme_changed_signal.subscribe(self, lambda theme: save_settings(theme=theme.name))

    def on_unmount(self) -> None:
        self._archive.close()

    def action_command_palette(self) -> None:
        """Show the palette: our commands, and nothing that they do not name."""
        from .palette import palette  # not needed for the first paint

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(palette())
