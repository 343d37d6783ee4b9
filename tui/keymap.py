"""The commands: what can be done, with which key, said in which words.

The one place that the key bindings, the line at the bottom, the palette and the help are made
from. No digits, no ctrl+h/i/m: these keys differ on AZERTY keyboards or do not reach a program
inside tmux. A command with a printable key also has one that works in the query box, or is
about an article and has no meaning there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from textual.binding import Binding, BindingType

from search.wording.language import N_

from .keys import shown

Place = Literal["query", "results", "article", "facets", "timeline"]
"""Which part of the screen has the keyboard."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do: `action` is the name of an action of the main screen."""

    action: str
    title: str
    """In the palette and in the help; to be translated when it is shown, as are the others."""
    about: str
    """One sentence for the palette and the help."""
    keys: tuple[str, ...]
    """Textual's names of the keys. Where there are several, the last works in the query box."""
    short: str = ""
    """In the line at the bottom, when it is there."""
    section: str = N_("Anywhere")
    """Of the help."""
    where: tuple[Place, ...] = ()
    """Where its keys mean this; empty: wherever they are not typed."""
    bound: bool = True
    """False when the widget that has the keyboard binds the keys itself."""
    in_palette: bool = True
    also: str = ""
    """Other words, French and English, by which the palette finds it."""

    @property
    def name(self) -> str:
        """What it is called in the configuration: `next-match`."""
        return self.action.rpartition(".")[2].replace("_", "-")

    @property
    def shown(self) -> tuple[str, ...]:
        """The keys as people know them."""
        return tuple(shown(key) for key in self.keys)


