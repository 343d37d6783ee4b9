"""The file formats articles come in: one module each, from a record to a `RawArticle`.

A new format is a module here and a line of `FORMATS`; nothing else knows the names of files. One
that has many articles in a file also says how it divides (`pieces`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO, NamedTuple

from ..article import Problem
from ..language import _
from .decoding import Unreadable
from .epub import parse_epub, split_epub
from .europresse import divide_europresse, parse_europresse
from .factiva import divide_factiva, parse_factiva, parse_factiva_text
from .feed import parse_entry, split_feed
from .html import parse_html
from .jsonl import parse_json
from .mail import LARGEST_MESSAGE, parse_mail, parse_mhtml, split_mbox
from .office import LARGEST_DOCUMENT, parse_docx, parse_odt
from .pdf import LARGEST_PDF, parse_pdf
from .pieces import LONGEST_ARTICLE, Piece, Split, split_lines, whole
from .raw import RawArticle, Record
from .rtf import LARGEST_RTF, parse_rtf, split_rtf
from .saved import EXPORTS, LARGEST_PAGE, split_page
from .table import parse_row, split_table
from .text import parse_markdown, parse_text
from .warc import parse_capture, split_wacz, split_warc
from .zipped import parse_member, split_zip

__all__ = [
    "FORMATS",
    "LONGEST_TEXT",
    "SUFFIXES",
    "RawArticle",
    "Record",
    "Unreadable",
    "has_many",
    "needs_process",
    "parse",
    "record_of",
    "split",
]

LONGEST_TEXT = 2_000_000
"""Characters of an article: four novels. The rest is left out, or a dump would take the memory of
everything that reads the article."""


class Format(NamedTuple):
    """How the files of one suffix are read."""

    parse: Callable[[Record], Iterator[RawArticle | Problem]]
    """The article of a record, and what is wrong with it; raises Unreadable."""
    split: Split | None = None
    """How a file divides into its articles; None when it is one."""
    largest: int = LONGEST_ARTICLE
    """Bytes of an article."""
    can_be_cut: bool = False
    """Whether the beginning of a record that is too large is one, too."""
    needs_process: bool = False
    """Whether it is read by a library that nothing can interrupt, and which bad input may crash."""


FORMATS = {
    ".txt": Format(parse_text, can_be_cut=True),
    ".md": Format(parse_markdown, can_be_cut=True),
    ".html": Format(parse_html, split_page, needs_process=True),
    ".htm": Format(parse_html, split_page, needs_process=True),
    ".mht": Format(parse_mhtml, largest=LARGEST_PAGE, needs_process=True),
    ".mhtml": Format(parse_mhtml, largest=LARGEST_PAGE, needs_process=True),
    ".jsonl": Format(parse_json, split_lines),
    ".csv": Format(parse_row, split_table, 2 * LONGEST_ARTICLE),
    ".tsv": Format(parse_row, split_table, 2 * LONGEST_ARTICLE),
    ".pdf": Format(parse_pdf, largest=LARGEST_PDF, needs_process=True),
    ".docx": Format(parse_docx, largest=LARGEST_DOCUMENT, needs_process=True),
    ".odt": Format(parse_odt, largest=LARGEST_DOCUMENT, needs_process=True),
    ".rtf": Format(parse_rtf, split_rtf, LARGEST_RTF, needs_process=True),
    ".epub": Format(parse_epub, split_epub, needs_process=True),
    ".eml": Format(parse_mail, largest=LARGEST_MESSAGE, needs_process=True),
    ".mbox": Format(parse_mail, split_mbox, LARGEST_MESSAGE, needs_process=True),
    ".rss": Format(parse_entry, split_feed, needs_process=True),
    ".atom": Format(parse_entry, split_feed, needs_process=True),
    ".xml": Format(parse_entry, split_feed, needs_process=True),
    ".warc": Format(parse_capture, split_warc, needs_process=True),
    ".warc.gz": Format(parse_capture, split_warc, needs_process=True),
    ".wacz": Format(parse_capture, split_wacz, needs_process=True),
    ".zip": Format(parse_member, split_zip, needs_process=True),
}

SUFFIXES = tuple(FORMATS)
"""Of the files that are read; their case does not matter."""

_EXPORTED = {
    "europresse": Format(parse_europresse, needs_process=True),
    "factiva": Format(parse_factiva, needs_process=True),
    "factiva text": Format(parse_factiva_text),
}
"""What press databases export, in files with the suffixes of others."""

EXPORTS.update({"europresse": divide_europresse, "factiva": divide_factiva})


def has_many(path: str) -> bool:
    """Whether such a file may hold many articles."""
    return format_of(path).split is not None


def needs_process(path: str) -> bool:
    """Whether such a file is to be read in a process that may come to harm."""
    return format_of(path).needs_process


def split(path: str, stream: BinaryIO, start: int = 0, number: int = 1) -> Iterator[Piece]:
    """The pieces of a file from a `start` on (see `pieces`). Raises OSError and Unreadable."""
    format = format_of(path)
    return (format.split or whole(format.largest))(stream, start, number)


def record_of(id: str, path: str, piece: Piece) -> Record | Problem:
    """A piece of the file with this id as a record, or what is wrong with it."""
    name = piece.name or (str(piece.number) if piece.number else "")
    kind = piece.kind or suffix_of(path) or ""
    record = Record(f"{id}#{name}" if name else id, path, piece.number, piece.data, kind, name)
    if piece.problem:
        return record.problem(piece.problem)
    largest = _of_kind(kind).largest
    if len(piece.data) <= largest:
        return record
    if _of_kind(kind).can_be_cut:
        return replace(record, data=piece.data[:largest], cut=True)
    return record.problem(_("too large for one article"))


def parse(record: Record) -> Iterator[RawArticle | Problem]:
    """Take the article from a record; what cannot be read is reported, never raised."""
    try:
        for item in _of_kind(record.kind).parse(record):
            if isinstance(item, RawArticle) and (record.cut or len(item.text) > LONGEST_TEXT):
                item = replace(item, text=_beginning(item.text))
                reason = _("only its first {characters} characters are kept")
                yield record.problem(reason.format(characters=f"{len(item.text):,}"), skipped=False)
            yield item
    except Unreadable as error:
        yield record.problem(error.reason)
    except MemoryError:
        raise
    except Exception as error:
        if not _of_kind(record.kind).needs_process:
            raise
        # Whatever damaged files do to the libraries that read them.
        yield record.problem(_("cannot be read ({error})").format(error=type(error).__name__))


def _beginning(text: str) -> str:
    """As much of a text as one article may have, to the end of a word."""
    end = max(text.rfind(space, LONGEST_TEXT - 1_000, LONGEST_TEXT + 1) for space in " \n")
    return text[: LONGEST_TEXT if end < 0 else end]


def format_of(path: str) -> Format:
    """How a file of this name is read, which is one that is."""
    return FORMATS[suffix_of(path) or ""]


def _of_kind(kind: str) -> Format:
    return FORMATS.get(kind) or _EXPORTED[kind]


def suffix_of(path: str) -> str | None:
    """The suffix of a file that is read: the longest of `FORMATS` that its name ends with."""
    name = path.lower()
    found = [suffix for suffix in FORMATS if name.endswith(suffix)]
    return max(found, key=len, default=None)
