"""`depeche search --csv` and the like: all that is found, for another program."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from itertools import chain

from ..archive import Location
from ..export import Format, exported
from ..export.paging import pages
from ..model import Hit, Request, Results
from ..wording.safe import safe_lines
from .commands import nothing, opened, say_notes
from .failures import FOUND, NOTHING
from .output import note
from .progress import ProgressLine

_BOM = "\ufeff"


def export(
    location: Location | None, request: Request, limit: int | None, format: Format, bom: bool
) -> int:
    """Print what `request` asks for in a format, up to `limit` articles; without one, all.

    They are written as they are found. Raises Unavailable, QueryError.
    """
    with opened(location, lasting=limit is None) as archive:
        found = pages(archive, request, limit)
        first = next(found)
        say_notes(first.notes)
        if not first.hits:
            note(nothing(archive, first, request))
        in_utf_8()
        is_terminal = sys.stdout.isatty()
        if bom:
            sys.stdout.write(_BOM)
        for piece in exported(_told(first, found, limit, quiet=is_terminal), format):
            sys.stdout.write(safe_lines(piece) if is_terminal else piece)
        return FOUND if first.hits else NOTHING


def _told(
    first: Results, others: Iterator[Results], limit: int | None, *, quiet: bool
) -> Iterator[Hit]:
    """The hits of all results, while a line tells how far it is."""
    expected = first.total + first.partial
    expected = max(1, expected if limit is None else min(expected, limit))
    progress, done = ProgressLine(), 0
    try:
        for results in chain((first,), others):
            for hit in results.hits:
                yield hit
                done += 1 + len(hit.also)
                if not quiet:
                    progress.exporting(done, min(1.0, done / expected))
    finally:
        progress.end()


def in_utf_8() -> None:
    """Write in UTF-8, whatever the locale, and line ends as they are: they are part of formats."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
