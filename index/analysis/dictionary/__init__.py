"""The dictionary: the keys that the known forms of French words have in the index.

The words are simplemma 2.0.0's French entries, 249,548 forms each with its lemma (A. Barbaresi,
MIT licence; LICENSE beside this file tells what they are derived from). Our own lists beside it
correct them, and say which frequent forms are of several words. `build` makes the file of them, a
marisa-trie that is mapped into memory: nothing is loaded but the pages that are looked at.
"""

from __future__ import annotations

from pathlib import Path

import marisa_trie

FILE = Path(__file__).with_name("french.marisa")

_trie = marisa_trie.BytesTrie()
if FILE.exists():  # it does not while it is built for the first time
    _trie.mmap(str(FILE))
_get = _trie.get

VERSION: str = _get("#", [b""])[0].decode()
"""Changes when the content of the dictionary does."""


Entry = tuple[str, str]
"""A key that a form has in the index, and the form with its accents where these decide (or "")."""


def encoded(folded: str, key: str, form: str = "") -> bytes:
    """The value that says that `folded` (`form`, with its accents) has `key`."""
    same = 0
    while same < min(len(folded), len(key)) and folded[same] == key[same]:
        same += 1
    value = bytes([len(folded) - same]) + key[same:].encode()
    return value + b"\0" + form.encode() if form else value


def only_key(folded: str) -> str | None:
    """The key of the forms that are written `folded` without their accents, if it is one.

    Empty when they have several, None when there are none.
    """
    values = _get(folded)
    if values is None:
        return None
    if len(values) > 1:
        return ""
    value: bytes = values[0]
    return folded[: len(folded) - value[0]] + value[1:].decode()


def lookup(folded: str) -> list[Entry]:
    """The keys of the forms that are written `folded` without their accents."""
    found = []
    for value in _get(folded, ()):
        ending, _, form = value[1:].decode().partition("\0")
        found.append((folded[: len(folded) - value[0]] + ending, form))
    return found


def ambiguous_forms(key: str) -> list[str]:
    """The forms of several words one of which has this key."""
    return _words(f"={key}")


def spellings(folded: str) -> list[str]:
    """The other spellings of the name that is written `folded` without accents and capital."""
    return _words(f"~{folded}")


def beginnings(key: str) -> list[str]:
    """How the forms with this key begin that do not begin as it does: two letters."""
    return _words(f"<{key}")


def is_name(folded: str) -> bool:
    """Whether the word with a capital is a name, and only without it a form of another word."""
    return folded in _NAMES


def _words(name: str) -> list[str]:
    return [value.decode() for value in _get(name, ())]


_NAMES = frozenset(_words("^"))
