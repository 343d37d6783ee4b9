"""Dates: the days that `date:2024-11` and its like stand for."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from ..errors import QueryError
from .lexer import Lexeme
from .nodes import Dated

_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def dated(value: Lexeme) -> Dated:
    """The days that `2024`, `2024-11`, `2024-11-20` or two of them around `..` stand for."""
    first, dots, last = value.text.strip().partition("..")
    if not (first or last):
        raise QueryError("date: needs a date after it,", value.start)
    since = _period(first, value) if first else None
    until = _period(last, value) if last else None
    if not dots:
        until = since
    return Dated(since and since[0], until and until[1])


def _period(text: str, value: Lexeme) -> tuple[date, date]:
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
