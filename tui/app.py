"""The application: themes, the palette, and how it is started."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from .keymap import palette
from .screens.main import MainScreen
from .session.engine import Engine
from .session.remote import RemoteEngine, engine_for
from .state import Settings, load_settings, save_settings
from .themes import DARK, THEMES


def run(folder: Path | None, query: str = "") -> int:
    """Show the interface over the index in `folder`, or the default one. Returns an exit status."""
    app = DepecheApp(engine_for(folder), query)
    app.run()
    return app.return_code or 0


class DepecheApp(App[None]):
    """Search and read a French news archive."""

    TITLE = "depeche"
    CSS_PATH = "style.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, engine: Engine | RemoteEngine, query: str = "") -> None:
        super().__init__()
        self.engine = engine
        self._query = query
        for theme in THEMES:
            self.register_theme(theme)
        known = load_settings().theme
        self.theme = known if known in self.available_themes else DARK.name

    def get_default_screen(self) -> Screen[None]:
        """The main screen, so that nothing is painted before it."""
        return MainScreen(self.engine, self._query)

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, lambda theme: self._remember_theme(theme.name))

    def _remember_theme(self, name: str) -> None:
        save_settings(Settings(theme=name, sort=load_settings().sort))

    def on_unmount(self) -> None:
        self.engine.close()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands of the palette: ours, and nothing that they do not name."""
        if not isinstance(screen, MainScreen):
            return
        for command in palette():
            about = f"{command.about}  {command.shown}"
            yield SystemCommand(command.title, about, partial(self._do, screen, command.action))

    async def _do(self, screen: MainScreen, action: str) -> None:
        await screen.run_action(action)
