"""Highlighting: where a query's words stand in a text.

The text is analyzed as it was for the index, so what is marked is what matched: whole words
as written (in `l’Ukraine` only `Ukraine`), and for a phrase only the phrase.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from index.analysis import (
    CHUNK,
    ChunkTokens,
    Token,
    analyze,
    beginnings,
    chunk_tokens,
    query_stems,
)

from ..model import Span
from ..query import (
    AllOf,
    AnyOf,
    Compound,
    Fuzzy,
    InTitle,
    Near,
    Node,
    Passage,
    Phrase,
    Prefix,
    Word,
    keys,
    terms,
)

LONGEST_READ = 500_000
"""Characters of a text in which matches are looked for: a book is not read to its end for each
keystroke."""

_PIECE = re.compile(r"\S*")


class Match(NamedTuple):
    """`text[start:end]` matches the query's term number `term`."""

    start: int
    end: int
    term: int


class Sought(NamedTuple):
    """A clause of a query that is looked for in texts."""

    clause: Passage
    weight: float
    """What it is worth to see it in a snippet: how rare it is."""
    forms: tuple[str, ...] = ()
    """The words, as written and folded, that its fuzzy words stand for."""


class Highlighter:
    """Finds the matches of one query in any text. Knows nothing of an index."""

    def __init__(self, sought: Iterable[Sought]) -> None:
        self.weights: list[float] = []
        """Of each clause, by its number."""
        self._stems: dict[str, int] = {}
        self._forms: dict[str, int] = {}
        self._prefixes: list[tuple[str, int]] = []
        self._phrases: list[tuple[Phrase | Compound, int]] = []
        self._nears: list[tuple[Near, frozenset[str], int]] = []
        for clause, weight, forms in sought:
            number = len(self.weights)
            self.weights.append(weight)
            match clause:
                case Word():
                    self._stems |= dict.fromkeys(keys(clause), number)
                    if clause.unfinished:
                        self._prefixes.append((clause.token.form, number))
                case Prefix(prefix):
                    self._prefixes.append((prefix, number))
                case Fuzzy():
                    self._forms |= dict.fromkeys(forms, number)
                case Compound() | Phrase():
                    self._phrases.append((clause, number))
                case Near():
                    self._nears.append((clause, frozenset(forms), number))
        words = (word for phrase, _ in self._phrases for word in phrase.words)
        near = [term for clause, _, _ in self._nears for term in terms(clause)]
        near_words = (term for term in near if isinstance(term, Word))
        self._keys = self._stems.keys() | set().union(*map(keys, chain(words, near_words)))
        self._beginnings = (
            *(prefix for prefix, _ in self._prefixes),
            *(term.prefix for term in near if isinstance(term, Prefix)),
        )
        self._written = self._forms.keys() | set().union(*(forms for _, forms, _ in self._nears))
        wanted = {*beginnings(self._keys), *self._written, *self._beginnings}
        self._initials = {each[0] for each in wanted}
        self._read = cache(self._tokens_looked_for)
        self._starts = None if self._phrases or self._nears else _starts(wanted)

    def matches(self, text: str) -> list[Match]:
        """The matches in `text`, in order; in what is longer than `LONGEST_READ`, up to there."""
        if not self.weights:
            return []
        text = text[:LONGEST_READ]
        tokens = list(self._alone(text) if self._starts else analyze(text, self._read))
        found = list(self._words(tokens))
        for phrase, number in self._phrases:
            found += [Match(a, b, number) for a, b in phrase_spans(tokens, phrase.words)]
        for near, forms, number in self._nears:
            found += [Match(a, b, number) for a, b in near_spans(tokens, near, forms)]
        return sorted(found)

    def _alone(self, text: str) -> Iterator[Token]:
        """The tokens that are looked for, without their positions, which only phrases need."""
        assert self._starts
        end = 0
        for found in self._starts.finditer(text):
            if (start := found.start()) < end:
                continue
            while start > end and not text[start - 1].isspace():
                start -= 1
            end = _PIECE.match(text, start).end()  # type: ignore[union-attr]
            for match in CHUNK.finditer(text, start, end):
                tokens, _ = self._read(match.group())
                if tokens:
                    begin = match.start()
                    for form, key, word, first, last, _ in tokens:
                        yield Token(form, key, word, begin + first, begin + last, 0)

    def _tokens_looked_for(self, chunk: str) -> ChunkTokens:
        """The tokens of a chunk, or none when nothing is looked for there, as in most chunks."""
        # Most words do not begin as those that are looked for: they need not be analyzed.
        if chunk.isalpha() and chunk[0].isascii() and chunk[0].lower() not in self._initials:
            return (), 1
        found = chunk_tokens(chunk)
        for token in found[0]:
            if (
                token.stem in self._keys
                or token.form in self._written
                or (self._beginnings and token.form.startswith(self._beginnings))
            ):
                return found
        return (), found[1]

    def _words(self, tokens: Iterable[Token]) -> Iterator[Match]:
        for token in tokens:
            number = self._stems.get(token.stem)
            if number is None:
                number = self._forms.get(token.form)
            if number is None:
                for prefix, its_number in self._prefixes:
                    if token.form.startswith(prefix):
                        number = its_number
            if number is not None:
                yield Match(token.start, token.end, number)


