"""Parser: text → parsed query.

    missiles "longue portée" -Irak source:cnn

A query is a sequence of clauses, all required. `AND OR NOT` (and `ET OU SAUF`) and
parentheses combine them; lower case they are ordinary words. What cannot be meant as
syntax is read as words; what is begun and not ended is an error that says where.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter

from index.analysis import CHUNK, analyze, is_joined, is_stop_word

from ..errors import QueryError
from .dates import dated
from .lexer import CONTROL, Lexeme, lexemes
from .nodes import (
    AllOf,
    AnyOf,
    ByAuthor,
    Compound,
    Dated,
    FromSource,
    Fuzzy,
    InTitle,
    Node,
    Not,
    Phrase,
    Prefix,
    Word,
)

SHORTEST_PREFIX = 2
"""Letters that a word being typed has before it counts beside others."""

_DEEPEST = 50  # levels of parentheses


def parse(text: str, typing: bool = False) -> AllOf | AnyOf:
    """The query that `text` asks. No words at all: an AllOf without clauses, every article.

    With `typing` a word at the very end is taken to be unfinished. Raises QueryError for quotes,
    parentheses, operators and fields that lack their other half.
    """
    text = CONTROL.sub(" ", text)
    parser = _Parser(text, list(lexemes(text)), typing)
    node = parser.any_of(0)
    if lexeme := parser.next():
        raise QueryError("nothing to close", lexeme.start)
    if text.strip() and not node.clauses:
        raise QueryError("no word to search for", 0)
    return node


class _Parser:
    """Recursive descent over the lexemes: `any_of` → `all_of` → `clause`."""

    def __init__(self, text: str, lexemes: Sequence[Lexeme], typing: bool = False) -> None:
        self.text = text
        self.typing = typing
        self.lexemes = lexemes
        self.at = 0

    def next(self) -> Lexeme | None:
        return self.lexemes[self.at] if self.at < len(self.lexemes) else None

    def next_is(self, *kinds: str) -> bool:
        lexeme = self.next()
        return lexeme is not None and lexeme.kind in kinds

    def take(self) -> Lexeme:
        self.at += 1
        return self.lexemes[self.at - 1]

    def any_of(self, depth: int) -> AllOf | AnyOf:
        """clauses OR clauses OR …"""
        alternatives = [self.all_of(depth)]
        while self.next_is("or"):
            operator = self.take()
            alternatives.append(self.all_of(depth))
            if _is_empty(alternatives[-2]) or _is_empty(alternatives[-1]):
                raise QueryError(f"{operator.text} needs a word on both sides,", operator.start)
        return alternatives[0] if len(alternatives) == 1 else AnyOf(tuple(alternatives))

    def all_of(self, depth: int) -> AllOf:
        """clause clause … or clause AND clause …"""
        clauses: list[Node] = []
        strict = depth > 0
        while self.next() and not self.next_is("or", "close"):
            if self.next_is("and"):
                operator = self.take()
                strict = True
                if not clauses or not self.next() or self.next_is("or", "and", "close"):
                    raise QueryError(f"{operator.text} needs a word on both sides,", operator.start)
            clauses.extend(self.clause(depth))
        return AllOf(_without_stop_words(clauses), strict)

    def clause(self, depth: int) -> list[Node]:
        """One clause; a run of plain words gives several, one that is all punctuation none."""
        lexeme = self.take()
        if lexeme.kind in ("not", "minus"):
            return self.negation(lexeme, depth)
        if lexeme.kind == "open":
            return self.group(lexeme, depth)
        if lexeme.kind == "phrase":
            words = _words(lexeme.text, lexeme.start)
            return [Phrase(words) if len(words) > 1 else words[0]] if words else []
        if lexeme.kind == "field":
            return [self.field(lexeme, depth)]
        if _is_expansion(lexeme):
            return _expansion(lexeme)
        end = lexeme.end
        while self.next_is("word") and not _is_expansion(self.lexemes[self.at]):
            end = self.take().end
        # Analyzed as they stand together, so that « 300 000 » is one number.
        run = self.text[lexeme.start : end]
        if self.typing and end == len(self.text):
            return _unfinished(_words(run, lexeme.start), end)
        return _bag(run, lexeme.start)

    def negation(self, operator: Lexeme, depth: int) -> list[Node]:
        negated = True
        while self.next_is("not", "minus"):
            self.take()
            negated = not negated
        if not self.next() or self.next_is("or", "and", "close"):
            raise QueryError(f"{operator.text} needs a word after it,", operator.start)
        if self.next_is("word") and not _is_expansion(self.lexemes[self.at]):
            clauses: list[Node] = self.one_word()
        else:
            clauses = self.clause(depth)
        if not clauses:
            return []
        node = clauses[0] if len(clauses) == 1 else AllOf(tuple(clauses))
        return [Not(node) if negated else node]

    def one_word(self) -> list[Node]:
        """The next word alone, without the others of its run; « 300 000 » is one."""
        word = self.take()
        chunk = CHUNK.match(self.text, word.start)
        end = max(word.end, chunk.end() if chunk else 0)
        while (following := self.next()) and following.start < end:
            self.take()
        return _bag(self.text[word.start : end], word.start)

    def group(self, opening: Lexeme, depth: int) -> list[Node]:
        if depth >= _DEEPEST:
            raise QueryError("too many parentheses inside each other", opening.start)
        node = self.any_of(depth + 1)
        if not self.next_is("close"):
            raise QueryError("closing parenthesis missing", opening.start)
        self.take()
        return [] if _is_empty(node) else [node]

    def field(self, name: Lexeme, depth: int) -> Node:
        field = name.text.rstrip(":").lower()
        value = self.next()
        if value is None or value.kind not in ("word", "phrase", "open"):
            raise QueryError(f"{field}: needs a value after it,", name.start)
        if field == "title":
            if value.kind == "word" and not _is_expansion(value):
                clauses: list[Node] = self.one_word()
            else:
                clauses = self.clause(depth)
            if not clauses:
                raise QueryError("title: needs a word after it,", name.start)
            return InTitle(clauses[0] if len(clauses) == 1 else AllOf(tuple(clauses)))
        self.take()
        if value.kind == "open":
            raise QueryError(f"{field}: takes one word or a quoted one,", name.start)
        if field == "date":
            return dated(value)
        if field == "source":
            return FromSource(value.text.strip())
        names = tuple(word.token.form for word in _words(value.text, value.start))
        if not names:
            raise QueryError("author: needs a name after it,", name.start)
        return ByAuthor(names)


def _is_empty(node: Node) -> bool:
    return isinstance(node, AllOf) and not node.clauses


def _is_expansion(lexeme: Lexeme) -> bool:
    return lexeme.text[-1] in "*~"


def _expansion(lexeme: Lexeme) -> list[Node]:
    """The prefix or fuzzy word that a word with `*` or `~` at its end asks for.

    In a compound (`contre-offens*`) it is the last part, or the compound written joined.
    """
    words = _words(lexeme.text, lexeme.start)
    if not words:
        raise QueryError(f"{lexeme.text[-1]} needs a word before it,", lexeme.start)
    *before, last = words
    expand = Prefix if lexeme.text[-1] == "*" else Fuzzy
    form = last.token.form
    if not before:
        return [expand(form)]
    joined = "".join(word.token.form for word in before) + form
    return [AnyOf((AllOf((*before, expand(form))), expand(joined)))]


def _words(text: str, offset: int) -> tuple[Word, ...]:
    """The words of a run of text, each with what it may be part of when written joined."""
    return tuple(word for _, word in _analyzed(text, offset))


def _bag(text: str, offset: int) -> list[Node]:
    """The words of a run of text, the parts of a hyphenated word as one compound."""
    bag: list[Node] = []
    for whole, parts in groupby(_analyzed(text, offset), key=itemgetter(0)):
        words = tuple(word for _, word in parts)
        bag += words if whole is None else [Compound(words)]
    return bag


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
    return [
        (whole, Word(token, offset + token.start, offset + token.end, tuple(sorted(parts)), stop))
        for whole, (token, *_), parts, stop in zip(wholes, positions, joined, stops, strict=True)
    ]


def _unfinished(words: Sequence[Word], end: int) -> list[Node]:
    """`words` while they are being typed: one that goes on to `end` may not be over.

    A compound that is not over is no compound yet; one letter beside other words is nothing yet.
    """
    if not words or words[-1].end != end:
        return list(words)
    last = replace(words[-1], unfinished=True)
    too_short = len(words) > 1 and len(last.token.form) < SHORTEST_PREFIX
    return [*words[:-1], *([] if too_short else [last])]


def _without_stop_words(clauses: Sequence[Node]) -> tuple[Node, ...]:
    """`clauses` less their stop words, unless nothing else is looked for."""
    kept = [c for c in clauses if not (isinstance(c, Word) and c.is_stop_word)]
    filters = (Not, FromSource, Dated, ByAuthor)
    return tuple(clauses if all(isinstance(c, filters) for c in kept) else kept)
