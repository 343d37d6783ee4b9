"""A real pseudo-terminal to run the command in, as wide as one likes."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

from tests.support.places import ROOT

COMMAND = [sys.executable, "-c", "import sys; from search.cli.app import main; sys.exit(main())"]


def in_window(columns: int, *args: str | Path, **env: str) -> str:
    """What a command writes to a terminal so many columns wide."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    env = {**os.environ, "TERM": "xterm-256color", **env}
    written = b""
    with subprocess.Popen([*COMMAND, *args], cwd=ROOT, env=env, stdout=slave, stderr=slave):
        os.close(slave)
        try:
            while some := os.read(master, 65536):
                written += some
        except OSError:  # its end, on Linux
            pass
    os.close(master)
    return written.decode("utf-8").replace("\r\n", "\n")


def without_colour(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", text)
