"""Tokenizer: where in a text its words stand.

A chunk is what is written without a space and may hold several words (`l’Ukraine`,
`États-Unis`); a number may hold spaces (`300 000`), an acronym dots (`l’O.N.U.`).
"""

from __future__ import annotations

import re

from .compounds import HYPHENS
from .elision import APOSTROPHES
from .folding import INVISIBLE

# \w is the letters and digits of every script (and the underscore, a separator here), but
# neither combining accents (NFD text) nor what is invisible inside words.
_LETTER = rf"[\w\u0300-\u036f{''.join(map(chr, INVISIBLE))}]"
_INITIAL = r"[^\W\d_][\u0300-\u036f]*"
_THOUSANDS = "[ \u00a0\u202f\u2009]"  # ordinary, no-break, narrow no-break and thin space

# Parts of a chunk, apart from the first; what has more is several chunks, for the tokens of one are
# made all at once.
_MOST_PARTS = 50

# The two kinds of (?=…) and the second + change nothing but the time it takes, by a third.
CHUNK = re.compile(
    rf"""
    (?=\w) (?:
      (?=\d) (?<![\d.,]) \d{{1,3}} (?: {_THOUSANDS} \d{{3}} )+ (?!\d)
    | (?=.[.{APOSTROPHES}\u0300-\u036f])
      (?: [ldLD][{APOSTROPHES}] )? {_INITIAL} (?: \. {_INITIAL} )+ (?: \. | (?!\w) )
    | \w {_LETTER}*+ (?: [{APOSTROPHES}{HYPHENS}] {_LETTER}++ ){{0,{_MOST_PARTS}}}+
    )
    """,
    re.VERBOSE,
)

# Inside a chunk: the parts of a compound.
PART = re.compile(rf"[^_{HYPHENS}]+")
