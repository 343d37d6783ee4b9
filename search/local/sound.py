"""Sound: how a French word sounds, near enough that misspellings which sound alike are one.

`glifosate` and `glyphosate`, `Bairou` and `Bayrou` have the same key. A key of our own: Soundex
and Metaphone are made for English. It is coarse on purpose (`é` and `è`, `s` and `z` are one), for
it only proposes: how often the words are used and how they are written decides.
"""

from __future__ import annotations

import re

# In this order. Capitals are sounds that no letter stands for: S of « chat », N of « agneau », A, I
# and O of « dans », « vin », « bon », U of « ou », W of « oi ».
_SPELLINGS = (
    *(("y", "i"), ("w", "v"), ("ph", "f")),
    *(("sch", "S"), ("tch", "S"), ("chr", "kr"), ("chl", "kl"), ("ch", "S"), ("sh", "S")),
    *(("ck", "k"), ("qu", "k"), ("q", "k"), ("x", "ks")),
    *(("th", "t"), ("rh", "r"), ("gh", "g"), ("h", "")),
    *(("gn", "N"), ("dj", "j"), ("tion", "sion")),
    *(("eau", "o"), ("au", "o"), ("ou", "U"), ("oi", "W"), ("oe", "e"), ("eu", "e")),
)
_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"sc(?=[ei])", "s"),
        (r"c(?=[ei])", "s"),
        (r"c", "k"),
        (r"ge(?=[aoU])|g(?=[ei])", "j"),
        (r"gu(?=[ei])", "g"),
        (r"z", "s"),
        (r"(?:ai|ei|i)[nm](?![aeiounmUW])", "I"),
        (r"u[nm](?![aeiounmUW])", "I"),
        (r"[ae][nm](?![aeiounmUW])", "A"),
        (r"o[nm](?![aeiounmUW])", "O"),
        (r"[ae]i", "e"),
        (r"([a-zA-Z])\1+", r"\1"),
        (r"(?<=[a-zA-Z]{2})(?:e[rs]?|[tdsp]+)(?![a-zA-Z0-9])", ""),
    )
)

_ALSO_BEGINS = {
    "a": "ehio",
    "c": "kqst",
    "d": "j",
    "e": "aho",
    "f": "p",
    "g": "j",
    "h": "aeiouy",
    "i": "aehy",
    "j": "dg",
    "k": "cq",
    "o": "aeh",
    "p": "f",
    "q": "ck",
    "s": "ctz",
    "t": "cs",
    "u": "eh",
    "v": "w",
    "w": "v",
    "y": "aehi",
    "z": "s",
}


def sound(words: str) -> str:
    """The keys of words that are folded, with a space between them as there is between the words.

    Many at once take hardly longer than one.
    """
    for spelling, written in _SPELLINGS:
        words = words.replace(spelling, written)
    for pattern, replacement in _RULES:
        words = pattern.sub(replacement, words)
    return words


def first_letters(form: str) -> str:
    """The letters with which a word may begin that sounds like `form`."""
    return form[0] + _ALSO_BEGINS.get(form[0], "")
