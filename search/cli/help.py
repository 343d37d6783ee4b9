"""The help of a command: what Typer knows of it, in the language of the moment.

In place of Typer's own page, which speaks English alone and breaks lines inside « ».
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from typing import Any

import typer

from ..wording.language import _
from ..wording.wrap import wrap

_WIDEST, _NARROWEST = 78, 50  # columns
_INDENT = "  "
_NAMES = 28  # columns for the names of options; longer ones have a line of their own


def help_text(ctx: typer.Context) -> str:
    """The help of the command that `ctx` is of, for the terminal that it will be read in."""
    width = min(max(shutil.get_terminal_size().columns - 2, _NARROWEST), _WIDEST)
    lines = [_("Usage: {usage}").format(usage=usage(ctx)), ""]
    lines += paragraphs(explanation(ctx.command), width)
    for heading, rows in sections(ctx):
        lines += ["", heading, *_table(rows, width)]
    return "\n".join(lines)


def usage(ctx: typer.Context) -> str:
    """`depeche show [OPTIONS] ID`"""
    pieces = [ctx.command_path, _("[OPTIONS]")]
    for parameter in ctx.command.params:
        if parameter.param_type_name == "argument":
            name = _metavar(parameter) + "…" * (parameter.nargs != 1)
            pieces.append(name if parameter.required else f"[{name}]")
    if _commands(ctx):
        pieces.append(_("[COMMAND | QUERY…]"))
    return " ".join(pieces)


def explanation(command: Any) -> str:
    """What a command does, in paragraphs."""
    return _(command.help) if command.help else ""


def sections(ctx: typer.Context) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What may follow a command: a heading, and the name and the meaning of each."""
    every: list[Any] = list(ctx.command.get_params(ctx))
    parameters = [each for each in every if not each.hidden]
    arguments = [each for each in parameters if each.param_type_name == "argument" and each.help]
    options = [each for each in parameters if each.param_type_name == "option"]
    if arguments:
        yield _("Arguments:"), [(_metavar(each), _meaning(each)) for each in arguments]
    yield _("Options:"), [(_names(each), _meaning(each)) for each in options]
    if commands := _commands(ctx):
        yield (
            _("Commands:"),
            [(name, explanation(each).split("\n")[0]) for name, each in commands],
        )


def _commands(ctx: typer.Context) -> list[tuple[str, Any]]:
    commands = getattr(ctx.command, "commands", {})
    return [(name, command) for name, command in commands.items() if not command.hidden]


def _names(option: Any) -> str:
    """`-n, --limit N`"""
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} {_metavar(option)}"


def _metavar(parameter: Any) -> str:
    if parameter.metavar:
        return _(parameter.metavar)
    return "|".join(parameter.type_descriptor.choices or ()) or parameter.name.upper()


def _meaning(parameter: Any) -> str:
    if parameter.name == "help":  # Typer's own
        return _("Print this help.")
    meaning = _(parameter.help)
    if not parameter.show_default or parameter.default in (None, False):
        return meaning
    return _("{meaning} [default: {value}]").format(meaning=meaning, value=parameter.default)


def paragraphs(text: str, width: int) -> Iterator[str]:
    """The lines of a text whose paragraphs are parted by empty lines; an indented one is a table,
    and stays as it is."""
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            yield ""
        if paragraph.startswith(_INDENT):
            yield from paragraph.split("\n")
        else:
            yield from _wrapped(" ".join(paragraph.split("\n")), width)


def _table(rows: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    rows = list(rows)
    names = min(max(len(name) for name, _meaning in rows), _NAMES)
    column = len(_INDENT) + names + 2
    for name, meaning in rows:
        first, *others = _wrapped(meaning, width - column)
        if len(name) > names:
            yield _INDENT + name
            name = ""
        yield f"{_INDENT}{name:{names}}  {first}".rstrip()
        yield from (" " * column + line for line in others)


def _wrapped(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]
