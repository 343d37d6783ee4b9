"""Web pages: main text and metadata, as trafilatura finds them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .decoding import Unreadable, decode, normalise
from .lines import is_prose, split_lines
from .raw import RawArticle, Record, make_raw_article

if TYPE_CHECKING:
    from trafilatura.settings import Document

_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*>", re.IGNORECASE)
# Only a date the page declares: the extensive search takes any date in the text for it.
_DATE_SEARCH = {"original_date": True, "extensive_search": False}


# What finds the main text takes time that grows with the square of the elements, and the parser
# with that of the attributes of a tag: 50,000 empty paragraphs nine seconds, 30,000 attributes
# seven. The pages of newspapers have some thousands of elements.
_MOST_ELEMENTS = 50_000
_LONGEST_TAG = 20_000  # characters, beside those of its values; data: URLs can be long
_START_TAG = re.compile("<[a-zA-Z]")
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{_LONGEST_TAG},}}")
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")


def parse_html(record: Record) -> Iterator[RawArticle]:
    """Parse a `.html` file."""
    html = decode(record.data)
    if _is_monstrous(html):
        raise Unreadable("too many elements or attributes for a page")
    page = _extract(html)
    # Entities such as &shy; bring back what decoding took out.
    text = normalise(page.text or "") if page else ""
    # Where a page has no article, trafilatura takes its menus for one: they have no sentences.
    if page is None or not any(map(is_prose, split_lines(text))):
        raise Unreadable("no main text in the page")
    fields = {
        "title": page.title,
        "source": page.sitename or page.hostname,
        "date": page.date,
        "authors": page.author,
        "url": page.url,
    }
    yield make_raw_article(record, text, fields)


def _is_monstrous(html: str) -> bool:
    """Whether to find an article in a page would take longer than any article is worth."""
    if sum(1 for _ in _START_TAG.finditer(html)) > _MOST_ELEMENTS:
        return True
    tags = (found[0] for found in _LONG_TAG.finditer(html))
    return any(len(_VALUE.sub("=", tag)) > _LONGEST_TAG for tag in tags)


def _extract(html: str) -> Document | None:
    try:
        from trafilatura import bare_extraction  # an extra, and slow to import
    except ImportError:
        raise Unreadable("HTML needs the extra: pip install 'depeche[html]'") from None

    # The same complaints come back as Problems; by default they would be printed as well.
    for library in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    # lxml refuses text that declares an encoding: it has been decoded already.
    html = _XML_DECLARATION.sub("", html, count=1)
    try:
        page = bare_extraction(
            html, with_metadata=True, include_comments=False, date_extraction_params=_DATE_SEARCH
        )
    except Exception as error:  # whatever broken markup does to three libraries and lxml
        raise Unreadable(f"HTML that cannot be read ({type(error).__name__})") from None
    return None if isinstance(page, dict) else page
