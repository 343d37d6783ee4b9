"""Documents of word processors: `.docx` and `.odt`, which are XML in a zip archive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from zipfile import ZipFile

from ..language import _
from .decoding import Unreadable, normalise
from .opened import opened_zip, read_member
from .raw import RawArticle, Record, make_raw_article

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LARGEST_XML = 16_000_000  # bytes; a tree takes ten times that
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_TITLE_STYLES = ("title", "titre", "heading1", "titre1")
# What is in a text and not of it: what was deleted, notes in the margin.
_NOT_TEXT = {
    f"{_WORD}del",
    f"{_WORD}moveFrom",
    f"{_TEXT}tracked-changes",
    f"{_OFFICE}annotation",
    f"{_TEXT}note",
    f"{_OFFICE}forms",
}


def parse_docx(record: Record) -> Iterator[RawArticle]:
    """Parse a `.docx` file."""
    with opened_zip(record.data) as archive:
        body = _xml(archive, "word/document.xml")
        said = _xml(archive, "docProps/core.xml", needed=False)
    paragraphs, title = [], ""
    for paragraph in _outermost(body, (f"{_WORD}p",)):
        text = _joined(paragraph, _word_text)
        style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        name = style.get(f"{_WORD}val", "") if style is not None else ""
        if not title and name.lower().replace(" ", "") in _TITLE_STYLES:
            title = text
        paragraphs.append(text)
    yield _article(record, paragraphs, title, said)


def parse_odt(record: Record) -> Iterator[RawArticle]:
    """Parse an `.odt` file."""
    with opened_zip(record.data) as archive:
        if "META-INF/manifest.xml" in archive.namelist():
            listed = read_member(archive, "META-INF/manifest.xml", _LARGEST_XML)
            if b"encryption-data" in listed:
                raise Unreadable(_("encrypted"))
        body = _xml(archive, "content.xml")
        said = _xml(archive, "meta.xml", needed=False)
    paragraphs, title = [], ""
    for paragraph in _outermost(body, (f"{_TEXT}p", f"{_TEXT}h")):
        text = _joined(paragraph, _odt_text)
        style = paragraph.get(f"{_TEXT}style-name", "").lower()
        if not title and (paragraph.tag == f"{_TEXT}h" or style in _TITLE_STYLES):
            title = text
        paragraphs.append(text)
    yield _article(record, paragraphs, title, said)


def _article(record: Record, paragraphs: list[str], title: str, said: Element | None) -> RawArticle:
    text = "\n".join(paragraphs)
    if not text.strip():
        raise Unreadable(_("a document without text"))
    fields = {"title": title}
    for element in said.iter() if said is not None else ():
        if element.tag == f"{_DUBLIN}title" and element.text and not title:
            fields["title"] = element.text
    return make_raw_article(record, text, fields)


def _xml(archive: ZipFile, name: str, needed: bool = True) -> Element | None:
    from xml.etree.ElementTree import ParseError, fromstring

    if name not in archive.namelist():
        if needed:
            raise Unreadable(_("not a document of this kind, or an encrypted one"))
        return None
    data = read_member(archive, name, _LARGEST_XML)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:  # entities can grow without end
        raise Unreadable(_("a document with definitions of its own"))
    try:
        return fromstring(data)
    except ParseError:
        raise Unreadable(_("a damaged document")) from None


def _outermost(root: Element | None, tags: tuple[str, ...]) -> Iterator[Element]:
    """The elements with these tags that are not inside another, nor in what is not text."""
    waiting = [root] if root is not None else []
    while waiting:
        element = waiting.pop()
        if element.tag in tags:
            yield element
        elif element.tag not in _NOT_TEXT:
            waiting += reversed(element)


def _joined(paragraph: Element, text_of: object) -> str:
    parts: list[str] = []
    waiting: list[Element | str] = [paragraph]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            parts.append(item)
        elif item.tag not in _NOT_TEXT:
            before, after = text_of(item)  # type: ignore[operator]
            parts.append(before)
            for child in reversed(item):
                waiting += [after(child), child]
    return normalise(" ".join("".join(parts).split()))


def _word_text(element: Element) -> tuple[str, object]:
    if element.tag == f"{_WORD}t":
        return element.text or "", lambda _child: ""
    return (" " if element.tag in (f"{_WORD}tab", f"{_WORD}br") else ""), lambda _child: ""


def _odt_text(element: Element) -> tuple[str, object]:
    blank = element.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break")
    return (" " if blank else "") + (element.text or ""), lambda child: child.tail or ""
