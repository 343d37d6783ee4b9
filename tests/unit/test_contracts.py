"""Who may import whom: the contracts of pyproject.toml are kept, and each of them can be broken.

A contract that has never been seen to fail guards nothing. So all are checked against a copy of the
code to which imports were added that they are to forbid.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.places import ROOT

PACKAGES = ("index", "search", "tui")
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in CONFIGURATION["tool"]["importlinter"]["contracts"]
}

FORBIDDEN = {
    # Contract: packages that break it, and what they would import.
    "one-way": [("index.formats", "search.model"), ("search.local", "tui.keymap")],
    "door": [
        ("tui.screens", "index.update"),
        ("tui.session", "search.local"),
        ("tui", "search.samples"),
        ("search.cli", "index.article"),
        ("search.cli", "search.query"),
        ("search.wording", "search.passages"),
    ],
    "engine": [("search.passages", "search.local"), ("tui.session", "search.local")],
    "front-ends": [("tui.widgets", "search.cli"), ("search.wording", "tui")],
    "pure": [
        ("search.query", "search.local"),
        ("search.passages", "index.whoosh_store"),
        ("index.analysis", "whoosh"),  # which queries and passages import
    ],
    "search-layers": [("search.local", "search.samples"), ("search.query", "search.passages")],
    "index-layers": [
        ("index.formats", "index.extraction"),
        ("index.extraction", "index.intake"),
        ("index.intake", "index.whoosh_store"),
        ("index.whoosh_store", "index.update"),
    ],
    "tui-layers": [("tui.widgets", "tui.screens"), ("tui.session", "tui.widgets")],
    "store": [("index.intake", "index.whoosh_store"), ("search.cli", "index.whoosh_store")],
    "whoosh": [("index.intake", "whoosh"), ("search.local", "whoosh"), ("tui", "whoosh")],
    "numpy": [("index.intake", "numpy"), ("search.local", "numpy")],
    "typer": [("tui", "typer"), ("search.wording", "typer")],
    "rich": [("search.local", "rich"), ("index", "rich")],
    "textual": [("search.wording", "textual"), ("search.cli", "textual")],
}


def complaints(folder: Path) -> str:
    """What is said of the contracts that the code in a folder breaks."""
    command = "from importlinter.cli import lint_imports_command as lint; lint()"
    ran = subprocess.run(
        [sys.executable, "-c", command, "--no-cache", "--no-logo"],
        cwd=folder,
        env={**os.environ, "COLUMNS": "500"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = ran.stdout + ran.stderr
    assert ("kept" in said) is ("broken" in said), said  # else it could not look at the code
    return said if ran.returncode else ""


def test_contracts_are_kept() -> None:
    if said := complaints(ROOT):
        pytest.fail(said, pytrace=False)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of each contract when all of them are broken in a copy of the code."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, copy / package, ignore=ignored)
    for importer, imported in {edge for edges in FORBIDDEN.values() for edge in edges}:
        with copy.joinpath(*importer.split("."), "__init__.py").open("a") as module:
            module.write(f"\nimport {imported}\n")
    for package in ("index", "search"):
        (copy / package / "attic.py").touch()
    said = complaints(copy)
    # Behind the list of contracts each that is broken has its name as a heading.
    headings = "|".join(map(re.escape, CONTRACTS.values()))
    parts = re.split(rf"^({headings})\n-+\n", said, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("contract", CONTRACTS)
def test_contract_can_be_broken(broken: dict[str, str], contract: str) -> None:
    said = broken[CONTRACTS[contract]]
    for importer, imported in FORBIDDEN[contract]:
        edge = rf"\b{re.escape(importer)} -> {re.escape(imported)} \(l"
        assert re.search(edge, said), f"{importer} may import {imported}\n{said}"


@pytest.mark.parametrize("contract", ["index-layers", "search-layers"])
def test_a_new_room_has_to_say_where_it_stands(broken: dict[str, str], contract: str) -> None:
    assert "attic" in broken[CONTRACTS[contract]]
