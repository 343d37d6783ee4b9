"""Stemming: the forms of a word under one key.

The key is the word's dictionary form, folded (`yeux` → `oeil`, `ira` → `aller`). A word that the
dictionary does not know has Snowball's French stem of it, folded.

Most forms are of one word. One of several (`sort`: he goes out, fate) has a key of its own,
`sort=`, so that a text is indexed under one key a word. A query asks for the keys of all the words
that its word may be a form of, and for the keys of all forms that may be of these words
(`query_stems`): two forms meet when they may be of one word.

Snowball's stem of the dictionary form as the key (measured, and not done) joins words of one
family besides, `manifestant` and `manifestation`: of the other forms that a query then finds, nine
in a hundred are forms of another word, instead of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import lru_cache
from itertools import product

import Stemmer

from . import dictionary
from .folding import normalise, without_accents
from .stopwords import is_stop_word

_stemmer = Stemmer.Stemmer("french", 0)  # no cache of its own: chunks are remembered whole


def snowball(word: str) -> str:
    """The stem of `word`, which is normalised, by rule alone; folded."""
    return without_accents(_stemmer.stemWord(word))


def stem(word: str, capital: bool = False) -> str:
    """The key under which `word`, which is normalised, is indexed.

    With a `capital` it may be a name that only looks like a form of another word: see `is_name`.
    """
    folded = without_accents(word)
    if capital and dictionary.is_name(folded):
        return _own_key(folded)
    key = dictionary.only_key(folded)
    if key is None:
        return snowball(word)
    if key:
        return key
    entries = dictionary.lookup(folded)
    written = word if any(form == word for _, form in entries) else folded
    exact = [key for key, form in entries if form == written]
    return exact[0] if len(exact) == 1 else _own_key(written)


def _own_key(form: str) -> str:
    """The key of a form that may be of several words; no word has a key that looks like it."""
    return f"{form}="


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


_AUXILIARIES = frozenset(map(without_accents, ("être", "avoir")))


@lru_cache(maxsize=4096)
def query_stems(word: str, common: bool | None = None) -> frozenset[str]:
    """Every key under which a text may hold what a reader means by `word`.

    A word with accents also stands for the texts that drop them; one without stands for all
    that it may be once accented, so that it finds at least what the accented one finds. A name
    stands for its other spellings. Where the word is not a stop word (`common`; None: as it is
    alone), it is no form of être or avoir if it can be anything else: `été` is the summer.
    """
    word = normalise(word)
    keys = _keys_of(word).union(*map(_keys_of, dictionary.spellings(without_accents(word))))
    if not (is_stop_word(word) if common is None else common):
        keys = keys - _AUXILIARIES or keys
    return _with_ambiguous_forms(keys) | {stem(word)}


def beginnings(keys: Iterable[str]) -> set[str]:
    """The first two letters, folded, of every word that may have one of these keys.

    They are those of the key, or of a form that the dictionary knows.
    """
    starts = {start for key in keys for start in dictionary.beginnings(key)}
    return starts.union(without_accents(key)[:2] for key in keys)


def _keys_of(word: str) -> frozenset[str]:
    """The keys of the words that `word`, which is normalised, may be a form of."""
    folded = without_accents(word)
    entries = dictionary.lookup(folded)
    keys = {key for key, form in entries if form == word and word != folded}
    if not keys and entries:
        keys = {key for key, _ in entries}
    elif not keys:
        keys = set(map(snowball, accented(folded) if word == folded else (word, folded)))
    if dictionary.is_name(folded):
        keys.add(_own_key(folded))
    return frozenset(keys)


def _with_ambiguous_forms(keys: Set[str]) -> frozenset[str]:
    forms = (form for key in keys for form in dictionary.ambiguous_forms(key))
    return frozenset(keys).union(map(_own_key, forms))
