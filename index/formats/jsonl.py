"""JSON Lines: one article a line."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator
from typing import BinaryIO

from ..article import Problem
from ..decoding import Unreadable, decode, normalise
from ..files import ArticleFile
from .raw import LONGEST_ARTICLE, RawArticle, make_raw_article

_BODY_FIELDS = ("body", "text", "content")


def read_jsonl(file: ArticleFile) -> Iterator[RawArticle | Problem]:
    """Read a `.jsonl` file line by line: it may be far larger than the memory."""
    for number, line in _lines(file.path):
        if not line.strip():
            continue
        try:
            fields = _parse(line)
            text = _find_body(fields)
        except Unreadable as error:
            yield Problem(f"{file.path}#{number}", error.reason)
        else:
            yield make_raw_article(f"{file.id}#{number}", file.path, text, fields, number)


def _parse(line: bytes) -> dict[str, object]:
    if len(line) > LONGEST_ARTICLE:
        raise Unreadable("too large for one article")
    try:
        # Not strict: decoding may have turned a U+2028 in a string into a line end.
        fields = json.loads(decode(line), strict=False)
    except (ValueError, RecursionError):
        raise Unreadable("not JSON") from None
    if not isinstance(fields, dict):
        raise Unreadable("not a JSON object")
    return {name.lower(): value for name, value in fields.items()}


def _find_body(fields: dict[str, object]) -> str:
    for name in _BODY_FIELDS:
        body = fields.get(name)
        if body is not None and not isinstance(body, str):
            raise Unreadable(f"{name} is not a string")
        # Escapes such as \\u0000 bring back what decoding took out.
        if body and (text := normalise(body)).strip():
            return text
    raise Unreadable("no body")


def _lines(path: str) -> Iterator[tuple[int, bytes]]:
    """Yield numbered lines as UTF-8 or Windows-1252; of too long a line, only the start."""
    with open(path, "rb") as stream:  # noqa: PTH123
        utf16 = stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        stream.seek(0)
        if utf16:
            text = io.TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="\n")
            for number, line in enumerate(text, start=1):
                yield number, line.encode("utf-8", "replace")
        else:
            yield from enumerate(_bounded_lines(stream), start=1)


def _bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(LONGEST_ARTICLE + 1):
        yield line
        while not line.endswith(b"\n") and (line := stream.readline(LONGEST_ARTICLE)):
            pass