# In the order of what people do; so they stand in the help.
COMMANDS = (
    Command("submit", N_("Search at once"),
            N_("Search, remember the query, go to the results; or take the correction that is "
               "offered."),
            ("enter",), N_("search"), N_("Search"), bound=False, in_palette=False),
    Command("focus_query", N_("Another query"),
            N_("Go to the query box; typing replaces what is there."),
            ("slash", "ctrl+f"), N_("query"), N_("Search"),
            ("query", "results", "facets", "timeline")),
    Command("focus_results", N_("Go to the results"),
            N_("Move from the query box into the list."),
            ("down",), N_("results"), N_("Search"), bound=False),
    Command("history", N_("The query before"),
            N_("Walk through the queries of before; ↓ goes the other way, and on to the results."),
            ("up",), N_("history"), N_("Search"), bound=False, in_palette=False),
    Command("search_history", N_("Earlier queries"),
            N_("Find a query of before by any part of it, as in a shell."),
            ("ctrl+r",), N_("earlier"), N_("Search"), also="historique history recherches"),
    Command("sort", N_("Sort"), N_("By relevance, by date (newest first), by title, in turn."),
            ("s", "f2"), N_("sort"), N_("Search"), also="trier ordre order date"),
    Command("read", N_("Read the article"), N_("Go to the text of the chosen article."),
            ("enter", "right"), N_("read"), N_("Read"), bound=False),
    Command("back", N_("Back"),
            N_("From the article to the list, from the list to the query, from there to an empty "
               "one."),
            ("escape",), N_("back"), N_("Read"), in_palette=False),
    Command("next_result", N_("Next article"), N_("Read the next one of the results."),
            ("J", "right_square_bracket"), N_("next"), N_("Read"), also="suivant résultat"),
    Command("previous_result", N_("Previous article"), N_("Read the one before."),
            ("K", "left_square_bracket"), N_("before"), N_("Read"), also="précédent résultat"),
    Command("next_match", N_("Next match"),
            N_("Go to the next place where the query matches, or what was looked for."),
            ("n",), N_("next match"), N_("Read")),
    Command("previous_match", N_("Previous match"), N_("Go to the match before."),
            ("N",), N_("match before"), N_("Read")),
    Command("find", N_("Find in the article"),
            N_("Look for words in this article; n and N walk through them, Esc ends it."),
            ("slash",), N_("find"), N_("Read"), ("article",), also="chercher rechercher texte"),
    Command("focus_mode", N_("The article alone"),
            N_("Give it the whole screen, with what belongs to it beside the text; again: all "
               "panes."),
            ("z",), N_("alone"), N_("Read"), also="zen plein écran full screen largeur"),
    Command("wider", N_("Longer lines"), N_("Let the text of articles be wider."),
            ("plus",), "", N_("Read"), ("article",), also="largeur width"),
    Command("narrower", N_("Shorter lines"), N_("Let the text of articles be narrower."),
            ("minus",), "", N_("Read"), ("article",), also="largeur width"),
    Command("facets", N_("Narrow by source or author"),
            N_("Go to the sources and authors; Enter or Space ticks one, letters find a name."),
            ("f", "f3"), N_("sources"), N_("Narrow"), also="filtrer affiner filter facets"),
    Command("tick", N_("Tick"),
            N_("Only what is ticked is shown; nothing ticked means everything."),
            ("space",), N_("tick"), N_("Narrow"), bound=False, in_palette=False),
    Command("invert", N_("Invert the ticks"),
            N_("All sources but those that are ticked; likewise authors, or dates."),
            ("exclamation_mark",), N_("invert"), N_("Narrow"),
            ("results", "article", "facets", "timeline"), also="sauf exclure exclude not"),
    Command("clear_facets", N_("Clear the ticks"),
            N_("Show everything again. Backspace in an empty query takes the last one away."),
            ("x", "f4"), N_("clear"), N_("Narrow")),
    Command("timeline", N_("Narrow by date"),
            N_("Go to the timeline: how the matches are spread over the years."),
            ("d", "f8"), N_("dates"), N_("Narrow"), also="frise chronologie période calendar"),
    Command("older", N_("Older"), N_("The bar before; the mouse does it with a click."),
            ("left",), N_("older"), N_("Narrow"), ("timeline",), in_palette=False),
    Command("newer", N_("Newer"), N_("The next bar."),
            ("right",), N_("newer"), N_("Narrow"), ("timeline",), in_palette=False),
    Command("from_older", N_("From older on"),
            N_("Several bars, from an older one on; the mouse does it by dragging."),
            ("shift+left",), N_("range"), N_("Narrow"), ("timeline",), in_palette=False),
    Command("until_newer", N_("Until newer"), N_("Several bars, up to a newer one."),
            ("shift+right",), N_("range"), N_("Narrow"), ("timeline",), in_palette=False),
    Command("narrow_in_time", N_("Narrow to these dates"),
            N_("Only articles of the chosen bars are shown; once more, all again."),
            ("enter",), N_("narrow"), N_("Narrow"), ("timeline",), in_palette=False),
    Command("zoom_in", N_("Finer bars"), N_("Months rather than years."),
            ("plus",), N_("finer"), N_("Narrow"), ("timeline",), in_palette=False),
    Command("zoom_out", N_("Coarser bars"), N_("Years rather than months."),
            ("minus",), N_("coarser"), N_("Narrow"), ("timeline",), in_palette=False),
    Command("undated", N_("Without a date"), N_("Tick the articles that have no date."),
            ("u",), N_("no date"), N_("Narrow"), ("timeline",), in_palette=False),
    Command("similar", N_("Similar articles"),
            N_("List the articles that are most like this one; Esc brings the results back."),
            ("m",), N_("more like it"), N_("Article"), also="semblables proches"),
    Command("edit", N_("Open in the editor"), N_("Open the file in $VISUAL or $EDITOR."),
            ("e",), N_("edit"), N_("Article")),
    Command("browse", N_("Open in the browser"), N_("Open the address the article came from."),
            ("o",), N_("browser"), N_("Article"), also="url web"),
    Command("copy_path", N_("Copy the path"), N_("Put the path of the file on the clipboard."),
            ("c",), N_("copy path"), N_("Article")),
    Command("copy_citation", N_("Copy the citation"),
            N_("Author, « Title », *Le Monde*, 14 novembre 2024, address: on the clipboard."),
            ("y",), N_("cite"), N_("Article"), also="référence citer bibliographie citation"),
    Command("copy_article", N_("Copy the text"), N_("Put title and text on the clipboard."),
            ("t",), N_("copy text"), N_("Article")),
    Command("move_down", N_("Down"), N_("By a line or a row."),
            ("j",), section=N_("Move"), in_palette=False),
    Command("move_up", N_("Up"), N_("By a line or a row."),
            ("k",), section=N_("Move"), in_palette=False),
    Command("move_further", N_("Further"), N_("By half a screen."),
            ("ctrl+d",), section=N_("Move"), in_palette=False),
    Command("move_back", N_("Back up"), N_("By half a screen."),
            ("ctrl+u",), section=N_("Move"), in_palette=False),
    Command("move_to_start", N_("To the start"), N_("Of the list or of the article."),
            ("g",), section=N_("Move"), in_palette=False),
    Command("move_to_end", N_("To the end"), N_("Of the list or of the article."),
            ("G",), section=N_("Move"), in_palette=False),
    Command("export", N_("Export the results"),
            N_("Write all that is found into a file: CSV, RIS, BibTeX, CSL-JSON, Markdown."),
            ("E",), N_("export"), N_("Archive"), ("results", "article", "timeline"),
            also="exporter enregistrer zotero tableur csv save"),
    Command("update", N_("Update the index"),
            N_("Read what was added, changed or removed in the indexed folders."),
            ("f5",), N_("update"), N_("Archive"), also="mettre à jour actualiser refresh"),
    Command("show_news", N_("Show what is new"),
            N_("Search again: what has arrived since is among the results."),
            ("r",), N_("what is new"), N_("Archive"), also="nouveautés news refresh"),
    Command("folders", N_("Folders"),
            N_("Add a folder of articles to the index, or forget one."),
            ("f7",), N_("folders"), N_("Archive"),
            also="dossiers ajouter oublier add forget index"),
    Command("toggle_theme", N_("Theme: light or dark"),
            N_("Change between the light and the dark theme."),
            ("f6",), N_("light/dark"), also="thème theme clair sombre couleurs"),
    Command("toggle_language", N_("Language: français / English"),
            N_("Speak the other language, from now on."),
            (), also="langue language french anglais english"),
    Command("app.command_palette", N_("Commands"), N_("Find any command by its name."),
            ("ctrl+p",), N_("commands"), in_palette=False),
    Command("help", N_("Help"), N_("Show the keys and how to write a query."),
            ("f1",), N_("help"), also="aide"),
    Command("app.suspend_process", N_("Suspend"), N_("Go back to the shell for a while: fg."),
            ("ctrl+z",), in_palette=False),
    Command("leave", N_("Leave"), N_("Leave the article or the list; then depeche."),
            ("q",), N_("leave"), in_palette=False),
    Command("app.quit", N_("Quit"), N_("Leave depeche."), ("ctrl+c", "ctrl+q"), N_("quit"),
            also="quitter exit"),
)  # fmt: skip

