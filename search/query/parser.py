"""Parser: text → parsed query.

    missiles "longue portée" -Irak source:cnn

A query is a sequence of clauses, all required. `AND OR NOT NEAR` (and `ET OU SAUF PRÈS`) and
parentheses combine them; lower case they are ordinary words. What cannot be meant as syntax is
read as words; what is begun and not ended, in the most likely way, and a note says so: only what
asks for nothing at all is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index.analysis import CHUNK

from ..errors import QueryError
from ..model import Note
from .dates import Period, period_at
from .fields import FIELDS, USUAL, fields_like
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
from .words import bag, expansion, is_expansion, unfinished, words

NEAR = 10
"""Words from the first to the last of what `PRÈS` and a bare `"…"~` ask for: half a sentence."""

_LONGEST_OPEN_PHRASE = 5
"""Words of a phrase that is not closed: who forgets a quote has typed a few; what is longer is a
sentence that was cut when it was pasted, and its words are looked for."""

_LONGEST_SOURCE = 5  # words of the name of a source that is not in quotes
_LONGEST_DATE = 4  # words of a date: « le 12 mars 2023 »
_UNKNOWN_FIELD = re.compile(r"([^\W\d_]{3,}):(?=[^\W_]|$)")
_AFTER_A_NAME = ",;.!?"

KnownSource = Callable[[str, bool], bool]
"""Whether a source goes by a name; with True, whether one of its words begins so."""


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
    parser = _Parser(text, found, notes, typing, today, known_source)
    node = parser.any_of()
    if not node.clauses and any(lexeme.kind in _WRITTEN_OPERATORS for lexeme in found):
        # Nothing but operators: then they are words (« OR », the metal).
        plain = [_as_word(lexeme) for lexeme in found]
        notes = Notes(text, typing)
        node = _Parser(text, plain, notes, typing, today, known_source).any_of()
    if text.strip() and not node.clauses and not typing:
        empty = next((lexeme for lexeme in found if lexeme.kind == "field"), None)
        if empty:
            raise QueryError(f"{empty.text} needs a value after it,", empty.start)
        raise QueryError("no word to search for", 0)
    return Parsed(node, notes.in_order())


_WRITTEN_OPERATORS = ("and", "or", "not", "near")


def _as_word(lexeme: Lexeme) -> Lexeme:
    if lexeme.kind in _WRITTEN_OPERATORS:
        return Lexeme("word", lexeme.text, lexeme.start, lexeme.end)
    return lexeme


class _Parser:
    """Recursive descent over the lexemes: `any_of` → `all_of` → `clause`."""

    def __init__(
        self,
        text: str,
        lexemes: Sequence[Lexeme],
        notes: Notes,
        typing: bool,
        today: date | None,
        known_source: KnownSource,
    ) -> None:
        self.text = text
        self.lexemes = lexemes
        self.notes = notes
        self.typing = typing
        self.today = today
        self.known_source = known_source
        self.at = 0

    def next(self) -> Lexeme | None:
        return self.lexemes[self.at] if self.at < len(self.lexemes) else None

    def next_is(self, *kinds: str) -> bool:
        return self.at < len(self.lexemes) and self.lexemes[self.at].kind in kinds

    def take(self) -> Lexeme:
        self.at += 1
        return self.lexemes[self.at - 1]

    def goes_on(self) -> bool:
        """Whether an operator has something to its right."""
        return self.at < len(self.lexemes) and not self.next_is("or", "and", "near", "close")

    def left_out(self, operator: Lexeme) -> None:
        self.notes.add(Note("operator", operator.text, (operator.start, operator.end)))

    def empty(self, field: Lexeme) -> None:
        self.notes.add(Note("empty field", field.text, (field.start, field.end)))

    def any_of(self) -> AllOf | AnyOf:
        """clauses OR clauses OR …"""
        alternatives = [self.all_of()]
        while self.next_is("or"):
            operator = self.take()
            following = self.all_of()
            if not (alternatives[-1].clauses and following.clauses):
                self.left_out(operator)
            if not alternatives[-1].clauses:
                alternatives.pop()
            alternatives.append(following)
        if len(alternatives) > 1 and not alternatives[-1].clauses:
            alternatives.pop()
        return alternatives[0] if len(alternatives) == 1 else AnyOf(tuple(alternatives))

    def all_of(self) -> AllOf:
        """clause clause … or clause AND clause …"""
        clauses: list[Node] = []
        strict = False
        while self.next() and not self.next_is("or", "close"):
            if self.next_is("and"):
                operator = self.take()
                if clauses and self.goes_on():
                    strict = True
                else:
                    self.left_out(operator)
            elif self.next_is("near"):
                self.near(self.take(), clauses)
            else:
                clauses.extend(self.clause())
        return AllOf(_without_stop_words(clauses), strict)

    def clause(self) -> list[Node]:
        """One clause; a run of plain words gives several, one that is all punctuation none."""
        lexeme = self.take()
        match lexeme.kind:
            case "not" | "minus":
                return self.negation(lexeme)
            case "open":
                return self.group()
            case "phrase":
                return self.phrase(words(lexeme.text, lexeme.start))
            case "opening":
                return self.open_phrase(lexeme)
            case "field":
                return self.field(lexeme)
        if is_expansion(lexeme.text):
            found = expansion(lexeme.text, lexeme.start)
            if not found:
                self.stray_sign(lexeme)
            return found
        self.at -= 1
        start, end = self.run()
        if self.typing and end == len(self.text):
            return unfinished(self.text[start:end], start)
        return bag(self.text[start:end], start)

    def run(self) -> tuple[int, int]:
        """The next plain words. Analyzed as they stand together, « 300 000 » is one number."""
        start = end = self.lexemes[self.at].start
        while self.next_is("word") and not is_expansion(self.lexemes[self.at].text):
            lexeme = self.take()
            end = lexeme.end
            if "*" in lexeme.text or "~" in lexeme.text:
                self.stray_sign(lexeme)
            if ":" in lexeme.text:
                self.unknown_field(lexeme)
        return start, end

    def stray_sign(self, lexeme: Lexeme) -> None:
        sign = "*" if "*" in lexeme.text else "~"
        self.notes.add(Note("sign", sign, (lexeme.start, lexeme.end)))

    def unknown_field(self, lexeme: Lexeme) -> None:
        """Say so where `auteurs:dupont` is no field; `Paris:`, `12:30` and URLs are not meant."""
        match = _UNKNOWN_FIELD.match(lexeme.text)
        if not match or (match.end() == len(lexeme.text) and not self.phrase_at(lexeme.end)):
            return
        near = fields_like(match[1])
        if near or match[1].islower():
            place = (lexeme.start, lexeme.start + match.end())
            note = Note("unknown field", match[1], place, tuple(near) or USUAL, bool(near))
            self.notes.add(note)

    def phrase_at(self, position: int) -> bool:
        return self.next_is("phrase") and self.lexemes[self.at].start == position + 1

    def phrase(self, found: Sequence[Word]) -> list[Node]:
        """The words of a phrase, or with `~5` behind it those words near each other."""
        within = self.take().text if self.next_is("within") else None
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

    def open_phrase(self, opening: Lexeme) -> list[Node]:
        """A phrase whose quote is not closed: the few words after it, up to anything else."""
        if not self.next_is("word"):
            self.notes.unfinished(Note("stray quote", opening.text, (opening.start, opening.end)))
            return []
        start, end = self.run()
        text = self.text[start:end]
        if len(text.split(None, _LONGEST_OPEN_PHRASE)) > _LONGEST_OPEN_PHRASE:
            self.notes.unfinished(Note("stray quote", opening.text, (opening.start, opening.end)))
            return bag(text, start)
        self.notes.unfinished(Note("unclosed quote", opening.text, (opening.start, end)))
        if not (self.typing and end == len(self.text)):
            return self.phrase(words(text, start))
        begun = [w for w in unfinished(text, start) if isinstance(w, Word) and w.unfinished]
        finished = [word for word in words(text, start) if not (begun and word.end == end)]
        return [*self.phrase(finished), *begun]

    def near(self, operator: Lexeme, clauses: list[Node]) -> None:
        """Make what is left and right of PRÈS one clause, in the place of the left one."""
        last = self.at
        following: list[Node] = []
        while not following and self.goes_on() and not self.next_is("not", "minus", "field"):
            following = self.operand()
            if _only_stop_words(following) and self.next_is("word"):
                following = []  # « PRÈS DE Paris »
        left = clauses[-1:]
        if left and isinstance(left[0], Near) and left[0].distance == NEAR:
            left = list(left[0].clauses)  # a PRÈS b PRÈS c: all of them together
        if not left or not following or not all(map(_is_placed, (*left, *following))):
            if following:
                self.at = last
            self.left_out(operator)
        elif self.typing and self.lexemes[self.at - 1].end == len(self.text):
            self.at = last  # the right half is not over: till then, both are looked for
        else:
            clauses[-1] = Near((*left, *following), NEAR)

    def operand(self) -> list[Node]:
        """What stands to the right of an operator that takes one word, a phrase or a group."""
        if self.next_is("word") and not is_expansion(self.lexemes[self.at].text):
            return self.one_word()
        return self.clause()

    def negation(self, operator: Lexeme) -> list[Node]:
        negated = _negates(operator)
        while self.next_is("not", "minus"):
            operator = self.take()
            negated ^= _negates(operator)
        if not self.goes_on():
            if operator.kind == "not":
                self.left_out(operator)
            return []
        clauses = self.operand()
        if not clauses or not negated:
            return clauses
        return [Not(clauses[0] if len(clauses) == 1 else AllOf(tuple(clauses)))]

    def one_word(self, open: bool = False) -> list[Node]:
        """The next word alone, without the others of its run; « 300 000 » is one.

        It may be being typed if that is left `open`.
        """
        word = self.take()
        chunk = CHUNK.match(self.text, word.start)
        end = max(word.end, chunk.end() if chunk else 0)
        while (following := self.next()) and following.start < end:
            self.take()
        text = self.text[word.start : end]
        if open and self.typing and end == len(self.text):
            return unfinished(text, word.start)
        return bag(text, word.start)

    def group(self) -> list[Node]:
        """What is between parentheses. Without any operator it is prose, not a group."""
        node = self.any_of()
        self.take()
        if isinstance(node, AllOf) and not node.strict:
            return list(node.clauses)
        return [node]

    # Fields

    def field(self, name: Lexeme) -> list[Node]:
        field = FIELDS[name.text.rstrip(":").lower()]
        if not self.next_is("word", "phrase", "open", "opening"):
            self.empty(name)
            return []
        if field == "title":
            return self.title(name)
        if self.next_is("open"):
            return self.any_value(name, field)
        return self.one_value(name, field)

    def one_value(self, name: Lexeme, field: str) -> list[Node]:
        if field == "source":
            return self.source(name)
        if field == "author":
            return self.author(name)
        return self.dated(name, field)

    def title(self, name: Lexeme) -> list[Node]:
        if self.next_is("word") and not is_expansion(self.lexemes[self.at].text):
            clauses = self.one_word(open=True)
        else:
            clauses = self.clause()
        if not clauses:
            self.empty(name)
            return []
        return [InTitle(clauses[0] if len(clauses) == 1 else AllOf(tuple(clauses)))]

    def any_value(self, name: Lexeme, field: str) -> list[Node]:
        """`source:(cnn OU "le monde")`: the field with any of the values, or (ET) with all."""
        self.take()
        values: list[Node] = []
        strict = False
        while not self.next_is("close"):
            lexeme = self.take()
            strict |= lexeme.kind == "and"
            if lexeme.kind in ("word", "phrase"):
                self.at -= 1
                values += self.one_value(name, field)
            elif lexeme.kind == "open":
                self.at -= 1
                values += self.any_value(name, field)
        self.take()
        if not values:
            self.empty(name)
            return []
        if len(values) == 1:
            return values
        return [AllOf(tuple(values)) if strict else AnyOf(tuple(values))]

    def source(self, name: Lexeme) -> list[Node]:
        """One word or a quoted name; more words, where a source goes by them all."""
        value = self.value()
        source, end = value.text.strip(), value.end
        if value.kind == "word":
            source = source.rstrip(_AFTER_A_NAME)
            last = self.at
            while last < len(self.lexemes) and self.lexemes[last].kind == "word":
                last += 1
            for at in range(min(last, self.at + _LONGEST_SOURCE - 1), self.at, -1):
                longer_end = self.lexemes[at - 1].end
                longer = self.text[value.start : longer_end].rstrip(_AFTER_A_NAME)
                if self.known_source(longer, self.typing and longer_end == len(self.text)):
                    self.at, source, end = at, longer, longer_end
                    break
        if not source:
            self.empty(name)
            return []
        open_ = self.typing and end == len(self.text)
        return [FromSource(source, unfinished=open_)]

    def author(self, name: Lexeme) -> list[Node]:
        value = self.value()
        names = tuple(word.token.form for word in words(value.text, value.start))
        if not names:
            self.empty(name)
            return []
        return [ByAuthor(names)]

    def value(self) -> Lexeme:
        """The next word or phrase; of a phrase that is not closed, the words after its quote."""
        value = self.take()
        if value.kind != "opening":
            return value
        self.notes.unfinished(Note("unclosed quote", value.text, (value.start, value.end)))
        if not self.next_is("word"):
            return Lexeme("phrase", "", value.end, value.end)
        start, end = self.run()
        return Lexeme("phrase", self.text[start:end], start, end)

    def dated(self, name: Lexeme, field: str) -> list[Node]:
        """The days that stand behind the name of a field, in as many words as belong to them."""
        value = self.value()
        today = self.today or date.today()
        text, start = self.text, value.start
        if value.kind == "phrase":
            text = text[: value.end]
            start += len(value.text) - len(value.text.lstrip())
        try:
            period = period_at(text, start, today)
            if period and value.kind == "phrase" and text[period.end :].strip():
                period = None
            dated = period and _dated(field, period)
        except (ValueError, OverflowError):
            period = dated = None
        if period and dated:
            while (following := self.next()) and following.start < period.end:
                self.take()
            return [dated]
        may_go_on = value.text[:1].isdecimal() or not self.text[-1:].isspace()
        if self.typing and may_go_on and self.to_the_end(_LONGEST_DATE):
            return []
        return self.no_date(name, value)

    def to_the_end(self, most: int) -> bool:
        """Pass over the words up to the end of the query, if there are no more than `most`."""
        rest = self.lexemes[self.at : self.at + most + 1]
        words_left = [lexeme for lexeme in rest if lexeme.kind == "word"]
        at_end = all(lexeme.start == len(self.text) for lexeme in rest[len(words_left) :])
        if len(words_left) > most or not at_end:
            return False
        self.at += len(words_left)
        return True

    def no_date(self, name: Lexeme, value: Lexeme) -> list[Node]:
        """What was to be a date is words, unless it is a date that there is not."""
        if not value.text.strip():
            self.empty(name)
            return []
        if value.text.strip()[0].isdecimal() or ".." in value.text:
            raise QueryError(
                f"{name.text} takes a day, a month or a year (12 mars 2023, 03/2023, 2024-11-20,"
                " hier), or two of them around `..`; not the one",
                value.start,
            )
        self.notes.add(Note("no date", value.text.strip(), (value.start, value.end)))
        return bag(value.text, value.start)


def _dated(field: str, period: Period) -> Dated:
    """The days that a field asks for. Raises OverflowError before the first day there is."""
    if field == "since":
        return Dated(period.first, None)
    if field == "before":
        first = period.first or period.last
        return Dated(None, first and first - timedelta(days=1))
    return Dated(period.first, period.last)


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
    filters = (Not, FromSource, Dated, ByAuthor)
    return tuple(clauses if all(isinstance(c, filters) for c in kept) else kept)
