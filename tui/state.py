"""What is remembered between runs: queries, theme. Small files, never a reason to fail.

They live where the platform keeps such things (`XDG_STATE_HOME` and `XDG_CONFIG_HOME` say
otherwise), and are nobody's but the user's: what one searches for says much. A damaged file counts
as empty; one that cannot be written is not written.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from platformdirs import user_config_path, user_state_path

_LONGEST_HISTORY = 500  # queries: more than anybody walks through, and quickly read
_USUAL_WIDTH = 84  # cells: longer lines of prose are hard to read
_LONGEST_QUERY = 1_000  # characters; a longer one is no query to come back to


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen last."""

    theme: str = ""
    language: str = ""
    width: str = ""
    """Of the lines of articles, in cells."""


def load_settings() -> Settings:
    """The settings saved last, or the defaults."""
    try:
        saved = json.loads(_settings_file().read_text(encoding="utf-8"))
        known = {name: saved.get(name) for name in asdict(Settings())}
    except (OSError, ValueError, AttributeError):
        return Settings()
    return Settings(**{name: value for name, value in known.items() if isinstance(value, str)})


def save_settings(**chosen: str) -> None:
    """Remember what was chosen, by the names of `Settings`; what was not stays as it is."""
    settings = replace(load_settings(), **chosen)
    _write(_settings_file(), json.dumps(asdict(settings), indent=2) + "\n")


def chosen_width() -> int:
    """How long the lines of articles are to be at most, in cells."""
    width = load_settings().width
    return int(width) if width.isdecimal() and len(width) < 4 else _USUAL_WIDTH


class History:
    """The queries of before, oldest first, each once: asked again, it becomes the newest."""

    def __init__(self) -> None:
        self.queries: list[str] = _read_history()

    def add(self, query: str) -> None:
        """Remember a query. Those that other runs have added meanwhile are kept."""
        query = " ".join(query.split())
        if not query or len(query) > _LONGEST_QUERY:
            return
        queries = [known for known in _read_history() if known != query]
        self.queries = [*queries, query][-_LONGEST_HISTORY:]
        _write(_history_file(), "".join(f"{known}\n" for known in self.queries))


def _settings_file() -> Path:
    return user_config_path("depeche") / "settings.json"


def _history_file() -> Path:
    return user_state_path("depeche") / "history"


def _read_history() -> list[str]:
    try:
        text = _history_file().read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    queries = (line.replace("\0", "").strip() for line in text.split("\n"))
    return [query for query in queries if query and len(query) <= _LONGEST_QUERY]


def _write(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    scratch = file.with_name(f"{file.name}.{os.getpid()}")
    with contextlib.suppress(OSError, UnicodeError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        scratch.touch(mode=0o600)
        scratch.write_text(text, encoding="utf-8")
        scratch.replace(file)
    with contextlib.suppress(OSError):
        scratch.unlink(missing_ok=True)
