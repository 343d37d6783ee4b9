"""Phrases: the articles in which words stand next to each other and in order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.analysis import query_stems

from ..query import Compound, Word
from .counting import Documents, Places
from .lookup import Lookup


def having_phrase(
    lookup: Lookup, words: Sequence[Word], candidates: Documents, field: str
) -> Documents:
    """Those of the `candidates`, which have all of the `words`, that have them as a phrase."""
    if not candidates:
        return candidates
    return lookup.snapshot.counting.documents_of(phrase_ends(lookup, words, candidates, field))


def phrase_ends(lookup: Lookup, words: Sequence[Word], candidates: Documents, field: str) -> Places:
    """Where `words` end as a phrase, in each of the `candidates` that has it."""
    ends = lookup.places(words[0], candidates, field)
    for word, following in pairwise(words):
        ends = _continued(lookup, ends, word, following, field)
    return ends


def _continued(lookup: Lookup, ends: Places, word: Word, following: Word, field: str) -> Places:
    """Where a phrase that has come to `ends` ends with `following` added."""
    counting = lookup.snapshot.counting
    candidates = counting.documents_of(ends)
    here = lookup.places(following, candidates, field)
    reached = here & counting.following(ends)
    # Both words may be in one, a compound written joined: then the phrase stays where it is.
    shared = set(word.joined) & set(following.joined)
    if shared:
        joined = (key for each in shared for key in query_stems(each))
        reached |= ends & lookup.places_of(joined, candidates, field)
    # A compound stands at each of its parts' positions: it may end at any of them.
    while more := (here & counting.following(reached)) - reached:
        reached |= more
    return reached


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
