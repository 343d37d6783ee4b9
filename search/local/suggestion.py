"""Suggestion: what may have been meant by a query that finds nothing, or by a rare word of it.

A word that no article has is replaced by the closest that some have, as it is written or as it
sounds; a rare one by a near twin that is far more frequent; a phrase loses its quotes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from string import ascii_lowercase

from index.analysis import analyze, is_stop_word

from ..passages import sought_clauses
from ..query import AllOf, Node, Phrase, Word, terms
from .evaluation import documents, having
from .lexicon import forms_within, frequent_forms
from .lookup import Lookup
from .partial import Matches
from .snapshot import Snapshot
from .sound import first_letters, sound

_MOST_UNKNOWN = 8  # with more unknown words than this it is no misspelling
_MOST_WORDS = 5  # of a query whose words are compared with more frequent ones: it was typed
_RARE = 10  # articles: a slip that more of them have is a word
_FAR_MORE = 100  # times as many articles as those that have a word make its twin what was meant
_SHORTEST_TWIN = 5  # letters: too many short words are at one edit from each other
_ALIKE_EDITS = 2  # between a rare word and a twin that sounds the same
_SHORTEST = 3  # letters of a word that is corrected, and of a correction
_QUOTES = '"“”«»„'


def suggestion(lookup: Lookup, query: Node, text: str, found: Matches) -> str | None:
    """`text` as it may have been meant, given what it has `found`; None when it is as good."""
    if not found.complete:
        words = (word for word in terms(query) if isinstance(word, Word))
        unknown = list(islice((w for w in words if not having(lookup, w)), _MOST_UNKNOWN + 1))
        if unknown:
            return _without_unknown(lookup, unknown, text)
    if better := _with_twins(lookup, query, text):
        return better
    return None if found.complete or found.partial else _without_quotes(lookup, query, text)


def _without_unknown(lookup: Lookup, unknown: list[Word], text: str) -> str | None:
    """`text` with every unknown word corrected; None when one is close to nothing."""
    if len(unknown) > _MOST_UNKNOWN:
        return None
    corrections = {}
    for word in unknown:
        lookup.check()
        if (form := closest_form(lookup.snapshot, word.token.form)) is None:
            return None
        corrections[word] = form
    return _corrected(lookup.snapshot, corrections, text)


def _with_twins(lookup: Lookup, query: Node, text: str) -> str | None:
    """`text` with the rare words that have a far more frequent twin replaced by it."""
    words = [word for word in islice(terms(query), _MOST_WORDS + 1) if isinstance(word, Word)]
    if len(words) > _MOST_WORDS:
        return None
    twins = {}
    for word in words:
        form = word.token.form
        if word.unfinished or len(form) < _SHORTEST_TWIN or not form.isalpha():
            continue
        times = having(lookup, word)
        enough = _FAR_MORE * max(1, times)
        if times > _RARE or enough > lookup.snapshot.size:
            continue
        if twin := _twin(lookup, form, enough):
            twins[word] = twin
    return _corrected(lookup.snapshot, twins, text) if twins else None


def _twin(lookup: Lookup, form: str, enough: int) -> str | None:
    """The form at one edit from `form`, or that sounds like it, that most articles have.

    It begins with the same two letters: nothing else of the lexicon is read for a query that has
    found something. None when fewer than `enough` articles have it.
    """
    lookup.check()
    frequent = frequent_forms(lookup.snapshot, form[:2], enough)
    if not frequent:
        return None
    edits, key = set(_edits(form)), sound(form)
    twins = [
        each
        for each in frequent
        if _may_be_meant(each) and (each in edits or _sounds_so(each, key, form))
    ]
    return max(twins, key=frequent.__getitem__, default=None)


def _sounds_so(each: str, key: str, form: str) -> bool:
    """Whether `each` has the `key` that `form` has, and is written nearly like it."""
    if sound(each) != key:
        return False
    from rapidfuzz.distance import OSA  # 20 ms: only where there is something to compare

    return OSA.distance(each, form, score_cutoff=_ALIKE_EDITS) <= _ALIKE_EDITS


def _edits(word: str) -> Iterator[str]:
    """All that is at one edit from `word`: see `forms_within`."""
    for i in range(len(word) + 1):
        before, after = word[:i], word[i:]
        yield from (before + letter + after for letter in ascii_lowercase)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in ascii_lowercase)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]


def _without_quotes(lookup: Lookup, query: Node, text: str) -> str | None:
    """`text` without the quotes of the phrases that no article has, if one has their words."""
    cuts: set[int] = set()
    for phrase in sought_clauses(query):
        if not isinstance(phrase, Phrase) or documents(lookup, phrase):
            continue
        if not documents(lookup, AllOf(phrase.words)):
            return None
        opening = max(text.rfind(quote, 0, phrase.words[0].start) for quote in _QUOTES)
        ends = (text.find(quote, phrase.words[-1].end) for quote in _QUOTES)
        if opening < 0 or text[:opening].endswith(":"):
            return None
        cuts.update((opening, min((end for end in ends if end >= 0), default=opening)))
    if not cuts:
        return None
    return " ".join("".join(c for at, c in enumerate(text) if at not in cuts).split())


def closest_form(snapshot: Snapshot, form: str) -> str | None:
    """The indexed form that `form` most likely is a misspelling of, if any is close.

    One that sounds the same; else one edit in short words, two in longer ones. Of equally close
    forms, the one that more articles have, preferring those with the same first letter.
    """
    if len(form) < _SHORTEST or form.isdigit():
        return None
    near = forms_within(snapshot, form, 1 if len(form) <= 5 else 2)
    alike = _sounding_like(snapshot, form)
    candidates = [each for each in {*near, *alike} if _may_be_meant(each)]
    having = {each: snapshot.count("form", each) for each in candidates}
    return min(
        (each for each in candidates if having[each]),  # others were in articles that are gone
        key=lambda each: (
            1 if each in alike else near[each],
            each not in alike,
            near.get(each, len(form)),
            each[0] != form[0],
            -having[each],
            each,
        ),
        default=None,
    )


def _sounding_like(snapshot: Snapshot, form: str) -> set[str]:
    """The forms that sound like `form`; only those that begin as such a one may are looked at."""
    found: set[str] = set()
    wanted, forms = sound(form), snapshot.forms
    for letter in first_letters(form):
        begun = forms[bisect_left(forms, letter) : bisect_left(forms, letter + "\U0010ffff")]
        keys = sound(" ".join(begun)).split(" ") if begun else []
        found.update(each for each, key in zip(begun, keys, strict=True) if key == wanted)
    return found


def _may_be_meant(form: str) -> bool:
    """Whether `form` is a correction: never a stop word (« le pen » is no « le en »)."""
    return len(form) >= _SHORTEST and not is_stop_word(form)


def _corrected(snapshot: Snapshot, corrections: dict[Word, str], text: str) -> str:
    for word in sorted(corrections, key=lambda word: word.start, reverse=True):
        better = as_written(snapshot, corrections[word])
        text = text[: word.start] + better + text[word.end :]
    return text


def as_written(snapshot: Snapshot, form: str) -> str:
    """`form` with the accents and capitals it has in an article: `zelensky` is Zelensky."""
    document = min(snapshot.postings("form", form))
    article = snapshot.article(document)
    text = f"{article.title}\n{article.body}"
    written = [text[token.start : token.end] for token in analyze(text) if token.form == form]
    return max(written, key=lambda each: (not each.isupper(), written.count(each)), default=form)
