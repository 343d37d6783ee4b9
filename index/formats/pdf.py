"""PDF, as pdfium reads it: the lines of its pages, joined to paragraphs again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..article import Problem
from ..language import _
from .decoding import Unreadable, normalise, on_one_line
from .lines import is_prose
from .raw import RawArticle, Record, make_raw_article

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_MOST_PAGES = 500
_FEWEST_LETTERS = 40  # of a document that is not just pictures
_MADE_BY_A_PROGRAM = re.compile(
    r"(?:microsoft word|untitled|sans (?:titre|nom)|document\d*$|about:blank"
    r"|.*\.(?:docx?|odt|indd|qxd|rtf|pdf|html?)$)",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"(?:page |p\. ?)?\d{1,4}(?: ?(?:/|sur|of) ?\d{1,4})?", re.IGNORECASE)
_CREATED = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
_SENTENCE_END = re.compile(r"[.!?…:][\s»”\"')\]]*$")
_LOOKED_AT = 4_000  # characters of the first page, for the largest letters
_LONGEST_TITLE = 250
_LARGER = 1.25  # than the most common letters, are those of a title
# The ways in which a hyphen at the end of a line is written: pdfium marks some of them, and goes on
# in the same line.
_PARTED = re.compile("[\ufffe\x02]\\s*|[\xad\u2010\u2011-]\\s*?\r?\n")
# How a line begins that does not go on with the one before.
_SIGNED = re.compile(r"(?:Par [A-ZÀ-Þ]|Publié|Mis à jour|Mis en ligne|Propos recueillis)")
# Words that keep their hyphen when a line ends with it.
_COMPOUND = re.compile(
    r"(?:^|\W)(?:après|arrière|avant|celles?|celui|ceux|contre|demi|est|ex|franco|non|nord|ouest"
    r"|outre|peut|quasi|quatre|rendez|saint|sainte|semi|sud|vice|vingt|vis|\w)-$",
    re.IGNORECASE,
)
_MOST_OF_A_LINE = 0.8  # of the width of a column: a shorter line ends a paragraph
_HEADING = 0.6  # of it; a shorter line without a full stop stands alone


def parse_pdf(record: Record) -> Iterator[RawArticle | Problem]:
    """Parse a `.pdf` file."""
    import pypdfium2  # an extension, only when there is a PDF

    try:
        document = pypdfium2.PdfDocument(record.data)
    except pypdfium2.PdfiumError as error:
        encrypted = "password" in str(error).lower()
        raise Unreadable(
            _("encrypted") if encrypted else _("not a PDF, or a damaged one")
        ) from None
    with document:
        pages = [_lines(document, number) for number in range(min(len(document), _MOST_PAGES))]
        if sum(len(line) for page in pages for line in page) < _FEWEST_LETTERS:
            raise Unreadable(_("a PDF without text: scanned pages need OCR first"))
        if len(document) > _MOST_PAGES:
            reason = _("only its first {pages} pages are read")
            yield record.problem(reason.format(pages=_MOST_PAGES), skipped=False)
        said = document.get_metadata_dict(skip_empty=True)
        title = on_one_line(said.get("Title", ""))
        if not title or _MADE_BY_A_PROGRAM.match(title):
            title = _largest_line(document)
    lines = [line for page in _without_furniture(pages) for line in _paragraphs(page, title)]
    created = _CREATED.match(said.get("CreationDate", ""))
    made = "-".join(created.groups()) if created else ""
    yield make_raw_article(record, "\n".join(lines), {"title": title, "made": made})


def _lines(document: PdfDocument, number: int) -> list[str]:
    """The lines of a page, but those that only say where the text goes on."""
    page = document[number]
    try:
        text = page.get_textpage().get_text_range()
    finally:
        page.close()
    lines = normalise(_PARTED.sub("-\n", text)).split("\n")
    return [stripped for line in lines if (stripped := line.strip())]


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Pages without their numbers, and without the lines that stand at the head or foot of many."""
    margins = Counter(line for page in pages for line in {*page[:2], *page[-2:]})
    often = {line for line, times in margins.items() if times > 2 and 2 * times > len(pages)}
    return [
        [
            line
            for at, line in enumerate(page)
            if not (at < 2 or at >= len(page) - 2)
            or not ((line in often and not is_prose(line)) or _PAGE_NUMBER.fullmatch(line))
        ]
        for page in pages
    ]


def _paragraphs(lines: list[str], title: str) -> Iterator[str]:
    """Join the lines of a page to paragraphs: one ends with a short line, or is the title."""
    widths = sorted(len(line) for line in lines)
    width = widths[int(len(widths) * 0.75)] if widths else 0
    paragraph = ""
    for line in lines:
        ends = bool(_SENTENCE_END.search(line))
        if not paragraph and len(line) < _HEADING * width and not ends and line[-1] != "-":
            yield line
            continue
        if paragraph and _SIGNED.match(line):
            yield paragraph
            paragraph = ""
        paragraph = _joined(paragraph, line)
        signed = _SIGNED.match(paragraph) and len(line) < _MOST_OF_A_LINE * width
        if paragraph == title or signed or (len(line) < _MOST_OF_A_LINE * width and ends):
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _joined(text: str, line: str) -> str:
    """Text and the next line of it; a word that is parted is put together."""
    if not (text.endswith("-") and len(text) > 1 and text[-2].isalpha()):
        return f"{text} {line}" if text else line
    is_compound = not line[0].islower() or _COMPOUND.search(text)
    return text + line if is_compound else text[:-1] + line


def _largest_line(document: PdfDocument) -> str:
    """The text on the first page in the largest letters, if they are larger than the others."""
    import pypdfium2.raw as pdfium

    text = document[0].get_textpage()
    count = min(text.count_chars(), _LOOKED_AT)
    sizes = [round(pdfium.FPDFText_GetFontSize(text, at), 1) for at in range(count)]
    if not sizes:
        return ""
    (usual, _times), largest = Counter(sizes).most_common(1)[0], max(sizes)
    if largest < _LARGER * usual:
        return ""
    start = sizes.index(largest)
    shown = text.get_text_range(0, count)
    blank = [at >= len(shown) or shown[at].isspace() for at in range(count)]
    end = next((at for at in range(start, count) if sizes[at] != largest and not blank[at]), count)
    title = ""
    for line in normalise(_PARTED.sub("-\n", shown[start:end])).split("\n"):
        title = _joined(title, line.strip()) if line.strip() else title
    return title if len(title) <= _LONGEST_TITLE else ""
