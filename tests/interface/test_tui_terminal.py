"""The installed command in a real terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_=>])")
_FOREVER = 30.0  # seconds


class Terminal:
    """A program in a pseudo-terminal, and what it has written since one last looked."""

    def __init__(self, command: list[str], env: dict[str, str], columns: int, lines: int) -> None:
        here, there = pty.openpty()
        fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.process = subprocess.Popen(
            command, stdin=there, stdout=there, stderr=there, env=env, start_new_session=True
        )
        os.close(there)
        self._file = here
        self.written = ""

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._file, keys.encode())

    def wait_for(self, words: str) -> None:
        """Read until `words` have been written, with nothing but styles in between."""
        deadline = time.monotonic() + _FOREVER
        while words not in _ESCAPE.sub("", self.written):
            assert time.monotonic() < deadline, f"no {words!r} in\n{self.written[-3000:]!r}"
            self._read()
        self.written = ""

    def end(self) -> int:
        """Wait for the program to end; its exit status."""
        deadline = time.monotonic() + _FOREVER
        while self.process.poll() is None:
            assert time.monotonic() < deadline
            self._read()
        return self.process.returncode

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._file)

    def _read(self) -> None:
        if select.select([self._file], [], [], 0.05)[0]:
            try:
                self.written += os.read(self._file, 65536).decode(errors="replace")
            except OSError:  # the other end is closed
                self.process.wait()


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
