"""A program in a terminal of its own, as a person would have it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

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

    def settle(self, seconds: float = 0.5) -> None:
        """Read until nothing has been written for some time."""
        last = time.monotonic()
        while time.monotonic() < last + seconds:
            before = len(self.written)
            self._read()
            if len(self.written) > before:
                last = time.monotonic()

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
