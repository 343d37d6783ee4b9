"""Folding: a word without case, accents or ligatures (`Élysée` → `elysee`, `cœur` → `coeur`)."""

from __future__ import annotations

import re
from unicodedata import normalize

from unidecode import unidecode

_ACCENTS = str.maketrans("àâäçéèêëîïôöùûüÿ", "aaaceeeeiioouuuy")  # unidecode, for French
_SURROGATES = re.compile("[\ud800-\udfff]")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ﬁ": "fi", "ﬂ": "fl"})

# Invisible characters that web pages put inside words: soft hyphen, zero-width
# spaces and joiners. They are part of the token's span and of nothing else.
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def normalise(word: str) -> str:
    """Lower case, composed accents (NFC), ligatures spelled out, invisible characters gone.

    What is normalised stays as it is when it is normalised again.
    """
    if word.isascii():
        return word.lower()
    lower = normalize("NFC", word.translate(INVISIBLE)).lower().translate(LIGATURES)
    return normalize("NFC", lower)  # an accent may now stand behind another letter


def fold(word: str) -> str:
    """`word` as somebody types it who types neither capitals nor accents.

    Other scripts are transliterated by unidecode; what it cannot write stays as it is.
    """
    return without_accents(normalise(word))


def without_accents(word: str) -> str:
    """`fold` for a word that is normalised already."""
    if word.isascii():
        return word
    french = word.translate(_ACCENTS)
    if french.isascii() and french.isalnum():
        return french
    return "".join(filter(str.isalnum, in_ascii(word))).lower() or word


def in_ascii(text: str) -> str:
    """What unidecode makes of `text`; it complains on the terminal of halves of surrogate pairs,
    which stand in queries for bytes that are no text, and which it leaves out."""
    return unidecode(_SURROGATES.sub("", text))