def _starts(wanted: Collection[str]) -> re.Pattern[str] | None:
    """What matches wherever a word may start that begins, in its first two letters, like one of
    the `wanted` forms.

    What is not ASCII may be written for any letters (`œ`), and between the two may stand what is
    neither letter nor digit.

    None with numbers: all other chunks of a text are between spaces.
    """
    firsts = {each[0] for each in wanted}
    if not all(first.isascii() and first.isalpha() for first in firsts):
        return None
    others = set(map(chr, range(128))) - firsts - set(map(str.upper, firsts))
    # What is before the letter is looked at after it: twice as fast as a \b in front of it.
    start = rf"[^{re.escape(''.join(others))}](?<![^\W_].)"
    if wanted and all(len(each) > 1 for each in wanted):
        seconds = re.escape("".join({each[1] for each in wanted}))
        start += rf"(?:(?<![\0-\x7f])|(?![0-9A-Za-z](?<![{seconds}{seconds.upper()}])))"
    return re.compile(start, re.DOTALL)


def sought_clauses(node: Node) -> Iterator[Passage]:
    """What of a query is marked in a text."""
    match node:
        case Word() | Prefix() | Fuzzy() | Compound() | Phrase() | Near():
            yield node
        case AllOf(clauses) | AnyOf(clauses):
            for clause in clauses:
                yield from sought_clauses(clause)
        case InTitle(clause):
            yield from sought_clauses(clause)


def phrase_spans(tokens: Iterable[Token], words: Sequence[Word]) -> list[Span]:
    """Where `words` stand next to each other and in order, from the first to the last."""
    at: Mapping[int, list[Token]] = defaultdict(list)
    for token in tokens:
        at[token.position].append(token)
    wanted = [keys(word) for word in words]
    found: set[Span] = set()
    starts = [token for here in at.values() for token in here if token.stem in wanted[0]]
    for start in starts:
        ends = set(_covering(start, at))
        for word, following, forms in zip(words, words[1:], wanted[1:], strict=False):
            shared = {
                stem for c in set(word.joined) & set(following.joined) for stem in query_stems(c)
            }
            ends = {
                cover
                for end in ends
                for after in (
                    *(t for t in at.get(end.position + 1, ()) if t.start >= end.end),
                    *((end,) if end.stem in shared else ()),
                )
                if after.stem in forms
                for cover in _covering(after, at)
            }
        found |= {(start.start, end.end) for end in ends}
    return sorted(found)


def near_spans(tokens: Sequence[Token], near: Near, forms: Collection[str]) -> list[Span]:
    """Where the clauses of `near` stand, wherever all of them are within its distance.

    `forms` are what its fuzzy words stand for.
    """
    placed = sorted(
        (position, i, span)
        for i, clause in enumerate(near.clauses)
        for position, span in _placed(tokens, clause, forms)
    )
    found: set[Span] = set()
    latest: dict[int, int] = {}
    marked = 0  # what stands before has been looked at
    for at, (position, i, _) in enumerate(placed):
        latest[i] = position
        if len(latest) == len(near.clauses) and position - min(latest.values()) <= near.distance:
            first = min(latest.values())
            marked = max(marked, bisect_left(placed, (first,)))
            found.update(span for _, _, span in placed[marked : at + 1])
            marked = at
    return sorted(found)


def _placed(
    tokens: Sequence[Token], node: Node, forms: Collection[str]
) -> Iterator[tuple[int, Span]]:
    """Where what can be near something stands: its positions, each with its span."""
    match node:
        case Word():
            wanted = keys(node)
            yield from ((t.position, (t.start, t.end)) for t in tokens if t.stem in wanted)
        case Prefix(prefix):
            begun = (token for token in tokens if token.form.startswith(prefix))
            yield from ((token.position, (token.start, token.end)) for token in begun)
        case Fuzzy():
            yield from ((t.position, (t.start, t.end)) for t in tokens if t.form in forms)
        case Compound(words) | Phrase(words):
            first = {token.start: token.position for token in reversed(tokens)}
            last = {token.end: token.position for token in tokens}
            for start, end in phrase_spans(tokens, words):
                yield from ((position, (start, end)) for position in (first[start], last[end]))
        case AllOf(clauses) | AnyOf(clauses):
            for clause in clauses:
                yield from _placed(tokens, clause, forms)


def _covering(token: Token, at: Mapping[int, list[Token]]) -> list[Token]:
    """`token` at each of its positions from this one on: a joined compound has several."""
    cover = [token]
    while same := [
        after
        for after in at.get(cover[-1].position + 1, ())
        if (after.start, after.end) == (token.start, token.end)
    ]:
        cover.append(same[0])
    return cover


def merged(matches: Iterable[Match]) -> tuple[Span, ...]:
    """The spans of `matches`, those that overlap made one."""
    spans: list[Span] = []
    for start, end, _ in sorted(matches):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)
