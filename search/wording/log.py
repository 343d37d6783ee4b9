"""The log: where the traceback of a fault is kept, so that it can be reported."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from ..errors import Unexpected

_LARGEST = 1_000_000  # bytes, after which it is begun anew


def log_file() -> Path:
    """The log, in the platform's folder for the state of programs (`XDG_STATE_HOME`)."""
    from platformdirs import user_state_path

    return user_state_path("depeche") / "log"


def _for_its_owner(file: str, flags: int) -> int:
    return os.open(file, flags, 0o600)


def unexpected(error: BaseException) -> Unexpected:
    """Keep the traceback of a fault in the log; what to show of it. Never fails."""
    import traceback
    from datetime import datetime

    kept = ""
    with suppress(OSError, UnicodeError):
        file = log_file()
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        mode = "a" if not file.exists() or file.stat().st_size < _LARGEST else "w"
        with open(
            file, mode, encoding="utf-8", errors="backslashreplace", opener=_for_its_owner
        ) as stream:
            stream.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')}\n")
            stream.write("".join(traceback.format_exception(error)) + "\n")
        kept = str(file)
    return Unexpected(f"{type(error).__name__}: {error}", kept)
