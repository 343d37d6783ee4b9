"""Days and months in words, in the language of the moment."""

from __future__ import annotations

from datetime import date

from ..model import NO_DATE
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


def day(value: date) -> str:
    """`17 Nov 2024`, `1er févr. 2019`"""
    spoken = language()
    number = f"{value.day}er" if spoken == "fr" and value.day == 1 else str(value.day)
    return NO_BREAK.join((number, _MONTHS[spoken][value.month - 1], f"{value.year:04}"))


def month(value: str) -> str:
    """`Nov 2024`, `nov. 2024` for `2024-11`; `sans date` for `NO_DATE`."""
    if value == NO_DATE:
        return _("no date")
    year, _dash, number = value.partition("-")
    if not (year.isdecimal() and number.isdecimal() and 1 <= int(number) <= 12):
        return value
    return NO_BREAK.join((_MONTHS[language()][int(number) - 1], year))


def months(first: str, last: str) -> str:
    """`nov. 2018 – janv. 2019` for two months, `nov. 2018` for one."""
    return month(first) if first == last else f"{month(first)} – {month(last)}"
