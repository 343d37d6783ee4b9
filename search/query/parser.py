"""Query: what was typed → parsed query.

    missiles "longue portée" -Irak source:cnn

A query is a sequence of clauses, all required. `AND OR NOT` (and `ET OU SAUF`) and
parentheses combine them; lower case they are ordinary words. What cannot be meant as
syntax is read as words; what is begun and not ended is an error that says where.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter

from index.analysis import CHUNK, Token, analyze, is_joined, is_stop_word


class QueryError(ValueError):
    """A query that cannot be read. `position` counts characters from 0; the message from 1."""

    def __init__(self, problem: str, position: int) -> None:
        super().__init__(f"{problem} at {position + 1}")
        self.position = position


@dataclass(frozen=True, slots=True)
class Word:
    """A word, in any of its forms; `start` and `end` are where it stands in the query."""

    token: Token
    start: int
    end: int
    joined: tuple[str, ...] = ()
    """What it may be part of when written together with a neighbour (`contreoffensive`)."""

    is_stop_word: bool = False
    unfinished: bool = False
    """Still being typed: stands for every word that it begins."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other and in order, stop words included."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Compound:
    """A hyphenated word: its parts next to each other, or written in one (`anti-personnel`)."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """`approvision*`: words as written (not their stems) that begin so. Folded."""

    prefix: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """`mot~`: words as written at one edit at most. Folded."""

    form: str


@dataclass(frozen=True, slots=True)
class InTitle:
    clause: Node


@dataclass(frozen=True, slots=True)
class ByAuthor:
    """Articles one of whose authors' names has all of these folded words."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FromSource:
    name: str


@dataclass(frozen=True, slots=True)
class Dated:
    """Published from `first` to `last`, both included; None is open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Not:
    clause: Node


@dataclass(frozen=True, slots=True)
class AnyOf:
    clauses: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of the clauses. Unless `strict` (an explicit AND, a group), most of the words may do."""

    clauses: tuple[Node, ...]
    strict: bool = True


Term = Word | Prefix | Fuzzy
"""What is looked for in the text itself, and what an article's score is made of."""

Node = Term | Compound | Phrase | InTitle | ByAuthor | FromSource | Dated | Not | AnyOf | AllOf

SHORTEST_PREFIX = 2
"""Letters that a word being typed has before it counts beside others."""

_DEEPEST = 50  # levels of parentheses

_LEXEME = re.compile(
    r"""
      (?P<space> \s+ )
    | (?P<quote> ["“”«»„] )
    | (?P<open> \( ) | (?P<close> \) )
    | (?P<minus> - (?=[^\s)]) )
    | (?P<field> (?: title | source | author | date ) : )
    | (?P<word> [^\s()"“”«»„]+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_OPERATORS = {"AND": "and", "ET": "and", "OR": "or", "OU": "or", "NOT": "not", "SAUF": "not"}
_QUOTES = {'"': '"”“', "“": '”“"', "”": '”"', "«": "»", "„": '“”"', "»": ""}


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str  # a group of _LEXEME, "and", "or", "not", or "phrase" (the text inside quotes)
    text: str
    start: int
    end: int


def parse(text: str, typing: bool = False) -> AllOf | AnyOf:
    """The query that `text` asks. No words at all: an AllOf without clauses, every article.

    With `typing` a word at the very end is taken to be unfinished. Raises QueryError for quotes,
    parentheses, operators and fields that lack their other half.
    """
    text = _CONTROL.sub(" ", text)
    parser = _Parser(text, list(_lexemes(text)), typing)
    node = parser.any_of(0)
    if lexeme := parser.next():
        raise QueryError("nothing to close", lexeme.start)
    if text.strip() and not node.clauses:
        raise QueryError("no word to search for", 0)
    return node


def _lexemes(text: str) -> Iterator[_Lexeme]:
    position = 0
    while position < len(text):
        match = _LEXEME.match(text, position)
        assert match, "the lexemes cover every character"
        kind, start, position = match.lastgroup or "", position, match.end()
        if kind == "space":
            continue
        if kind == "quote":
            closing = _QUOTES[match.group()]
            ends = [end for quote in closing if (end := text.find(quote, position)) >= 0]
            if not ends:
                if match.group() == "»":
                    continue
                raise QueryError("closing quote missing", start)
            yield _Lexeme("phrase", text[position : min(ends)], position, min(ends))
            position = min(ends) + 1
            continue
        word = match.group()
        if kind == "word":
            kind = _OPERATORS.get(word, kind)
        yield _Lexeme(kind, word, start, position)


class _Parser:
    """Recursive descent over the lexemes: `any_of` → `all_of` → `clause`."""

    def __init__(self, text: str, lexemes: Sequence[_Lexeme], typing: bool = False) -> None:
        self.text = text
        self.typing = typing
        self.lexemes = lexemes
        self.at = 0

    def next(self) -> _Lexeme | None:
        return self.lexemes[self.at] if self.at < len(self.lexemes) else None

    def next_is(self, *kinds: str) -> bool:
        lexeme = self.next()
        return lexeme is not None and lexeme.kind in kinds

    def take(self) -> _Lexeme:
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

    def negation(self, operator: _Lexeme, depth: int) -> list[Node]:
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

    def group(self, opening: _Lexeme, depth: int) -> list[Node]:
        if depth >= _DEEPEST:
            raise QueryError("too many parentheses inside each other", opening.start)
        node = self.any_of(depth + 1)
        if not self.next_is("close"):
            raise QueryError("closing parenthesis missing", opening.start)
        self.take()
        return [] if _is_empty(node) else [node]

    def field(self, name: _Lexeme, depth: int) -> Node:
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
            return _dated(value)
        if field == "source":
            return FromSource(value.text.strip())
        names = tuple(word.token.form for word in _words(value.text, value.start))
        if not names:
            raise QueryError("author: needs a name after it,", name.start)
        return ByAuthor(names)


def _is_empty(node: Node) -> bool:
    return isinstance(node, AllOf) and not node.clauses


def _is_expansion(lexeme: _Lexeme) -> bool:
    return lexeme.text[-1] in "*~"


def _expansion(lexeme: _Lexeme) -> list[Node]:
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


def _dated(value: _Lexeme) -> Dated:
    """The days that `2024`, `2024-11`, `2024-11-20` or two of them around `..` stand for."""
    first, dots, last = value.text.strip().partition("..")
    if not (first or last):
        raise QueryError("date: needs a date after it,", value.start)
    since = _period(first, value) if first else None
    until = _period(last, value) if last else None
    if not dots:
        until = since
    return Dated(since and since[0], until and until[1])


_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def _period(text: str, value: _Lexeme) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day."""
    match = _PERIOD.fullmatch(text)
    try:
        if not match:
            raise ValueError
        year, month, day = (int(group) if group else None for group in match.groups())
        assert year is not None
        if day is not None and month is not None:
            return date(year, month, day), date(year, month, day)
        if month is not None:
            return date(year, month, 1), _last_day(year, month)
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        wanted = "date: takes YYYY, YYYY-MM or YYYY-MM-DD, or two of them around `..`; not the one"
        raise QueryError(wanted, value.start) from None


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def terms(node: Node) -> Iterator[Term]:
    """What an article should have, exclusions and filters left out; phrases word by word."""
    match node:
        case Word() | Prefix() | Fuzzy():
            yield node
        case Compound(parts) | Phrase(parts):
            yield from parts
        case AllOf(clauses) | AnyOf(clauses):
            for clause in clauses:
                yield from terms(clause)
        case InTitle(clause):
            yield from terms(clause)
