"""Dates in words, the same whatever the locale."""

from __future__ import annotations

from datetime import date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date) -> str:
    """`17 Nov 2024`"""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def month(value: str) -> str:
    """`Nov 2024` for `2024-11`; anything else, as `no date`, as it is."""
    year, _, number = value.partition("-")
    if not (year.isdecimal() and number.isdecimal() and 1 <= int(number) <= len(_MONTHS)):
        return value
    return f"{_MONTHS[int(number) - 1]} {year}"
