"""The installed command in a real terminal."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.terminal import Terminal


@pytest.fixture
def editor() -> str:
    """What the user has named as the editor."""
    return "true"


@pytest.fixture
def terminal(tmp_path: Path, editor: str) -> Iterator[Terminal]:
    """`depeche` as a new user starts it, in 80 × 24 cells."""
    command = shutil.which("depeche", path=Path(sys.executable).parent)
    if not command:
        pytest.skip("the command is not installed")
    env = {name: value for name, value in os.environ.items() if name != "DEPECHE_INDEX"}
    env |= {"TERM": "xterm-256color", "HOME": str(tmp_path), "VISUAL": editor}
    env |= {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("DATA", "STATE", "CONFIG")}
    opened = Terminal([command], env, 80, 24)
    yield opened
    opened.close()


def test_a_first_session_from_the_keyboard_alone(terminal: Terminal, tmp_path: Path) -> None:
    terminal.wait_for("earch the archive")
    terminal.wait_for("depeche index DIR")
    terminal.type("missiles longue portée")
    terminal.wait_for("Biden autorise l’Ukraine")
    terminal.type("\r")
    terminal.wait_for("read")
    terminal.type("\r")
    terminal.wait_for("matches")
    terminal.type("n")
    terminal.wait_for("match 1/")
    terminal.type("e")  # the editor ends at once, and the screen comes back
    terminal.wait_for("match 1/")
    terminal.type("\x11")
    assert terminal.end() == 0
    assert (tmp_path / "STATE/depeche/history").read_text() == "missiles longue portée\n"


@pytest.fixture
def no_program(tmp_path: Path) -> str:
    """An executable file that the system refuses to run."""
    path = tmp_path / "editor"
    path.write_bytes(b"\0not a program")
    path.chmod(0o755)
    return str(path)


class TestEditorThatDoesNotStart:
    @pytest.fixture
    def editor(self, no_program: str) -> str:
        return no_program

    def test_the_screen_comes_back(self, terminal: Terminal) -> None:
        terminal.wait_for("earch the archive")
        terminal.type("koursk")
        terminal.wait_for("Biden autorise l’Ukraine")
        terminal.type("\r")
        terminal.wait_for("read")
        terminal.type("e")
        terminal.wait_for("format error")
        terminal.type("\x11")
        assert terminal.end() == 0
