"""Europresse: the HTML that the press database exports, many articles in one file.

Since about 2013 each is an `article` element; before, a cell of a table in which little is marked
but the publication, the date and the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..language import _
from .decoding import Unreadable, decode, on_one_line
from .html import parse_tree, text_of
from .raw import RawArticle, Record, make_raw_article

if TYPE_CHECKING:
    from resiliparse.parse.html import HTMLTree

_PUBLICATION = re.compile(rb"""<span[^>]*class=["']?DocPublicationName""", re.IGNORECASE)
_ARTICLE = re.compile(
    rb"<article\b.*?(?:</article\s*>|(?=<article\b)|\Z)", re.DOTALL | re.IGNORECASE
)

# « La Croix, no. 43018 », « Le Monde.fr (site web) », « Libération - Édition nationale »
_ISSUE = re.compile(
    r",? (?:no|n°)\.? ?\S+.*$|\s*\((?:site web|blogs?|tous les articles)[^)]*\)"
    r"|\s+-\s+(?:site web|édition).*$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{1,2}(?:er)? [^\W\d]+\.? \d{4}|[^\W\d]+ \d{1,2}, \d{4}|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}/\d{1,2}/\d{4}"
)
_PAGE = re.compile(r"\bp\. ?([^\s,]+)")
_END = re.compile(
    r"(?:©|\(c\)|Copyright) ?©? ?\d{4}|Numéro de document|news[·.]\d{8}", re.IGNORECASE
)
_MOST_WORDS_OF_AUTHORS = 12
_TITLES = (".rdp__articletitle", ".titreArticleVisu", ".TitreArticleVisu", ".titreArticle")
_BODIES = (".docOcurrContainer", ".DocText", "section")
_BLOCKS = "p, h2, h3, h4, li, blockquote"


def divide_europresse(data: bytes) -> list[bytes]:
    """The articles of an export; none of any other page."""
    if not _PUBLICATION.search(data):
        return []
    found = [part[0] for part in _ARTICLE.finditer(data) if _PUBLICATION.search(part[0])]
    return found or _cells(data)


def _cells(data: bytes) -> list[bytes]:
    """The articles of an old export: from the cell with one publication to that with the next."""
    starts: list[int] = []
    for name in _PUBLICATION.finditer(data):
        start = max(data.rfind(b"<td", 0, name.start()), data.rfind(b"<TD", 0, name.start()), 0)
        if not starts or start > starts[-1]:
            starts.append(start)
    return [data[start:end] for start, end in pairwise([*starts, len(data)])]


def parse_europresse(record: Record) -> Iterator[RawArticle]:
    """Parse one article of an export."""
    tree = parse_tree(decode(record.data))
    header = text_of(_first(tree, ".DocHeader")) or text_of(_first(tree, "header"))
    title = next(filter(None, (text_of(_first(tree, mark)) for mark in _TITLES)), "")
    lines, authors = _modern(tree) if _first(tree, "article") else _old(tree, title)
    if not lines:
        raise Unreadable(_("an article without a text"))
    date, page = _DATE.search(header), _PAGE.search(header)
    fields = {
        "title": title,
        "source": _ISSUE.sub("", text_of(_first(tree, ".DocPublicationName"))).strip(" ,"),
        "date": date[0] if date else "",
        "authors": _people(authors),
        "page": page[1] if page else "",
    }
    yield make_raw_article(record, "\n".join(lines), fields)


def _modern(tree: HTMLTree) -> tuple[list[str], str]:
    """The paragraphs of an `article` element, and its authors."""
    body = next(filter(None, (_first(tree, mark) for mark in _BODIES)), None)
    if body is None:
        return [], ""
    blocks = [block for block in body.query_selector_all(_BLOCKS) if not block.query_selector("p")]
    lines = [line for block in blocks if (line := text_of(block))]
    standfirst = text_of(_first(tree, ".rdp__subtitle"))
    authors = text_of(_first(tree, ".docAuthors")) or text_of(
        _first(tree, "header .sm-margin-bottomNews")
    )
    if len(authors.split()) > _MOST_WORDS_OF_AUTHORS:
        lines, authors = [authors, *lines], ""  # a standfirst stands there, too
    lines = lines or _split(body)
    return ([standfirst, *lines] if standfirst else lines), authors


def _old(tree: HTMLTree, title: str) -> tuple[list[str], str]:
    """What follows the title of an article in a table, and its authors, the first short line."""
    if tree.body is None:
        return [], ""
    lines = _split(tree.body)
    after = next((number for number, line in enumerate(lines) if line == title), -1)
    lines = lines[after + 1 :]
    # The rights and the number of the document end it, in its last lines.
    end = next((number for number, line in enumerate(lines) if _END.match(line)), len(lines))
    lines = lines[:end]
    first = lines[0] if lines else ""
    if (
        len(lines) > 1
        and 0 < len(first.split()) <= _MOST_WORDS_OF_AUTHORS
        and first[-1] not in ".!?…"
    ):
        return lines[1:], first
    return lines, ""


def _people(authors: str) -> list[str]:
    """« DURAND, Anne ; MARTIN, Paul » are Anne Durand and Paul Martin."""
    people = []
    for person in authors.split(";"):
        name, _comma, first = map(str.strip, person.partition(","))
        is_turned = first and (";" in authors or name.isupper())
        name = name.title() if name.isupper() and is_turned else name
        people.append(f"{first} {name}" if is_turned else person)
    return people


def _split(element: Any) -> list[str]:
    """The lines of an element that has no paragraphs."""
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(element.html, preserve_formatting=True, list_bullets=False)
    return [line for part in text.split("\n") if (line := on_one_line(part))]


def _first(tree: HTMLTree, selector: str) -> Any:
    return tree.document.query_selector(selector) if tree.document else None
