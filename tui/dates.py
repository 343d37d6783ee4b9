"""Dates in words, the same whatever the locale."""

from __future__ import annotations

from datetime import date, timedelta

from search.model import DateRange

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date) -> str:
    """`17 Nov 2024`"""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: str) -> str:
    """`Nov 2024` for `2024-11`; anything else, as `no date`, as it is."""
    year, _, number = value.partition("-")
    if not (year.isdecimal() and number.isdecimal() and 1 <= int(number) <= len(MONTHS)):
        return value
    return f"{MONTHS[int(number) - 1]} {year}"


def between(days: DateRange) -> str:
    """`2018`, `Nov 2018 – Jan 2019`, `17 Nov 2018`: a range in as few words as say it."""
    first, last = days.first, days.last
    if first.day == 1 and (last == date.max or (last + timedelta(1)).day == 1):
        if first.month == 1 and last.month == len(MONTHS):
            ends = [str(first.year), str(last.year)]
        else:
            ends = [month(f"{each:%Y-%m}") for each in (first, last)]
    else:
        ends = [day(first), day(last)]
    return " – ".join(dict.fromkeys(ends))
