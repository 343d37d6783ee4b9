"""Requests and results: all that passes through the door between the engine and its front ends.

Plain data: text and offsets, never markup. Offsets count characters; ranges are half-open. What an
update is told, what it tells and what it could not read are here too, so that a front end needs no
other module.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.article import UNKNOWN_SOURCE, Article, Problem
from index.options import UpdateOptions
from index.report import Checked, OnProgress, Progress, Report, Unheard, Watching

__all__ = [
    "MOST_AUTHORS",
    "NO_DATE",
    "PAGE",
    "UNKNOWN_SOURCE",
    "Article",
    "Checked",
    "Comparison",
    "Completion",
    "DateRange",
    "FacetCount",
    "FacetName",
    "Facets",
    "Head",
    "Hit",
    "Note",
    "NoteKind",
    "OnProgress",
    "Piece",
    "PieceKind",
    "Problem",
    "Progress",
    "Reading",
    "Report",
    "Reprint",
    "Request",
    "Results",
    "Snippet",
    "Sort",
    "Span",
    "Status",
    "Unheard",
    "UpdateOptions",
    "Watching",
]

PAGE = 10
"""Hits of a page; with fewer complete matches of few words than this, partial ones follow."""

MOST_AUTHORS = 500
"""Authors that are counted one by one, those with the most matches. Of a large archive there are
thousands, and nobody reads down to the last; `author:` in a query finds them all."""

NO_DATE = "no date"
"""The value of the month facet for articles that have no date."""

Sort = Literal["relevance", "date", "title"]
FacetName = Literal["source", "author", "date"]
"""What results can be narrowed by, beside the query."""
Span = tuple[int, int]
"""`text[start:end]`; a match is whole words as they stand in the text."""


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Request:
    """What to search for."""

    query: str
    sources: tuple[str, ...] = ()
    """Names or aliases; none means all. With `source:` in the query both must hold."""
    limit: int = PAGE
    offset: int = 0
    sort: Sort = "relevance"
    duplicates: bool = False
    """Give every article a place of its own, duplicates too."""
    typing: bool = False
    """The query is being typed: its last word may go on, and stands for all that it begins."""
    authors: tuple[str, ...] = ()
    """Whole names, however they are spelt; none means all."""
    dates: tuple[DateRange, ...] = ()
    """In any of these; none means all."""
    undated: bool = False
    """Without a date; or in one of the `dates`, if there are any."""
    excluding: frozenset[FacetName] = frozenset()
    """The facets of which all is meant but what is named above."""
    by_author: bool = False
    """Count the matches by author as well."""


NoteKind = Literal[
    "apostrophe",  # a quote where an apostrophe is meant: `qu"il`
    "unclosed quote",  # a phrase to the end of its words
    "stray quote",  # closes or opens nothing
    "unclosed parenthesis",
    "stray parenthesis",
    "operator",  # has no other half
    "sign",  # `*` or `~` where no word is before it
    "empty field",
    "unknown field",  # `near`: the fields that may be meant
    "no date",  # behind a field that takes one
    "quotes",  # those of a sentence, or of a long query that finds nothing with them
    "long",  # `what`: the words that were read
    "expansions",  # `what`: the words with `*` or `~` that were expanded
    "unknown source",  # `near`: the sources that may be meant, or all
]


@dataclass(frozen=True, slots=True)
class Note:
    """Something in a request that was read in the most likely way: `wording.notes` says how."""

    kind: NoteKind
    what: str = ""
    """What is written there, or the name that is not known."""
    place: Span | None = None
    """Where in the query; None when it is not in it (a source chosen beside it)."""
    near: tuple[str, ...] = ()
    """What may have been meant."""
    sure: bool = False
    """Whether something in `near` is like `what`; else it is all there is."""


@dataclass(frozen=True, slots=True)
class Head:
    """An article without its text: what a list shows of it. See `Article` for the fields."""

    id: str
    path: str
    title: str
    source: str
    authors: tuple[str, ...] = ()
    date: date | None = None
    url: str = ""
    title_is_lead: bool = False

    @classmethod
    def of(cls, article: Article) -> Head:
        """The head of an article."""
        return cls(
            article.id,
            article.path,
            article.title,
            article.source,
            article.authors,
            article.date,
            article.url,
            article.title_is_lead,
        )

    @property
    def address(self) -> str:
        """What `Archive.read` finds it by for certain: its path, and where its file has many what
        its id has after `#`.

        An id does not do where two of the indexed folders have a file of the same name.
        """
        # Whatever folder the id begins with, the name of the file is in it.
        _folders, found, inside = self.id.partition(self.path.rpartition("/")[2] + "#")
        return f"{self.path}#{inside}" if found else self.path


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of an article, with where it matches."""

    text: str
    matches: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Reprint:
    """The same article once more, from another source or scraped again."""

    id: str
    path: str
    source: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One article of the result."""

    head: Head
    score: float
    complete: bool
    """False when it has only most of the words."""
    snippets: tuple[Snippet, ...]
    title_matches: tuple[Span, ...] = ()
    also: tuple[Reprint, ...] = ()
    """Duplicates, which have no place of their own."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article to be read, with where a query matches in it."""

    article: Article
    title_matches: tuple[Span, ...] = ()
    body_matches: tuple[Span, ...] = ()
    """Of a very long body only those near its start: see `passages.highlight.LONGEST_READ`."""


