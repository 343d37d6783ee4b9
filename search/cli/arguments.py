"""Arguments: what a command is given, and what is said of what it cannot be given.

All that leans on the insides of Typer is here and in `help`; the rest of the command line uses what
Typer promises. It is for start-up: Typer has Pydantic convert every value, even that of an option
that was not given, and importing Pydantic would make a search take a third longer. Options with a
`parser` of their own are no way around it: their values, too, go through Pydantic. So values are
converted here. And it is for what a person reads, which Typer says in English.

`tests/unit/test_arguments.py` says of the installed Typer whether all this still holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from itertools import islice
from typing import Any, Literal, NoReturn, get_args, get_origin

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from ..wording.language import _, ngettext

_NO_COMMAND = "depeche.no_command"
_WITH_ITS_VALUE = re.compile(r"(-[a-z])\d+")  # `-n5`


class Command(TyperCommand):
    """A command that converts its values itself, and has help in our own words."""

    allow_extra_args = True  # what is too much is told here

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        _convert_here(self.get_params(ctx))
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            said = ngettext("one word too many: {words}", "words too many: {words}", len(rest))
            wrong(said.format(words=" ".join(rest)), ctx)
        return rest

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        return _help(ctx)


class Group(TyperGroup):
    """The same for what stands before a command, of which `search` is the usual one."""

    USUAL = "search"

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        _convert_here(self.get_params(ctx))
        completed = self.with_command(args)
        if len(completed) > len(args):
            ctx.meta[_NO_COMMAND] = next(a for a, c in zip(args, completed, strict=False) if a != c)
        return super().parse_args(ctx, completed)

    def with_command(self, args: Sequence[str]) -> list[str]:
        """`missiles -Irak` → `search missiles -Irak`, and what has a command as it is."""
        flags, valued = _options(self.params)
        at = 0
        while at < len(args) and (
            args[at] in ("-h", "--help", *flags, *valued) or args[at].startswith("--index=")
        ):
            at += 2 if args[at] in valued else 1
        if at >= len(args) or args[at] in self.commands:
            return list(args)
        return [*args[:at], self.USUAL, *args[at:]]

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        return _help(ctx)


class WordsWithDashes(Command):
    """A command whose words may begin with a dash: in `search missiles -Irak` it excludes."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        flags, valued = _options(self.get_params(ctx))
        options: list[str] = []
        words: list[str] = []
        rest = iter(args)
        for arg in rest:
            joined = _WITH_ITS_VALUE.fullmatch(arg)
            if arg == "--":
                words += rest
            elif arg in valued:
                options += [arg, *islice(rest, 1)]
                if options[-1] is arg and not ctx.resilient_parsing:
                    wrong(_("{option} needs a value").format(option=arg), ctx)
            elif arg.startswith("--") or arg in flags or (joined and joined[1] in valued):
                options.append(arg)
            else:
                words.append(arg)
        return super().parse_args(ctx, [*options, "--", *words])


def like_a_command(ctx: typer.Context) -> str:
    """The command that may have been meant by the first word of a search without one, or ``."""
    root = ctx.find_root()
    word = root.meta.get(_NO_COMMAND, "")
    return next(iter(get_close_matches(word, root.command.commands, n=1)), "")  # type: ignore[attr-defined]


def _options(parameters: list[Any]) -> tuple[set[str], set[str]]:
    """The names of the options that are flags, and of those that take a value."""
    flags: set[str] = set()
    valued: set[str] = set()
    for parameter in parameters:
        if parameter.param_type_name == "option":
            (flags if parameter.is_flag else valued).update(parameter.opts)
    return flags, valued


def _help(ctx: typer.Context) -> str:
    from .help import help_text

    return help_text(ctx)


def _convert_here(parameters: list[Any]) -> None:
    for parameter in parameters:
        parameter.process_value = _converter(parameter)


def _converter(parameter: TyperArgument | TyperOption) -> Any:
    """What takes the place of `parameter.process_value`."""
    wanted = parameter.type_descriptor.annotation

    def process_value(ctx: typer.Context, value: Any) -> Any:
        if value is None and parameter.required:
            name = _(parameter.metavar or parameter.name)
            wrong(_("{command} needs more: {name}").format(command=ctx.info_name, name=name), ctx)
        if value is not None:
            try:
                value = converted(value, wanted, parameter.min)
            except (TypeError, ValueError):
                wrong(_refusal(parameter, value, wanted), ctx)
        return parameter.callback(ctx, parameter, value) if parameter.callback else value

    return process_value


def converted(value: Any, wanted: Any, least: float | None = None) -> Any:
    """What was typed, as the type `wanted`. Raises TypeError or ValueError when it is none."""
    if get_origin(wanted) is list:
        (item,) = get_args(wanted)
        return [converted(each, item) for each in value]
    if get_origin(wanted) is Literal:
        if value not in get_args(wanted):
            raise ValueError(value)
        return value
    found = wanted(value)
    if least is not None and found < least:
        raise ValueError(value)
    return found


def _refusal(parameter: TyperArgument | TyperOption, value: Any, wanted: Any) -> str:
    """What an option takes, and what it was given instead."""
    name = max(parameter.opts, key=len)
    if get_origin(wanted) is Literal:
        *others, last = get_args(wanted)
        choices = _(" or ").join((", ".join(others), last))
        said = _("{option} takes {choices}, not “{value}”")
        return said.format(option=name, choices=choices, value=value)
    if parameter.min is not None:
        said = _("{option} takes a number from {least} on, not “{value}”")
        return said.format(option=name, least=parameter.min, value=value)
    return _("{option} does not take “{value}”").format(option=name, value=value)


class _WrongUse(typer.BadParameter):
    """Arguments that cannot be taken, or that make no sense together."""

    def format_message(self) -> str:
        """The message alone: Typer would begin it with “Invalid value”."""
        return self.message


def wrong(message: str, ctx: typer.Context) -> NoReturn:
    """End a command that makes no sense as it was typed."""
    raise _WrongUse(message, ctx=ctx)


def usage_error(error: typer.TyperException) -> list[str]:
    """What to say of arguments that Typer, or `wrong`, does not take."""
    ctx: typer.Context | None = getattr(error, "ctx", None)
    command = ctx.command_path if ctx else "depeche"
    return [_in_words(error, ctx), _("Try: {command} --help").format(command=command)]


def _in_words(error: Any, ctx: typer.Context | None) -> str:
    option = getattr(error, "option_name", "")
    match type(error).__name__:
        case "NoSuchOption":
            names = (
                [name for each in ctx.command.get_params(ctx) for name in each.opts] if ctx else []
            )
            if near := get_close_matches(option, names, n=1):
                said = _("no option {option}: did you mean {near}?")
                return said.format(option=option, near=near[0])
            return _("no option {option}").format(option=option)
        case "BadOptionUsage":
            if "not take" in error.message:
                return _("{option} takes no value").format(option=option)
            return _("{option} needs a value").format(option=option)
    return str(error.format_message())
