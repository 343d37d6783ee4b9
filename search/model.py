"""Requests and results: all that passes between the engine and what shows it.

Plain data: text and offsets, never markup. Offsets count characters; ranges are half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from index.article import Article

PAGE = 10
"""Hits of a page; with fewer complete matches than this, partial ones follow."""

NO_DATE = "no date"
"""The value of the month facet for articles that have no date."""

Sort = Literal["relevance", "date", "title"]
Span = tuple[int, int]
"""`text[start:end]` is a match: whole words as they stand in the text."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to search for."""

    query: str
    sources: tuple[str, ...] = ()
    """Names or aliases; none means all."""
    limit: int = PAGE
    offset: int = 0
    sort: Sort = "relevance"
    months: tuple[str, ...] = ()
    """`2024-11`, or `NO_DATE`; none means all."""
    duplicates: bool = False
    """Give every article a place of its own, duplicates too."""
    typing: bool = False
    """The query is being typed: its last word may go on, and stands for all that it begins."""


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

    article: Article
    score: float
    complete: bool
    """False when it has only most of the words."""
    snippets: tuple[Snippet, ...]
    title_matches: tuple[Span, ...] = ()
    also: tuple[Reprint, ...] = ()
    """Duplicates, which have no place of their own."""


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value of a facet, and how many matching articles have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, and what there is beyond it."""

    query: str
    total: int
    """Articles that match completely."""
    partial: int
    """Articles that have most of the words, when few match completely."""
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    """Counts by `source`, and by `month` if any article has a date: over all complete matches
    (or the partial ones when there are no others), whichever values were chosen in that facet."""
    suggestion: str | None = None
    """The query with misspelt words corrected, when it finds nothing as it stands."""
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Status:
    """What an index holds."""

    articles: int
    sources: tuple[FacetCount, ...]
    first: date | None
    last: date | None
    bytes: int
    roots: tuple[str, ...]
    schema: str
