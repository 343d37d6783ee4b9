"""Matching: parsed query → the articles that match it, and how often each of its words occurs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from itertools import pairwise
from math import log
from typing import TypeVar

from index.analysis import analyze, folded, is_stop_word, query_stems

from .facets import matching_sources
from .lexicon import MOST_FORMS, MOST_POSTINGS, forms_with_prefix, forms_within, most_frequent
from .query import (
    AllOf,
    AnyOf,
    ByAuthor,
    Compound,
    Dated,
    FromSource,
    Fuzzy,
    InTitle,
    Node,
    Not,
    Phrase,
    Prefix,
    Term,
    Word,
)
from .results import NO_DATE
from .snapshot import Frequencies, Snapshot

Documents = Set[int]
NO_DOCUMENTS: Documents = frozenset()
Positions = Set[int]
NOWHERE: Positions = frozenset()

MOST = 1 / 3
"""Share of the best article's words, weighted by rarity, that also counts as most of them.

Questions have words that their answer lacks: with more than half of the words as the only rule,
MRR@10 on PIAF falls from 0.775 to 0.59 (`tests/evaluate_ranking.py`).
"""

SHARPNESS = 1.25
"""Power of the rarity of a word: a little more than 1 keeps the small words of questions down."""


def among(documents: Documents, chosen: Documents | None) -> Documents:
    """Those of `documents` that were chosen; all of them when nothing was."""
    return documents if chosen is None else documents & chosen


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


_PARTICULAR = 15  # words of an article that similar articles are looked for by


class Stopped(Exception):
    """The search was given up, because its asker no longer wants it."""


class Matching:
    """The answers of one snapshot to the parts of one query; each part is looked up once."""

    def __init__(self, snapshot: Snapshot, stopped: Callable[[], bool] | None = None) -> None:
        self.snapshot = snapshot
        self._stopped = stopped
        self._frequencies: dict[tuple[Term, str], Frequencies] = {}
        self._compounds: dict[tuple[Compound, str], Documents] = {}

    def check(self) -> None:
        """Raise Stopped if the search was given up."""
        if self._stopped and self._stopped():
            raise Stopped

    def frequencies(
        self, term: Term, field: str = "text", within: Documents | None = None
    ) -> Frequencies:
        """How often `term` occurs in each article, in any of its forms.

        Only the articles `within` some matter to who gives them; there may be others.
        """
        if isinstance(term, Word) and not term.unfinished:
            self.check()
            return self.snapshot.frequencies(field, *sorted(stems(term)), within=within)
        known = self._frequencies.get((term, field))
        if known is None:
            self.check()
            known = self._frequencies[term, field] = self._look_up(term, field)
        return known

    def having(self, node: Node) -> int:
        """How many articles match `node`."""
        if isinstance(node, Word) and not node.unfinished:
            return self.snapshot.having("text", *sorted(stems(node)))
        return len(self.documents(node))

    def rarity(self, having: int) -> float:
        """Inverse document frequency of what so many articles have, as BM25 has it, sharpened."""
        articles = self.snapshot.size
        return float(log(1 + (articles - having + 0.5) / (having + 0.5)) ** SHARPNESS)

    def _look_up(self, term: Term, field: str) -> Frequencies:
        if isinstance(term, Word):
            found = self.any_of(field, stems(term))
            return self._with_begun(found, term.token.form, field)
        if isinstance(term, Prefix):
            forms = forms_with_prefix(self.snapshot, term.prefix)
            return self._in_field(self.snapshot.total(forms.values()), forms, field)
        near = self.forms(term)
        return self._in_field(self.any_of("form", near), near, field)

    def any_of(self, field: str, terms: Iterable[str]) -> Frequencies:
        """How often any of the index keys `terms` occurs in each article: they count as one."""
        return self.snapshot.frequencies(field, *sorted(terms))

    def _with_begun(self, found: Frequencies, form: str, field: str) -> Frequencies:
        """`found`, and what has the words that begin with `form`, which is being typed."""
        forms = forms_with_prefix(self.snapshot, form, MOST_POSTINGS)
        begun = self._in_field(self.snapshot.total(forms.values()), forms, field)
        return total([found, begun])

    def _in_field(self, found: Frequencies, forms: Iterable[str], field: str) -> Frequencies:
        """Those `found` to have `forms` that have one in `field`, the text or the title."""
        if field == "text":
            return found
        wanted, title = set(forms), self.snapshot.title_key
        return {n: f for n, f in found.items() if not wanted.isdisjoint(title(n).decode().split())}

    def _is_by_one(self, document: int, names: Iterable[str]) -> bool:
        """Whether all of `names` are those of one of its authors."""
        authors = self.snapshot.article(document).authors
        return any(set(names) <= set(folded(author).split()) for author in authors)

    def forms(self, term: Fuzzy) -> list[str]:
        """The written forms that `term` stands for."""
        near = list(forms_within(self.snapshot, term.form, 1))
        return most_frequent(self.snapshot, near, MOST_FORMS)

    def documents(
        self, node: Node, field: str = "text", within: Documents | None = None
    ) -> Documents:
        """The articles that match `node`; see `frequencies` for `within`."""
        match node:
            case Word() | Prefix() | Fuzzy():
                return self.frequencies(node, field, within).keys()
            case AllOf(clauses):
                return self._all_of(clauses, field)
            case AnyOf(clauses):
                return set().union(*(self.documents(clause, field) for clause in clauses))
            case Not(clause):
                return self.snapshot.documents - self.documents(clause, field)
            case Compound(words):
                if (node, field) not in self._compounds:
                    self._compounds[node, field] = self._compound(words, field)
                return self._compounds[node, field]
            case Phrase(words):
                return self._phrase(words, self._all_of(words, field), field)
            case InTitle(clause):
                return self.documents(clause, "title")
            case FromSource(name):
                return self.from_sources([name])
            case ByAuthor(names):
                found = (set(self.snapshot.frequencies("author", name)) for name in names)
                return {n for n in set.intersection(*found) if self._is_by_one(n, names)}
            case Dated(first, last):
                since, until = first or date.min, last or date.max
                return self.snapshot.between(since.isoformat(), until.isoformat())

    def _all_of(self, clauses: Iterable[Node], field: str) -> Documents:
        found: Documents | None = None
        for clause in clauses:
            if found is not None and not found:
                break
            if found is not None and isinstance(clause, Not):
                found = found - self.documents(clause.clause, field)
            else:
                found = among(self.documents(clause, field, found), found)
        return self.snapshot.documents if found is None else found

    def from_sources(self, names: Iterable[str]) -> Documents:
        """The articles of the named sources, which may be named by their aliases."""
        sources = self.snapshot.sources.values
        wanted = {source for name in names for source in matching_sources(name, sources)}
        return self.any_of("source", wanted).keys()

    def from_months(self, months: Sequence[str]) -> Documents:
        """The articles of these months, one of which may be `NO_DATE`."""
        found = self.any_of("month", months).keys()
        if NO_DATE not in months or not self.snapshot.is_dated:
            return found
        facet = self.snapshot.months
        undated = facet.values.index(NO_DATE)
        return found | {n for n in self.snapshot.documents if facet.of[n] == undated}

    def _compound(self, words: tuple[Word, ...], field: str) -> Documents:
        # Wherever it is hyphenated or in one, it is indexed as one: only where it is neither do
        # the places of its parts have to be looked at.
        shared = set.intersection(*(set(word.joined) for word in words))
        whole = {stem for compound in shared for stem in query_stems(compound)}
        joined = self.any_of(field, whole).keys()
        return joined | self._phrase(words, self._all_of(words, field) - joined, field)

    def _phrase(self, words: tuple[Word, ...], candidates: Documents, field: str) -> Documents:
        if not candidates:
            return candidates
        ends = self.positions(words[0], candidates, field)
        for word, following in pairwise(words):
            ends = self._continued(ends, word, following, field)
        return ends.keys()

    def _continued(
        self, ends: Mapping[int, Positions], word: Word, following: Word, field: str
    ) -> dict[int, Positions]:
        """Where a phrase that has come to `ends` in each article ends with `following` added."""
        candidates = set(ends)
        places = self.positions(following, candidates, field)
        # Both words may be in one, a compound written joined: then the phrase stays where it is.
        shared = set(word.joined) & set(following.joined)
        joined = self._places((s for c in shared for s in query_stems(c)), candidates, field)
        longer: dict[int, Positions] = {}
        for document, here in places.items():
            before = ends[document]
            reached = {p for p in here if p - 1 in before} | before & joined.get(document, NOWHERE)
            if not reached:
                continue
            # A compound stands at each of its parts' positions: it may end at any of them.
            while more := {p + 1 for p in reached if p + 1 in here} - reached:
                reached |= more
            longer[document] = reached
        return longer

    def positions(self, word: Word, wanted: Documents, field: str = "text") -> dict[int, Positions]:
        """Where `word` stands in each of the `wanted` articles that have it."""
        return self._places(stems(word), wanted, field)

    def _places(self, terms: Iterable[str], wanted: Documents, field: str) -> dict[int, Positions]:
        places: dict[int, Positions] = {}
        for term in terms:
            for document, where in self.snapshot.positions(field, term, wanted):
                places[document] = places[document] | where if document in places else where
        return places


def stems(word: Word) -> frozenset[str]:
    """The index keys under which `word` may stand, alone or joined to a neighbour."""
    alone = query_stems(word.token.word, common=word.is_stop_word)
    return alone.union(*map(query_stems, word.joined))


Wanted = TypeVar("Wanted", bound=Term | Compound)


def distinct(wanted: Iterable[Wanted]) -> list[Wanted]:
    """`wanted` without what comes twice, under any form of it; without stop words, unless there
    is nothing else."""
    found: dict[object, Wanted] = {}
    for each in wanted:
        parts = each.words if isinstance(each, Compound) else (each,)
        key = frozenset(frozenset(stems(p)) if isinstance(p, Word) else p for p in parts)
        found.setdefault(key, each)
    telling = [w for w in found.values() if not (isinstance(w, Word) and w.is_stop_word)]
    return telling or list(found.values())


def total(frequencies: Iterable[Frequencies]) -> Frequencies:
    """The sum of several terms' frequencies: they count as one."""
    found = [each for each in frequencies if each]
    if len(found) <= 1:
        return found[0] if found else {}
    found.sort(key=len, reverse=True)
    summed = dict(found[0])
    for each in found[1:]:
        for document, frequency in each.items():
            summed[document] = summed.get(document, 0.0) + frequency
    return summed


