"""Evaluation: parsed query → the articles that match it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce
from operator import and_

from ..query import (
    AllOf,
    AnyOf,
    ByAuthor,
    Compound,
    Dated,
    FromSource,
    Fuzzy,
    InTitle,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    Word,
    keys,
)
from .counting import Documents
from .facets import from_sources
from .lookup import Lookup, among
from .nearness import having_near
from .phrases import having_compound, having_phrase


def documents(
    lookup: Lookup, node: Node, field: str = "text", within: Documents | None = None
) -> Documents:
    """The articles that match `node` in a field. See `Lookup.frequencies` for `within`."""
    match node:
        case Word() | Prefix() | Fuzzy():
            return lookup.frequencies(node, field, within).keys()
        case AllOf(clauses):
            return _having_all(lookup, clauses, field)
        case AnyOf(clauses):
            found = [documents(lookup, clause, field) for clause in clauses]
            return lookup.snapshot.counting.union(found)
        case Not(clause):
            return lookup.snapshot.documents - documents(lookup, clause, field)
        case Compound(words):
            known = lookup.compounds.get((node, field))
            if known is None:
                parts = among(_having_all(lookup, words, field), within)
                known = having_compound(lookup, node, parts, field)
                if within is None:
                    lookup.compounds[node, field] = known
            return known
        case Phrase(words):
            return having_phrase(lookup, words, _having_all(lookup, words, field), field)
        case Near(clauses):
            return having_near(lookup, node, _having_all(lookup, clauses, field), field)
        case InTitle(clause):
            return documents(lookup, clause, "title")
        case FromSource():
            return from_sources(lookup, [node])
        case ByAuthor(names, unfinished):
            return _by_author(lookup, names, unfinished)
        case Dated(first, last):
            since, until = first or date.min, last or date.max
            return lookup.snapshot.between(since.isoformat(), until.isoformat())


def _by_author(lookup: Lookup, names: Sequence[str], unfinished: bool) -> Documents:
    """The articles one of whose authors has all of the names; see `ByAuthor`."""
    *whole, last = names
    ends = lookup.snapshot.with_prefix("author", last) if unfinished else [last]
    found = reduce(
        and_, (lookup.any_of("author", each).keys() for each in (*([n] for n in whole), ends))
    )
    if not whole:
        return found
    return {n for n in found if lookup.is_by_one(n, whole, last, unfinished)}


def having(lookup: Lookup, node: Node) -> int:
    """How many articles match `node` in their text."""
    if isinstance(node, Word) and not node.unfinished:
        return lookup.snapshot.count("text", *sorted(keys(node)))
    return len(documents(lookup, node))


def _having_all(lookup: Lookup, clauses: Iterable[Node], field: str) -> Documents:
    found: Documents | None = None
    for clause in clauses:
        if found is not None and not found:
            break
        if found is not None and isinstance(clause, Not):
            found = found - documents(lookup, clause.clause, field)
        else:
            found = among(documents(lookup, clause, field, found), found)
    return lookup.snapshot.documents if found is None else found
