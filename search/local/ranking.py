"""Ranking: the score of an article.

BM25 over stems; a share of BM25 over the words as written, so that `armée` comes before `arme`;
and shares for what stands together: words that are neighbours in the query and in the article, and
the passage that has the most of the query. The weights did best on one half of the questions of
`tests/benchmarks/evaluate_ranking.py` and as well on the other; others near them do hardly worse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from ..query import Term, Word
from .counting import Documents, Scores
from .evaluation import having
from .lookup import Lookup
from .snapshot import LENGTHS, Snapshot

K1 = 1.0  # how soon repetition stops counting
B = 0.75  # how much long articles are discounted
AS_WRITTEN = 0.5  # weight of the form as typed beside that of the stem
NEIGHBOURS = 0.3  # weight of two words that follow each other as they do in the query
NEAR = 3  # words from one neighbour to the other at most: stop words may stand between them
TOGETHER = 0.4  # weight of the words of a passage
PASSAGE = 15  # words from the first to the last of a passage
WINDOW = 50  # best articles whose passages are looked at


def scores(lookup: Lookup, terms: Sequence[Term], documents: Documents) -> Scores:
    """The score of each of `documents`, all of them."""
    snapshot = lookup.snapshot
    found = snapshot.counting.scores(documents, snapshot.lengths)
    norms = _norms(snapshot)
    for term in terms:
        lookup.check()
        frequencies = lookup.frequencies(term, within=documents)
        found.add_bm25(frequencies, norms, (K1 + 1) * lookup.rarity(having(lookup, term)))
        if isinstance(term, Word):
            form = term.token.form
            frequencies = snapshot.postings("form", form, within=documents)
            rarity = AS_WRITTEN * lookup.rarity(snapshot.count("form", form))
            found.add_bm25(frequencies, norms, (K1 + 1) * rarity)
    _add_passages(found, lookup, [term for term in terms if isinstance(term, Word)])
    return found


def _norms(snapshot: Snapshot) -> list[float]:
    """What is added to a frequency below the line, by the byte that an article's length is.

    The BM25 score of a term that occurs f times is its weight × f / (f + norm).
    """
    average = snapshot.average_length
    return [K1 * (1 - B + B * length / average) for length in LENGTHS]


def _add_passages(found: Scores, lookup: Lookup, words: Sequence[Word]) -> None:
    """Raise the scores of the best articles by what stands together in them.

    Only the best `WINDOW` can come first, and their scores only rise: the others keep their
    order, behind them.
    """
    if len(words) < 2:
        return
    best = set(islice(found.best_first(), WINDOW))
    places: dict[int, list[tuple[int, int]]] = {document: [] for document in best}
    rarities = [lookup.rarity(having(lookup, word)) for word in words]
    for i, word in enumerate(words):
        for document, where in lookup.positions(word, best).items():
            places[document] += [(position, i) for position in where]
    for document, found_at in places.items():
        found_at.sort()
        found.add(document, TOGETHER * _best_passage(found_at, rarities))
        found.add(document, NEIGHBOURS * _neighbours(found_at, rarities))


def _neighbours(places: Iterable[tuple[int, int]], rarities: Sequence[float]) -> float:
    """What the pairs of words weigh that follow each other as in the query, each pair once.

    `places` are positions in order, each with the number of the word that stands there.
    """
    last: dict[int, int] = {}
    pairs: set[int] = set()
    for position, i in places:
        if i - 1 in last and position - last[i - 1] <= NEAR:
            pairs.add(i)
        last[i] = position
    return sum(rarities[i - 1] + rarities[i] for i in pairs)


def _best_passage(places: Iterable[tuple[int, int]], rarities: Sequence[float]) -> float:
    """The most that the distinct words of a passage weigh; for `places` see `_neighbours`."""
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
