"""Cursor: the lexemes of a query, taken one after another, and the plain words among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from index.analysis import CHUNK

from ..model import Note
from .fields import USUAL, fields_like
from .lexer import Lexeme
from .nodes import Node
from .notes import Notes
from .words import bag, is_expansion, unfinished

_UNKNOWN_FIELD = re.compile(r"([^\W\d_]{3,}):(?=[^\W_]|$)")

KnownSource = Callable[[str, bool], bool]
"""Whether a source goes by a name; with True, whether one of its words begins so."""


@dataclass(slots=True)
class Cursor:
    """What is being read, how far, and what is known beside it."""

    text: str
    lexemes: Sequence[Lexeme]
    notes: Notes
    typing: bool
    today: date | None
    """What `hier` counts from, if not the system's."""
    known_source: KnownSource
    at: int = 0
    """How many lexemes are taken."""

    def next(self) -> Lexeme | None:
        """The next lexeme, which stays to be taken."""
        return self.lexemes[self.at] if self.at < len(self.lexemes) else None

    def next_is(self, *kinds: str) -> bool:
        """Whether there is a next lexeme, of one of these kinds."""
        return self.at < len(self.lexemes) and self.lexemes[self.at].kind in kinds

    def next_is_plain(self) -> bool:
        """Whether the next lexeme is a word, without a `*` or `~` that means something."""
        return self.next_is("word") and not is_expansion(self.lexemes[self.at].text)

    def take(self) -> Lexeme:
        """The next lexeme, from now on the last one that was taken."""
        self.at += 1
        return self.lexemes[self.at - 1]

    def goes_on(self) -> bool:
        """Whether an operator has something to its right."""
        return self.at < len(self.lexemes) and not self.next_is("or", "and", "near", "close")

    def run(self) -> tuple[int, int]:
        """The next plain words. Analyzed as they stand together, « 300 000 » is one number."""
        start = end = self.lexemes[self.at].start
        while self.next_is_plain():
            lexeme = self.take()
            end = lexeme.end
            if "*" in lexeme.text or "~" in lexeme.text:
                self.stray_sign(lexeme)
            if ":" in lexeme.text:
                self._unknown_field(lexeme)
        return start, end

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

    def stray_sign(self, lexeme: Lexeme) -> None:
        """Note that a `*` or `~` stands where it means nothing."""
        sign = "*" if "*" in lexeme.text else "~"
        self.notes.add(Note("sign", sign, (lexeme.start, lexeme.end)))

    def _unknown_field(self, lexeme: Lexeme) -> None:
        """Say so where `auteurs:dupont` is no field; `Paris:`, `12:30` and URLs are not meant."""
        match = _UNKNOWN_FIELD.match(lexeme.text)
        if not match or (match.end() == len(lexeme.text) and not self._phrase_at(lexeme.end)):
            return
        near = fields_like(match[1])
        if near or match[1].islower():
            place = (lexeme.start, lexeme.start + match.end())
            note = Note("unknown field", match[1], place, tuple(near) or USUAL, bool(near))
            self.notes.add(note)

    def _phrase_at(self, position: int) -> bool:
        return self.next_is("phrase") and self.lexemes[self.at].start == position + 1

    def left_out(self, operator: Lexeme) -> None:
        """Note that an operator has nothing to combine."""
        self.notes.add(Note("operator", operator.text, (operator.start, operator.end)))

    def empty(self, field: Lexeme) -> None:
        """Note that nothing stands behind the name of a field."""
        self.notes.add(Note("empty field", field.text, (field.start, field.end)))
