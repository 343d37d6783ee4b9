"""Nearness: the articles in which words stand near each other, in any order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_

from index.analysis import query_stems

from ..query import AllOf, AnyOf, Compound, Fuzzy, Near, Node, Phrase, Prefix, Word
from .counting import Documents, Places, by_document, place
from .lexicon import forms_with_prefix, most_frequent
from .lookup import NOWHERE, Lookup
from .phrases import phrase_ends

_MOST_FORMS = 100
"""A prefix or fuzzy word is near something in no more of its forms than these, the most used."""


def having_near(lookup: Lookup, near: Near, candidates: Documents, field: str) -> Documents:
    """Those of the `candidates`, which have all of the clauses, that have them near each other."""
    found = [by_document(_places(lookup, clause, candidates, field)) for clause in near.clauses]
    everywhere = set.intersection(*(set(places) for places in found))
    return {n for n in everywhere if _meet([places[n] for places in found], near.distance)}


def _places(lookup: Lookup, node: Node, candidates: Documents, field: str) -> Places:
    """Where what can be near something stands in each of the `candidates` that have it."""
    match node:
        case Word():
            return lookup.places(node, candidates, field)
        case Compound(words) | Phrase(words):
            ends = phrase_ends(lookup, words, candidates, field)
            more = len(words) - 1  # it is as near as the nearer of its ends
            begins = {
                place(document, max(0, end - more))
                for document, here in by_document(ends).items()
                for end in here
            }
            return ends | begins
        case Prefix() | Fuzzy():
            forms = lookup.forms(node) if isinstance(node, Fuzzy) else _begun(lookup, node)
            keys = {stem for form in forms for stem in query_stems(form)}
            having = candidates & lookup.frequencies(node, field).keys()
            return lookup.places_of(keys, having, field)
        case AllOf(clauses) | AnyOf(clauses):
            each = (_places(lookup, clause, candidates, field) for clause in clauses)
            return reduce(or_, each, NOWHERE)
    return NOWHERE


def _begun(lookup: Lookup, node: Prefix) -> Collection[str]:
    return most_frequent(
        lookup.snapshot, [*forms_with_prefix(lookup.snapshot, node.prefix)], _MOST_FORMS
    )


def _meet(places: Sequence[Sequence[int]], distance: int) -> bool:
    """Whether one position of each of `places` can be taken, all within `distance`."""
    in_order = sorted((position, i) for i, here in enumerate(places) for position in here)
    latest: dict[int, int] = {}
    for position, i in in_order:
        latest[i] = position
        if len(latest) == len(places) and position - min(latest.values()) <= distance:
            return True
    return False
