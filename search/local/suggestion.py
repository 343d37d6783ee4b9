"""Suggestion: a query's words that no article has, replaced by the closest that some have."""

from __future__ import annotations

from itertools import islice

from index.analysis import analyze

from ..query import Node, Word, terms
from .evaluation import having
from .lexicon import forms_within
from .lookup import Lookup
from .snapshot import Snapshot

_MOST_UNKNOWN = 8  # with more unknown words than this it is no misspelling


def suggestion(lookup: Lookup, query: Node, text: str) -> str | None:
    """`text` with every unknown word corrected; None when nothing is unknown, or close enough."""
    words = (word for word in terms(query) if isinstance(word, Word))
    unknown = list(islice((w for w in words if not having(lookup, w)), _MOST_UNKNOWN + 1))
    if len(unknown) > _MOST_UNKNOWN:
        return None
    corrections = []
    for word in unknown:
        lookup.check()
        if (form := closest_form(lookup.snapshot, word.token.form)) is None:
            return None
        corrections.append((word, as_written(lookup.snapshot, form)))
    if not corrections:
        return None
    for word, better in sorted(corrections, key=lambda c: c[0].start, reverse=True):
        text = text[: word.start] + better + text[word.end :]
    return text


def closest_form(snapshot: Snapshot, form: str) -> str | None:
    """The indexed form that `form` most likely is a misspelling of, if any is close.

    One edit in short words, two in longer ones; of equally close forms, the one that more
    articles have, preferring those with the same first letter.
    """
    if len(form) < 3 or form.isdigit():
        return None
    near = forms_within(snapshot, form, 1 if len(form) <= 5 else 2)
    having = {each: snapshot.count("form", each) for each in near}
    return min(
        (each for each in near if having[each]),  # others were in articles that are gone
        key=lambda each: (near[each], each[0] != form[0], -having[each], each),
        default=None,
    )


def as_written(snapshot: Snapshot, form: str) -> str:
    """`form` with the accents and capitals it has in an article: `zelensky` is Zelensky."""
    document = min(snapshot.postings("form", form))
    article = snapshot.article(document)
    text = f"{article.title}\n{article.body}"
    written = [text[token.start : token.end] for token in analyze(text) if token.form == form]
    return max(written, key=lambda each: (not each.isupper(), written.count(each)), default=form)
