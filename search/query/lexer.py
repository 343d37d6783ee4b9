"""Lexer: the text of a query → lexemes (words, quotes, operators, names of fields).

Quotes and parentheses come in pairs: what closes nothing is left out here, what is not closed is
closed, and a note says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from index.analysis.elision import elided
from index.language import _

from ..errors import QueryError
from ..model import Note
from .fields import FIELDS
from .notes import Notes
from .words import is_expansion, without_sign

_LEXEME = re.compile(
    rf"""
    \s* (?:
      (?P<quote> ["“”«»„] )
    | (?P<open> \( ) | (?P<close> \) )
    | (?P<or> \|+ )
    | (?P<minus> (?<![^\s(|]) [-!]++ (?=[^\s)|]) )
    | (?P<field> (?: {"|".join(FIELDS)} ) : )
    | (?P<word> [^\s()|"“”«»„]+ )
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WITHIN = re.compile(r"~(\d{0,3})(?![^\s)|])")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_OPERATORS = {
    **dict.fromkeys(("AND", "ET"), "and"),
    **dict.fromkeys(("OR", "OU"), "or"),
    **dict.fromkeys(("NOT", "SAUF"), "not"),
    **dict.fromkeys(("NEAR", "PRÈS", "PRES"), "near"),
}
_QUOTES = {'"': '"”“', "“": '”“"', "”": '”"', "«": "»", "„": '“”"', "»": ""}
QUOTES = "".join(_QUOTES)
_FOR_AN_APOSTROPHE = re.compile(r'(?<=[cdjlmnstuCDJLMNSTU])["”“](?=[^\W\d_])')
_WITH_ONE = ("aujourd", "presqu")  # words that have an apostrophe inside
_PIECE = re.compile(r"\w+")
MOST_WORDS = 500
"""Words of a query that are read: a page of a book. Each takes a millisecond or so."""
MOST_EXPANSIONS = 50
"""Words with `*` or `~` that are expanded: each takes up to some 15 ms over 36,000 articles."""
_LONGEST_ELISION = 8  # « lorsqu’ » and what is before it
_DEEPEST = 50  # levels of parentheses


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query, and where it stands: `query[start:end]`.

    Its kind is a group of _LEXEME, a value of _OPERATORS, "phrase" (the text inside quotes),
    "opening" (the quote of a phrase that is not closed) or "within" (the `~5` behind a phrase).
    """

    kind: str
    text: str
    start: int
    end: int


def shortened(text: str, notes: Notes) -> str:
    """`text` up to its first `MOST_WORDS` words; what is longer was pasted by mistake."""
    beyond = next(islice(_PIECE.finditer(text), MOST_WORDS, None), None)
    if beyond is None:
        return text
    notes.add(Note("long", str(MOST_WORDS), (beyond.start(), len(text))))
    return text[: beyond.start()]


def mended(text: str, notes: Notes) -> str:
    """`text` with what cannot be printed as spaces, and apostrophes for the quotes that are meant
    as such (`qu"il`). It keeps its length."""
    text = CONTROL.sub(" ", text)
    for found in _FOR_AN_APOSTROPHE.finditer(text):
        at = found.start()
        before = re.split(r"\W", text[max(0, at - _LONGEST_ELISION) : at])[-1]
        if elided(f"{before}’{text[at + 1]}") == len(before) + 1 or before.lower() in _WITH_ONE:
            notes.add(Note("apostrophe", f"{before}’", (at, at + 1)))
            text = f"{text[:at]}'{text[at + 1 :]}"
    return text


def lexemes(text: str, notes: Notes) -> list[Lexeme]:
    """The lexemes of a query, in order. Raises QueryError for parentheses nested too deep."""
    found: list[Lexeme] = []
    position, last = 0, len(text.rstrip())
    while position < last:
        match = _LEXEME.match(text, position)
        assert match, "the lexemes cover every character"
        kind = match.lastgroup or ""
        word = match[kind]
        position = match.end()
        start = position - len(word)
        if kind == "quote":
            end = _closing(text, start)
            if end is not None:
                found.append(Lexeme("phrase", text[position:end], position, end))
                position = end + 1
                if within := _WITHIN.match(text, position):
                    position = within.end()
                    found.append(Lexeme("within", within[1], within.start(), position))
                continue
            if not _opens(text, start):
                notes.add(Note("stray quote", word, (start, position)))
                continue
            kind = "opening"
        elif kind == "word":
            kind = _OPERATORS.get(word, kind)
        found.append(Lexeme(kind, word, start, position))
    return _paired(_with_few_expansions(found, notes), len(text), notes)


def _with_few_expansions(found: list[Lexeme], notes: Notes) -> list[Lexeme]:
    """The lexemes, with the words beyond `MOST_EXPANSIONS` without their sign."""
    left = MOST_EXPANSIONS
    kept = []
    for lexeme in found:
        if lexeme.kind == "word" and is_expansion(lexeme.text):
            left -= 1
            if left < 0:
                place = (lexeme.start, lexeme.end)
                notes.add(Note("expansions", str(MOST_EXPANSIONS), place))
                word = without_sign(lexeme.text)
                lexeme = Lexeme("word", word, lexeme.start, lexeme.start + len(word))
        if lexeme.text or lexeme.kind != "word":
            kept.append(lexeme)
    return kept


def _closing(text: str, start: int) -> int | None:
    """Where the quote is that closes the one at `start`, if it is closed."""
    glued = start > 0 and not text[start - 1].isspace() and text[start - 1] not in "(|:"
    if glued and text[start] in '"”' and not _opens(text, start):
        return None  # it stands behind a word: it is one that closes
    ends = (text.find(quote, start + 1) for quote in _QUOTES[text[start]])
    return min((end for end in ends if end >= 0), default=None)


def _opens(text: str, start: int) -> bool:
    """Whether the quote at `start` may open a phrase: a word follows, as far as one can see."""
    after = text[start + 1 : start + 2]
    return (
        after not in ("", ")")
        and text[start] != "»"
        and (not after.isspace() or text[start] in "«„“")
    )


def _paired(found: list[Lexeme], end: int, notes: Notes) -> list[Lexeme]:
    """The lexemes with every parenthesis closed, and without those that close nothing."""
    kept: list[Lexeme] = []
    opened: list[Lexeme] = []
    for lexeme in found:
        if lexeme.kind == "open":
            if len(opened) >= _DEEPEST:
                raise QueryError(_("too many parentheses inside each other"), lexeme.start)
            opened.append(lexeme)
        elif lexeme.kind == "close":
            if not opened:
                notes.add(Note("stray parenthesis", ")", (lexeme.start, lexeme.end)))
                continue
            opened.pop()
        kept.append(lexeme)
    for lexeme in opened:
        notes.unfinished(Note("unclosed parenthesis", "(", (lexeme.start, lexeme.end)))
        kept.append(Lexeme("close", "", end, end))
    return kept