def match(matching: Matching, query: AllOf | AnyOf, page: int, chosen: Documents | None) -> Matches:
    """The articles that match `query`; when fewer than `page` do, those with most of its words.

    Only bare words may be missing: phrases, groups, fields and exclusions stay required.
    `page` counts articles of the `chosen` sources and months; the result has the others too.
    """
    if isinstance(query, AnyOf) or query.strict:
        return Matches(matching.documents(query), NO_DOCUMENTS)
    words = distinct(clause for clause in query.clauses if isinstance(clause, Word | Compound))
    others = tuple(clause for clause in query.clauses if not isinstance(clause, Word | Compound))
    required = matching.documents(AllOf(others)) if others else None
    words.sort(key=matching.having)
    complete = required
    for word in words:
        complete = among(matching.documents(word, within=complete), complete)
    if complete is None:
        complete = matching.snapshot.documents
    if len(words) < 2 or len(among(complete, chosen)) >= page:
        return Matches(complete, NO_DOCUMENTS)
    return Matches(complete, _with_most(matching, words, required) - complete)


def _with_most(
    matching: Matching, words: Sequence[Word | Compound], required: Documents | None
) -> set[int]:
    """Those of `required` that have most of `words`, which begin with the rarest.

    More than half of the words, or words rare enough to weigh `MOST` of what those of the best
    article weigh.
    """
    rarities = [matching.rarity(matching.having(word)) for word in words]
    found = _having_telling(matching, words, rarities, required)
    candidates: Documents = set().union(*found)
    for word in words[len(found) :]:
        found.append(matching.documents(word, within=candidates))
    counts: Counter[int] = Counter()
    weights = dict.fromkeys(candidates, 0.0)
    for documents, rarity in zip(found, rarities, strict=True):
        here = documents & candidates
        counts.update(here)
        for document in here:
            weights[document] += rarity
    enough = MOST * max(weights.values(), default=0.0)
    return {n for n in candidates if 2 * counts[n] > len(words) or weights[n] >= enough}


def _having_telling(
    matching: Matching,
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
        documents = among(matching.documents(word), required)
        if documents:
            enough = max(enough, MOST * rarity)
        found.append(documents)
    return found


def particular_words(matching: Matching, text: str) -> list[Word]:
    """The words of `text` that tell it from others: frequent in it, rare elsewhere."""
    counts: Counter[str] = Counter()
    words: dict[str, Word] = {}
    for token in analyze(text):
        if len(token.form) > 2 and not is_stop_word(token.word):
            counts[token.stem] += 1
            words.setdefault(token.stem, Word(token, token.start, token.end))

    def particular(stem: str) -> float:
        having = matching.snapshot.having("text", stem)
        return counts[stem] * matching.rarity(having) if having > 1 else 0.0

    return [words[stem] for stem in nlargest(_PARTICULAR, counts, key=particular)]
