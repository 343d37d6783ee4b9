"""Web pages: the main text, as resiliparse finds it, and what the page says of itself.

Saved pages are pages like others; those that browsers or SingleFile write with all their pictures
are made small first.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from ..language import _
from .decoding import Unreadable, decode, on_one_line
from .lines import is_prose
from .metadata import describe
from .raw import RawArticle, Record, make_raw_article

if TYPE_CHECKING:
    from resiliparse.parse.html import DOMContext, HTMLTree

# What is not the article, wherever it stands in it.
_SKIPPED = [
    *("figure", "figcaption", "aside", "nav", "footer", "form", "button", "time", "dialog"),
    *("[role=complementary]", "[role=navigation]"),
]
_BREAK = re.compile(r"</?(?:p|h[1-6]|[uo]l|li|pre|br)\b[^>]*>|\n")
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_LONGEST_LINK = 200  # characters of a line that is mostly links, to other pages
_MOST_LINKED = 0.5  # of a line of text
_LONGEST_LABEL = 100  # characters; what is longer is a paragraph
_LABEL_WORDS = 3  # « Lire aussi : », « Mis à jour ! »
_SIGNED = re.compile(r"(?:Par|Propos recueillis|Publié|Mis en ligne|Mis à jour) \S")
_TEXT_END = re.compile(r"[.…?!:»”\"')\]]\s*$")
# A page that does not show all of its article may hold it for search engines: then that is taken,
# if it is so much longer.
_FULLER = 1.5
_FEW_CHARACTERS = 500

# What finds the main text takes time that grows with the square of the depth, and the parser
# with that of the attributes of a tag: 20,000 nested elements thirteen seconds, 30,000 attributes
# three. The pages of newspapers have some thousands of elements, thirty deep.
_MOST_ELEMENTS = 50_000
_DEEPEST = 1_000
_LONGEST_TAG = 20_000  # characters, beside those of its values; data: URLs can be long
_START_TAG = re.compile("<[a-zA-Z]")
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{_LONGEST_TAG},}}")
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
# Programs have comparisons in them that look like tags.
_PROGRAM = re.compile(r"<(script|style)\b", re.IGNORECASE)
_PROGRAM_END = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style")}
# Elements that have no end tag, or may do without, do not nest.
_NESTING = re.compile(
    r"<(/?)(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|d[dt]|"
    r"t[dhr]|tbody|option)\b)[a-zA-Z][^<>]*?(/?)>"
)


def parse_html(record: Record) -> Iterator[RawArticle]:
    """Parse a `.html` file."""
    yield read_page(record, decode(record.data))


def read_page(record: Record, page: str, url: str = "") -> RawArticle:
    """The article of a page from this address, if it is known. Raises Unreadable."""
    tree = parse_tree(page)
    data = describe(tree, page)
    lines = _main_lines(tree)
    if len(fuller := data.pop("body", "")) > max(
        _FEW_CHARACTERS, _FULLER * sum(len(line) for line in lines)
    ):
        lines = [line for part in _BREAK.split(fuller) if (line := _plain(part))]
    # Where a page has no article, its menus are taken for one: they have no sentences.
    if not any(is_prose(line) and " " in line for line in lines):
        raise Unreadable(_("no main text in the page"))
    return make_raw_article(record, "\n".join(lines), {**data, "url": data["url"] or url})


def parse_tree(page: str) -> HTMLTree:
    """The elements of a page. Raises Unreadable for what would take long."""
    markup = _without_programs(page)
    if _is_monstrous(markup):
        raise Unreadable(_("too many elements or attributes for a page"))
    from resiliparse.parse.html import HTMLTree  # slow to import

    try:
        tree = HTMLTree.parse(page)
        if _may_be_deep(markup) and _is_deep(tree):
            raise Unreadable(_("too many elements inside each other for a page"))
        return tree
    except Unreadable:
        raise
    except Exception as error:  # whatever broken markup does to a library in C
        raise _broken(error) from None


def text_of(element: Any) -> str:
    """The text of an element, if there is one, on one line."""
    return on_one_line(element.text) if element is not None else ""


def _without_programs(page: str) -> str:
    kept, at = [], 0
    while start := _PROGRAM.search(page, at):
        kept.append(page[at : start.start()])
        end = _PROGRAM_END[start[1].lower()].search(page, start.end())
        at = end.start() if end else len(page)
    return "".join([*kept, page[at:]])


def _is_monstrous(markup: str) -> bool:
    """Whether to find an article in a page would take longer than any article is worth."""
    if sum(1 for _tag in _START_TAG.finditer(markup)) > _MOST_ELEMENTS:
        return True
    tags = (found[0] for found in _LONG_TAG.finditer(markup))
    return any(len(_VALUE.sub("=", tag)) > _LONGEST_TAG for tag in tags)


def _may_be_deep(markup: str) -> bool:
    """Whether to measure the depth of a page; it is wherever it is too deep."""
    steps = (0 if tag[2] else -1 if tag[1] else 1 for tag in _NESTING.finditer(markup))
    return max(accumulate(steps), default=0) > _DEEPEST


def _is_deep(tree: HTMLTree) -> bool:
    """Whether too many elements are inside each other, or are made of those."""
    from resiliparse.parse.html import traverse_dom

    elements = 0

    def look(place: DOMContext) -> None:
        nonlocal elements
        elements += 1
        if place.depth > _DEEPEST or elements > _MOST_ELEMENTS:
            raise _TooDeep

    try:
        # An element's `children` would do, but takes time that grows with the square of their
        # number: 3,000 of them twenty seconds.
        if tree.body:
            traverse_dom(tree.body, look, elements_only=True)
    except _TooDeep:
        return True
    return False


class _TooDeep(Exception):
    """Elements are inside each other as on no page of a newspaper."""


def _main_lines(tree: HTMLTree) -> list[str]:
    """The lines of the article of a page, and of little else."""
    from resiliparse.extract.html2text import extract_plain_text

    try:
        markup = extract_plain_text(
            tree,
            main_content=True,
            preserve_formatting="minimal_html",
            links=True,
            list_bullets=False,
            alt_texts=False,
            comments=False,
            skip_elements=_SKIPPED,
        )
    except Exception as error:
        raise _broken(error) from None
    lines = []
    for part in _BREAK.split(markup):
        text = _plain(part)
        linked = sum(len(_TAG.sub("", link)) for link in _LINK.findall(part))
        if text and (linked <= _MOST_LINKED * len(text) or len(text) >= _LONGEST_LINK):
            lines.append(text)
    return _without_lists(lines)


def _plain(markup: str) -> str:
    # Entities such as &shy; bring back what decoding took out.
    return on_one_line(html.unescape(_TAG.sub("", markup)))


def _without_lists(lines: list[str]) -> list[str]:
    """Keep sentences, the headings between them, and above them who wrote them, when; more labels
    than one are a list of something else."""
    kept: list[str] = []
    labels: list[str] = []
    for line in lines:
        if not _is_text(line):
            labels.append(line)
            continue
        kept += labels if kept and len(labels) == 1 else filter(_SIGNED.match, labels)
        kept.append(line)
        labels = []
    return kept


def _is_text(line: str) -> bool:
    if len(line) > _LONGEST_LABEL:
        return True
    return len(line.split()) > _LABEL_WORDS and bool(_TEXT_END.search(line))


def _broken(error: Exception) -> Unreadable:
    reason = _("HTML that cannot be read ({error})")
    return Unreadable(reason.format(error=type(error).__name__))
