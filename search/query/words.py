"""Words: a run of text in a query → the words that are looked for."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter

from index.analysis import analyze, is_joined, is_stop_word

from .nodes import AllOf, AnyOf, Compound, Fuzzy, Node, Prefix, Word

SHORTEST_PREFIX = 2
"""Letters that a word being typed has before it counts beside others."""

_ASKING = frozenset(("quel", "quels", "quelle", "quelles"))
"""They ask for the next word that is no stop word: « quel est le nom … »."""

_EXPANSION = re.compile(r"(?:\*|~\d?)$")


def words(text: str, offset: int) -> tuple[Word, ...]:
    """The words of a run of text, each with what it may be part of when written joined."""
    return tuple(word for _, word in _analyzed(text, offset))


def bag(text: str, offset: int) -> list[Node]:
    """The words of a run of text, the parts of a hyphenated word as one compound."""
    found: list[Node] = []
    for whole, parts in groupby(_analyzed(text, offset), key=itemgetter(0)):
        together = tuple(word for _, word in parts)
        found += together if whole is None else [Compound(together)]
    return found


def unfinished(text: str, offset: int) -> list[Node]:
    """The words of a run of text that is being typed: one that goes on to its end may not be over.

    A compound that is not over is no compound yet; one letter beside other words is nothing yet.
    """
    found = words(text, offset)
    if not found or found[-1].end != offset + len(text):
        return list(found)
    last = replace(found[-1], unfinished=True)
    too_short = len(found) > 1 and len(last.token.form) < SHORTEST_PREFIX
    return [*found[:-1], *([] if too_short else [last])]


def is_expansion(text: str) -> bool:
    """Whether a word of a query ends with `*` or `~` (`~1`, as other engines have it)."""
    return text[-1] in "*~" or (len(text) > 2 and text[-2] == "~" and text[-1].isdecimal())


def without_sign(text: str) -> str:
    """A word that ends with `*` or `~`, without that."""
    return _EXPANSION.sub("", text)


def expansion(text: str, offset: int) -> list[Node]:
    """The prefix or fuzzy word that a word with `*` or `~` at its end asks for, if it has one.

    In a compound (`contre-offens*`) it is the last part, or the compound written joined.
    """
    found = words(without_sign(text), offset)
    if not found:
        return []
    *before, last = found
    expand = Prefix if text[-1] == "*" else Fuzzy
    form = last.token.form
    if not before:
        return [expand(form)]
    joined = "".join(word.token.form for word in before) + form
    return [AnyOf((AllOf((*before, expand(form))), expand(joined)))]


def _analyzed(text: str, offset: int) -> list[tuple[int | None, Word]]:
    """The words of a run of text, each with where the hyphenated word begins that it is part of.

    A hyphenated word may be written in one (`anti-personnel`); so may two plain neighbours
    (`anti personnel`) if neither is a stop word (« par terre » is no `parterre`).
    """
    # The tokens by position: a word, then the hyphenated ones that it is part of.
    positions = [list(same) for _, same in groupby(analyze(text), key=attrgetter("position"))]
    wholes = [compounds[0].start if compounds else None for _, *compounds in positions]
    joined = [{compound.word for compound in compounds} for _, *compounds in positions]
    stops = [is_stop_word(token.word, text[: token.start]) for token, *_ in positions]
    for i, ((left, *_), (right, *_)) in enumerate(pairwise(positions)):
        pair = [left.word, right.word]
        if is_joined(pair) and not any(stops[i : i + 2]):
            joined[i].add(left.word + right.word)
            joined[i + 1].add(left.word + right.word)
    found = []
    asking = False
    for whole, (token, *_), parts, stop in zip(wholes, positions, joined, stops, strict=True):
        start, end = offset + token.start, offset + token.end
        name = text[token.start].isupper() and start > 0
        asked = asking and not stop and not name
        asking = token.form in _ASKING or (asking and stop)
        word = Word(token, start, end, tuple(sorted(parts)), stop, name, asked)
        found.append((whole, word))
    return found
