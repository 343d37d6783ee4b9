"""Where a query matches in a text, whatever is indexed."""

from __future__ import annotations

from search.model import Span
from search.passages import Highlighter, Sought, merged, sought_clauses
from search.query import parse


def matches(text: str, query: str, typing: bool = False) -> tuple[Span, ...]:
    """The matches. A fuzzy word stands for nothing: what is near to it only an index tells."""
    sought = [Sought(clause, 1.0) for clause in sought_clauses(parse(query, typing).query)]
    return merged(Highlighter(sought).matches(text))
