"""Filters: what stands behind `source:`, `author:` and the names of dates → nodes."""

from __future__ import annotations

from datetime import date, timedelta

from index.language import _

from ..errors import QueryError
from ..model import Note
from .cursor import Cursor
from .dates import Period, period_at
from .lexer import Lexeme
from .nodes import AllOf, AnyOf, ByAuthor, Dated, FromSource, Node
from .words import bag, words

_LONGEST_SOURCE = 5  # words of the name of a source that is not in quotes
_LONGEST_DATE = 4  # words of a date: « le 12 mars 2023 »
_AFTER_A_NAME = ",;.!?"


def filters(cursor: Cursor, name: Lexeme, field: str) -> list[Node]:
    """The filter that the `field` called by `name` asks for, of one value or of several."""
    if cursor.next_is("open"):
        return _any(cursor, name, field)
    return _one(cursor, name, field)


def _any(cursor: Cursor, name: Lexeme, field: str) -> list[Node]:
    """`source:(cnn OU "le monde")`: the field with any of the values, or (ET) with all."""
    cursor.take()
    values: list[Node] = []
    strict = False
    while not cursor.next_is("close"):
        lexeme = cursor.take()
        strict |= lexeme.kind == "and"
        if lexeme.kind in ("word", "phrase"):
            cursor.at -= 1
            values += _one(cursor, name, field)
        elif lexeme.kind == "open":
            cursor.at -= 1
            values += _any(cursor, name, field)
    cursor.take()
    if not values:
        cursor.empty(name)
        return []
    if len(values) == 1:
        return values
    return [AllOf(tuple(values)) if strict else AnyOf(tuple(values))]


def _one(cursor: Cursor, name: Lexeme, field: str) -> list[Node]:
    if field == "source":
        return _source(cursor, name)
    if field == "author":
        return _author(cursor, name)
    return _dated(cursor, name, field)


def _source(cursor: Cursor, name: Lexeme) -> list[Node]:
    """One word or a quoted name; more words, where a source goes by them all."""
    value = _value(cursor)
    source, end = value.text.strip(), value.end
    if value.kind == "word":
        source = source.rstrip(_AFTER_A_NAME)
        last = cursor.at
        while last < len(cursor.lexemes) and cursor.lexemes[last].kind == "word":
            last += 1
        for at in range(min(last, cursor.at + _LONGEST_SOURCE - 1), cursor.at, -1):
            longer_end = cursor.lexemes[at - 1].end
            longer = cursor.text[value.start : longer_end].rstrip(_AFTER_A_NAME)
            if cursor.known_source(longer, cursor.typing and longer_end == len(cursor.text)):
                cursor.at, source, end = at, longer, longer_end
                break
    if not source:
        cursor.empty(name)
        return []
    open_ = cursor.typing and end == len(cursor.text)
    return [FromSource(source, unfinished=open_)]


def _author(cursor: Cursor, name: Lexeme) -> list[Node]:
    value = _value(cursor)
    names = tuple(word.token.form for word in words(value.text, value.start))
    if not names:
        cursor.empty(name)
        return []
    return [ByAuthor(names, unfinished=cursor.typing and value.end == len(cursor.text))]


def _value(cursor: Cursor) -> Lexeme:
    """The next word or phrase; of a phrase that is not closed, the words after its quote."""
    value = cursor.take()
    if value.kind != "opening":
        return value
    cursor.notes.unfinished(Note("unclosed quote", value.text, (value.start, value.end)))
    if not cursor.next_is("word"):
        return Lexeme("phrase", "", value.end, value.end)
    start, end = cursor.run()
    return Lexeme("phrase", cursor.text[start:end], start, end)


def _dated(cursor: Cursor, name: Lexeme, field: str) -> list[Node]:
    """The days that stand behind the name of a field, in as many words as belong to them."""
    value = _value(cursor)
    today = cursor.today or date.today()
    text, start = cursor.text, value.start
    if value.kind == "phrase":
        text = text[: value.end]
        start += len(value.text) - len(value.text.lstrip())
    try:
        period = period_at(text, start, today)
        if period and value.kind == "phrase" and text[period.end :].strip():
            period = None
        dated = period and _days_of(field, period)
    except (ValueError, OverflowError):
        period = dated = None
    if period and dated:
        while (following := cursor.next()) and following.start < period.end:
            cursor.take()
        return [dated]
    may_go_on = value.text[:1].isdecimal() or not cursor.text[-1:].isspace()
    if cursor.typing and may_go_on and _to_the_end(cursor, _LONGEST_DATE):
        return []
    return _no_date(cursor, name, value)


def _to_the_end(cursor: Cursor, most: int) -> bool:
    """Pass over the words up to the end of the query, if there are no more than `most`."""
    rest = cursor.lexemes[cursor.at : cursor.at + most + 1]
    words_left = [lexeme for lexeme in rest if lexeme.kind == "word"]
    at_end = all(lexeme.start == len(cursor.text) for lexeme in rest[len(words_left) :])
    if len(words_left) > most or not at_end:
        return False
    cursor.at += len(words_left)
    return True


def _no_date(cursor: Cursor, name: Lexeme, value: Lexeme) -> list[Node]:
    """What was to be a date is words, unless it is a date that there is not."""
    if not value.text.strip():
        cursor.empty(name)
        return []
    if value.text.strip()[0].isdecimal() or ".." in value.text:
        raise QueryError(
            _(
                "{field} takes a day, a month or a year (12 mars 2023, 03/2023, 2024-11-20, hier),"
                " or two of them around `..`; not the one"
            ).format(field=name.text),
            value.start,
        )
    cursor.notes.add(Note("no date", value.text.strip(), (value.start, value.end)))
    return bag(value.text, value.start)


def _days_of(field: str, period: Period) -> Dated:
    """The days that a field asks for. Raises OverflowError before the first day there is."""
    if field == "since":
        return Dated(period.first, None)
    if field == "before":
        first = period.first or period.last
        return Dated(None, first and first - timedelta(days=1))
    return Dated(period.first, period.last)
