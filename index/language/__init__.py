"""The language of messages: English as written in the code, or French from a catalogue.

It stands below everything else because everything has something to say to a person. Messages are
marked where they are written, `_("no such article")`, with named places for what goes into them:
`_("{name}: cannot be read").format(name=…)`, so that a translation may order them as it must.
Nothing is loaded for English.
"""

from __future__ import annotations

import os
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

LANGUAGES = ("en", "fr")
_VARIABLES = ("DEPECHE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides

_chosen: str | None = None


def language() -> str:
    """`en` or `fr`: what was asked for with `use`, or what the environment says."""
    return _chosen or _of_environment()


def use(language: str | None) -> None:
    """Speak `language` from now on; None asks the environment again."""
    global _chosen
    _chosen = language


def _(message: str) -> str:
    """The message in the language of the moment."""
    return _catalogue(language()).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """Of two messages the one that fits the number: in French, 0 is singular."""
    return _catalogue(language()).ngettext(one, many, number)


def pgettext(context: str, message: str) -> str:
    """A message whose translation depends on what it is said of, as `context` tells."""
    return _catalogue(language()).pgettext(context, message)


def N_(message: str) -> str:
    """Mark a message that is translated later, where it is used."""
    return message


def _of_environment() -> str:
    said = next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), "")
    return "fr" if said.lower().startswith("fr") else "en"


@cache
def _catalogue(language: str) -> NullTranslations:
    path = Path(__file__).with_name(f"{language}.mo")
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        return GNUTranslations(file)
