"""Ranking: the score of an article.

BM25 over stems; a share of BM25 over the words as written, so that `armée` comes before `arme`;
and shares for where the words stand in the best articles: neighbours as they are in the query,
together in a passage, early. Names count more than other words, what a question asks for less. The
weights did best on one half of the questions of `tests/benchmarks/evaluate_ranking.py` and as well
on the other; others near them do hardly worse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from ..query import Term, Word
from .counting import Documents, Scores, by_document
from .evaluation import having
from .lookup import Lookup
from .snapshot import LENGTHS, Snapshot

K1 = 1.0  # how soon repetition stops counting
B = 0.75  # how much long articles are discounted
# Weight of the form as typed beside that of the stem. With 0.5 questions in other forms than the
# article's lose a point, and the others hardly gain.
AS_WRITTEN = 0.4
NEIGHBOURS = 0.3  # weight of two words that follow each other as they do in the query
NEAR = 3  # words from one neighbour to the other at most: stop words may stand between them
TOGETHER = 0.4  # weight of the words of a passage
PASSAGE = 15  # words from the first to the last of a passage
# Weight of a word that is the first of an article; at `BEGINNING` words from there it is half. News
# begins with what it is about: for leads this is worth a point, for headlines one and a half, for
# headlines in other words three. PIAF's paragraphs, from the middle of articles, lose nothing.
# A query of one word goes without: to read its places would take a quarter more time.
EARLY = 0.7
BEGINNING = 150
WINDOW = 50  # best articles that are looked at for where the words stand
# A word's rarity is multiplied by these. Of PIAF's questions, 88 in 100 names stand in the right
# paragraph, 65 other words, and 35 of those asked for (« quel type … », « quelle est la cause … »).
NAME = 1.2
ASKED = 0.7


def scores(lookup: Lookup, terms: Sequence[Term], documents: Documents) -> Scores:
    """The score of each of `documents`, all of them."""
    snapshot = lookup.snapshot
    found = snapshot.counting.scores(documents, snapshot.lengths)
    norms = _norms(snapshot)
    for term in terms:
        lookup.check()
        frequencies = lookup.frequencies(term, within=documents)
        weight = (K1 + 1) * _weight(lookup, term)
        found.add_bm25(frequencies, norms, weight)
        if isinstance(term, Word):
            form = term.token.form
            frequencies = snapshot.postings("form", form, within=documents)
            rarity = _emphasis(term) * lookup.rarity(snapshot.count("form", form))
            found.add_bm25(frequencies, norms, (K1 + 1) * AS_WRITTEN * rarity)
    _add_places(found, lookup, [term for term in terms if isinstance(term, Word)])
    return found


def _weight(lookup: Lookup, term: Term) -> float:
    return _emphasis(term) * lookup.rarity(having(lookup, term))


def _emphasis(term: Term) -> float:
    if not isinstance(term, Word):
        return 1.0
    return NAME if term.is_name else ASKED if term.is_asked else 1.0


def _norms(snapshot: Snapshot) -> list[float]:
    """What is added to a frequency below the line, by the byte that an article's length is.

    The BM25 score of a term that occurs f times is its weight × f / (f + norm).
    """
    average = snapshot.average_length
    return [K1 * (1 - B + B * length / average) for length in LENGTHS]


def _add_places(found: Scores, lookup: Lookup, words: Sequence[Word]) -> None:
    """Raise the scores of the best articles by what stands together in them, and early.

    Only the best `WINDOW` can come first, and their scores only rise: the others keep their
    order, behind them.
    """
    if len(words) < 2:
        return
    best = set(islice(found.best_first(), WINDOW))
    places: dict[int, list[tuple[int, int]]] = {document: [] for document in best}
    rarities = [_weight(lookup, word) for word in words]
    for i, word in enumerate(words):
        early = EARLY * BEGINNING * rarities[i]
        for document, where in by_document(lookup.places(word, best)).items():
            places[document] += [(position, i) for position in where]
            found.add(document, early / (BEGINNING + where[0]))
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
