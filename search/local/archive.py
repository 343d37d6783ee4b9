"""The archive in a folder of this machine: an opened Whoosh index, and what can be asked of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path

from index.analysis import VERSION as ANALYSIS_VERSION
from index.article import Article
from index.errors import explain
from index.language import _
from index.whoosh_store.folder import (
    commit_stamp,
    open_index,
    read_roots,
    reading,
    size_on_disk,
)
from index.whoosh_store.schema import VERSION as SCHEMA_VERSION

from .. import errors
from ..archive import Cancelled, never
from ..model import (
    PAGE,
    Comparison,
    Completion,
    FacetCount,
    FacetName,
    Facets,
    Head,
    Note,
    Reading,
    Request,
    Results,
    Status,
)
from ..passages import merged
from ..query import AllOf, AnyOf, FromSource, Node, Parsed, parse
from ..query import sources as named_in
from .counting import Documents
from .evaluation import documents
from .facets import (
    Facet,
    count,
    count_authors,
    from_authors,
    from_dates,
    from_sources,
    matching_sources,
    most_first,
    unknown_source,
)
from .lookup import Lookup, among, in_all
from .page import highlighter_of, hits_of
from .partial import Matches, match_loosely, without_quotes
from .similar import particular_words
from .snapshot import Snapshot
from .suggestion import suggestion


class LocalArchive:
    """An index opened for searching: an `Archive`. Serves one thread at a time."""

    def __init__(self, folder: Path, *, samples: bool = False, lasting: bool = False) -> None:
        """Open the index in `folder`. Raises one of the kinds of Unavailable.

        `lasting` is for who asks more than a few queries: it loads NumPy, which then counts.
        """
        self.folder = folder
        self.samples = samples
        self._lasting = lasting
        self._open()

    def __enter__(self) -> LocalArchive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def place(self) -> str:
        """The path of the folder."""
        return str(self.folder)

    def close(self) -> None:
        """Close the files of the index."""
        self._snapshot.close()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with reading(self.folder):
            try:
                yield
            except FileNotFoundError:
                raise
            except OSError as error:  # what ails the machine, as a disk that cannot be read
                raise errors.Unavailable(
                    _("cannot read the index in {place}: {reason}").format(
                        place=self.folder, reason=explain(error)
                    )
                ) from error

    def _open(self) -> None:
        index = open_index(self.folder)
        self._stamp = index.stamp
        with self._reading():
            self._snapshot = Snapshot(index, arrays=self._lasting)

    def refresh(self) -> Status | None:
        """See `Archive.refresh`. What was open stays open when there is nothing to go on with."""
        if commit_stamp(self.folder) == self._stamp:
            return None
        before = self._snapshot
        self._open()
        before.close()
        return self.status()

    def search(self, request: Request, cancelled: Cancelled = never) -> Results:
        """See `Archive.search`."""
        started = time.perf_counter()
        with self._reading():
            parsed = self._parsed(request.query, request.typing)
            query, named = _without_sources(parsed.query)
            lookup = Lookup(self._snapshot, cancelled)
            self._snapshot.expect(lookup.postings_of(query))
            unknown = self._unknown_sources(request, parsed.query)
            narrowed = self._narrowed(lookup, request, named)
            chosen = in_all(narrowed.values())
            asked, (query, found) = query, match_loosely(lookup, query, PAGE, chosen)
            here = found.within(chosen)
            hits, next_offset = hits_of(lookup, query, here, request)
            return Results(
                query=request.query,
                total=len(here.complete),
                partial=len(here.partial),
                apart=here.apart or request.sort != "relevance",
                hits=hits,
                facets=self._facets(found.counted, narrowed, request.by_author),
                suggestion=suggestion(lookup, query, request.query, found),
                notes=(
                    *parsed.notes,
                    *([Note("quotes")] if query is not asked else []),
                    *(self._about_unknown(name) for name in unknown),
                ),
                unknown_sources=unknown,
                sources=tuple(dict.fromkeys((*request.sources, *(each.name for each in named)))),
                next_offset=next_offset,
                elapsed_ms=_milliseconds_since(started),
            )

    def _count(self, facet: Facet, documents: Documents) -> tuple[FacetCount, ...]:
        return count(self._snapshot.counting, facet, documents)

    def _parsed(self, query: str, typing: bool) -> Parsed:
        return parse(query, typing, known_source=self._has_source)

    def _has_source(self, name: str, unfinished: bool = False) -> bool:
        return bool(matching_sources(name, self._snapshot.sources.values, unfinished))

    def _narrowed(
        self, lookup: Lookup, request: Request, named: Sequence[FromSource]
    ) -> dict[FacetName, Documents | None]:
        """What is chosen by each facet, in the query (`named`) and beside it; None: everything.

        Sources in the query and beside it narrow each other. A name that is being typed chooses
        once it may be one.
        """
        chosen: dict[FacetName, Documents | None] = {"source": None, "author": None, "date": None}
        if request.sources:
            ticked = [FromSource(name) for name in request.sources]
            chosen["source"] = from_sources(lookup, ticked)
        if request.authors:
            chosen["author"] = from_authors(lookup, request.authors)
        if request.dates or request.undated:
            chosen["date"] = from_dates(lookup, request.dates, request.undated)
        for name in request.excluding:
            if (found := chosen[name]) is not None:
                chosen[name] = self._snapshot.documents - found
        named = [n for n in named if not n.unfinished or self._has_source(n.name, True)]
        if named:
            chosen["source"] = among(from_sources(lookup, named), chosen["source"])
        return chosen

    def _facets(
        self, found: Documents, narrowed: dict[FacetName, Documents | None], by_author: bool
    ) -> Facets:
        """How what was found is shared out by each facet, as if that had chosen nothing."""
        snapshot = self._snapshot

        def chosen_by_others(name: FacetName) -> Documents:
            return among(found, in_all(each for of, each in narrowed.items() if of != name))

        sources = most_first(self._count(snapshot.sources, chosen_by_others("source")))
        months = authors = None
        if snapshot.is_dated:
            months = self._count(snapshot.months, chosen_by_others("date"))[::-1]
        if by_author:
            counted = chosen_by_others("author")
            authors = count_authors(snapshot.counting, snapshot.authors, counted)
        return Facets(sources, months, authors)

    def _unknown_sources(self, request: Request, query: Node) -> tuple[str, ...]:
        """The sources asked for, in the query or beside it, that no article has."""
        named = (source.name for source in named_in(query) if not source.unfinished)
        asked = dict.fromkeys((*request.sources, *named))
        return tuple(name for name in asked if not self._has_source(name))

    def _about_unknown(self, name: str) -> Note:
        held = most_first(self._count(self._snapshot.sources, self._snapshot.documents))
        return unknown_source(name, [each.value for each in held])

    def similar(self, id: str, limit: int = PAGE) -> Results:
        """See `Archive.similar`."""
        started = time.perf_counter()
        article = self._article(id)
        with self._reading():
            lookup = Lookup(self._snapshot)
            query = AnyOf(tuple(particular_words(lookup, f"{article.title}\n{article.body}")))
            in_file = self._snapshot.postings("file", article.path).keys()
            itself = in_file & self._snapshot.postings("id", article.id).keys()
            others = documents(lookup, query) - itself
            request = Request(article.title, limit=limit)
            hits, _more = hits_of(lookup, query, Matches(others, frozenset()), request)
        elapsed = _milliseconds_since(started)
        return Results(article.title, len(hits), 0, hits, elapsed_ms=elapsed)

    def read(self, id: str, query: str = "", typing: bool = False) -> Reading:
        """See `Archive.read`."""
        article = self._article(id)
        with self._reading():
            lookup, asked = Lookup(self._snapshot), self._parsed(query, typing).query
            if without_quotes(asked):  # then the search may have gone on without them
                asked, _partial = match_loosely(lookup, _without_sources(asked)[0], PAGE, None)
            highlighter = highlighter_of(lookup, asked)
            return Reading(
                article,
                merged(highlighter.matches(article.title)),
                merged(highlighter.matches(article.body)),
            )

    def complete(self, query: str) -> Completion | None:
        """See `Archive.complete`."""
        from .completion import completion  # one query from the shell needs none

        with self._reading():
            return completion(self._snapshot, query)

    def compare(self, id: str, other: str) -> Comparison:
        """See `Archive.compare`."""
        from ..passages.comparison import compare  # nobody else needs it

        one, two = self._article(id), self._article(other)
        return Comparison(one, two, compare(one.body, two.body))

    def _article(self, id: str) -> Article:
        with self._reading():
            postings = self._snapshot.postings
            found = list(postings("id", id) or postings("file", id)) or self._of_file(id)
            if not found:
                ids = islice(self._snapshot.with_prefix("id", id), 4)
                found = [number for each in ids for number in postings("id", each)]
            if len(found) == 1:
                return self._snapshot.article(found[0])
            if not found:
                raise errors.NoSuchArticle(_("no article {id}").format(id=id))
            several = [Head.of(self._snapshot.article(number)) for number in found[:3]]
            same = len({head.id for head in several}) == 1
            names = ", ".join(head.path if same else head.id for head in several)
            raise errors.NoSuchArticle(
                _("several articles are {id}: {names}").format(
                    id=id, names=names + ", …" * (len(found) > 3)
                )
            )

    def ids(self, beginning: str, most: int) -> list[str]:
        """The ids that begin so, in order, and no more than that."""
        with self._reading():
            return list(islice(self._snapshot.with_prefix("id", beginning), most))

    def _of_file(self, address: str) -> list[int]:
        """The article at `path#12`: its id is how this goes on after the indexed folder."""
        ends = [at for at, letter in enumerate(address) if letter == "#"]
        of_files = (self._snapshot.postings("file", address[:end]) for end in ends)
        in_file = next(filter(len, of_files), ())
        parts = Path(address).parts if in_file else ()
        ids = ["/".join(parts[first:]) for first in range(len(parts))]
        return [number for number in self._snapshot.postings("id", *ids) if number in in_file]

    def status(self) -> Status:
        """See `Archive.status`."""
        with self._reading():
            snapshot = self._snapshot
            days = snapshot.days()
            return Status(
                articles=snapshot.size,
                sources=most_first(self._count(snapshot.sources, snapshot.documents)),
                first=date.fromisoformat(days[0]) if days else None,
                last=date.fromisoformat(days[1]) if days else None,
                bytes=size_on_disk(self.folder),
                roots=tuple(map(str, read_roots(self.folder))),
                schema=f"{SCHEMA_VERSION}.{ANALYSIS_VERSION}",
                written=self._stamp.mtime_ns / 1e9,
                samples=self.samples,
                undated=len(snapshot.undated()),
            )


def _milliseconds_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)


def _without_sources(query: AllOf | AnyOf) -> tuple[AllOf | AnyOf, list[FromSource]]:
    """`query` without the sources it asks for, and these.

    They choose among the matches as a ticked facet does: any of them, so that the others keep
    their counts.
    """
    if named := _choice(query):
        return AllOf(()), named
    if isinstance(query, AnyOf):
        return query, []
    chosen = [(clause, _choice(clause)) for clause in query.clauses]
    others = tuple(clause for clause, named in chosen if not named)
    return AllOf(others, query.strict), [each for _, named in chosen for each in named]


def _choice(node: Node) -> list[FromSource]:
    """The sources that `node` chooses, if it does nothing else."""
    match node:
        case FromSource():
            return [node]
        case AllOf(clauses) | AnyOf(clauses):
            named = [_choice(clause) for clause in clauses]
            return [each for some in named for each in some] if all(named) else []
    return []
