"""Other programs: the editor and the browser."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import webbrowser
from pathlib import Path
from urllib.parse import urlsplit

from search.wording.language import _


class NoProgram(Exception):
    """There is no program for it; the message says what to do."""


_LINE_FIRST = frozenset(
    ("ed", "emacs", "emacsclient", "joe", "kak", "mg", "micro", "nano", "nvim", "pico",
     "sensible-editor", "vi", "view", "vim", "vim.basic", "vim.tiny", "zile")
)  # fmt: skip
"""Editors that are told a line as `+12`, before the file."""

_LINE_BEHIND = frozenset(("hx", "helix", "subl", "zed", "zeditor"))
"""Editors that are told a line as `file:12`."""

_GO_TO = frozenset(("code", "codium", "vscodium", "cursor"))
"""Editors that are told a line as `--goto file:12`."""


def editor_command(path: str, line: int | None = None) -> list[str]:
    """The command that edits the file at the absolute `path`, as separate arguments.

    It opens at `line`, if the editor is one of which we know how to ask it. Raises NoProgram.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(named)
    except ValueError:
        raise NoProgram(
            _("$VISUAL or $EDITOR cannot be read: {value}").format(value=named)
        ) from None
    if not command:
        found = next(filter(shutil.which, ("sensible-editor", "nano", "vim", "vi")), None)
        command = [found] if found else []
    if not command or not shutil.which(command[0]):
        raise NoProgram(_("no editor: set $VISUAL or $EDITOR to one"))
    return [*command, *_place(Path(command[0]).name, path, line)]


def _place(editor: str, path: str, line: int | None) -> list[str]:
    """The arguments that open a file, at a line where there is one."""
    if line and editor in _LINE_FIRST:
        return [f"+{line}", path]
    if line and editor in _LINE_BEHIND:
        return [f"{path}:{line}"]
    if line and editor in _GO_TO:
        return ["--goto", f"{path}:{line}"]
    return [path]


def edit(command: list[str]) -> None:
    """Run an editor; returns when it has ended. Raises NoProgram."""
    try:
        subprocess.run(command, check=False)
    except OSError as error:
        raise NoProgram(f"{command[0]}: {error.strerror}") from None


def is_web_address(url: str) -> bool:
    """Whether `url` is an address that only a browser would open."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    plain = url.isprintable() and not any(character.isspace() for character in url)
    return plain and parts.scheme in ("http", "https") and bool(parts.hostname)


def browser_needs_terminal() -> bool:
    """Whether the browser is one that runs in the terminal. Raises NoProgram if there is none."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        raise NoProgram(_("no browser was found")) from None
    return type(browser) is webbrowser.GenericBrowser


def browse(url: str) -> None:
    """Open a web address. Raises NoProgram."""
    if not webbrowser.open(url):
        raise NoProgram(_("the browser could not be started"))
