"""Rich text, as striprtf reads it: an article, or an export of Factiva."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from ..language import _
from .decoding import Unreadable, normalise
from .factiva import divide_lines
from .pieces import Piece
from .raw import RawArticle, Record, make_raw_article

LARGEST_RTF = 32_000_000
"""In bytes."""

# Pictures are numbers without end, and no text.
_PICTURE = re.compile(
    rb"\{\\\*?\\?(?:pict|shppict|nonshppict|objdata)\b[^{}]*(?:\{[^{}]*\}[^{}]*)*\}"
)
_HEXADECIMAL = re.compile(rb"(?:[0-9a-fA-F]{64,}\s*)+")


def split_rtf(stream: BinaryIO, start: int = 0, number: int = 1) -> Iterator[Piece]:
    """A piece for each article of an export, or one for any other text."""
    data = stream.read(LARGEST_RTF + 1) or b""
    is_export = b"Document " in data and b"\\rtf" in data[:200] and len(data) <= LARGEST_RTF
    articles = divide_lines(_text(data)) if is_export else []
    for number, text in enumerate(articles, 1):
        yield Piece(number, text.encode(), kind="factiva text")
    if not articles:
        yield Piece(0, data)


def parse_rtf(record: Record) -> Iterator[RawArticle]:
    """Parse an `.rtf` file."""
    if b"\\rtf" not in record.data[:200]:
        raise Unreadable(_("not rich text"))
    text = _text(record.data)
    if not text.strip():
        raise Unreadable(_("a document without text"))
    yield make_raw_article(record, text, {})


def _text(data: bytes) -> str:
    from striprtf.striprtf import rtf_to_text

    small = _HEXADECIMAL.sub(b"", _PICTURE.sub(b"", data))
    text: str = rtf_to_text(small.decode("cp1252", "replace"), errors="ignore")  # type: ignore[no-untyped-call]
    return normalise(text)
