"""The language of messages, for front ends: they know the index through the door alone."""

from __future__ import annotations

from index.language import (
    LANGUAGES,
    N_,
    NO_BREAK,
    _,
    figures,
    language,
    ngettext,
    pgettext,
    prefer,
    use,
)

__all__ = [
    "LANGUAGES",
    "NO_BREAK",
    "N_",
    "_",
    "figures",
    "language",
    "ngettext",
    "pgettext",
    "prefer",
    "use",
]
