"""What the README shows is what the program prints; what it says to type is what is tested."""

from __future__ import annotations

import json
import re
import shlex

import pytest

from search.wording.language import _
from search.wording.syntax import SYNTAX
from tests.support.places import ROOT
from tests.support.windows import in_window, without_colour
from tui.keymap import COMMANDS

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^```console\n\$ depeche (.*)\n((?:.*\n)*?)```$", re.MULTILINE)
EXAMPLES = EXAMPLE.findall(README)


def without_figures(text: str) -> str:
    """`text` without what differs from run to run, or is not shown: times, and a first notice."""
    text = re.sub(r"^(?:No index yet:|Pas d’index).*\n", "", text)
    text = re.sub(r'"elapsed_ms": [\d.]+', '"elapsed_ms": 0', text)
    return re.sub(r"\d+ ms\b", "0 ms", text).strip()


LISEZMOI = (ROOT / "LISEZMOI.md").read_text(encoding="utf-8")
IN_FRENCH = EXAMPLE.findall(LISEZMOI)


@pytest.mark.parametrize(("command", "shown"), IN_FRENCH, ids=[line for line, _shown in IN_FRENCH])
def test_example_in_french(command: str, shown: str) -> None:
    printed = without_colour(in_window(80, *shlex.split(command), DEPECHE_LANG="fr"))
    same = without_figures(printed).replace("\N{NO-BREAK SPACE}", " ")
    assert same == without_figures(shown).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.usefixtures("french")
def test_the_table_of_queries_in_french() -> None:
    table = LISEZMOI.partition("|---|---|\n")[2].partition("\n\n")[0]
    assert table.splitlines() == [
        f"| {' '.join(map(in_a_cell, row.examples))} | {_(row.meaning)} |" for row in SYNTAX
    ]


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[line for line, _shown in EXAMPLES])
def test_example(command: str, shown: str) -> None:
    printed = without_colour(in_window(80, *shlex.split(command)))
    assert without_figures(printed) == without_figures(shown)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 2


def test_the_json_example_has_the_keys_of_the_real_one() -> None:
    (shown,) = re.findall(r"^```json\n(.*?)```$", README, re.MULTILINE | re.DOTALL)
    printed = in_window(80, "search", "antipersonnel", "--json").splitlines()[-1]
    assert keys(json.loads(shown)) == keys(json.loads(printed))


def keys(value: object) -> object:
    """The shape of a JSON value: its keys, and those of the first item of its lists."""
    if isinstance(value, dict):
        return {key: keys(inner) for key, inner in value.items()}
    return [keys(value[0])] if isinstance(value, list) and value else None


def test_the_table_of_queries_is_that_of_the_help() -> None:
    head = "| you type | you get |\n|---|---|\n"
    _before, rest = README.split(head)
    table = rest.partition("\n\n")[0]
    assert table.splitlines() == [
        f"| {' '.join(map(in_a_cell, row.examples))} | {row.meaning} |" for row in SYNTAX
    ]


def in_a_cell(code: str) -> str:
    """Code in a table of Markdown, where a bar would end the cell."""
    escaped = code.replace("|", "\\|")
    return f"`{escaped}`"


def test_ci_runs_the_readme_s_test_command() -> None:
    (command,) = re.findall(r"^python3 -m venv .*pytest$", README, re.MULTILINE)
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)\)", README + LISEZMOI):
        assert (ROOT / target).exists(), target


def test_all_commands_that_can_have_other_keys_are_named() -> None:
    paragraph = README.split("The commands that can have other keys: ")[1].split("\n\n")[0]
    assert re.findall(r"`([a-z-]+)`", paragraph) == [c.name for c in COMMANDS if c.bound]
