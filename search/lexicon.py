"""Lexicon: the words of the articles as written, searched by prefix and by edit distance."""

from __future__ import annotations

from .snapshot import Snapshot

MOST_FORMS = 1000
"""A prefix or fuzzy word stands for no more forms than this: the ones most articles have."""


def forms_with_prefix(snapshot: Snapshot, prefix: str) -> list[str]:
    """The forms that begin with `prefix` (folded)."""
    return most_frequent(snapshot, snapshot.with_prefix("form", prefix), MOST_FORMS)


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
    return sorted(forms, key=snapshot.document_frequency, reverse=True)[:limit]
