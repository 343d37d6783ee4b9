"""The schema: which fields of an article are indexed, and how a Whoosh document is made of one.

The index is a plain Whoosh index: postings, lengths and stored fields in Whoosh's own format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any

from whoosh.analysis import Analyzer
from whoosh.analysis import Token as WhooshToken
from whoosh.fields import COLUMN, ID, STORED, TEXT, Schema
from whoosh.formats import Existence, Positions

from ..analysis import VERSION as ANALYSIS_VERSION
from ..analysis import analyze, folded
from ..article import Article
from .codec.private import fields_of

VERSION = 9
"""Raise it when the fields below or the cleaning of articles change: older indexes are rebuilt."""

Posting = tuple[bytes, int, float, bytes]  # term, frequency, weight, encoded positions


class FrenchAnalyzer(Analyzer):
    """Our analyzer as Whoosh knows one, pickled into every index with the version it has."""

    def __init__(self, attribute: str) -> None:
        self.attribute = attribute
        self.version = (VERSION, ANALYSIS_VERSION)

    def __call__(self, value: str, **options: Any) -> Iterator[WhooshToken]:
        whoosh_token = WhooshToken(positions=True, chars=True)
        whoosh_token.boost, whoosh_token.stopped = 1.0, False
        for token in analyze(value):
            whoosh_token.text = whoosh_token.original = getattr(token, self.attribute)
            whoosh_token.pos = token.position
            whoosh_token.startchar, whoosh_token.endchar = token.start, token.end
            yield whoosh_token


class Stems(TEXT):
    """Text under its stems, with positions."""

    def __init__(self) -> None:
        super().__init__(analyzer=FrenchAnalyzer("stem"), phrase=True)
        self.format = Positions()


class Forms(TEXT):
    """Text under its folded forms, unstemmed; no positions, no lengths."""

    def __init__(self) -> None:
        super().__init__(analyzer=FrenchAnalyzer("form"), phrase=False)
        self.format = Existence()
        self.scorable = False

    def index(self, value: str, **options: Any) -> list[Posting]:
        # A joined compound comes once for each of its positions, but was written once.
        written = {(token.form, token.start) for token in analyze(value)}
        counts = Counter(form for form, _ in written)
        return [(form.encode(), n, float(n), b"") for form, n in counts.items()]


def schema() -> Schema:
    """The fields of a document."""
    return Schema(
        id=ID(stored=True),  # Article.id
        file=ID(),  # Article.path: all the articles of a file
        text=Stems(),  # title and body
        form=Forms(),  # the same text, as written
        title=Stems(),
        author=Forms(),  # the words of their names
        byline=ID(),  # each of their names: see `byline`
        source=ID(),
        date=ID(),  # YYYY-MM-DD: alphabetical order is the order of time
        month=ID(),  # YYYY-MM
        sketch=COLUMN(),  # of the body: see `groups`
        article=STORED(),  # the whole Article, as a dict
        sort_title=COLUMN(),  # folded, for sorting by title
        record=COLUMN(),  # the digest of its record, and its id
    )


_BETWEEN = "\t"  # which no name has in it


@lru_cache(maxsize=4096)
def byline(name: str) -> str:
    """The name of an author as a term: what its spellings share, then how it is spelt here."""
    return f"{folded(name) or name}{_BETWEEN}{name}"


def name_in(byline: str) -> tuple[str, str]:
    """The name that `byline` made a term of: folded, and as it is spelt."""
    shared, _, spelt = byline.partition(_BETWEEN)
    return shared, spelt


def keywords(article: Article) -> Iterator[tuple[str, bytes]]:
    """The fields of `article` that are indexed as they are, each value with its field."""
    yield "id", article.id.encode()
    yield "file", article.path.encode()
    yield "source", article.source.encode()
    for term in dict.fromkeys(map(byline, article.authors)):
        yield "byline", term.encode()
    if article.date:
        yield "date", article.date.isoformat().encode()
        yield "month", article.date.isoformat()[:7].encode()


COLUMNS = ("sort_title", "record")


def columns(id: str, title: str, digest: bytes) -> dict[str, bytes]:
    """What an article has in `COLUMNS`, which are looked up by its number; `title` is folded."""
    return {
        "sort_title": title.encode(),
        "record": digest + id.encode(),
    }


def stored_fields(article: Article) -> dict[str, Any]:
    """What is kept of `article` to be shown."""
    return {"id": article.id, "article": stored(article)}


_ARTICLE_FIELDS = tuple(field.name for field in fields(Article))


def stored(article: Article) -> dict[str, Any]:
    """`article` as it is stored: plain values, so that any Whoosh can read them."""
    values = {name: getattr(article, name) for name in _ARTICLE_FIELDS}
    values["date"] = article.date and article.date.isoformat()
    return values


def restored(values: dict[str, Any]) -> Article:
    """The article that `stored` took apart."""
    day = values["date"]
    return Article(**{**values, "date": day and date.fromisoformat(day)})


def is_current(schema: Any) -> bool:
    """Whether an index with this schema was made by this version of fields, analysis, cleaning.

    Whatever has the attributes of a schema is one here: see `codec.pickles.inert`.
    """
    text = fields_of(schema).get("text")
    return getattr(getattr(text, "analyzer", None), "version", None) == (VERSION, ANALYSIS_VERSION)
