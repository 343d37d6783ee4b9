"""Days and months in words, in the language of the moment."""

from __future__ import annotations

from datetime import date, timedelta

from ..model import NO_DATE, DateRange
from .language import NO_BREAK, _, language

_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),  # noqa: SIM905
    "fr": [
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ],
}
"""As the Unicode consortium abbreviates them, which a test compares: to load all that Babel knows
of them would take longer than to search."""


FRENCH_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
"""Their names in full, as articles and queries have them."""


def french_day(value: date) -> str:
    """`14 novembre 2024`, `1er mars 2019`, whatever the language of the moment."""
    return f"{_french_number(value)}{NO_BREAK}{FRENCH_MONTHS[value.month - 1]} {value.year}"


def _french_number(value: date) -> str:
    return "1er" if value.day == 1 else str(value.day)


def day(value: date) -> str:
    """`17 Nov 2024`, `1er févr. 2019`"""
    spoken = language()
    number = _french_number(value) if spoken == "fr" else str(value.day)
    return NO_BREAK.join((number, _MONTHS[spoken][value.month - 1], f"{value.year:04}"))


def month(value: str) -> str:
    """`Nov 2024`, `nov. 2024` for `2024-11`; `sans date` for `NO_DATE`."""
    if value == NO_DATE:
        return _("no date")
    year, _dash, number = value.partition("-")
    if not (year.isdecimal() and number.isdecimal() and 1 <= int(number) <= 12):
        return value
    return NO_BREAK.join((_MONTHS[language()][int(number) - 1], year))


def month_names() -> list[str]:
    """`janv.` to `déc.`"""
    return _MONTHS[language()]


def between(days: DateRange) -> str:
    """`2018`, `Nov 2018 – Jan 2019`, `17 Nov 2018`: a range in as few words as say it."""
    first, last = days.first, days.last
    if first.day == 1 and (last == date.max or (last + timedelta(1)).day == 1):
        if first.month == 1 and last.month == 12:
            ends = [f"{first.year:04}", f"{last.year:04}"]
        else:
            ends = [month(f"{each.year:04}-{each.month:02}") for each in (first, last)]
    else:
        ends = [day(first), day(last)]
    return " – ".join(dict.fromkeys(ends))
