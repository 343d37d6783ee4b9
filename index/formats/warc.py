"""Web archives: the pages in a WARC, as fastwarc reads it, and in a WACZ, a zip of these."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from ..article import Problem
from ..language import _
from .decoding import Unreadable, decode
from .html import read_page
from .opened import opened_zip
from .pieces import LONGEST_ARTICLE, Piece, split_head, with_head
from .raw import RawArticle, Record

_LARGEST_RECORD = 1_000_000_000  # bytes; what is skipped has to be unpacked, too
_PAGES = ("text/html", "application/xhtml+xml")


def split_warc(stream: BinaryIO, start: int = 0, number: int = 1) -> Iterator[Piece]:
    """A piece for each page that was fetched."""
    stream.seek(start)
    for record in _records(stream):
        if record.content_length > _LARGEST_RECORD:
            raise Unreadable(_("too large a record in a web archive"))
        http = record.http_headers
        if http is None or http.status_code != 200 or not _is_page(record.http_content_type):
            continue
        said = {"url": record.headers.get("WARC-Target-URI", "").strip("<>")}
        data = record.reader.read(LONGEST_ARTICLE + 1)
        yield Piece(number, with_head(said, data), start + record.stream_pos)
        number += 1


def split_wacz(stream: BinaryIO, start: int = 0, number: int = 1) -> Iterator[Piece]:
    """A piece for each page in the archives of an archive."""
    with opened_zip(stream) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith((".warc", ".warc.gz")))
        for name in names:
            with archive.open(name) as member:
                for piece in split_warc(cast(BinaryIO, member), 0, number):
                    yield Piece(piece.number, piece.data)
                    number = piece.number + 1


def parse_capture(record: Record) -> Iterator[RawArticle | Problem]:
    """Parse a page that was fetched."""
    said, data = split_head(record.data)
    yield read_page(record, decode(data), said["url"])


def _records(stream: BinaryIO) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    try:
        yield from ArchiveIterator(
            stream, record_types=WarcRecordType.response, parse_http=True, auto_decode="all"
        )
    except OSError as error:
        if error.errno is not None:  # the system's
            raise
        raise Unreadable(_("a damaged archive")) from None
    except Exception:  # a library in C
        raise Unreadable(_("a damaged archive")) from None


def _is_page(content_type: str | None) -> bool:
    return (content_type or "").split(";")[0].strip().lower() in _PAGES
