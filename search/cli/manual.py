"""The manual page, made of the same texts as the help: `python -m search.cli.manual FOLDER`.

Writes `depeche.1` and, in French, `depeche.fr.1`. The wheel has them in `share/man`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import typer

from ..wording.language import LANGUAGES, N_, _, use
from ..wording.syntax import FORGIVEN, SYNTAX
from .app import HELP_OPTIONS, app
from .help import explanation, sections, usage

STATUSES = (
    ("0", N_("Something was found, or done.")),
    ("1", N_("Nothing was found.")),
    ("2", N_("The command or the query is wrong, or a file cannot be read or written.")),
    ("3", N_("There is no index, or it cannot be used.")),
    ("70", N_("A fault of the program; the log has its details.")),
    ("75", N_("Another process is writing to the index: try again later.")),
    ("130", N_("Interrupted.")),
)
VARIABLES = (
    ("DEPECHE_INDEX", N_("The folder of the index.")),
    ("DEPECHE_LANG", N_("The language, `fr` or `en`, whatever LC_ALL, LC_MESSAGES and LANG say.")),
    ("NO_COLOR, FORCE_COLOR", N_("Never or always in colour, unless --color says otherwise.")),
    ("VISUAL, EDITOR, BROWSER", N_("What the interface opens files and addresses with.")),
)
FILES = (
    ("~/.local/share/depeche/index", N_("The usual index.")),
    ("~/.config/depeche/config.toml", N_("Settings of the interface.")),
    ("~/.local/state/depeche/log", N_("The details of faults.")),
)


def manual() -> str:
    """The page, in the language of the moment."""
    group = typer.main.get_command(app)
    root = typer.Context(group, info_name="depeche", help_option_names=HELP_OPTIONS)
    lines = [".TH DEPECHE 1", ".nh", ".ad l", *_section(_("NAME"))]
    summary, *rest = explanation(group).split("\n\n")
    lines += [f"depeche \\- {_text(summary).rstrip('.')}", *_section(_("SYNOPSIS"))]
    contexts = [
        typer.Context(command, info_name=name, parent=root)
        for name, command in group.commands.items()  # type: ignore[attr-defined]
    ]
    for ctx in (root, *contexts):
        lines += [f".B {_text(usage(ctx))}", ".br"]
    lines += [*_section(_("DESCRIPTION")), *_paragraphs(rest), *_section(_("COMMANDS"))]
    for ctx in contexts:
        lines += [f".SS {_text(usage(ctx))}", *_paragraphs(explanation(ctx.command).split("\n\n"))]
        for _heading, rows in sections(ctx):
            lines += _rows(rows)
    lines += _section(_("QUERIES"))
    for row in SYNTAX:
        lines += [".TP", ", ".join(f"\\fB{_text(example)}\\fR" for example in row.examples)]
        lines.append(_text(_(row.meaning)))
    lines += _paragraphs(map(_, FORGIVEN))
    tables = (_("EXIT STATUS"), STATUSES), (_("ENVIRONMENT"), VARIABLES), (_("FILES"), FILES)
    for heading, table in tables:
        lines += [*_section(heading), *_rows((name, _(meaning)) for name, meaning in table)]
    return "\n".join(lines) + "\n"


def _section(name: str) -> list[str]:
    return [f".SH {name}"]


def _paragraphs(paragraphs: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield ".PP"
        if paragraph.startswith("  "):
            yield from (".nf", *map(_text, paragraph.split("\n")), ".fi")
        else:
            yield _text(paragraph.replace("\n", " "))


def _rows(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, meaning in rows:
        yield from (".TP", f"\\fB{_text(name)}\\fR", _text(meaning))


def _text(text: str) -> str:
    """Text for roff: nothing in it is a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("~", "\\(ti")
    text = re.sub(r"`([^`]+)`", r"\\fB\1\\fR", text)
    return f"\\&{text}" if text.startswith((".", "'", " ")) else text


def write(folder: Path) -> None:
    """Write the page in each language."""
    for language in LANGUAGES:
        use(language)
        name = "depeche.1" if language == "en" else f"depeche.{language}.1"
        (folder / name).write_text(manual(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
