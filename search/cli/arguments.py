"""Arguments: what a command is given, and what is said of what it cannot be given.

All that leans on the insides of Typer is here; the rest of the command line uses what Typer
promises. It is for start-up: Typer has Pydantic convert every value, even that of an option that
was not given, and importing Pydantic would make a search take a third longer. Options with a
`parser` of their own are no way around it: their values, too, go through Pydantic. So values are
converted here; what is wrong goes the usual way, so that the messages are the usual ones.

`tests/unit/test_arguments.py` says of the installed Typer whether all this still holds.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, Literal, NoReturn, get_args, get_origin

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption


class Command(TyperCommand):
    """A command that converts its values itself."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        _convert_here(self.get_params(ctx))
        return super().parse_args(ctx, args)


class Group(TyperGroup):
    """The same for the options that stand before a command."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        _convert_here(self.get_params(ctx))
        return super().parse_args(ctx, args)


class WordsWithDashes(Command):
    """A command whose words may begin with a dash: in `search missiles -Irak` it excludes."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        flags: set[str] = set(ctx.help_option_names)
        valued: set[str] = set()
        for parameter in self.get_params(ctx):
            if parameter.param_type_name == "option":
                (flags if getattr(parameter, "is_flag", False) else valued).update(parameter.opts)
        options: list[str] = []
        words: list[str] = []
        rest = iter(args)
        for arg in rest:
            if arg == "--":
                words += rest
            elif arg in valued:
                options += [arg, *islice(rest, 1)]
            elif arg.startswith("--") or arg in flags:
                options.append(arg)
            else:
                words.append(arg)
        return super().parse_args(ctx, [*options, "--", *words])


def _convert_here(parameters: list[Any]) -> None:
    for parameter in parameters:
        parameter.process_value = _converter(parameter)


def _converter(parameter: TyperArgument | TyperOption) -> Any:
    """What takes the place of `parameter.process_value`."""
    usual, wanted = parameter.process_value, parameter.type_descriptor.annotation

    def process_value(ctx: typer.Context, value: Any) -> Any:
        if value is None and parameter.required:
            return usual(ctx, value)
        if value is not None:
            try:
                value = converted(value, wanted, parameter.min)
            except (TypeError, ValueError):
                return usual(ctx, value)
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


class _WrongUse(typer.BadParameter):
    """Arguments that are fine one by one and make no sense together."""

    def format_message(self) -> str:
        """The message alone: Typer would begin it with “Invalid value”."""
        return self.message


def wrong(message: str, ctx: typer.Context) -> NoReturn:
    """End a command that makes no sense as it was typed."""
    raise _WrongUse(message, ctx=ctx)


def usage_error(error: typer.TyperException) -> list[str]:
    """What to say of arguments that Typer, or `wrong`, does not take."""
    # Pydantic begins what Typer says of a wrong choice with “Value error”.
    line = " ".join(error.format_message().split()).replace("Value error, ", "")
    if "No such command" in line and "Did you mean" not in line:
        line += " To search: depeche search …"
    ctx: typer.Context | None = getattr(error, "ctx", None)
    return [line, f"Try: {ctx.command_path if ctx else 'depeche'} --help"]
