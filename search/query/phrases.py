"""Phrases: what stands in quotes, closed or not → nodes."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Note
from .cursor import Cursor
from .lexer import Lexeme
from .nodes import Fuzzy, Near, Node, Phrase, Word
from .words import bag, unfinished, words

NEAR = 10
"""Words from the first to the last of what `PRÈS` and a bare `"…"~` ask for: half a sentence."""

_LONGEST_OPEN_PHRASE = 5
"""Words of a phrase that is not closed: who forgets a quote has typed a few; what is longer is a
sentence that was cut when it was pasted, and its words are looked for."""


def phrase(cursor: Cursor, found: Sequence[Word]) -> list[Node]:
    """The words of a phrase, or with `~5` behind it those words near each other."""
    within = cursor.take().text if cursor.next_is("within") else None
    if len(found) < 2:
        if found and within == "":
            return [Fuzzy(found[0].token.form)]
        return list(found)
    if within is None:
        return [Phrase(tuple(found))]
    telling = tuple(word for word in found if not word.is_stop_word)
    near = telling if len(telling) > 1 else tuple(found)
    distance = int(within) if within else NEAR
    return [Near(near, max(distance, len(near) - 1))]


def open_phrase(cursor: Cursor, opening: Lexeme) -> list[Node]:
    """A phrase whose quote is not closed: the few words after it, up to anything else."""
    if not cursor.next_is("word"):
        cursor.notes.unfinished(Note("stray quote", opening.text, (opening.start, opening.end)))
        return []
    start, end = cursor.run()
    text = cursor.text[start:end]
    if len(text.split(None, _LONGEST_OPEN_PHRASE)) > _LONGEST_OPEN_PHRASE:
        cursor.notes.unfinished(Note("stray quote", opening.text, (opening.start, opening.end)))
        return bag(text, start)
    cursor.notes.unfinished(Note("unclosed quote", opening.text, (opening.start, end)))
    if not (cursor.typing and end == len(cursor.text)):
        return phrase(cursor, words(text, start))
    begun = [w for w in unfinished(text, start) if isinstance(w, Word) and w.unfinished]
    finished = [word for word in words(text, start) if not (begun and word.end == end)]
    return [*phrase(cursor, finished), *begun]
