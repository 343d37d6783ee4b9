"""JSON Lines: one article a line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..language import _
from .decoding import Unreadable, normalise, to_text
from .fields import in_our_names
from .raw import RawArticle, Record, make_raw_article

# Not strict: control characters are taken out of each value, where escapes can hide them.
_decode = json.JSONDecoder(strict=False).decode


def parse_json(record: Record) -> Iterator[RawArticle]:
    """Parse a line of a `.jsonl` file."""
    fields = _parse(record.data)
    yield make_raw_article(record, _find_body(fields), fields)


def _parse(line: bytes) -> dict[str, object]:
    text = to_text(line)
    try:
        fields = _decode(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise Unreadable(_("binary file") if "\0" in text else _("not JSON")) from None
    if not isinstance(fields, dict):
        raise Unreadable(_("not a JSON object"))
    return in_our_names(fields)


def _find_body(fields: dict[str, object]) -> str:
    body = fields.get("body")
    if body is not None and not isinstance(body, str):
        raise Unreadable(_("body is not a string"))
    # Escapes such as \\u0000 bring back what decoding took out.
    if body and (text := normalise(body)).strip():
        return text
    raise Unreadable(_("no body"))
