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
    FacetCount,
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
    from_months,
    from_sources,
    matching_sources,
    most_first,
    unknown_source,
)
from .lookup import Lookup, among
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
            lookup, snapshot = Lookup(self._snapshot, cancelled), self._snapshot
            snapshot.expect(lookup.postings_of(query))
            unknown = self._unknown_sources(request, parsed.query)
            of_sources = self._of_sources(lookup, request, named)
            of_months = from_months(lookup, request.months) if request.months else None
            chosen = of_months if of_sources is None else among(of_sources, of_months)
            asked, (query, found) = query, match_loosely(lookup, query, PAGE, chosen)
            here = found.within(chosen)
            months = None
            if snapshot.is_dated:
                oldest_first = self._count(snapshot.months, among(found.counted, of_sources))
                months = oldest_first[::-1]
            of_source = self._count(snapshot.sources, among(found.counted, of_months))
            hits, next_offset = hits_of(lookup, query, here, request)
            return Results(
                query=request.query,
                total=len(here.complete),
                partial=len(here.partial),
                apart=here.apart or request.sort != "relevance",
                hits=hits,
                facets=Facets(most_first(of_source), months),
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

    def _of_sources(
        self, lookup: Lookup, request: Request, named: Sequence[FromSource]
    ) -> Documents | None:
        """The articles of the sources that are chosen, in the query and beside it; None: all.

        The two narrow each other. A name that is being typed chooses once it may be one.
        """
        ticked = [FromSource(name) for name in request.sources]
        named = [n for n in named if not n.unfinished or self._has_source(n.name, True)]
        found: Documents | None = None
        for names in filter(None, (ticked, named)):
            found = among(from_sources(lookup, names), found)
        return found

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