PieceKind = Literal["same", "cut", "added"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of two texts that are compared: `same` in both, `cut` from the first, `added` in the
    second."""

    kind: PieceKind
    one: Span
    """Where they are in the first text, and, without the spaces around them, …"""
    other: Span
    """… in the second; where they are not, an empty span."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two articles, and their bodies word by word."""

    one: Article
    other: Article
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value of a facet, and how many matching articles have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """How the matches are shared out, whichever values were chosen in that facet: all complete ones
    (or the partial ones when there are no others); all that are not `Results.apart`."""

    sources: tuple[FacetCount, ...] = ()
    """Most first."""
    months: tuple[FacetCount, ...] | None = None
    """Newest first, `NO_DATE` last; None where no article of the archive has a date."""
    authors: tuple[FacetCount, ...] | None = None
    """Most first, and no more than `MOST_AUTHORS`; None unless they were asked for."""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, and what there is beyond it."""

    query: str
    total: int
    """Articles that match completely."""
    partial: int
    """Articles that have most of the words: when few match completely, or the query is long."""
    hits: tuple[Hit, ...]
    facets: Facets = Facets()
    suggestion: str | None = None
    """The query with misspelt words corrected or quotes left out: when it finds nothing as it
    stands, or when a rare word of it is nearly a word that is a hundred times as frequent."""
    notes: tuple[Note, ...] = ()
    """What of the request was read in the most likely way, or is not known here."""
    unknown_sources: tuple[str, ...] = ()
    """The names of sources that were asked for and that no article has; each has a note."""
    sources: tuple[str, ...] = ()
    """The sources that were chosen, in the query or beside it, by the names that they were given:
    the facet counts the others as well."""
    next_offset: int | None = None
    """Where the next page begins; None when this is the last. Reprints, which have no place of
    their own, are in `total` and not in any page: do not reckon it from that."""
    elapsed_ms: float = 0.0
    apart: bool = True
    """The partial matches come after the complete ones; of a long question they are ranked
    together."""


@dataclass(frozen=True, slots=True)
class Completion:
    """How a query that is being typed may go on."""

    rest: str
    """What would follow: the rest of a word or, behind an arrow, what the word is part of."""
    query: str
    """The query as it would be."""


@dataclass(frozen=True, slots=True)
class Status:
    """What an archive holds."""

    articles: int
    sources: tuple[FacetCount, ...]
    first: date | None
    last: date | None
    bytes: int
    roots: tuple[str, ...]
    schema: str
    written: float
    """When its newest commit was made, in seconds since 1970."""
    samples: bool = False
    """See `Archive.samples`."""
    undated: int = 0
    """Articles without a date."""
