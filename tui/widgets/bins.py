"""Bins: the months of an archive, put together in bars that fit a width.

A month is a number here: those since the year 0, so that a year is twelve of them.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from search.model import NO_DATE, DateRange, Results

_YEAR = 12
UNITS = (1, 3, 6, _YEAR, 5 * _YEAR, 10 * _YEAR, 100 * _YEAR)
"""Months of a bar: one, a quarter, half a year … An archive may reach from the first gazette on."""

_WIDEST = 12
"""Cells of a bar: as many as its month and year take below it."""
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_LEAST = 2  # eighths of a bar that is not empty: one eighth is the ground that all stand on


def month_number(month: str) -> int:
    """The number of a month that is written `2018-11`."""
    year, _, month = month.partition("-")
    return int(year) * _YEAR + int(month) - 1


def number_of(day: date) -> int:
    """The number of the month of a day."""
    return day.year * _YEAR + day.month - 1


def days(first: int, last: int) -> DateRange:
    """The days of the months from `first` to `last`, as far as a calendar goes."""
    year, month = divmod(max(first, _YEAR), _YEAR)
    last_year, last_month = divmod(min(last, date.max.year * _YEAR + 11), _YEAR)
    end = monthrange(last_year, last_month + 1)[1]
    return DateRange(date(year, month + 1, 1), date(last_year, last_month + 1, end))


@dataclass(frozen=True, slots=True)
class Months:
    """How matches are spread over time."""

    counts: Mapping[int, int]
    """Of each month that has any."""
    undated: int
    first: int
    last: int
    """The months that the archive is of."""

    @classmethod
    def of(cls, results: Results, first: date | None, last: date | None) -> Months | None:
        """Those of results from an archive of these days; None where nothing has a date."""
        found = results.facets.months
        if found is None or not (first and last):
            return None
        counts = {month_number(each.value): each.count for each in found if each.value != NO_DATE}
        undated = sum(each.count for each in found if each.value == NO_DATE)
        ends = [number_of(first), number_of(last), *counts]  # it may have changed meanwhile
        return cls(counts, undated, min(ends), max(ends))

    def between(self, first: int, last: int) -> int:
        """How many matches there are from one month to another."""
        return sum(count for month, count in self.counts.items() if first <= month <= last)


@dataclass(frozen=True, slots=True)
class Scale:
    """How many months a bar has, and how many cells."""

    unit: int
    cell: int

    def bar(self, month: int) -> int:
        """The number of the bar that a month is in."""
        return month // self.unit

    def months(self, bar: int) -> tuple[int, int]:
        """The first and the last month of a bar."""
        return bar * self.unit, (bar + 1) * self.unit - 1


def scales(first: int, last: int, width: int) -> list[Scale]:
    """The scales that tell something of the months from `first` to `last`, the coarsest first.

    The finest have a bar a month that is wider than it need be, so that there is room to name it.
    """
    found = []
    for unit in reversed(UNITS):
        bars = last // unit - first // unit + 1
        if bars > 1 or unit == 1:
            found.append(Scale(unit, max(1, min(_WIDEST, width // bars))))
    while found[-1].cell < _WIDEST:
        found.append(Scale(1, min(_WIDEST, 2 * found[-1].cell)))
    return found


def fitting(found: Sequence[Scale], first: int, last: int, width: int) -> int:
    """Which of the scales is the finest that has all of the months in so many cells."""
    return max(
        (
            number
            for number, scale in enumerate(found)
            if (scale.bar(last) - scale.bar(first) + 1) * scale.cell <= width
        ),
        default=0,
    )


def counted(counts: Mapping[int, int], scale: Scale, bars: Iterable[int]) -> list[int]:
    """How much each of some bars stands for, given the counts of months."""
    totals: dict[int, int] = {}
    for month, count in counts.items():
        bar = scale.bar(month)
        totals[bar] = totals.get(bar, 0) + count
    return [totals.get(bar, 0) for bar in bars]


def heights(totals: Sequence[int], rows: int) -> list[int]:
    """The heights of bars in eighths of a row; that of the highest fills the rows."""
    highest = max(totals, default=0)
    full = 8 * rows
    return [max(_LEAST, round(total * full / highest)) if total else 1 for total in totals]


def glyph(height: int, row: int) -> str:
    """What a bar of this height shows in a row, counted from the ground."""
    return _EIGHTHS[max(0, min(8, height - 8 * row))]


def labels(
    bars: Sequence[int], scale: Scale, months: Sequence[str], width: int
) -> list[tuple[int, str]]:
    """What stands below the bars: years and, where there is room for them, the names of months.

    Each with the cell it begins at, in order; none touches another.
    """
    wanted: list[tuple[int, str]] = []
    for place, bar in enumerate(bars):
        first, last = scale.months(bar)
        begins = first % _YEAR == 0 or place == 0
        if begins or scale.unit >= _YEAR or first // _YEAR != last // _YEAR:
            year = str(-(-first // _YEAR) if place else first // _YEAR)
            full = f"{months[first % _YEAR]} {year}"
            named = scale.unit == 1 and len(full) < scale.cell
            wanted.append((place * scale.cell, full if named else year))
    free = [True] * (width + 1)
    shown = [each for each in wanted if _takes(free, *each)]
    if scale.unit == 1:
        names = ((p * scale.cell, months[bar % _YEAR]) for p, bar in enumerate(bars))
        shown += [each for each in names if len(each[1]) < scale.cell and _takes(free, *each)]
    return sorted(shown)


def _takes(free: list[bool], start: int, text: str) -> bool:
    """Take the cells of a label and one behind it, if they are free and there."""
    end = start + len(text)
    if end > len(free) - 1 or not all(free[start : end + 1]):
        return False
    free[start : end + 1] = [False] * (end + 1 - start)
    return True
