"""CSV: a row an article, for spreadsheets and pandas (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from ..model import Hit

COLUMNS = ("id", "title", "source", "authors", "date", "url", "path", "passages")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet, whoever wrote it: it gets an apostrophe in
front, as OWASP's « CSV Injection » says."""


def written(hits: Iterable[Hit]) -> Iterator[str]:
    """A row with the names of the columns, then one for each hit."""
    buffer = io.StringIO(newline="")
    rows = csv.writer(buffer)
    rows.writerow(COLUMNS)
    yield buffer.getvalue()
    for hit in hits:
        buffer.seek(0)
        buffer.truncate()
        rows.writerow(map(_cell, _row(hit)))
        yield buffer.getvalue()


def _row(hit: Hit) -> tuple[str, ...]:
    head = hit.head
    return (
        head.id,
        head.title,
        head.source,
        "; ".join(head.authors),
        head.date.isoformat() if head.date else "",
        head.url,
        head.path,
        " ".join(snippet.text for snippet in hit.snippets),
    )


def _cell(text: str) -> str:
    text = text.encode(errors="replace").decode().replace("\0", "")
    return f"'{text}" if text.startswith(_FORMULA) else text
