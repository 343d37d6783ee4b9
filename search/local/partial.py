"""Partial matches: the articles that a query matches, and those that have most of its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..query import AllOf, AnyOf, Compound, Node, Phrase, Term, Word, keys, terms
from .counting import Documents
from .evaluation import documents, having
from .lookup import NO_DOCUMENTS, Lookup, among

FEW = 3
"""Words of a query that one expects to find together; a longer one is a question.

Of a question even the right article lacks words. With 4 as the limit, or 5, headlines are found
less well (`tests/benchmarks/evaluate_ranking.py`); with 2, nothing better.
"""

SENTENCE = 12
"""Words of a query that nobody types: it was pasted, and its quotes ask for nothing.

With its phrases required, first sentences that have some are found less well, by three points
(`tests/benchmarks/evaluate_ranking.py`). Of shorter queries hardly any is.
"""

MOST = 0.4
"""Share of the best article's words, weighted by rarity, that counts as most of them.

Up to here, what a long question finds is as good as with any of its words, and there is less of it
to look at (`tests/benchmarks/evaluate_ranking.py`).
"""


@dataclass(frozen=True, slots=True)
class Matches:
    """The articles a query matches, before a source is chosen."""

    complete: Documents
    """Those that match it as a whole."""
    partial: Documents
    """Those that have most of its words."""
    apart: bool = True
    """The partial ones come after the complete ones; False: they are ranked together."""

    def within(self, chosen: Documents | None) -> Matches:
        """Only those that are among the `chosen` ones: see `among`."""
        return Matches(among(self.complete, chosen), among(self.partial, chosen), self.apart)

    @property
    def counted(self) -> Documents:
        """Those that facets count: the complete ones, or the partial ones when there are no
        others; all that are ranked together."""
        if self.apart:
            return self.complete or self.partial
        return self.complete | self.partial


Wanted = TypeVar("Wanted", bound=Term | Compound)


def distinct(wanted: Iterable[Wanted]) -> list[Wanted]:
    """`wanted` without what comes twice, under any form of it; without stop words, unless there
    is nothing else."""
    found: dict[object, Wanted] = {}
    for each in wanted:
        parts = each.words if isinstance(each, Compound) else (each,)
        key = frozenset(frozenset(keys(p)) if isinstance(p, Word) else p for p in parts)
        found.setdefault(key, each)
    return [w for w in found.values() if not _is_stop_word(w)] or list(found.values())


def _is_stop_word(node: Node) -> bool:
    return isinstance(node, Word) and node.is_stop_word


def match(lookup: Lookup, query: AllOf | AnyOf, page: int, chosen: Documents | None) -> Matches:
    """The articles that match `query`, and those that have most of its words.

    Of one to `FEW` words the latter are asked for only when fewer than `page` articles match; they
    have more than half of the words, or words that weigh `MOST` of what those of the best article
    weigh. With more words it is this weight alone that tells, and all are ranked together. A word
    weighs its rarity.

    Only bare words may be missing: phrases, groups, fields and exclusions stay required.
    `page` counts articles that facets have `chosen`; the result has the others too.
    """
    if isinstance(query, AnyOf) or query.strict:
        return Matches(documents(lookup, query), NO_DOCUMENTS)
    words = distinct(clause for clause in query.clauses if isinstance(clause, Word | Compound))
    others = tuple(clause for clause in query.clauses if not isinstance(clause, Word | Compound))
    required = documents(lookup, AllOf(others)) if others else None
    if len(words) > FEW:
        return _by_weight(lookup, words, required)
    words.sort(key=lambda word: having(lookup, word))
    complete = required
    for word in words:
        complete = among(documents(lookup, word, within=complete), complete)
    if complete is None:
        complete = lookup.snapshot.documents
    if len(words) < 2 or len(among(complete, chosen)) >= page:
        return Matches(complete, NO_DOCUMENTS)
    return Matches(complete, _with_most(lookup, words, required) - complete)


def match_loosely(
    lookup: Lookup, query: AllOf | AnyOf, page: int, chosen: Documents | None
) -> tuple[AllOf | AnyOf, Matches]:
    """As `match`, but without the quotes of a sentence, or of a long query that finds nothing.

    Returns the query that was matched, too. What has not the phrases is not complete.

    Long queries are pasted: the quotes of a headline are those of who said so, and an article
    seldom has all of them word by word. Of 100 headlines that have quotes, 15 find nothing
    otherwise.
    """
    loose = without_quotes(query)
    if loose is None:
        return query, match(lookup, query, page, chosen)
    if len(loose.clauses) < SENTENCE:
        found = match(lookup, query, page, chosen)
        if found.complete or found.partial:
            return query, found
    found = match(lookup, loose, page, chosen)
    complete = found.complete and found.complete & documents(lookup, query)
    return loose, Matches(complete, (found.complete | found.partial) - complete, found.apart)


def without_quotes(query: AllOf | AnyOf) -> AllOf | None:
    """`query` with the words of its phrases as bare words; None if it has no phrase or is short.

    A short phrase was typed on purpose: it stays one.
    """
    if isinstance(query, AnyOf) or query.strict:
        return None
    bare = [clause for clause in query.clauses if isinstance(clause, Word | Compound | Phrase)]
    if not any(isinstance(clause, Phrase) for clause in bare):
        return None
    telling = [each for each in terms(AllOf(tuple(bare))) if not _is_stop_word(each)]
    if len(distinct(telling)) <= FEW:
        return None
    clauses: list[Node] = []
    for clause in query.clauses:
        parts = clause.words if isinstance(clause, Phrase) else (clause,)
        clauses += [part for part in parts if not _is_stop_word(part)]
    return AllOf(tuple(clauses), strict=False)


def _by_weight(
    lookup: Lookup, words: Sequence[Word | Compound], required: Documents | None
) -> Matches:
    """Those of `required` that have words heavy enough; the complete ones have them all.

    The parts of a compound count one by one; only an article that has all of them needs to have
    them together.
    """
    parts = sorted(distinct(terms(AllOf(tuple(words)))), key=lambda word: having(lookup, word))
    rarities = [lookup.rarity(having(lookup, part)) for part in parts]
    weights = lookup.snapshot.counting.tally()
    # What the words weigh that have not been looked up: no less, however it is rounded.
    lacking = sum(rarities) + 1e-9
    complete: Documents | None = required
    for part, rarity in zip(parts, rarities, strict=True):
        enough = MOST * weights.heaviest()
        if lacking >= enough:
            found = among(documents(lookup, part), required)
        else:  # too little for an article that has none of the words so far, or few of them
            likely = weights.at_least(enough - lacking)
            found = likely & documents(lookup, part, within=likely)
        weights.add(found, rarity)
        complete = among(found, complete)
        lacking -= rarity
    for word in words:
        if isinstance(word, Compound):
            complete = among(documents(lookup, word, within=complete), complete)
    complete = complete or NO_DOCUMENTS
    heavy = weights.at_least(MOST * weights.heaviest())
    return Matches(complete, heavy - complete, apart=False)


def _with_most(
    lookup: Lookup, words: Sequence[Word | Compound], required: Documents | None
) -> Documents:
    """Those of `required` that have most of `words`, which begin with the rarest.

    More than half of the words, or words rare enough to weigh `MOST` of what those of the best
    article weigh.
    """
    rarities = [lookup.rarity(having(lookup, word)) for word in words]
    found = _having_telling(lookup, words, rarities, required)
    counting = lookup.snapshot.counting
    candidates = counting.union(found)
    for word in words[len(found) :]:
        found.append(documents(lookup, word, within=candidates))
    counts, weights = counting.tally(), counting.tally()
    for having_word, rarity in zip(found, rarities, strict=True):
        here = having_word & candidates
        counts.add(here, 1)
        weights.add(here, rarity)
    half = len(words) / 2
    return counts.at_least(half + 0.5) | weights.at_least(MOST * weights.heaviest())


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
