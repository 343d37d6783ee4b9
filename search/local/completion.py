"""Completion: what the archive has that a query may go on with."""

from __future__ import annotations

import re

from index.analysis import fold

from ..model import NO_DATE, Completion
from ..query import completion as query_completion
from ..query.completion import Begun
from .counting import Documents
from .facets import count, most_first
from .snapshot import Snapshot

_WORD = re.compile(r"[^\W_]+")


def completion(snapshot: Snapshot, query: str) -> Completion | None:
    """How `query` may go on: the name of a field, a value of it, or a word; None for nothing."""
    found = (_completion(snapshot, begun) for begun in query_completion.begun(query))
    return next(filter(None, found), None)


def _completion(snapshot: Snapshot, begun: Begun) -> Completion | None:
    match begun.kind:
        case "field":
            return query_completion.field(begun)
        case "source":
            counts = count(snapshot.counting, snapshot.sources, snapshot.documents)
            return query_completion.named(begun, [each.value for each in most_first(counts)])
        case "author":
            return query_completion.named(begun, _authors(snapshot, begun.typed))
        case "date":
            months = count(snapshot.counting, snapshot.months, snapshot.documents)
            newest = [each.value for each in reversed(months) if each.value != NO_DATE]
            return query_completion.dated(begun, newest)
        case "word":
            return _word(snapshot, begun)


def _authors(snapshot: Snapshot, typed: str) -> list[str]:
    """The authors one of whose names may begin so, those with the most articles first."""
    authors = snapshot.authors
    first, *_ = (*typed.split(), "")
    begins = f" {fold(first)}"
    numbers = [n for shared, n in authors.numbers.items() if begins in f" {shared}"]
    counts = snapshot.counting.histogram_of_many(
        snapshot.documents, authors.signed, authors.of, len(authors.names)
    )
    return [authors.names[n] for n in sorted(numbers, key=counts.__getitem__, reverse=True)]


def _word(snapshot: Snapshot, begun: Begun) -> Completion | None:
    """The word that begins so and that most articles have, unless it is there already."""
    typed = fold(begun.typed)
    for form in snapshot.counting.most_frequent("form", typed, 1, None):
        if form != typed:
            return query_completion.word(begun, _spelt(snapshot, form) or form)
    return None


def _spelt(snapshot: Snapshot, form: str) -> str | None:
    """How an article spells a form, with its accents."""
    documents: Documents = snapshot.postings("form", form).keys()
    for document in documents:
        article = snapshot.article(document)
        written = _WORD.findall(f"{article.title}\n{article.body}")
        return next((word for word in written if fold(word) == form), None)
    return None
