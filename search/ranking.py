"""Ranking: the score of an article.

BM25 over stems; a share of BM25 over the words as written, so that `armée` comes before `arme`;
and a share for the passage that has the most of the query together. The weights are those
that did best in `tests/evaluate_ranking.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import nlargest

from .matching import Documents, Matching
from .query import Term, Word
from .snapshot import Frequencies

K1 = 1.0  # how soon repetition stops counting
B = 0.75  # how much long articles are discounted
AS_WRITTEN = 0.5  # weight of the form as typed beside that of the stem
TOGETHER = 0.5  # weight of the words that stand together
PASSAGE = 15  # words from the first to the last of those that stand together
WINDOW = 50  # best articles whose passages are looked at


def scores(matching: Matching, terms: Sequence[Term], documents: Documents) -> dict[int, float]:
    """The score of each of `documents`, all of them."""
    found = dict.fromkeys(documents, 0.0)
    for term in terms:
        matching.check()
        _add_bm25(found, matching, matching.frequencies(term), 1.0)
        if isinstance(term, Word):
            _add_bm25(found, matching, matching.written(term), AS_WRITTEN)
    _add_passages(found, matching, [term for term in terms if isinstance(term, Word)])
    return found


def _add_bm25(
    found: dict[int, float], matching: Matching, frequencies: Frequencies, weight: float
) -> None:
    """Add a term's BM25 score to the articles of `found` that have it."""
    length = matching.snapshot.length
    weight *= matching.rarity(frequencies) * (K1 + 1)
    flat, per_word = K1 * (1 - B), K1 * B / matching.snapshot.average_length
    for document in found.keys() & frequencies.keys():
        frequency = frequencies[document]
        found[document] += weight * frequency / (frequency + flat + per_word * length(document))


def _add_passages(found: dict[int, float], matching: Matching, words: Sequence[Word]) -> None:
    """Raise the scores of the best articles by what stands together in their best passage.

    Only the best `WINDOW` can come first, and their scores only rise: the others keep their
    order, behind them.
    """
    if len(words) < 2:
        return
    best = set(nlargest(WINDOW, found, key=lambda document: (found[document], -document)))
    places: dict[int, list[tuple[int, int]]] = {document: [] for document in best}
    rarities = [matching.rarity(matching.frequencies(word)) for word in words]
    for i, word in enumerate(words):
        for document, where in matching.positions(word, best).items():
            places[document] += [(position, i) for position in where]
    for document, found_at in places.items():
        found[document] += TOGETHER * _best_passage(sorted(found_at), rarities)


def _best_passage(places: Iterable[tuple[int, int]], rarities: Sequence[float]) -> float:
    """The most that the distinct words of a passage weigh.

    `places` are positions in order, each with the number of the word that stands there.
    """
    passage: list[tuple[int, int]] = []
    inside: Counter[int] = Counter()
    weight = heaviest = 0.0
    first = 0
    for position, i in places:
        passage.append((position, i))
        inside[i] += 1
        if inside[i] == 1:
            weight += rarities[i]
        while passage[first][0] <= position - PASSAGE:
            gone = passage[first][1]
            first += 1
            inside[gone] -= 1
            if not inside[gone]:
                weight -= rarities[gone]
        heaviest = max(heaviest, weight)
    return heaviest
