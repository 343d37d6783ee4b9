"""Elision: `l’Ukraine` is the word `Ukraine`; `aujourd’hui` and `N’Djamena` are one word.

Lucene's ElisionFilter drops the same articles; it also cuts `N’Djamena`, `M’Bappé` and
`O’Brien`, which no French elision explains: one letter is elided before a vowel or an h.
"""

from __future__ import annotations

import re

APOSTROPHES = "'’‘ʼ´`＇′"

_VOWELS = "aàáâãäåæeèéêëiìíîïoòóôõöøœuùúûüyýÿh"
"""What `m’` and `n’` are elided before: vowels with any accent, as they would be decomposed."""

_ELIDED = (
    rf"(?:[ldjtscLDJTSC]|[qQ][uU]|jusqu|lorsqu|puisqu|quoiqu|quelqu)[{APOSTROPHES}]"
    rf"|[nmNM][{APOSTROPHES}](?=[{_VOWELS}])"
)
_PREFIX = re.compile(rf"(?:{_ELIDED})+", re.IGNORECASE)


def elided(word: str) -> int:
    """Number of leading characters of `word` that are an elided article, pronoun or conjunction.

    0 when there is none, or nothing would be left of the word.
    """
    prefix = _PREFIX.match(word)
    return prefix.end() if prefix and prefix.end() < len(word) else 0
