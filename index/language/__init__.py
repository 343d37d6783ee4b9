"""The language of messages: English as written in the code, or French from a catalogue.

It stands below everything else because everything has something to say to a person. Messages are
marked where they are written, `_("no such article")`, with named places for what goes into them:
`_("{name}: cannot be read").format(name=…)`, so that a translation may order them as it must.

`fr.po` is the catalogue; `make messages` takes new messages into it and makes `fr.mo` of it, which
is what is read. Nothing is loaded for English.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import GNUTranslations

LANGUAGES = ("en", "fr")
_OURS = "DEPECHE_LANG"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides
_FRENCH = re.compile(r"fr(?![a-z])", re.IGNORECASE)  # fr_CA.UTF-8, and neither frp nor frr

NO_BREAK = "\N{NO-BREAK SPACE}"
"""Where French has a thin one, too (U+202F): in a terminal both are one cell wide, and this one is
in every font and in ISO 8859."""

_FIGURES = str.maketrans(",.", f"{NO_BREAK},")

_preferred: str | None = None
_spoken: tuple[str, GNUTranslations | None] | None = None
"""The language of the moment and its catalogue, once anything was said. One value, so that a
thread never sees half of a change."""


def language() -> str:
    """`en` or `fr`: what was asked for last, else what the environment or a preference says."""
    return _now()[0]


def use(language: str | None) -> None:
    """Speak `language` from now on, and in the processes that are started from now on.

    None asks the environment again, in case it is another.
    """
    global _spoken
    if language:
        os.environ[_OURS] = language
    _spoken = None


def prefer(language: str | None) -> None:
    """Speak `language`, as somebody chose once, rather than that of the locale.

    `DEPECHE_LANG` stands above it.
    """
    global _preferred, _spoken
    _preferred = language
    _spoken = None


def _(message: str) -> str:
    """The message in the language of the moment."""
    catalogue = _now()[1]
    return catalogue.gettext(message) if catalogue and message else message


def ngettext(one: str, many: str, number: float) -> str:
    """Of two messages the one that fits the number: in French, 0 and 1.5 are singular."""
    catalogue = _now()[1]
    if catalogue:
        return catalogue.ngettext(one, many, int(number))
    return one if number == 1 else many


def pgettext(context: str, message: str) -> str:
    """A message whose translation depends on what it is said of, as `context` tells."""
    catalogue = _now()[1]
    return catalogue.pgettext(context, message) if catalogue else message


def N_(message: str) -> str:
    """Mark a message that is translated later, where it is used."""
    return message


def figures(number: float, decimals: int = 0) -> str:
    """`2,400` and, in French, `2 400`; with decimals `1,234.5` and `1 234,5`."""
    text = f"{number:,.{decimals}f}"
    return text.translate(_FIGURES) if language() == "fr" else text


def _now() -> tuple[str, GNUTranslations | None]:
    global _spoken
    spoken = _spoken
    if spoken is None:
        chosen = _chosen()
        spoken = _spoken = chosen, _catalogue(chosen)
    return spoken


def _chosen() -> str:
    said = os.environ.get(_OURS) or _preferred
    said = said or next((os.environ[name] for name in _LOCALE if os.environ.get(name)), "")
    return "fr" if _FRENCH.match(said) else "en"


def _catalogue(language: str) -> GNUTranslations | None:
    if language == "en":
        return None
    from gettext import GNUTranslations

    with Path(__file__).with_name(f"{language}.mo").open("rb") as file:
        return GNUTranslations(file)
