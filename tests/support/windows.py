"""A real pseudo-terminal to run the command in, as wide as one likes."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.support.places import ROOT

COMMAND = [sys.executable, "-c", "import sys; from search.cli.app import main; sys.exit(main())"]

_END = "-- that was it --"
_ONE_AFTER_ANOTHER = f"""
import json, sys
from search.cli.app import main
for args in json.loads(sys.argv[1]):
    main(args)
    print({_END!r}, flush=True)
"""


def in_window(columns: int, *args: str | Path, **env: str) -> str:
    """What a command writes to a terminal so many columns wide."""
    return _written([*COMMAND, *args], columns, env)


def all_in_window(columns: int, *commands: Sequence[object], **env: str) -> list[str]:
    """What each of several commands writes there, all of them in one process."""
    asked = json.dumps([list(map(str, args)) for args in commands])
    text = _written([sys.executable, "-c", _ONE_AFTER_ANOTHER, asked], columns, env)
    *written, rest = text.split(f"{_END}\n")
    assert len(written) == len(commands), rest
    return written


def _written(command: Sequence[str | Path], columns: int, env: Mapping[str, str]) -> str:
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    env = {**os.environ, "TERM": "xterm-256color", **env}
    written = b""
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=slave, stderr=slave):
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
