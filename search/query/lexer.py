"""Lexer: the text of a query → lexemes (words, quotes, operators, names of fields)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import QueryError

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
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_OPERATORS = {"AND": "and", "ET": "and", "OR": "or", "OU": "or", "NOT": "not", "SAUF": "not"}
_QUOTES = {'"': '"”“', "“": '”“"', "”": '”"', "«": "»", "„": '“”"', "»": ""}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query, and where it stands: `query[start:end]`."""

    kind: str  # a group of _LEXEME, "and", "or", "not", or "phrase" (the text inside quotes)
    text: str
    start: int
    end: int


def lexemes(text: str) -> Iterator[Lexeme]:
    """The lexemes of a query, in order. Raises QueryError for a quote that is not closed."""
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
            yield Lexeme("phrase", text[position : min(ends)], position, min(ends))
            position = min(ends) + 1
            continue
        word = match.group()
        if kind == "word":
            kind = _OPERATORS.get(word, kind)
        yield Lexeme(kind, word, start, position)
