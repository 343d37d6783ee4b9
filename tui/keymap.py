"""The commands: what can be done, with which key, said in which words.

The one place that the key bindings, the line at the bottom, the palette and the help are made
from. No digits, no ctrl+h/i/m: these keys differ on AZERTY keyboards or do not reach a program
inside tmux. A command with a printable key also has one that works in the query box, or is
about an article and has no meaning there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding, BindingType

from search.wording.language import N_

Place = Literal["query", "results", "article", "facets"]
"""Which part of the screen has the keyboard."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do: `action` is the name of an action of the main screen."""

    action: str
    title: str
    """In the palette and in the help."""
    about: str
    """One sentence for the palette and the help."""
    keys: tuple[str, ...]
    """Textual's names of the keys; none when there is nothing to bind."""
    shown: tuple[str, ...]
    """The keys as people know them. Where there are several, the last works in the query box."""
    short: str = ""
    """In the line at the bottom, when it is there."""
    section: str = N_("Anywhere")
    """Of the help."""
    bound: bool = True
    """False when the widget that has the keyboard binds the keys itself."""
    in_palette: bool = True


COMMANDS = (
    Command("focus_query", N_("Another query"),
            N_("Go to the query box; typing replaces what is there."),
            ("slash", "ctrl+f"), ("/", "Ctrl+F"), N_("query"), N_("Search")),
    Command("submit", N_("Search at once"),
            N_("Search, remember the query, go to the results; or take the correction that is "
               "offered."),
            ("enter",), (N_("Enter"),), N_("search"), N_("Search"), bound=False, in_palette=False),
    Command("history", N_("Earlier queries"),
            N_("Walk through the queries of before; ↓ from the newest goes to the results."),
            ("up", "down"), ("↑ ↓",), N_("history"), N_("Search"), bound=False, in_palette=False),
    Command("focus_results", N_("Go to the results"),
            N_("Move from the query box into the list."),
            (), ("↓",), N_("results"), N_("Search"), bound=False),
    Command("sort", N_("Sort"), N_("By relevance, by date (newest first), by title, in turn."),
            ("s", "f2"), ("s", "F2"), N_("sort"), N_("Search")),
    Command("facets", N_("Narrow by source or month"),
            N_("Go to the sources and months; Enter or Space ticks one."),
            ("f", "f3"), ("f", "F3"), N_("sources"), N_("Narrow")),
    Command("tick", N_("Tick"),
            N_("Only what is ticked is shown; nothing ticked means everything."),
            ("space",), (N_("Space"),), N_("tick"), N_("Narrow"), bound=False, in_palette=False),
    Command("clear_facets", N_("Clear the ticks"), N_("Show all sources and months again."),
            ("x", "f4"), ("x", "F4"), N_("clear"), N_("Narrow")),
    Command("read", N_("Read the article"), N_("Go to the text of the chosen article."),
            ("right",), (N_("Enter"), "→"), N_("read"), N_("Read"), bound=False),
    Command("back", N_("Back"),
            N_("From the article to the list, from the list to the query, from there to an empty "
               "one."),
            ("escape",), (N_("Esc"),), N_("back"), N_("Read"), in_palette=False),
    Command("next_match", N_("Next match"), N_("Go to the next place where the query matches."),
            ("n",), ("n",), N_("next match"), N_("Read")),
    Command("previous_match", N_("Previous match"), N_("Go to the match before."),
            ("N", "upper_n"), ("N",), N_("previous"), N_("Read")),
    Command("similar", N_("Similar articles"),
            N_("List the articles that are most like this one; Esc brings the results back."),
            ("m",), ("m",), N_("more like it"), N_("Article")),
    Command("edit", N_("Open in the editor"), N_("Open the file in $VISUAL or $EDITOR."),
            ("e",), ("e",), N_("edit"), N_("Article")),
    Command("browse", N_("Open in the browser"), N_("Open the address the article came from."),
            ("o",), ("o",), N_("browser"), N_("Article")),
    Command("copy_path", N_("Copy the path"), N_("Put the path of the file on the clipboard."),
            ("c",), ("c",), N_("copy path"), N_("Article")),
    Command("copy_article", N_("Copy the text"), N_("Put title and text on the clipboard."),
            ("t",), ("t",), N_("copy text"), N_("Article")),
    Command("update", N_("Update the index"),
            N_("Read what was added, changed or removed in the indexed folders."),
            ("f5",), ("F5",), N_("update")),
    Command("show_news", N_("Show what is new"),
            N_("Search again: what has arrived since is among the results."),
            ("r",), ("r",), N_("what is new")),
    Command("toggle_theme", N_("Light or dark"),
            N_("Change between the light and the dark theme."),
            ("f6",), ("F6",), N_("light/dark")),
    Command("app.command_palette", N_("Commands"), N_("Find any command by its name."),
            ("ctrl+p",), ("Ctrl+P",), N_("commands"), in_palette=False),
    Command("help", N_("Help"), N_("Show the keys and how to write a query."),
            ("f1",), ("F1",), N_("help")),
    Command("app.quit", N_("Quit"), N_("Leave depeche."), ("ctrl+q",), ("Ctrl+Q",), N_("quit")),
)  # fmt: skip

_BY_ACTION = {command.action: command for command in COMMANDS}

_BAR: dict[Place, tuple[str, ...]] = {
    "query": ("submit", "focus_results", "history", "sort", "facets", "update", "app.quit"),
    "results": ("read", "focus_query", "sort", "facets", "similar", "next_match", "edit",
                "update", "clear_facets", "copy_path", "app.quit"),
    "article": ("back", "next_match", "previous_match", "similar", "edit", "browse",
                "copy_path", "copy_article", "app.quit"),
    "facets": ("tick", "clear_facets", "back", "focus_query", "app.quit"),
}  # fmt: skip
_BAR_END = "help"


def bindings() -> list[BindingType]:
    """The key bindings of the main screen."""
    return [
        Binding(key, command.action, command.title, show=False)
        for command in COMMANDS
        if command.bound
        for key in command.keys
    ]


def bar(place: Place) -> Iterator[tuple[str, Command]]:
    """The commands to show at the bottom, most useful first, each with its key; help is last."""
    for action in (*_BAR[place], _BAR_END):
        command = _BY_ACTION[action]
        yield command.shown[-1 if place == "query" else 0], command


def palette() -> Iterator[Command]:
    """The commands of the palette."""
    return (command for command in COMMANDS if command.in_palette)


def sections() -> dict[str, list[Command]]:
    """All commands, as the help groups them."""
    found: dict[str, list[Command]] = {}
    for command in COMMANDS:
        found.setdefault(command.section, []).append(command)
    return found
