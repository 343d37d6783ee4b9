"""Who may import whom: the contracts of pyproject.toml are kept, and each of them can be broken.

A contract that has never been seen to fail guards nothing. So each is checked against a copy of the
code to which imports were added that it is to forbid.
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
CONTRACTS = [contract["id"] for contract in CONFIGURATION["tool"]["importlinter"]["contracts"]]

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


def complaints(folder: Path, *contracts: str) -> str:
    """What is said of the contracts, or of all, that the code in a folder breaks."""
    command = "from importlinter.cli import lint_imports_command as lint; lint()"
    only = [f"--contract={contract}" for contract in contracts]
    ran = subprocess.run(
        [sys.executable, "-c", command, "--no-cache", "--no-logo", *only],
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


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code and its contracts, in a folder that may be written to."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    return tmp_path


@pytest.mark.parametrize("contract", CONTRACTS)
def test_contract_can_be_broken(copy: Path, contract: str) -> None:
    for importer, imported in FORBIDDEN[contract]:
        with copy.joinpath(*importer.split("."), "__init__.py").open("a") as module:
            module.write(f"\nimport {imported}\n")
    said = complaints(copy, contract)
    for importer, imported in FORBIDDEN[contract]:
        edge = rf"\b{re.escape(importer)} -> {re.escape(imported)} \(l"
        assert re.search(edge, said), f"{importer} may import {imported}\n{said}"


def test_a_new_room_has_to_say_where_it_stands(copy: Path) -> None:
    for package, contract in (("index", "index-layers"), ("search", "search-layers")):
        (copy / package / "attic.py").touch()
        assert "attic" in complaints(copy, contract)
