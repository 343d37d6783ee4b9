"""Nodes: what a parsed query is made of, and what of it is looked for in an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.analysis import Token, query_stems


@dataclass(frozen=True, slots=True)
class Word:
    """A word, in any of its forms; `start` and `end` are where it stands in the query."""

    token: Token
    start: int
    end: int
    joined: tuple[str, ...] = ()
    """What it may be part of when written together with a neighbour (`contreoffensive`)."""

    is_stop_word: bool = False
    is_name: bool = False
    """Written with a capital, and not because the query begins there."""
    is_asked: bool = False
    """What a question asks for (« quelle **date** … »): the answer seldom has the word."""
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
class Near:
    """`"a b"~5`, `a PRÈS b`: each of the clauses, all within `distance` words, in any order."""

    clauses: tuple[Node, ...]
    """Words, prefixes, fuzzy words, compounds and phrases, or any of such."""
    distance: int
    """From the first word to the last: neighbours are at 1."""


@dataclass(frozen=True, slots=True)
class InTitle:
    clause: Node


@dataclass(frozen=True, slots=True)
class ByAuthor:
    """Articles one of whose authors' names has all of these folded words; the last may only be
    how one begins, where it is `unfinished`."""

    names: tuple[str, ...]
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class FromSource:
    """Articles of the source that goes by this name; `unfinished`, of those that begin so."""

    name: str
    unfinished: bool = False


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

Passage = Term | Compound | Phrase | Near
"""What is marked in a text."""

Node = Passage | InTitle | ByAuthor | FromSource | Dated | Not | AnyOf | AllOf


def keys(word: Word) -> frozenset[str]:
    """The keys of the index under which `word` may stand, alone or joined to a neighbour."""
    alone = query_stems(word.token.word, common=word.is_stop_word)
    return alone.union(*map(query_stems, word.joined))


def terms(node: Node) -> Iterator[Term]:
    """What an article should have, exclusions and filters left out; phrases word by word."""
    match node:
        case Word() | Prefix() | Fuzzy():
            yield node
        case Compound(parts) | Phrase(parts):
            yield from parts
        case AllOf(clauses) | AnyOf(clauses) | Near(clauses):
            for clause in clauses:
                yield from terms(clause)
        case InTitle(clause):
            yield from terms(clause)


def sources(node: Node) -> Iterator[FromSource]:
    """The sources that a query names, excluded ones included."""
    match node:
        case FromSource():
            yield node
        case AllOf(clauses) | AnyOf(clauses):
            for clause in clauses:
                yield from sources(clause)
        case Not(clause):
            yield from sources(clause)
