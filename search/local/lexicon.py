"""Lexicon: the words of the articles as written, searched by prefix and by edit distance."""

from __future__ import annotations

from collections import Counter

from index.whoosh_store.codec.terms import document_frequency

from .counting import Entries, articles_with
from .snapshot import Snapshot

MOST_FORMS = 1000
"""A prefix or fuzzy word stands for no more forms than this: the ones most articles have."""

MOST_POSTINGS = 200_000
"""What a word being typed may begin has no more postings than this, or is one form: likewise."""


def forms_with_prefix(
    snapshot: Snapshot, prefix: str, most_postings: int | None = None
) -> dict[str, Entries]:
    """The forms that begin with `prefix` (folded), those first that most articles have.

    They have no more than `most_postings` together, or there is only one.
    """
    return snapshot.counting.most_frequent("form", prefix, MOST_FORMS, most_postings)


def frequent_forms(snapshot: Snapshot, prefix: str, least: int) -> dict[str, int]:
    """The forms that begin with `prefix` and that at least so many articles have, with how many."""
    found: Counter[bytes] = Counter()
    for term, entry in snapshot.entries_with_prefix("form", prefix):
        found[term] += document_frequency(entry)
    return {term.decode(): number for term, number in found.items() if number >= least}


def forms_within(snapshot: Snapshot, form: str, edits: int) -> dict[str, int]:
    """The forms at `edits` at most from `form`, each with its distance.

    An edit is a letter added, dropped or changed, or two neighbours swapped.
    """
    from rapidfuzz import process  # 20 ms: only fuzzy words and corrections need it
    from rapidfuzz.distance import OSA

    found = process.extract(
        form, snapshot.forms, scorer=OSA.distance, score_cutoff=edits, limit=None
    )
    return {candidate: int(distance) for candidate, distance, _ in found}


def most_frequent(snapshot: Snapshot, forms: list[str], limit: int) -> list[str]:
    """The `limit` of `forms` that are in the most articles, those first."""
    if len(forms) <= limit:
        return forms
    having = {form: articles_with(snapshot.entries("form", form)) for form in forms}
    return sorted(forms, key=having.__getitem__, reverse=True)[:limit]
