"""Phrases: the articles in which words stand next to each other and in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from index.analysis import query_stems

from ..query import Compound, Word
from .counting import Documents
from .lookup import Lookup, Positions

_NOWHERE: Positions = frozenset()


def having_phrase(
    lookup: Lookup, words: Sequence[Word], candidates: Documents, field: str
) -> Documents:
    """Those of the `candidates`, which have all of the `words`, that have them as a phrase."""
    return phrase_ends(lookup, words, candidates, field).keys() if candidates else candidates


def phrase_ends(
    lookup: Lookup, words: Sequence[Word], candidates: Documents, field: str
) -> Mapping[int, Positions]:
    """The positions at which `words` end as a phrase, in each of the `candidates` that has it."""
    ends = lookup.positions(words[0], candidates, field)
    for word, following in pairwise(words):
        ends = _continued(lookup, ends, word, following, field)
    return ends


def _continued(
    lookup: Lookup, ends: Mapping[int, Positions], word: Word, following: Word, field: str
) -> dict[int, Positions]:
    """Where a phrase that has come to `ends` in each article ends with `following` added."""
    candidates = set(ends)
    places = lookup.positions(following, candidates, field)
    # Both words may be in one, a compound written joined: then the phrase stays where it is.
    shared = set(word.joined) & set(following.joined)
    joined = lookup.places((key for c in shared for key in query_stems(c)), candidates, field)
    longer: dict[int, Positions] = {}
    for document, here in places.items():
        before = ends[document]
        reached = {p for p in here if p - 1 in before} | before & joined.get(document, _NOWHERE)
        if not reached:
            continue
        # A compound stands at each of its parts' positions: it may end at any of them.
        while more := {p + 1 for p in reached if p + 1 in here} - reached:
            reached |= more
        longer[document] = reached
    return longer


def having_compound(
    lookup: Lookup, compound: Compound, having_parts: Documents, field: str
) -> Documents:
    """The articles that have a hyphenated word, of which `having_parts` have all parts.

    Wherever it is hyphenated or in one, it is indexed as one: only where it is neither do the
    places of its parts have to be looked at.
    """
    shared = set.intersection(*(set(word.joined) for word in compound.words))
    whole = {key for joined in shared for key in query_stems(joined)}
    in_one = lookup.any_of(field, whole).keys()
    return in_one | having_phrase(lookup, compound.words, having_parts - in_one, field)
