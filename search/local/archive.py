"""Archive: an opened index, and what can be asked of it. The one way from outside to the engine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from itertools import chain, islice
from pathlib import Path

from index.analysis import VERSION as ANALYSIS_VERSION
from index.article import Article
from index.whoosh_store.folder import (
    DamagedIndex,
    commit_stamp,
    open_index,
    read_roots,
    reading,
    size_on_disk,
)
from index.whoosh_store.schema import VERSION as SCHEMA_VERSION

from ..model import PAGE, Hit, Reprint, Request, Results, Sort, Span, Status
from ..passages.highlight import Highlighter, merged
from ..passages.snippets import snippets
from ..query.parser import AllOf, AnyOf, FromSource, Node, Term, parse, terms
from .duplicates import distinct_places
from .facets import count, most_first
from .matching import (
    Documents,
    Matches,
    Matching,
    Stopped,
    among,
    distinct,
    match,
    particular_words,
)
from .ranking import best_first, scores
from .snapshot import Snapshot
from .suggestion import suggestion

_LONGEST_ANALYZED = 500_000  # characters of an article in which matches are looked for


__all__ = ["Archive", "NoSuchArticle", "Stopped"]


class NoSuchArticle(LookupError):
    """No article has this id, or several may be meant; the message says which."""


class Archive:
    """An index opened for searching. Serves one thread at a time."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`. Raises one of the kinds of UnusableIndex."""
        self.folder = folder
        self._open()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._snapshot.close()

    def _reading(self) -> AbstractContextManager[None]:
        return reading(self.folder, Stopped, NoSuchArticle)

    def _open(self) -> None:
        self._index = open_index(self.folder)
        self._stamp = commit_stamp(self.folder)
        for last_try in (False, False, True):
            try:
                with self._reading():
                    self._snapshot = Snapshot(self._index)
                return
            except DamagedIndex as error:
                # A commit just now replaces the files that the one before it named.
                if last_try or not isinstance(error.__cause__, FileNotFoundError):
                    raise

    def refresh(self) -> bool:
        """Go on with the newest commit of the index; False when it is the same."""
        if commit_stamp(self.folder) == self._stamp:
            return False
        before = self._snapshot
        self._open()
        before.close()
        return True

    def search(self, request: Request, stopped: Callable[[], bool] | None = None) -> Results:
        """One page of the articles that `request` asks for, with counts by source and month.

        Raises QueryError when the query cannot be read, and Stopped soon after `stopped()`
        has become true.
        """
        started = time.perf_counter()
        query, named = _without_sources(parse(request.query, request.typing))
        with self._reading():
            matching = Matching(self._snapshot, stopped)
            sources = (*request.sources, *named)
            of_sources = matching.from_sources(sources) if sources else None
            of_months = matching.from_months(request.months) if request.months else None
            chosen = of_months if of_sources is None else among(of_sources, of_months)
            found = match(matching, query, PAGE, chosen)
            here = found.within(chosen)
            counted = found.complete or found.partial
            of_source = count(self._snapshot.sources, among(counted, of_months))
            facets = {"source": most_first(of_source)}
            if self._snapshot.is_dated:
                facets["month"] = count(self._snapshot.months, among(counted, of_sources))
            return Results(
                query=request.query,
                total=len(here.complete),
                partial=len(here.partial),
                hits=self._hits(matching, query, here, request),
                facets={name: tuple(counts) for name, counts in facets.items()},
                suggestion=None if found.complete else suggestion(matching, query, request.query),
                elapsed_ms=round((time.perf_counter() - started) * 1000, 2),
            )

    def similar(self, id: str, limit: int = PAGE) -> Results:
        """The articles that have most of what is particular to one. Raises NoSuchArticle."""
        started = time.perf_counter()
        article = self.article(id)
        with self._reading():
            matching = Matching(self._snapshot)
            telling = particular_words(matching, f"{article.title}\n{article.body}")
            others = set().union(*(matching.documents(word) for word in telling))
            others -= self._snapshot.frequencies("file", article.path).keys()
            query = AnyOf(tuple(telling))
            request = Request(article.title, limit=limit)
            hits = self._hits(matching, query, Matches(others, frozenset()), request)
        elapsed = round((time.perf_counter() - started) * 1000, 2)
        return Results(article.title, len(hits), 0, hits, elapsed_ms=elapsed)

    def _hits(
        self, matching: Matching, query: Node, found: Matches, request: Request
    ) -> tuple[Hit, ...]:
        """The page of hits: the complete matches in order, then the partial ones."""
        looked_for = distinct(terms(query))
        ranked = chain(
            self._ranked(matching, looked_for, found.complete, request.sort),
            self._ranked(matching, looked_for, found.partial, request.sort),
        )
        places: Iterator[tuple[int, float, list[int]]]
        if request.duplicates:
            places = ((document, score, []) for document, score in ranked)
        else:
            places = distinct_places(self._snapshot, ranked)
        highlighter = Highlighter(matching, query)
        hits = []
        for document, score, same in islice(places, request.offset, request.offset + request.limit):
            matching.check()
            complete = document in found.complete
            hits.append(self._hit(document, score, complete, same, highlighter))
        return tuple(hits)

    def _ranked(
        self, matching: Matching, looked_for: Sequence[Term], documents: Documents, sort: Sort
    ) -> Iterator[tuple[int, float]]:
        """`documents` in the order asked for, each with its score; nothing is done until asked."""
        found = scores(matching, looked_for, documents)
        order: Iterable[int]
        if sort == "title":
            order = sorted(found, key=lambda n: (self._snapshot.title_key(n), n))
        elif sort == "date" or not looked_for:
            order = self._snapshot.newest_first(documents)
        else:
            order = best_first(found)
        yield from ((document, found[document]) for document in order)

    def _hit(
        self,
        document: int,
        score: float,
        complete: bool,
        same: Sequence[int],
        highlighter: Highlighter,
    ) -> Hit:
        article = self._snapshot.article(document)
        matches = highlighter.matches(article.body[:_LONGEST_ANALYZED])
        return Hit(
            article=article,
            score=round(score, 4),
            complete=complete,
            snippets=snippets(article.body, matches, highlighter.weights),
            title_matches=merged(highlighter.matches(article.title)),
            also=tuple(map(self._reprint, same)),
        )

    def _reprint(self, document: int) -> Reprint:
        article = self._snapshot.article(document)
        return Reprint(article.id, article.path, article.source)

    def article(self, id: str) -> Article:
        """The article with this id or path, or the only one whose id begins so.

        Raises NoSuchArticle when there is none, or more than one.
        """
        with self._reading():
            numbers = self._snapshot.frequencies
            found = list(numbers("id", id) or numbers("file", id))
            if not found:
                ids = islice(self._snapshot.with_prefix("id", id), 4)
                found = [number for each in ids for number in numbers("id", each)]
            if len(found) == 1:
                return self._snapshot.article(found[0])
            if not found:
                raise NoSuchArticle(f"no article {id}")
            several = [self._snapshot.article(number) for number in found[:3]]
            same = len({article.id for article in several}) == 1
            names = ", ".join(article.path if same else article.id for article in several)
            raise NoSuchArticle(f"several articles are {id}: {names}{', …' * (len(found) > 3)}")

    def matches(self, text: str, query: str, typing: bool = False) -> tuple[Span, ...]:
        """Where `query`, which may be `typing` still, matches in `text`. Raises QueryError."""
        parsed = parse(query, typing)
        with self._reading():
            return merged(Highlighter(Matching(self._snapshot), parsed).matches(text))

    def status(self) -> Status:
        """What the index holds."""
        with self._reading():
            snapshot = self._snapshot
            days = snapshot.days()
            return Status(
                articles=snapshot.size,
                sources=tuple(most_first(count(snapshot.sources, snapshot.documents))),
                first=date.fromisoformat(days[0]) if days else None,
                last=date.fromisoformat(days[1]) if days else None,
                bytes=size_on_disk(self.folder),
                roots=tuple(map(str, read_roots(self.folder))),
                schema=f"{SCHEMA_VERSION}.{ANALYSIS_VERSION}",
            )


def _without_sources(query: AllOf | AnyOf) -> tuple[AllOf | AnyOf, list[str]]:
    """`query` without the sources it asks for, and their names.

    They choose among the matches as a ticked facet does, so that the others keep their counts.
    """
    if isinstance(query, AnyOf):
        return query, []
    names = [clause.name for clause in query.clauses if isinstance(clause, FromSource)]
    others = tuple(clause for clause in query.clauses if not isinstance(clause, FromSource))
    return AllOf(others, query.strict), names
