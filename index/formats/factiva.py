"""Factiva: what the press database exports, many articles in one file, as HTML or RTF.

An article begins with lines of which each says one thing: the title, who wrote it, how many words
it has, the day, the publication, its code, the page, the language, the rights. Or each has a code
of two or three letters before it (`HD`, `BY`, `PD`, `SN`), if that was asked for. It ends with
`Document` and its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..language import _
from .decoding import Unreadable, decode
from .html import parse_tree, text_of
from .raw import RawArticle, Record, make_raw_article

if TYPE_CHECKING:
    from resiliparse.parse.html import HTMLTree

_ARTICLE = re.compile(rb"""<div[^>]*class=["'](?:[^"']* )?article(?: |["'])""", re.IGNORECASE)
_IS_EXPORT = re.compile(rb"articleParagraph|[a-z]{2}Article\b")
_DOCUMENT = re.compile(r"^Document ([A-Za-z0-9_]{12,})\s*$", re.MULTILINE)
_CODE = re.compile(
    r"^(AN|BY|CLM|CO|CR|CT|CY|DLN|ED|ET|HD|IN|IPC|IPD|LA|LP|NGC|NS|PD|PG|PUB|RE|SC|SE|SN|TD|VOL|WC)(?:\s+|$)"
)

_WORDS = re.compile(r"(?:\d[\d\s.,]*) (?:mots|words)", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}(?:er)? [^\W\d]+\.? \d{4}|[^\W\d]+ \d{1,2}, \d{4}")
_TIME = re.compile(r"\d{1,2}:\d{2}(?: GMT)?")
_CREDIT = re.compile(r"(?:par|by|de)\s+\S.*", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-Þ][\w'’.-]+(?: (?:de|du|d'|la|le|van|von))*(?: [A-ZÀ-Þ][\w'’.-]+){1,3}")
_PAGE = re.compile(r"[A-Z]{0,3}\d{1,4}(?:[-,; ]+\w{1,5})*")
_LANGUAGE = re.compile(
    r"Français|French|Anglais|English|Allemand|German|Espagnol|Spanish", re.IGNORECASE
)
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s?.*|.*tous droits réservés.*|.*all rights reserved.*", re.IGNORECASE
)
_HEAD = 16  # lines before the text at most
_CODED = 3  # codes that make an article one with codes


def divide_factiva(data: bytes) -> list[bytes]:
    """The articles of an export in HTML; none of any other page."""
    if b"factiva" not in data[:20_000].lower() and not _IS_EXPORT.search(data, 0, 200_000):
        return []
    if b"articleParagraph" not in data:
        return []
    starts = [tag.start() for tag in _ARTICLE.finditer(data)]
    return [data[start:end] for start, end in pairwise([*starts, len(data)])]


def divide_lines(text: str) -> list[str]:
    """The articles of an export as text, such as is in an RTF; none of any other text."""
    ends = [found.end() for found in _DOCUMENT.finditer(text)]
    return [text[start:end] for start, end in pairwise([0, *ends])]


def parse_factiva(record: Record) -> Iterator[RawArticle]:
    """Parse one article of an export in HTML."""
    tree = parse_tree(decode(record.data))
    rows = [[text_of(cell) for cell in row.query_selector_all("td")] for row in _select(tree, "tr")]
    coded = [row for row in rows if len(row) == 2 and _CODE.fullmatch(row[0])]
    if len(coded) >= _CODED:
        paragraphs = [text_of(p) for p in _select(tree, "p.articleParagraph")]
        fields = {row[0]: row[1] for row in coded}
        yield _of_codes(record, fields, [line for line in paragraphs if line])
        return
    title = next(map(text_of, _select(tree, "#hd, .enHeadline, .frHeadline, h1")), "")
    lines = [
        line
        for block in _select(tree, "div, p")
        if not block.query_selector("div, p") and (line := text_of(block))
    ]
    yield _of_lines(record, lines, title)


def parse_factiva_text(record: Record) -> Iterator[RawArticle]:
    """Parse one article of an export as text."""
    lines = [line for part in decode(record.data).split("\n") if (line := " ".join(part.split()))]
    codes: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        if found := _CODE.match(line):
            code = found[1]
            line = line[found.end() :]
        if code and line:
            codes.setdefault(code, []).append(line)
    if len(codes) >= _CODED and "HD" in codes:
        text = [*codes.pop("LP", []), *codes.pop("TD", [])]
        yield _of_codes(record, {code: " ".join(values) for code, values in codes.items()}, text)
    else:
        yield _of_lines(record, lines)


def _of_codes(record: Record, fields: dict[str, str], lines: list[str]) -> RawArticle:
    if not lines:
        raise Unreadable(_("an article without a text"))
    return make_raw_article(
        record,
        "\n".join(lines),
        {
            "title": fields.get("HD"),
            "source": fields.get("SN"),
            "date": fields.get("PD"),
            "authors": _credit(fields.get("BY", "")),
            "page": fields.get("PG"),
        },
    )


def _of_lines(record: Record, lines: Sequence[str], title: str = "") -> RawArticle:
    """An article whose lines are told by what they look like: they stand in a fixed order."""
    lines = [line for line in lines if not _DOCUMENT.match(line)]
    counted = next((n for n, line in enumerate(lines[:_HEAD]) if _WORDS.fullmatch(line)), None)
    if counted is None:
        raise Unreadable(_("an article without a head"))
    fields: dict[str, object] = {"title": title}
    before = [line for line in lines[:counted] if line != title]
    is_signed = len(before) > (0 if title else 1)
    if is_signed and (_CREDIT.match(before[-1]) or _NAME.fullmatch(before[-1])):
        fields["authors"] = _credit(before.pop())
    # A section may stand above the title.
    fields["title"] = title or (before[-1] if before else "")
    end = counted + 1
    for number in range(end, min(len(lines), counted + _HEAD)):
        line = lines[number]
        if "date" not in fields and _DAY.fullmatch(line):
            fields["date"] = line
        elif "source" not in fields and "date" in fields and not _TIME.fullmatch(line):
            fields["source"] = line
        elif "source" in fields and "page" not in fields and _PAGE.fullmatch(line):
            fields["page"] = line
        elif _LANGUAGE.fullmatch(line) or _RIGHTS.fullmatch(line):
            end = number + 1
    lines = lines[end:]
    if not lines:
        raise Unreadable(_("an article without a text"))
    return make_raw_article(record, "\n".join(lines), fields)


def _credit(line: str) -> str:
    return line if len(line) < 200 else ""


def _select(tree: HTMLTree, selector: str) -> list[Any]:
    return list(tree.body.query_selector_all(selector)) if tree.body else []
