"""The configuration: a small file that its user writes by hand, `config.toml`.

    [keys]
    similar = "a"
    next-match = ["n", "ctrl+n"]

What is wrong in it is said in one line each, and the rest holds.
"""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_config_path

from search.wording.language import _

from .keymap import COMMANDS
from .keys import key_named

Keys = dict[str, tuple[str, ...]]
"""The keys of commands, by the names of these."""


def configuration_file() -> Path:
    """Where it is, in the platform's folder for configuration (`XDG_CONFIG_HOME`)."""
    return user_config_path("depeche") / "config.toml"


def configured_keys() -> tuple[Keys, list[str]]:
    """The keys that were chosen there, and what cannot be done about it."""
    file = configuration_file()
    if not file.exists():
        return {}, []
    import tomllib  # few have one

    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return {}, [f"{file.name}: {getattr(error, 'strerror', None) or error}"]
    table = told.pop("keys", {})
    problems = [_("there is no setting “{name}”").format(name=name) for name in told]
    if not isinstance(table, dict):
        problems.append(_("[keys] is a table: a line for each command"))
        table = {}
    keys: Keys = {}
    for name, value in table.items():
        try:
            keys[name] = _keys_of(name, value, keys)
        except ValueError as error:
            problems.append(str(error))
    return keys, [f"{file.name}: {problem}" for problem in problems]


def _keys_of(name: str, value: object, others: Keys) -> tuple[str, ...]:
    """The keys of one command. Raises ValueError, with what is wrong with them."""
    if not any(command.name == name and command.bound for command in COMMANDS):
        raise ValueError(_("there is no command “{name}” to have other keys").format(name=name))
    named = [value] if isinstance(value, str) else value
    if not isinstance(named, list):
        raise ValueError(_("the keys of “{name}” are no list of names").format(name=name))
    keys = []
    for each in named:
        key = key_named(each) if isinstance(each, str) else None
        if key is None:
            raise ValueError(_("there is no key “{key}”").format(key=each))
        other = next((other for other, taken in others.items() if key in taken), None)
        if other:
            words = _("“{key}” cannot be both “{one}” and “{other}”")
            raise ValueError(words.format(key=each, one=other, other=name))
        keys.append(key)
    return tuple(keys)
