"""EPUB: a book or an issue of a newspaper, with an article in each of its documents."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import unquote
from zipfile import ZipFile

from ..language import _
from .decoding import Unreadable, decode, on_one_line
from .html import parse_tree
from .opened import opened_zip, read_member
from .pieces import LONGEST_ARTICLE, Piece, split_head, with_head
from .raw import RawArticle, Record, make_raw_article

if TYPE_CHECKING:
    from resiliparse.parse.html import HTMLTree

_TAG = re.compile(rb"<[^>]*>|\s+")
_FEWEST_BYTES = 200  # of text in a document that is not a cover, a title page or a list
_MOST_DOCUMENTS = 5_000
_SAID = ("title", "creator", "date", "publisher")
_FETCHED = "calibre"
_BLOCKS = "p, h1, h2, h3, h4, li, blockquote, pre"


def split_epub(stream: BinaryIO, start: int = 0, number: int = 1) -> Iterator[Piece]:
    """A piece for each document of a book, in their order, with what the book says of itself."""
    with opened_zip(stream) as archive:
        said, documents = _contents(archive)
        for name in documents[:_MOST_DOCUMENTS]:
            try:
                data = read_member(archive, name, LONGEST_ARTICLE)
            except Unreadable as error:
                yield Piece(number, b"", name=name, problem=error.reason)
            else:
                if len(_TAG.sub(b"", data.partition(b"<body")[2])) < _FEWEST_BYTES:
                    continue
                yield Piece(number, with_head(said, data), name=name)
            number += 1


def _contents(archive: ZipFile) -> tuple[dict[str, str], list[str]]:
    """What a book says of itself, and the names of its documents."""
    names = set(archive.namelist())
    if "META-INF/encryption.xml" in names and "META-INF/rights.xml" in names:
        raise Unreadable(_("encrypted"))
    if "META-INF/container.xml" not in names:
        raise Unreadable(_("not a book"))
    container = _tree(archive, "META-INF/container.xml")
    package = next(iter(_attributes(container, "rootfile", "full-path")), "")
    if package not in names:
        raise Unreadable(_("not a book"))
    book = _tree(archive, package)
    said = {name: _first_text(book, f"dc:{name}") for name in _SAID}
    items = {item.getattr("id"): item.getattr("href") for item in _elements(book, "item")}
    order = [items.get(id) for id in _attributes(book, "itemref", "idref")]
    folder = posixpath.dirname(package)
    found = [posixpath.normpath(posixpath.join(folder, unquote(href))) for href in order if href]
    return said, [name for name in dict.fromkeys(found) if name in names]


def _tree(archive: ZipFile, name: str) -> HTMLTree:
    # Parsed as a page: that knows no entities that could grow, and forgives.
    text = decode(read_member(archive, name, LONGEST_ARTICLE))
    return parse_tree(re.sub(r"<([\w:]+)([^<>]*)/>", r"<\1\2></\1>", text))


def _elements(tree: HTMLTree, name: str) -> list[Any]:
    selector = name.replace(":", r"\:")
    return list(tree.document.query_selector_all(selector)) if tree.document else []


def _attributes(tree: HTMLTree, name: str, attribute: str) -> list[str]:
    return [value for e in _elements(tree, name) if (value := e.getattr(attribute))]


def _first_text(tree: HTMLTree, name: str) -> str:
    return next((text for e in _elements(tree, name) if (text := " ".join(e.text.split()))), "")


def _source(said: dict[str, str]) -> str:
    """The publisher; of an issue that Calibre has fetched, « Le Monde [mer., 24 avril 2024] », what
    it fetched."""
    if said["publisher"].lower() != _FETCHED:
        return said["publisher"]
    return said["title"].partition(" [")[0]


def parse_epub(record: Record) -> Iterator[RawArticle]:
    """Parse one document of a book."""
    said, data = split_head(record.data)
    tree = parse_tree(decode(data))
    if tree.body is None:
        raise Unreadable(_("a document without text"))
    blocks = [b for b in tree.body.query_selector_all(_BLOCKS) if not b.query_selector("p, li")]
    lines = [line for block in blocks if (line := on_one_line(block.text or ""))]
    if not lines:
        raise Unreadable(_("a document without text"))
    headings = tree.body.query_selector_all("h1, h2, h3")
    title = next((t for h in headings if (t := " ".join((h.text or "").split()))), tree.title)
    yield make_raw_article(
        record,
        "\n".join(lines),
        {
            "title": title or said["title"],
            "source": _source(said),
            "date": said["date"],
            "authors": said["creator"] if said["creator"].lower() != _FETCHED else "",
        },
    )
