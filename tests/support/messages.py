"""Messages: where they are in the code, what the catalogue makes of them, and a language of signs
in which whatever was not marked stands out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from gettext import GNUTranslations
from unittest.mock import patch

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.support.places import ROOT

PACKAGES = ("index", "search", "tui")
CATALOGUE = ROOT / "index" / "language"
FIELD = re.compile(r"\{[^{}]*\}")
SIGN = "¤"

_KEYWORDS = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "counted": (2, 3),
    "Damage": None,
}
"""As the Makefile has them."""


@cache
def french() -> Catalog:
    """The catalogue, as it is written."""
    with (CATALOGUE / "fr.po").open("rb") as file:
        return read_po(file, locale="fr")


@cache
def marked() -> set[tuple[str, str]]:
    """The messages in the code, each with its context: of those that count, the singular."""
    found = set()
    for package in PACKAGES:
        for _file, _line, message, _notes, context in extract_from_dir(
            ROOT / package, [("**.py", "python")], keywords=_KEYWORDS
        ):
            first = message if isinstance(message, str) else message[0]
            found.add((context or "", first))
    return found


def forms(text: str | Sequence[str] | None) -> list[str]:
    """A message, or each form of one that counts."""
    return [text] if isinstance(text, str) else list(text or ())


class _Signs(GNUTranslations):
    def __init__(self) -> None:
        super().__init__()

    def gettext(self, message: str) -> str:
        return signs(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return signs(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return signs(message)


def signs(message: str) -> str:
    """`message` with a sign for each letter, and its fields."""
    kept = iter([*FIELD.findall(message), ""])
    words = FIELD.split(message)
    return "".join(re.sub(r"[^\W\d_]", SIGN, word) + next(kept) for word in words)


@contextmanager
def in_signs() -> Iterator[None]:
    """All of it is said in signs: a letter that is seen then was not marked as a message."""
    with patch("index.language._spoken", ("fr", _Signs())):
        yield
