"""Similar articles: those that have most of what is particular to one."""

from __future__ import annotations

from collections import Counter
from heapq import nlargest

from index.analysis import analyze, is_stop_word

from ..query import Word
from .lookup import Lookup

_PARTICULAR = 15  # words of an article that similar articles are looked for by


def particular_words(lookup: Lookup, text: str) -> list[Word]:
    """The words of `text` that tell it from others: frequent in it, rare elsewhere."""
    counts: Counter[str] = Counter()
    words: dict[str, Word] = {}
    for token in analyze(text):
        if len(token.form) > 2 and not is_stop_word(token.word):
            counts[token.stem] += 1
            words.setdefault(token.stem, Word(token, token.start, token.end))

    def particular(stem: str) -> float:
        having = lookup.snapshot.count("text", stem)
        return counts[stem] * lookup.rarity(having) if having > 1 else 0.0

    return [words[stem] for stem in nlargest(_PARTICULAR, counts, key=particular)]
