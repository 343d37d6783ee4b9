"""Partial matches: the articles that a query matches, and those that have most of its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..query import AllOf, AnyOf, Compound, Term, Word, keys
from .evaluation import documents, having
from .lookup import NO_DOCUMENTS, Documents, Lookup, among

MOST = 1 / 3
"""Share of the best article's words, weighted by rarity, that also counts as most of them.

Questions have words that their answer lacks: with more than half of the words as the only rule,
MRR@10 on PIAF falls from 0.775 to 0.59 (`tests/benchmarks/evaluate_ranking.py`).
"""


@dataclass(frozen=True, slots=True)
class Matches:
    """The articles a query matches, before a source is chosen."""

    complete: Documents
    """Those that match it as a whole."""
    partial: Documents
    """Those that have most of its words."""

    def within(self, chosen: Documents | None) -> Matches:
        """Only those that are among the `chosen` ones: see `among`."""
        return Matches(among(self.complete, chosen), among(self.partial, chosen))


Wanted = TypeVar("Wanted", bound=Term | Compound)


def distinct(wanted: Iterable[Wanted]) -> list[Wanted]:
    """`wanted` without what comes twice, under any form of it; without stop words, unless there
    is nothing else."""
    found: dict[object, Wanted] = {}
    for each in wanted:
        parts = each.words if isinstance(each, Compound) else (each,)
        key = frozenset(frozenset(keys(p)) if isinstance(p, Word) else p for p in parts)
        found.setdefault(key, each)
    telling = [w for w in found.values() if not (isinstance(w, Word) and w.is_stop_word)]
    return telling or list(found.values())


def match(lookup: Lookup, query: AllOf | AnyOf, page: int, chosen: Documents | None) -> Matches:
    """The articles that match `query`; when fewer than `page` do, those with most of its words.

    Only bare words may be missing: phrases, groups, fields and exclusions stay required.
    `page` counts articles of the `chosen` sources and months; the result has the others too.
    """
    if isinstance(query, AnyOf) or query.strict:
        return Matches(documents(lookup, query), NO_DOCUMENTS)
    words = distinct(clause for clause in query.clauses if isinstance(clause, Word | Compound))
    others = tuple(clause for clause in query.clauses if not isinstance(clause, Word | Compound))
    required = documents(lookup, AllOf(others)) if others else None
    words.sort(key=lambda word: having(lookup, word))
    complete = required
    for word in words:
        complete = among(documents(lookup, word, within=complete), complete)
    if complete is None:
        complete = lookup.snapshot.documents
    if len(words) < 2 or len(among(complete, chosen)) >= page:
        return Matches(complete, NO_DOCUMENTS)
    return Matches(complete, _with_most(lookup, words, required) - complete)


def _with_most(
    lookup: Lookup, words: Sequence[Word | Compound], required: Documents | None
) -> set[int]:
    """Those of `required` that have most of `words`, which begin with the rarest.

    More than half of the words, or words rare enough to weigh `MOST` of what those of the best
    article weigh.
    """
    rarities = [lookup.rarity(having(lookup, word)) for word in words]
    found = _having_telling(lookup, words, rarities, required)
    candidates: Documents = set().union(*found)
    for word in words[len(found) :]:
        found.append(documents(lookup, word, within=candidates))
    counts: Counter[int] = Counter()
    weights = dict.fromkeys(candidates, 0.0)
    for having_word, rarity in zip(found, rarities, strict=True):
        here = having_word & candidates
        counts.update(here)
        for document in here:
            weights[document] += rarity
    enough = MOST * max(weights.values(), default=0.0)
    return {n for n in candidates if 2 * counts[n] > len(words) or weights[n] >= enough}


def _having_telling(
    lookup: Lookup,
    words: Sequence[Word | Compound],
    rarities: Sequence[float],
    required: Documents | None,
) -> list[Documents]:
    """Those of `required` that have each of the first words, as far as these tell something.

    The most frequent words may not be enough even all together. Articles that have nothing else
    need not be looked at, and they are the most.
    """
    found: list[Documents] = []
    enough = 0.0
    for word, rarity in zip(words, rarities, strict=True):
        others = rarities[len(found) :]
        if 2 * len(others) <= len(words) and sum(others) < enough:
            break
        here = among(documents(lookup, word), required)
        if here:
            enough = max(enough, MOST * rarity)
        found.append(here)
    return found
