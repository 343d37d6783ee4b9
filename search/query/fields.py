"""Fields: the names before a colon, in French and in English."""

from __future__ import annotations

FIELDS = {
    "title": "title",
    "titre": "title",
    "source": "source",
    "author": "author",
    "auteur": "author",
    "date": "date",
    "before": "before",
    "avant": "before",
    "since": "since",
    "after": "since",
    "depuis": "since",
    "après": "since",
    "apres": "since",
}
"""What each name of a field stands for."""

USUAL = ("titre", "auteur", "source", "date", "avant", "depuis")
"""One name of each."""

_ALIKE = 0.75  # of difflib: `auteurs`, `tittre` are near a name, `Paris` is near none


def fields_like(name: str) -> list[str]:
    """The names of fields that `name` may be a misspelling of, the nearest first."""
    from difflib import get_close_matches  # only for those who misspell

    return get_close_matches(name.lower(), FIELDS, n=1, cutoff=_ALIKE)
