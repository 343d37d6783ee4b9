"""Stop words: words so common that a bag of words is better without them.

Snowball's French list, less the words that are also something one searches for: été
(summer), son (sound), sommes (sums), avions (planes), as (ace), aura; and more words of
questions (combien, comment …), which tell nothing about the answer. None of Whoosh's English
ones (`or` is gold, `an` a year). Inside a quoted phrase they all count.
"""

from __future__ import annotations

import re

from .compounds import HYPHENS
from .elision import APOSTROPHES
from .folding import fold, normalise

_FUNCTION_WORDS = """
au aux avec ce ces dans de des du elle en et eux il ils je la le les leur leurs lui ma mais me
même mes moi mon ne nos notre nous on ou où par pas pour que qui sa se ses sur ta te tes toi ton
tu un une vos votre vous à y ceci cela cet cette ici quel quels quelle quelles sans soi là
car combien comment donc dont laquelle lequel lesquelles lesquels ni pourquoi quand quoi
c d j l m n s t qu jusqu lorsqu puisqu quoiqu
"""
_AUXILIARIES = """
étant suis es est êtes sont serai seras sera serons serez seront serais serait serions seriez
seraient étais était étions étiez étaient fus fut fûmes fûtes furent sois soit soyons soyez
soient fusse fusses fût fussions fussiez fussent
ayant eu eue eues eus ai a avons avez ont aurai auras aurons aurez auront aurais aurait aurions
auriez auraient avais avait aviez avaient eut eûmes eûtes eurent aie aies ait ayons ayez aient
eusse eusses eût eussions eussiez eussent
"""

FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Those that have no forms to be found by: articles, pronouns, prepositions, conjunctions."""

_WORDS = FUNCTION_WORDS.union(_AUXILIARIES.split())
STOP_WORDS = _WORDS.union(map(fold, _WORDS))


_EAST = re.compile(rf"(?:\b[ld][{APOSTROPHES}]|\w[{HYPHENS}])$", re.IGNORECASE)


def is_stop_word(word: str, before: str = "") -> bool:
    """Whether `word`, with the text `before` it, is too common to search for.

    `meme` and `même` are, `maïs` and `sûr` are not. `est` is a verb but in `l’est` or `sud-est`.
    """
    word = normalise(word)
    return word in STOP_WORDS and not (word == "est" and _EAST.search(before[-3:]))
