"""Arguments are read without Pydantic as Typer would read them with it.

When a test fails after an update of Typer, `search/cli/arguments.py` is what to look at: it leans
on the insides of the versions that pyproject.toml allows.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import version
from typing import Any

import pytest
import typer
from packaging.requirements import Requirement

from search.cli.app import app
from tests.support.places import ROOT

TYPED = ["", "0", "3", "-1", "007", "1.5", " 2 ", "many", "relevance", "date", "Date", "été", "a/b"]


def parameters() -> list[Any]:
    """Every argument and option that takes a value, of every command."""
    commands = typer.main.get_command(app).commands.values()  # type: ignore[attr-defined]
    found = [parameter for command in commands for parameter in command.params]
    return [p for p in found if not getattr(p, "is_flag", False)]


REFUSED = object()


def processed(parameter: Any, process: Any, value: Any) -> object:
    """What comes of a value."""
    context = typer.Context(typer.main.get_command(app))
    try:
        return process(context, value)
    except typer.BadParameter:
        return REFUSED


@pytest.mark.parametrize("parameter", parameters(), ids=lambda p: f"{p.param_type_name}-{p.name}")
def test_values_are_those_of_typer(parameter: Any) -> None:
    from search.cli.arguments import _converter

    several = parameter.nargs == -1 or parameter.multiple
    values = [["a", typed] for typed in TYPED] if several else TYPED
    for value in values:
        usual = processed(parameter, parameter.process_value, value)
        assert processed(parameter, _converter(parameter), value) == usual, value


def test_there_are_such_parameters() -> None:
    assert {"index", "query", "limit", "sort", "folders"} <= {p.name for p in parameters()}


def test_the_installed_typer_is_one_of_those_allowed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (allowed,) = [
        requirement.specifier
        for requirement in map(Requirement, project["dependencies"])
        if requirement.name == "typer"
    ]
    assert version("typer") in allowed
    assert "0.30.0" not in allowed  # each minor version so far has moved something


BY_THE_BOOK = """
import sys
from typing import Annotated
import typer

app = typer.Typer(rich_markup_mode=None)

@app.command()
def command(number: Annotated[int, typer.Option(parser=int)] = 1) -> None:
    print("pydantic" in sys.modules)

app()
"""


@pytest.mark.parametrize("args", [[], ["--number", "3"]])
def test_a_parser_of_ones_own_would_not_do(args: list[str]) -> None:
    """If it does one day, `parser=` can take the place of all that converts values here."""
    ran = subprocess.run(
        [sys.executable, "-c", BY_THE_BOOK, *args], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "True\n"
