"""Parser: text → parsed query.

    missiles "longue portée" -Irak source:cnn

A query is a sequence of clauses, all required. `AND OR NOT NEAR` (and `ET OU SAUF PRÈS`) and
parentheses combine them; lower case they are ordinary words. What cannot be meant as syntax is
read as words; what is begun and not ended, in the most likely way, and a note says so: only what
asks for nothing at all is an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.language import _

from ..errors import QueryError
from ..model import Note
from .cursor import Cursor, KnownSource
from .fields import FIELDS
from .filters import filters
from .lexer import Lexeme, lexemes, mended, shortened
from .nodes import (
    AllOf,
    AnyOf,
    ByAuthor,
    Compound,
    Dated,
    FromSource,
    Fuzzy,
    InTitle,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    Word,
)
from .notes import Notes
from .phrases import NEAR, open_phrase, phrase
from .words import bag, expansion, is_expansion, unfinished, words


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query, and what of it was read in the most likely way."""

    query: AllOf | AnyOf
    notes: tuple[Note, ...] = ()


def parse(
    text: str,
    typing: bool = False,
    today: date | None = None,
    known_source: KnownSource = lambda name, unfinished: False,
) -> Parsed:
    """The query that `text` asks. No words at all: an AllOf without clauses, every article.

    With `typing` a word at the very end is taken to be unfinished, and what is not closed yet
    goes without a note. `today` (else the system's) is what `hier` counts from; `known_source`
    tells whether the words after `source:` are the name of one.

    Raises QueryError for what asks for nothing: no word, a day that there is not, parentheses
    nested too deep.
    """
    notes = Notes(text, typing)
    text = mended(shortened(text, notes), notes)
    found = lexemes(text, notes)
    node = _any_of(Cursor(text, found, notes, typing, today, known_source))
    if not node.clauses and any(lexeme.kind in _WRITTEN_OPERATORS for lexeme in found):
        # Nothing but operators: then they are words (« OR », the metal).
        plain = [_as_word(lexeme) for lexeme in found]
        notes = Notes(text, typing)
        node = _any_of(Cursor(text, plain, notes, typing, today, known_source))
    if text.strip() and not node.clauses and not typing:
        empty = next((lexeme for lexeme in found if lexeme.kind == "field"), None)
        if empty:
            raise QueryError(
                _("{field} needs a value after it,").format(field=empty.text), empty.start
            )
        raise QueryError(_("no word to search for"), 0)
    return Parsed(node, notes.in_order())


_WRITTEN_OPERATORS = ("and", "or", "not", "near")


def _as_word(lexeme: Lexeme) -> Lexeme:
    if lexeme.kind in _WRITTEN_OPERATORS:
        return Lexeme("word", lexeme.text, lexeme.start, lexeme.end)
    return lexeme


# Recursive descent over the lexemes: `_any_of` → `_all_of` → `_clause`.


def _any_of(cursor: Cursor) -> AllOf | AnyOf:
    """clauses OR clauses OR …"""
    alternatives = [_all_of(cursor)]
    while cursor.next_is("or"):
        operator = cursor.take()
        following = _all_of(cursor)
        if not (alternatives[-1].clauses and following.clauses):
            cursor.left_out(operator)
        if not alternatives[-1].clauses:
            alternatives.pop()
        alternatives.append(following)
    if len(alternatives) > 1 and not alternatives[-1].clauses:
        alternatives.pop()
    return alternatives[0] if len(alternatives) == 1 else AnyOf(tuple(alternatives))


def _all_of(cursor: Cursor) -> AllOf:
    """clause clause … or clause AND clause …"""
    clauses: list[Node] = []
    strict = False
    while cursor.next() and not cursor.next_is("or", "close"):
        if cursor.next_is("and"):
            operator = cursor.take()
            if clauses and cursor.goes_on():
                strict = True
            else:
                cursor.left_out(operator)
        elif cursor.next_is("near"):
            _near(cursor, cursor.take(), clauses)
        else:
            clauses.extend(_clause(cursor))
    return AllOf(_without_stop_words(clauses), strict)


