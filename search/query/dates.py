"""Dates: the days that `2024-11`, `mars 2023`, `hier` and their like stand for.

Written as French people write them, in figures (day first) or in words, or as ISO 8601 has it. A
month without a year is the latest one that has begun.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from index.analysis import fold
from index.extraction.months import MONTHS

Days = tuple[date, date]
"""The first and the last day."""


class Period(NamedTuple):
    """What stands at `start` in a text, up to `end`: from `first` to `last`; None is open."""

    first: date | None
    last: date | None
    end: int


_WRITTEN = re.compile(
    r"""
      (?P<iso_year> \d{4} ) (?: - (?P<iso_month> \d{1,2} ) (?: - (?P<iso_day> \d{1,2} ) )? )?
    | (?: (?P<day> \d{1,2} ) [/.-] )? (?P<month> \d{1,2} ) [/.-] (?P<year> \d{4} )
    | (?P<short_day> \d{1,2} ) / (?P<short_month> \d{1,2} ) / (?P<short_year> \d{2} )
    | (?: (?:le\s+)? (?P<named_day> \d{1,2} ) (?:er)? \s+ )?
      (?P<name> [^\W\d_]{3,} ) (?: \. (?!\.) )? (?: \s+ (?P<named_year> \d{4} ) )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BOUNDARY = re.compile(r"(?=[\s)|,;!?\"”»]|\.(?!\d)|$)")
_DOTS = re.compile(r"\s*\.\.\s*")
_WORDS = re.compile(r"[^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*){0,2}")
_DAY = timedelta(days=1)


def period_at(text: str, start: int, today: date) -> Period | None:
    """The days that are written at `start` in `text`: one period, or two around `..`.

    As many words are taken as belong to it. None when nothing there is a date. Raises ValueError
    for a day, month or year that there is not.
    """
    first = _days_at(text, start, today)
    dots = _DOTS.match(text, first[1] if first else start)
    if not dots:
        return Period(*first[0], first[1]) if first else None
    last = _days_at(text, dots.end(), today)
    if last is None:
        # Nothing on one side: open. A space ends it: in « 2023.. soldats » that is the next word.
        end = len(text[: dots.end()].rstrip())
        return Period(first[0][0], None, end) if first else None
    if _DOTS.match(text, last[1]):
        return None
    if first and first[0][0].year > last[0][0].year:  # « octobre..mars 2021 » are of one year,
        again = _days_at(text, start, last[0][1])  # or of that and the one before
        first = again or first
    return Period(first[0][0] if first else None, last[0][1], last[1])


def _days_at(text: str, start: int, today: date) -> tuple[Days, int] | None:
    """The period that is written at `start`, and where it ends. Raises ValueError."""
    if relative := _relative_at(text, start, today):
        return relative
    found = _WRITTEN.match(text, start)
    if not found or not _BOUNDARY.match(text, found.end()):
        return None
    if found["name"]:
        month = MONTHS.get(fold(found["name"]))
        if month is None:
            return None
        named_day = int(found["named_day"] or 0)
        year = int(found["named_year"]) if found["named_year"] else today.year
        if not found["named_year"] and date(year, month, named_day or 1) > today:
            year -= 1
        return _days(year, month, named_day), found.end()
    if found["iso_year"]:
        figures = [found["iso_year"], found["iso_month"], found["iso_day"]]
    elif found["short_year"]:
        figures = [f"20{found['short_year']}", found["short_month"], found["short_day"]]
    else:
        figures = [found["year"], found["month"], found["day"]]
    written = [int(each) for each in figures if each is not None]
    if 0 in written:
        raise ValueError("no month and no day is zero")
    return _days(*written), found.end()


def _days(year: int, month: int = 0, day: int = 0) -> Days:
    """The days of a year, of a month or a day of it. Raises ValueError."""
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return _month(date(year, month, 1))
    return date(year, 1, 1), date(year, 12, 31)


def _month(day: date) -> Days:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _week(day: date) -> Days:
    monday = day - day.weekday() * _DAY
    return monday, monday + 6 * _DAY


def _one(day: date) -> Days:
    return day, day


def _month_before(day: date) -> date:
    return day.replace(day=1) - _DAY


def _relative_at(text: str, start: int, today: date) -> tuple[Days, int] | None:
    """The period that is named from today at `start`: the one with the longest name."""
    words = _WORDS.match(text, start)
    while words:
        name = " ".join(fold(re.sub("['’]", "", word)) for word in words.group().split())
        if named := _RELATIVE.get(name):
            return named(today), words.end()
        shorter = words.group().rpartition(" ")[0].rstrip()
        words = _WORDS.match(text, start, start + len(shorter)) if shorter else None
    return None


_RELATIVE: dict[str, Callable[[date], Days]] = {
    **dict.fromkeys(("aujourdhui", "today"), _one),
    **dict.fromkeys(("hier", "yesterday"), lambda day: _one(day - _DAY)),
    "avant-hier": lambda day: _one(day - 2 * _DAY),
    "cette semaine": _week,
    **dict.fromkeys(
        ("la semaine derniere", "semaine derniere", "la semaine passee"),
        lambda day: _week(day - 7 * _DAY),
    ),
    **dict.fromkeys(("ce mois", "ce mois-ci"), _month),
    **dict.fromkeys(
        ("le mois dernier", "mois dernier", "le mois passe"),
        lambda day: _month(_month_before(day)),
    ),
    "cette annee": lambda day: _days(day.year),
    **dict.fromkeys(
        ("lannee derniere", "annee derniere", "lan dernier", "lannee passee"),
        lambda day: _days(day.year - 1),
    ),
}
"""What is named from today, folded and without apostrophes."""
