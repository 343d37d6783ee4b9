"""Keys: how a person names them, and how Textual does."""

from __future__ import annotations

from textual.keys import Keys, _character_to_key

from search.wording.language import N_, _

_NAMES = {
    "enter": N_("Enter"),
    "escape": N_("Esc"),
    "space": N_("Space"),
    "tab": N_("Tab"),
    "backspace": N_("Backspace"),
    "delete": N_("Delete"),
    "home": N_("Home"),
    "end": N_("End"),
    "pageup": N_("PgUp"),
    "pagedown": N_("PgDn"),
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
_MODIFIERS = {"ctrl": N_("Ctrl"), "shift": N_("Shift"), "alt": N_("Alt")}
_CHARACTERS = {_character_to_key(character): character for character in map(chr, range(33, 127))}


def shown(key: str) -> str:
    """A key as people know it: `Ctrl+F`, `F3`, `/`, `Esc`."""
    *modifiers, last = key.split("+")
    if last in _NAMES:
        name = _(_NAMES[last])
    elif last in _CHARACTERS:
        name = _CHARACTERS[last].upper() if modifiers else _CHARACTERS[last]
    else:
        name = last if len(last) == 1 and not modifiers else last.upper()
    return "+".join([*(_(_MODIFIERS.get(m, m)) for m in modifiers), name])


def key_named(name: str) -> str | None:
    """Textual's name of a key that a person has named; None when there is none.

    `Ctrl+F`, `f3`, `/`, `N`, `Échap` …
    """
    if len(name) == 1:
        known = name.isprintable() and not name.isspace()
        return (name if name.isalnum() else _character_to_key(name)) if known else None
    *modifiers, last = name.lower().split("+")
    as_shown = {_(words).lower(): textual for textual, words in _NAMES.items()}
    last = as_shown.get(last, last)
    if len(last) == 1:
        last = _character_to_key(last)
    elif last not in _NAMES and last not in _CHARACTERS and last not in set(Keys):
        return None
    if not set(modifiers) <= _MODIFIERS.keys():
        return None
    return "+".join([*modifiers, last])
