"""Output: results go to standard output, everything else to standard error."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress

from ..wording.safe import safe
from . import objects
from .text import Window


def note(message: str) -> None:
    """Say something to the person, beside the results."""
    if sys.stdout and not sys.stdout.closed:
        sys.stdout.flush()
    with suppress(OSError):  # nobody listens
        lines = Window.of(sys.stderr).lines(message)
        print("\n".join(lines), file=sys.stderr, flush=True)


def print_json(value: object) -> None:
    """Print a value as JSON on one line, in UTF-8."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.encoding != "utf-8":
        sys.stdout.reconfigure(encoding="utf-8")  # whatever the locale: it is part of the format
    sys.stdout.write(objects.dumps(value) + "\n")


def print_paths(paths: bytes) -> None:
    """Write the paths as the system has them; on a terminal, what is safe of them."""
    if sys.stdout.isatty():
        lines = os.fsdecode(paths).replace("\0", "\n").splitlines()
        sys.stdout.write("".join(f"{safe(line)}\n" for line in lines))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(paths)
