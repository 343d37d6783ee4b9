"""What the documents say of the code is there: files, rooms, modules to run, targets of make."""

from __future__ import annotations

import importlib.util
import re

import pytest

from tests.support.places import ROOT

DOCUMENTS = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "Makefile"]
FOLDERS = ("index/", "search/", "tui/", "tests/", "seeds/", ".github/")
PLACE = re.compile(r"`((?:[\w.]+/)*[\w.]+\.(?:py|toml|tcss|md|yaml|yml|json)|(?:[\w.]+/)+)`")
MODULE = re.compile(r"-m (tests[\w.]+)")


def text_of(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def places_in(document: str) -> set[str]:
    """The files and folders that a document names, as paths from the top."""
    places = set(PLACE.findall(text_of(document)))
    return {place for place in places if "/" not in place or place.startswith(FOLDERS)}


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_places_exist(document: str) -> None:
    places = places_in(document)
    assert len(places) > 5
    assert not [place for place in sorted(places) if not (ROOT / place).exists()]


def test_no_room_is_left_out() -> None:
    """Each folder of the code is named, or files of it are."""
    architecture = text_of("ARCHITECTURE.md")
    rooms = [
        init.parent.relative_to(ROOT).as_posix()
        for package in ("index", "search", "tui")
        for init in (ROOT / package).rglob("__init__.py")
    ]
    assert len(rooms) > 10
    assert not [room for room in rooms if f"`{room}/" not in architecture]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_modules_to_run_exist(document: str) -> None:
    for module in MODULE.findall(text_of(document)):
        assert importlib.util.find_spec(module), module


def test_targets_of_make_exist() -> None:
    targets = set(re.findall(r"^(\w+):", text_of("Makefile"), re.MULTILINE))
    named = set(re.findall(r"`make (\w+)`", text_of("CONTRIBUTING.md") + text_of("README.md")))
    assert {"test", "slow", "coverage"} <= named
    assert named <= targets
