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

Place = Literal["query", "results", "article", "facets", "timeline"]
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
    section: str = "Anywhere"
    """Of the help."""
    bound: bool = True
    """False when the widget that has the keyboard binds the keys itself."""
    in_palette: bool = True


COMMANDS = (
    Command("focus_query", "Another query", "Go to the query box; typing replaces what is there.",
            ("slash", "ctrl+f"), ("/", "Ctrl+F"), "query", "Search"),
    Command("submit", "Search at once",
            "Search, remember the query, go to the results; or take the correction that is "
            "offered.",
            ("enter",), ("Enter",), "search", "Search", bound=False, in_palette=False),
    Command("history", "Earlier queries",
            "Walk through the queries of before; ↓ from the newest goes to the results.",
            ("up", "down"), ("↑ ↓",), "history", "Search", bound=False, in_palette=False),
    Command("focus_results", "Go to the results", "Move from the query box into the list.", (),
            ("↓",), "results", "Search", bound=False),
    Command("sort", "Sort", "By relevance, by date (newest first), by title, in turn.",
            ("s", "f2"), ("s", "F2"), "sort", "Search"),
    Command("facets", "Narrow by source or author",
            "Go to the sources and authors; Enter or Space ticks one, letters find a name.",
            ("f", "f3"), ("f", "F3"), "sources", "Narrow"),
    Command("timeline", "Narrow by date",
            "Go to the timeline; Enter narrows to a bar, or to several that Shift+← → chose.",
            ("d", "f7"), ("d", "F7"), "dates", "Narrow"),
    Command("move_in_time", "Choose days", "One bar of the timeline, or several with Shift.", (),
            ("← →",), "move", "Narrow", bound=False, in_palette=False),
    Command("extend_in_time", "Choose a range", "From one bar to another; or drag the mouse.", (),
            ("Shift+← →",), "range", "Narrow", bound=False, in_palette=False),
    Command("narrow_in_time", "Narrow to the range",
            "Only articles of these days are shown; once more, all.", (), ("Enter",), "narrow",
            "Narrow", bound=False, in_palette=False),
    Command("zoom", "Years, quarters, months", "Finer bars, or coarser ones.", (), ("+ -",),
            "zoom", "Narrow", bound=False, in_palette=False),
    Command("undated", "Without a date", "Tick the articles that have no date.", (), ("u",),
            "no date", "Narrow", bound=False, in_palette=False),
    Command("tick", "Tick", "Only what is ticked is shown; nothing ticked means everything.",
            ("space",), ("Space",), "tick", "Narrow", bound=False, in_palette=False),
    Command("invert", "Invert the ticks", "Everything but what is ticked of a facet.",
            ("exclamation_mark",), ("!",), "invert", "Narrow"),
    Command("clear_facets", "Clear the ticks",
            "Show everything again; Backspace in an empty query removes the last one.",
            ("x", "f4"), ("x", "F4"), "clear", "Narrow"),
    Command("read", "Read the article", "Go to the text of the chosen article.", ("right",),
            ("Enter", "→"), "read", "Read", bound=False),
    Command("back", "Back",
            "From the article to the list, from the list to the query, from there to an empty one.",
            ("escape",), ("Esc",), "back", "Read", in_palette=False),
    Command("next_match", "Next match", "Go to the next place where the query matches.", ("n",),
            ("n",), "next match", "Read"),
    Command("previous_match", "Previous match", "Go to the match before.", ("N", "upper_n"),
            ("N",), "previous", "Read"),
    Command("similar", "Similar articles",
            "List the articles that are most like this one; Esc brings the results back.", ("m",),
            ("m",), "more like it", "Article"),
    Command("edit", "Open in the editor", "Open the file in $VISUAL or $EDITOR.", ("e",), ("e",),
            "edit", "Article"),
    Command("browse", "Open in the browser", "Open the address the article came from.", ("o",),
            ("o",), "browser", "Article"),
    Command("copy_path", "Copy the path", "Put the path of the file on the clipboard.", ("c",),
            ("c",), "copy path", "Article"),
    Command("copy_article", "Copy the text", "Put title and text on the clipboard.", ("t",),
            ("t",), "copy text", "Article"),
    Command("update", "Update the index",
            "Read what was added, changed or removed in the indexed folders.", ("ctrl+r", "f5"),
            ("Ctrl+R", "F5"), "update"),
    Command("toggle_theme", "Light or dark", "Change between the light and the dark theme.",
            ("f6",), ("F6",), "light/dark"),
    Command("app.command_palette", "Commands", "Find any command by its name.", ("ctrl+p",),
            ("Ctrl+P",), "commands", in_palette=False),
    Command("help", "Help", "Show the keys and how to write a query.", ("f1",), ("F1",), "help"),
    Command("app.quit", "Quit", "Leave depeche.", ("ctrl+q",), ("Ctrl+Q",), "quit"),
)  # fmt: skip

_BY_ACTION = {command.action: command for command in COMMANDS}

_BAR: dict[Place, tuple[str, ...]] = {
    "query": ("submit", "focus_results", "history", "sort", "facets", "timeline", "update",
              "app.quit"),
    "results": ("read", "focus_query", "sort", "facets", "timeline", "similar", "next_match",
                "edit", "update", "clear_facets", "copy_path", "app.quit"),
    "article": ("back", "next_match", "previous_match", "similar", "edit", "browse",
                "copy_path", "copy_article", "app.quit"),
    "facets": ("tick", "invert", "clear_facets", "timeline", "back", "app.quit"),
    "timeline": ("move_in_time", "extend_in_time", "narrow_in_time", "zoom", "undated",
                 "clear_facets", "back", "app.quit"),
}  # fmt: skip
_BAR_END = "help"
_TYPED_INTO: tuple[Place, ...] = ("query", "facets")  # where a letter is a letter, not a command


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
        yield command.shown[-1 if place in _TYPED_INTO else 0], command


def palette() -> Iterator[Command]:
    """The commands of the palette."""
    return (command for command in COMMANDS if command.in_palette)


def sections() -> dict[str, list[Command]]:
    """All commands, as the help groups them."""
    found: dict[str, list[Command]] = {}
    for command in COMMANDS:
        found.setdefault(command.section, []).append(command)
    return found
