"""Finding words in a text that one reads: as they are written, whatever their case and accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from search.model import Span

_MOST = 2_000  # places: more than anybody walks through
_ALIKE = {"’": "'", "ʼ": "'", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "}


def found_in(text: str, words: str) -> list[Span]:
    """Where `words` stand in `text`: one after the other, as characters."""
    wanted = plain_letters(" ".join(words.split()))
    return list(_places(plain_letters(text), wanted)) if wanted else []


def plain_letters(text: str) -> str:
    """The text without case and accents, each character in its place."""
    return text.translate(_PLAIN)


class _Plain(dict[int, str]):
    """The plain letter of each character, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = _ALIKE.get(chr(code), chr(code))
        letter = unicodedata.normalize("NFD", character)[0].lower()
        self[code] = plain = letter if len(letter) == 1 else character
        return plain


_PLAIN = _Plain()


def _places(text: str, wanted: str) -> Iterator[Span]:
    at = text.find(wanted)
    count = 0
    while at >= 0 and count < _MOST:
        yield at, at + len(wanted)
        count += 1
        at = text.find(wanted, at + len(wanted))
