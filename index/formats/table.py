"""Tables: `.csv` and `.tsv` with a head that names the columns, and an article a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import BinaryIO

from ..language import _
from .decoding import Unreadable, normalise, to_text
from .fields import in_our_names
from .pieces import LONGEST_ARTICLE, UTF16, Piece, bounded_lines, utf16_lines
from .raw import RawArticle, Record, make_raw_article

_LONGEST_HEAD = 100_000  # bytes
_SEPARATORS = (";", ",", "\t", "|")


def split_table(stream: BinaryIO, start: int = 0, number: int = 1) -> Iterator[Piece]:
    """A piece for each row, with the head of the table above it."""
    stream.seek(0)
    utf16 = stream.read(2) in UTF16
    stream.seek(0)
    rows = _rows(utf16_lines(stream) if utf16 else bounded_lines(stream.readline, b"\n"))
    head, at = next(rows, (b"", 0))
    if len(head) > _LONGEST_HEAD:
        raise Unreadable(_("a table without a head"))
    if start > at:
        stream.seek(start)
        at = start
    for row, size in rows:
        yield Piece(number, head + row, None if utf16 else at, size=size)
        at, number = at + size, number + 1


def _rows(lines: Iterator[tuple[bytes, int]]) -> Iterator[tuple[bytes, int]]:
    """The rows of a table and their sizes: each ends with the line in which its quotes are even."""
    row, size, quotes = bytearray(), 0, 0
    for line, length in lines:
        size += length
        quotes += line.count(b'"')
        if len(row) <= LONGEST_ARTICLE:
            row += line
        if quotes % 2 == 0 and row.strip():
            yield bytes(row), size
            row, size, quotes = bytearray(), 0, 0
    if row.strip():
        yield bytes(row), size


def parse_row(record: Record) -> Iterator[RawArticle]:
    """Parse a row of a table, with its head."""
    text = to_text(record.data).removeprefix("\ufeff").replace("\0", "")
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    csv.field_size_limit(LONGEST_ARTICLE)
    try:
        head, row, *_rest = csv.reader(StringIO(text, newline=""), delimiter=separator)
    except (csv.Error, ValueError):
        raise Unreadable(_("not a row of this table")) from None
    fields = in_our_names(dict(zip(head, row, strict=False)))
    if "body" not in fields:
        columns = ", ".join(name.strip()[:30] for name in head[:12])
        raise Unreadable(
            _("no column for the text: name one body or texte (there are: {columns})").format(
                columns=columns
            )
        )
    body = normalise(str(fields["body"]))
    if not body.strip():
        raise Unreadable(_("no body"))
    yield make_raw_article(record, body, fields)
