"""A page of hits: matches → in order → reprints in one place → passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from ..model import Head, Hit, Reprint, Request, Sort
from ..passages import Highlighter, Sought, merged, sought_clauses
from ..passages.snippets import snippets
from ..query import Compound, Fuzzy, Near, Node, Passage, Phrase, Term, terms
from .counting import Documents
from .duplicates import distinct_places
from .evaluation import having
from .lookup import Lookup
from .partial import Matches, distinct
from .ranking import scores
from .snapshot import Snapshot

Ranked = Iterator[tuple[int, float]]
"""Articles in order, each with its score; nothing is done until asked."""


def hits_of(
    lookup: Lookup, query: Node, found: Matches, request: Request
) -> tuple[tuple[Hit, ...], int | None]:
    """The page of hits that `request` asks for, and where the next one begins, if there is one.

    The complete matches come in order, then the partial ones. By relevance, those of a long
    question are in one order.
    """
    looked_for = distinct(terms(query))
    together = not found.apart and request.sort == "relevance"
    parts = [found.complete | found.partial] if together else [found.complete, found.partial]
    ranked = chain.from_iterable(_ranked(lookup, looked_for, part, request.sort) for part in parts)
    places: Iterator[tuple[int, float, list[int]]]
    if request.duplicates:
        places = ((document, score, []) for document, score in ranked)
    else:
        places = distinct_places(lookup.snapshot, ranked)
    highlighter: Highlighter | None = None  # of many words it takes time: for hits only
    hits = []
    passed: set[int] = set()
    end = request.offset + request.limit
    for number, (document, score, same) in enumerate(islice(places, end)):
        passed.update((document, *same))
        if number >= request.offset:
            lookup.check()
            highlighter = highlighter or highlighter_of(lookup, query)
            complete = document in found.complete
            hits.append(_hit(lookup.snapshot, document, score, complete, same, highlighter))
    found_in_all = len(found.complete) + len(found.partial)
    left = found_in_all > sum(n in found.complete or n in found.partial for n in passed)
    return tuple(hits), end if hits and left else None


def highlighter_of(lookup: Lookup, query: Node) -> Highlighter:
    """What finds the matches of `query` in a text."""
    return Highlighter([_sought(lookup, clause) for clause in sought_clauses(query)])


def _sought(lookup: Lookup, clause: Passage) -> Sought:
    fuzzy = (term for term in terms(clause) if isinstance(term, Fuzzy))
    forms = tuple(form for term in fuzzy for form in lookup.forms(term))
    return Sought(clause, _weight(lookup, clause), forms)


def _weight(lookup: Lookup, clause: Passage) -> float:
    """How rare it is: what it is worth to see it in a snippet."""
    if isinstance(clause, Near):
        return sum(_weight(lookup, term) for term in terms(clause))
    if isinstance(clause, Compound | Phrase):
        return sum(_weight(lookup, word) for word in clause.words)
    return lookup.rarity(having(lookup, clause))


def _ranked(lookup: Lookup, looked_for: Sequence[Term], documents: Documents, sort: Sort) -> Ranked:
    if not documents:
        return
    snapshot = lookup.snapshot
    found = scores(lookup, looked_for, documents)
    order: Iterable[int]
    if sort == "title":
        order = sorted(documents, key=lambda n: (snapshot.title_key(n), n))
    elif sort == "date" or not looked_for:
        order = snapshot.newest_first(documents)
    else:
        order = found.best_first()
    yield from ((document, found[document]) for document in order)


def _hit(
    snapshot: Snapshot,
    document: int,
    score: float,
    complete: bool,
    same: Sequence[int],
    highlighter: Highlighter,
) -> Hit:
    article = snapshot.article(document)
    matches = highlighter.matches(article.body)
    return Hit(
        head=Head.of(article),
        score=round(score, 4),
        complete=complete,
        snippets=snippets(article.body, matches, highlighter.weights),
        title_matches=merged(highlighter.matches(article.title)),
        also=tuple(_reprint(snapshot, other) for other in same),
    )


def _reprint(snapshot: Snapshot, document: int) -> Reprint:
    article = snapshot.article(document)
    return Reprint(article.id, article.path, article.source)