def _clause(cursor: Cursor) -> list[Node]:
    """One clause; a run of plain words gives several, one that is all punctuation none."""
    lexeme = cursor.take()
    match lexeme.kind:
        case "not" | "minus":
            return _negation(cursor, lexeme)
        case "open":
            return _group(cursor)
        case "phrase":
            return phrase(cursor, words(lexeme.text, lexeme.start))
        case "opening":
            return open_phrase(cursor, lexeme)
        case "field":
            return _field(cursor, lexeme)
    if is_expansion(lexeme.text):
        found = expansion(lexeme.text, lexeme.start)
        if not found:
            cursor.stray_sign(lexeme)
        return found
    cursor.at -= 1
    start, end = cursor.run()
    if cursor.typing and end == len(cursor.text):
        return unfinished(cursor.text[start:end], start)
    return bag(cursor.text[start:end], start)


def _negation(cursor: Cursor, operator: Lexeme) -> list[Node]:
    negated = _negates(operator)
    while cursor.next_is("not", "minus"):
        operator = cursor.take()
        negated ^= _negates(operator)
    if not cursor.goes_on():
        if operator.kind == "not":
            cursor.left_out(operator)
        return []
    clauses = _operand(cursor)
    if not clauses or not negated:
        return clauses
    return [Not(clauses[0] if len(clauses) == 1 else AllOf(tuple(clauses)))]


def _near(cursor: Cursor, operator: Lexeme, clauses: list[Node]) -> None:
    """Make what is left and right of PRÈS one clause, in the place of the left one."""
    last = cursor.at
    following: list[Node] = []
    while not following and cursor.goes_on() and not cursor.next_is("not", "minus", "field"):
        following = _operand(cursor)
        if _only_stop_words(following) and cursor.next_is("word"):
            following = []  # « PRÈS DE Paris »
    left = clauses[-1:]
    if left and isinstance(left[0], Near) and left[0].distance == NEAR:
        left = list(left[0].clauses)  # a PRÈS b PRÈS c: all of them together
    if not left or not following or not all(map(_is_placed, (*left, *following))):
        if following:
            cursor.at = last
        cursor.left_out(operator)
    elif cursor.typing and cursor.lexemes[cursor.at - 1].end == len(cursor.text):
        cursor.at = last  # the right half is not over: till then, both are looked for
    else:
        clauses[-1] = Near((*left, *following), NEAR)


def _operand(cursor: Cursor) -> list[Node]:
    """What stands to the right of an operator that takes one word, a phrase or a group."""
    if cursor.next_is_plain():
        return cursor.one_word()
    return _clause(cursor)


def _group(cursor: Cursor) -> list[Node]:
    """What is between parentheses. Without any operator it is prose, not a group."""
    node = _any_of(cursor)
    cursor.take()
    if isinstance(node, AllOf) and not node.strict:
        return list(node.clauses)
    return [node]


def _field(cursor: Cursor, name: Lexeme) -> list[Node]:
    field = FIELDS[name.text.rstrip(":").lower()]
    if not cursor.next_is("word", "phrase", "open", "opening"):
        cursor.empty(name)
        return []
    if field == "title":
        return _title(cursor, name)
    return filters(cursor, name, field)


def _title(cursor: Cursor, name: Lexeme) -> list[Node]:
    clauses = cursor.one_word(open=True) if cursor.next_is_plain() else _clause(cursor)
    if not clauses:
        cursor.empty(name)
        return []
    return [InTitle(clauses[0] if len(clauses) == 1 else AllOf(tuple(clauses)))]


def _negates(operator: Lexeme) -> bool:
    """NOT does; of several signs (`--obus`) an odd number does."""
    return operator.kind == "not" or len(operator.text) % 2 == 1


def _is_placed(node: Node) -> bool:
    """Whether `node` stands somewhere in a text, so that something can be near it."""
    match node:
        case Word() | Prefix() | Fuzzy() | Compound() | Phrase():
            return True
        case AllOf(clauses) | AnyOf(clauses):
            return all(map(_is_placed, clauses))
    return False


def _only_stop_words(clauses: Sequence[Node]) -> bool:
    return all(isinstance(clause, Word) and clause.is_stop_word for clause in clauses)


def _without_stop_words(clauses: Sequence[Node]) -> tuple[Node, ...]:
    """`clauses` less their stop words, unless nothing else is looked for."""
    kept = [c for c in clauses if not (isinstance(c, Word) and c.is_stop_word)]
    restricts = (Not, FromSource, Dated, ByAuthor)
    return tuple(clauses if all(isinstance(c, restricts) for c in kept) else kept)
