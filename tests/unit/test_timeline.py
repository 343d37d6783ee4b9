"""The timeline: which bars fit a width, and how ranges are said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.model import NO_DATE, DateRange
from search.wording.dates import between
from tui.session.asked import Tick, Ticked
from tui.widgets.bins import (
    Scale,
    counted,
    days,
    fitting,
    glyph,
    heights,
    labels,
    month_number,
    number_of,
    scales,
)

MONTHS = ["janv.", "févr.", "mars", "avr.", "mai", "juin"]
MONTHS += ["juil.", "août", "sept.", "oct.", "nov.", "déc."]


@pytest.mark.parametrize(
    ("first", "last", "width", "unit", "cell"),
    [
        ("2024-11", "2024-11", 76, 1, 12),
        ("2018-11", "2019-02", 76, 1, 12),
        ("2018-11", "2019-02", 22, 1, 5),
        ("2015-01", "2024-12", 200, 1, 1),
        ("2015-01", "2024-12", 120, 1, 1),
        ("2015-01", "2024-12", 119, 3, 2),
        ("2015-01", "2024-12", 39, 6, 1),
        ("2015-01", "2024-12", 19, 12, 1),
        ("2015-01", "2024-12", 10, 12, 1),
        ("1944-12", "2024-12", 76, 60, 4),
        ("1631-05", "2024-12", 40, 120, 1),
        ("0001-01", "9999-12", 76, 1200, 1),
    ],
)
def test_the_finest_bars_that_fit(first: str, last: str, width: int, unit: int, cell: int) -> None:
    span = month_number(first), month_number(last)
    found = scales(*span, width)
    scale = found[fitting(found, *span, width)]
    assert (scale.unit, scale.cell) == (unit, cell)


@given(st.integers(12, 120_000), st.integers(0, 120_000), st.integers(1, 300))
def test_scales_go_from_coarse_to_fine(first: int, months: int, width: int) -> None:
    last = min(first + months, 119_999)
    found = scales(first, max(first, last), width)
    assert [(s.unit, -s.cell) for s in found] == sorted(
        {(s.unit, -s.cell) for s in found}, reverse=True
    )
    assert found[-1].unit == 1
    assert 0 <= fitting(found, first, last, width) < len(found)


@pytest.mark.parametrize(
    ("unit", "totals"),
    [(1, [1, 0, 2, 4]), (3, [1, 6]), (12, [1, 6])],
)
def test_what_a_bar_stands_for(unit: int, totals: list[int]) -> None:
    counts = {month_number(m): n for m, n in (("2018-12", 1), ("2019-02", 2), ("2019-03", 4))}
    scale = Scale(unit, 1)
    first, last = scale.bar(month_number("2018-12")), scale.bar(month_number("2019-03"))
    assert counted(counts, scale, range(first, last + 1)) == totals


@pytest.mark.parametrize(
    ("totals", "rows", "shown"),
    [
        ([0, 1, 50, 100], 1, ["▁▂▄█"]),
        ([0, 1, 50, 100], 2, ["   █", "▁▂██"]),
        ([0, 0], 1, ["▁▁"]),
        ([3, 3], 1, ["██"]),
        ([], 1, [""]),
    ],
)
def test_bars(totals: list[int], rows: int, shown: list[str]) -> None:
    found = heights(totals, rows)
    drawn = ["".join(glyph(height, row) for height in found) for row in reversed(range(rows))]
    assert drawn == shown


@pytest.mark.parametrize(
    ("first", "last", "scale", "shown"),
    [
        ("2015-01", "2017-12", Scale(1, 1), "2015        2016        2017"),
        ("2015-11", "2017-01", Scale(1, 1), "2015          2017"),
        ("2015-11", "2016-02", Scale(1, 6), "2015  déc.  2016  févr."),
        ("2015-01", "2015-04", Scale(1, 8), "2015    févr.   mars    avr."),
        ("2015-11", "2016-01", Scale(1, 12), "nov. 2015   déc.        janv. 2016"),
        ("2015-01", "2017-12", Scale(3, 2), "2015    2016    2017"),
        ("2015-01", "2018-12", Scale(12, 3), "2015  2017"),
        ("2015-01", "2018-12", Scale(12, 8), "2015    2016    2017    2018"),
    ],
)
def test_labels(first: str, last: str, scale: Scale, shown: str) -> None:
    bars = range(scale.bar(month_number(first)), scale.bar(month_number(last)) + 1)
    line = ""
    for place, text in labels(bars, scale, MONTHS, 80):
        line = line.ljust(place) + text
    assert line == shown


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2018-01-01", "2018-12-31", "2018"),
        ("2018-01-01", "2020-12-31", "2018 – 2020"),
        ("2018-11-01", "2018-11-30", "Nov 2018"),
        ("2018-11-01", "2019-01-31", "Nov 2018 – Jan 2019"),
        ("2020-02-01", "2020-02-29", "Feb 2020"),
        ("2018-11-17", "2018-11-17", "17 Nov 2018"),
        ("2018-11-17", "2018-11-30", "17 Nov 2018 – 30 Nov 2018"),
        ("9999-12-01", "9999-12-31", "Dec 9999"),
    ],
)
def test_a_range_in_words(first: str, last: str, words: str) -> None:
    days = DateRange(date.fromisoformat(first), date.fromisoformat(last))
    assert between(days).replace("\u00a0", " ") == words


def test_the_days_of_months() -> None:
    assert days(month_number("2019-11"), month_number("2020-02")) == DateRange(
        date(2019, 11, 1), date(2020, 2, 29)
    )
    # a bar of a century may begin before there are days, and end after the last
    assert days(0, 1199) == DateRange(date(1, 1, 1), date(99, 12, 31))
    assert days(month_number("9900-01"), 120_000) == DateRange(date(9900, 1, 1), date.max)
    assert number_of(date(2020, 2, 29)) == month_number("2020-02")


AFP, MONDE, ANNE = Tick("source", "AFP"), Tick("source", "Le Monde"), Tick("author", "Anne")
MAY = Tick("date", DateRange(date(2019, 5, 1), date(2019, 5, 31)))
JUNE = Tick("date", DateRange(date(2019, 6, 1), date(2019, 6, 30)))
UNDATED = Tick("date", NO_DATE)


@pytest.mark.parametrize(
    ("toggled", "ticks"),
    [
        ([AFP, MONDE], [AFP, MONDE]),
        ([AFP, MONDE, AFP], [MONDE]),
        ([MAY, JUNE], [JUNE]),  # one range takes the place of another
        ([MAY, UNDATED], [MAY, UNDATED]),
        ([MAY, UNDATED, JUNE], [UNDATED, JUNE]),
        ([MAY, MAY], []),
    ],
)
def test_ticks(toggled: list[Tick], ticks: list[Tick]) -> None:
    ticked = Ticked()
    for tick in toggled:
        ticked = ticked.toggled(tick)
    assert list(ticked.ticks) == ticks


def test_what_is_ticked_is_inverted_by_facet() -> None:
    ticked = Ticked().inverted("source")
    assert not ticked.excluded  # nothing but nothing would be everything but nothing
    ticked = ticked.toggled(AFP).toggled(ANNE).inverted("source")
    assert ticked.excluded == {"source"}
    assert not ticked.inverted("source").excluded
    assert ticked.toggled(MONDE).excluded == {"source"}
    assert not ticked.toggled(AFP).excluded
