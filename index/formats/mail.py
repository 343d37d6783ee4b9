"""E-mail: newsletters as `.eml` or in an mbox, and pages that browsers save as `.mht`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import BinaryIO

from ..language import _
from .decoding import Unreadable, decode, normalise
from .html import parse_tree, read_page
from .lines import is_prose, split_lines
from .pieces import Piece
from .raw import RawArticle, Record, make_raw_article

LARGEST_MESSAGE = 32_000_000
"""In bytes: most of a large one is attached to it."""

_MOST_PARTS = 500
_BOUNDARY = re.compile(rb"boundary=", re.IGNORECASE)
_MOST_BOUNDARIES = 60  # messages inside each other
_MOST_DASHES = 5_000  # lines between its parts
_CHUNK = 1_000_000
_POSTMARK = re.compile(rb"From \S+ .*\d\d:\d\d")  # From a@b.fr Wed Apr 24 08:15:00 2024


def split_mbox(stream: BinaryIO, start: int = 0, number: int = 1) -> Iterator[Piece]:
    """A piece for each message of an mbox: they begin with a line `From … 08:15 …` after an
    empty one."""
    stream.seek(start)
    at, data, size = start, bytearray(), 0
    empty, in_line = True, False
    while line := stream.readline(_CHUNK):
        if not in_line and empty and size and _POSTMARK.match(line):
            yield Piece(number, bytes(data), at, size=size)
            at, number, data, size = at + size, number + 1, bytearray(), 0
        empty = not in_line and line in (b"\n", b"\r\n")
        in_line = not line.endswith(b"\n")
        size += len(line)
        if len(data) <= LARGEST_MESSAGE:
            data += line
    if data.strip():
        yield Piece(number, bytes(data), at, size=size)


def parse_mail(record: Record) -> Iterator[RawArticle]:
    """Parse a message."""
    data = record.data
    if data.startswith(b"From "):
        data = data.partition(b"\n")[2]
    message = _message(data)
    name, address = parseaddr(str(message.get("from", "")))
    texts = {kind: _text(message, kind) for kind in ("plain", "html")}
    lines = split_lines(texts["plain"])
    if texts["html"] and not sum(map(is_prose, lines)) > 2:
        lines = _all_lines(texts["html"])
    if not any(map(is_prose, lines)):
        raise Unreadable(_("a message without a text"))
    fields = {
        "title": str(message.get("subject", "")),
        "source": name or address.rpartition("@")[2],
        "date": str(message.get("date", "")),
    }
    yield make_raw_article(record, "\n".join(lines), fields)


def parse_mhtml(record: Record) -> Iterator[RawArticle]:
    """Parse a page that was saved with all that belongs to it."""
    message = _message(record.data)
    page = _text(message, "html")
    if not page:
        raise Unreadable(_("no page in this file"))
    url = str(message.get("snapshot-content-location", ""))
    if not url:
        of_parts = (part.get("content-location") for part in message.walk())
        url = next((str(place) for place in of_parts if place), "")
    yield read_page(record, page, url if url.startswith("http") else "")


def _message(data: bytes) -> EmailMessage:
    from email import message_from_bytes  # not needed to search

    many = len(_BOUNDARY.findall(data)) > _MOST_BOUNDARIES or data.count(b"\n--") > _MOST_DASHES
    if many:
        raise Unreadable(_("too many parts in a message"))
    try:
        message = message_from_bytes(data, policy=policy.default)
    except Exception as error:  # its parser is not free from faults
        raise Unreadable(_("not a message")) from error
    if not message.keys():
        raise Unreadable(_("not a message"))
    return message


def _text(message: EmailMessage, kind: str) -> str:
    """The first text of this kind that is not attached."""
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        if part.get_content_type() != f"text/{kind}" or part.get_filename():
            continue
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes) or not data.strip():
            continue
        charset = (part.get_content_charset() or "").lower()
        if charset and charset not in ("utf-8", "us-ascii", "windows-1252"):
            try:
                return normalise(data.decode(charset, "replace"))
            except LookupError:
                pass
        return decode(data)
    return ""


def _all_lines(page: str) -> list[str]:
    """The lines of a page that is all text, such as a newsletter."""
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(parse_tree(page), preserve_formatting=True, alt_texts=False)
    return split_lines(normalise(text))