_BAR: dict[Place, tuple[str, ...]] = {
    "query": ("submit", "focus_results", "history", "sort", "facets", "timeline",
              "search_history", "update", "folders", "app.quit"),
    "results": ("read", "focus_query", "sort", "facets", "timeline", "similar", "next_match",
                "edit", "focus_mode", "update", "clear_facets", "copy_path", "leave"),
    "article": ("back", "next_match", "find", "next_result", "previous_result", "similar",
                "edit", "browse", "copy_citation", "focus_mode", "copy_path", "copy_article",
                "leave"),
    "facets": ("tick", "invert", "clear_facets", "timeline", "back", "app.quit"),
    "timeline": ("older", "newer", "from_older", "narrow_in_time", "zoom_in", "zoom_out",
                 "undated", "clear_facets", "back"),
}  # fmt: skip
_BAR_END = "help"
_TYPED_INTO: tuple[Place, ...] = ("query", "facets")  # where a letter is a letter, not a command


class Keymap:
    """The commands with the keys that they have for somebody."""

    def __init__(self, chosen: Mapping[str, tuple[str, ...]] | None = None) -> None:
        """`chosen`: other keys for some commands, by their names. They are taken from others."""
        chosen = chosen or {}
        taken = {key for keys in chosen.values() for key in keys}
        self.commands = tuple(
            replace(command, keys=chosen[command.name])
            if command.name in chosen
            else replace(command, keys=tuple(k for k in command.keys if k not in taken))
            if command.bound
            else command
            for command in COMMANDS
        )
        self._by_action = {command.action: command for command in self.commands}

    def __getitem__(self, action: str) -> Command:
        return self._by_action[action]

    def get(self, action: str) -> Command | None:
        """The command with an action, if there is one."""
        return self._by_action.get(action)

    def key(self, action: str) -> str:
        """A key of a command as people know it, for a sentence; one that works while one types."""
        return (self[action].shown or ("",))[-1]

    def bindings(self) -> list[BindingType]:
        """The key bindings of the main screen; those of one place before those of all."""
        return [
            Binding(key, command.action, show=False)
            for command in sorted(self.commands, key=lambda command: not command.where)
            if command.bound
            for name in command.keys
            for key in _as_sent(name)
        ]

    def bar(self, place: Place) -> Iterator[tuple[str, Command]]:
        """The commands to show at the bottom, with a key each: the most useful first, help last."""
        for action in (*_BAR[place], _BAR_END):
            command = self[action]
            if command.keys:
                yield command.shown[-1 if place in _TYPED_INTO else 0], command

    def palette(self) -> Iterator[Command]:
        """The commands of the palette."""
        return (command for command in self.commands if command.in_palette)

    def sections(self) -> dict[str, list[Command]]:
        """All commands that have a key, as the help groups them."""
        found: dict[str, list[Command]] = {}
        for command in self.commands:
            if command.keys:
                found.setdefault(command.section, []).append(command)
        return found


def _as_sent(key: str) -> tuple[str, ...]:
    """The names under which a key may arrive: a capital has two."""
    return (key, f"upper_{key.lower()}") if len(key) == 1 and key.isupper() else (key,)
