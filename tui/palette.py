"""The palette: any command by its name, in French or English, with accents or without."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial
from typing import Any

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from search.wording.language import _

from .finding import found_in, plain_letters
from .keymap import Command
from .marking import MUTED, plain
from .screens.main import MainScreen


def palette() -> CommandPalette:
    """The palette as a screen."""
    return CommandPalette([Commands], placeholder=_("Find a command …"))


class Commands(Provider):
    """The commands of the main screen."""

    async def discover(self) -> Hits:
        """All of them."""
        if isinstance(self.screen, MainScreen):
            for command in self.screen.keymap.palette():
                yield DiscoveryHit(_(command.title), self._do(command), help=_about(command))

    async def search(self, query: str) -> Hits:
        """Those that have all the words in their names, in what they do, or in other names."""
        if not isinstance(self.screen, MainScreen):
            return
        any_found = False
        for command in self.screen.keymap.palette():
            if score := _likeness(command, query):
                any_found = True
                title = _marked(_(command.title), query)
                name = _(command.title)
                yield Hit(score, title, self._do(command), name, _about(command))
        if not any_found:
            words = _("There is no such command")
            yield Hit(1.0, plain(words, MUTED), _nothing, words)

    def _do(self, command: Command) -> partial[Coroutine[Any, Any, None]]:
        return partial(self.screen.run_action, command.action)


def _likeness(command: Command, query: str) -> float:
    """How well a command answers to what was typed; 0 when not at all."""
    words = plain_letters(query).split()
    title = plain_letters(_(command.title))
    names = f"{title} {plain_letters(command.also)} {plain_letters(command.title)}"
    if all(word in title for word in words):
        return 1.0 if title.startswith(words[0]) else 0.9
    if all(word in names for word in words):
        return 0.7
    everything = f"{names} {plain_letters(_(command.about))}"
    return 0.4 if all(word in everything for word in words) else 0.0


def _marked(title: str, query: str) -> Content:
    content = plain(title)
    for word in query.split():
        for start, end in found_in(title, word):
            content = content.stylize("bold $accent", start, end)
    return content


def _about(command: Command) -> str:
    return "  ".join((_(command.about), *command.shown))


def _nothing() -> None:
    """There is nothing to be done."""
