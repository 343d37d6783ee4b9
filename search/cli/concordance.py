"""`depeche kwic`: a line for each occurrence, the keyword in the middle."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any, Literal, NamedTuple

from ..archive import Archive, Location
from ..export.paging import pages
from ..model import Head, Request, Results
from ..wording.kwic import Occurrence, first_of, last_of, occurrences
from ..wording.safe import safe
from ..wording.values import source
from .commands import nothing, opened, say_notes
from .exporting import in_utf_8
from .failures import FOUND, NOTHING
from .output import note, print_json
from .text import DIM, MATCH, Colour, Window

Order = Literal["found", "left", "right", "date", "source"]
Form = Literal["text", "csv", "jsonl"]

_USUAL = 100  # columns, where no window says how many
_WITH_SOURCE = 90  # columns from which on there is room for where a line is from
_SOURCE = 26  # columns for that
_LEFT = 0.45  # share of the other columns that is before the keyword


class Row(NamedTuple):
    """An occurrence, and the article that it is in."""

    head: Head
    occurrence: Occurrence


def kwic(
    location: Location | None,
    request: Request,
    limit: int | None,
    order: Order,
    form: Form,
    colour: Colour = "auto",
) -> int:
    """Print the occurrences of what `request` looks for, up to `limit`; without one, all.

    As they are found they are printed at once; in another order, when all are known. Raises
    Unavailable, QueryError.
    """
    with opened(location, lasting=True) as archive:
        results = pages(archive, request, None)
        first = next(results)
        say_notes(first.notes)
        rows = _rows(archive, request.query, chain((first,), results))
        if key := _KEYS.get(order):
            rows = iter(sorted(rows, key=key))
        found = _write(islice(rows, limit), form, colour)
        if not found:
            note(nothing(archive, first, request))
        return FOUND if found else NOTHING


def _rows(archive: Archive, query: str, found: Iterable[Results]) -> Iterator[Row]:
    """The occurrences in all articles that match completely."""
    for results in found:
        for hit in results.hits:
            if hit.complete:
                reading = archive.read(hit.head.address, query)
                yield from (Row(hit.head, occurrence) for occurrence in occurrences(reading))


def _day(row: Row) -> str | None:
    return row.head.date.isoformat() if row.head.date else None


_KEYS: dict[Order, Callable[[Row], Any]] = {
    "left": lambda row: row.occurrence.left_key(),
    "right": lambda row: row.occurrence.right_key(),
    "date": lambda row: _day(row) or "",
    "source": lambda row: (row.head.source, _day(row) or ""),
}
"""What sorts the rows, by order; equal ones stay as they were found."""


def _write(rows: Iterator[Row], form: Form, colour: Colour) -> bool:
    """Write the rows as they come; whether there was any."""
    found = False
    if form == "text":
        window = Window.of(sys.stdout, colour)
        for row in rows:
            sys.stdout.write(line_of(row, window) + "\n")
            found = True
        return found
    in_utf_8()
    table = csv.writer(sys.stdout)
    for row in rows:
        if form == "jsonl":
            print_json(row_object(row))
        else:
            if not found:
                table.writerow(row_object(row))
            table.writerow(row_object(row).values())
        found = True
    return found


def row_object(row: Row) -> dict[str, Any]:
    """A line of `kwic --jsonl`, a row of `kwic --csv`."""
    head, occurrence = row
    return {
        "left": occurrence.left,
        "match": occurrence.match,
        "right": occurrence.right,
        "source": head.source,
        "date": _day(row),
        "id": head.id,
        "title": head.title,
    }


def line_of(row: Row, window: Window) -> str:
    """An occurrence on one line, the keyword where it is in all others."""
    head, (left, match, right) = row
    width = window.width or _USUAL
    where = ""
    if width >= _WITH_SOURCE:
        outlet = first_of(source(head.source), _SOURCE - 13)
        where = f"  {outlet:<{_SOURCE - 13}} {_day(row) or '':<10}"
        width -= _SOURCE
    before = int(_LEFT * width)
    after = max(0, width - before - len(match))
    text = f"{safe(last_of(left, before)):>{before}}"
    text += window.styled(safe(match), MATCH)
    text += f"{safe(first_of(right, after)):<{after}}"
    return (text + window.styled(safe(where), DIM)).rstrip()
