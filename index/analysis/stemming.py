"""Stemming: the forms of a word under one key, with Snowball's French stemmer.

The stemmer needs the accents (`approvisionnées` → `approvision`), writers and readers
drop them. A text is therefore indexed under one key a word, stem then fold; a query asks
for every key that the word may have been meant for (`query_stems`).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product

import Stemmer

from .folding import normalise, without_accents

_snowball = Stemmer.Stemmer("french", 0)  # no cache of its own: chunks are remembered whole


def stem(word: str) -> str:
    """The key under which `word`, which is normalised, is indexed: its stem, folded."""
    return without_accents(_snowball.stemWord(word))


# Snowball looks at accents only in endings: é and è (participles, -èrent, -ité, -ière), the
# tréma of -aïque and -oïde, the à of déjà. The circumflexes of the simple past (nous donnâmes)
# are left out: they would make `victimes` and `crimes` past tenses.
_TAIL = 7
_MOST_ACCENTS = 4


def accented(word: str) -> set[str]:
    """The ways in which the ending of `word`, typed without accents, may carry them.

    Only what makes a difference to the stemmer; `word` itself is among them.
    """
    tail = list(word[-_TAIL:])
    choices: list[str] = []
    left = _MOST_ACCENTS
    for i in reversed(range(len(tail))):
        letter = tail[i]
        readings = letter
        if left and letter == "e":
            readings = "eéè"
        elif left and letter == "i" and i and tail[i - 1] in "aou":
            readings = "iï"
        elif letter == "a" and i == len(tail) - 1:
            readings = "aà"
        left -= len(readings) > 1
        choices.append(readings)
    head = word[:-_TAIL]
    return {head + "".join(reversed(ending)) for ending in product(*choices)}


@lru_cache(maxsize=4096)
def query_stems(word: str) -> frozenset[str]:
    """Every key under which a text may hold what a reader means by `word`.

    A word with accents also stands for the texts that drop them; one without stands for all
    that it may be once accented, so that it finds at least what the accented one finds.
    """
    word = normalise(word)
    folded = without_accents(word)
    stems = {stem(word), stem(folded)}
    if word == folded:
        stems.update(map(stem, accented(folded)))
    return frozenset(stems)
