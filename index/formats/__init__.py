"""The file formats articles come in: one module each, from a record to a `RawArticle`.

A new format is a module here and a line of `FORMATS`; nothing else knows the names of files. One
that has many articles in a file also says how it divides (`pieces`). A search knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any, BinaryIO, NamedTuple, cast

from ..article import Problem
from ..language import _
from .decoding import Unreadable
from .pieces import LONGEST_ARTICLE, Piece, Split, whole
from .raw import RawArticle, Record

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

    parse: str
    """The function, `module.name` in this room, that makes an article of a record: raises
    Unreadable. A module is imported when there is a file for it."""
    split: str = ""
    """The function that divides a file into its articles (see `pieces`); empty when it is one."""
    largest: int = LONGEST_ARTICLE
    """Bytes of an article."""
    can_be_cut: bool = False
    """Whether the beginning of a record that is too large is one, too."""
    needs_process: bool = False
    """Whether it is read by a library that nothing can interrupt, and which bad input may crash."""


_MB = 1_000_000  # where most of a file is pictures, it may be larger than any article

FORMATS = {
    ".txt": Format("text.parse_text", can_be_cut=True),
    ".md": Format("text.parse_markdown", can_be_cut=True),
    ".html": Format("html.parse_html", "saved.split_page", needs_process=True),
    ".htm": Format("html.parse_html", "saved.split_page", needs_process=True),
    ".mht": Format("mail.parse_mhtml", largest=64 * _MB, needs_process=True),
    ".mhtml": Format("mail.parse_mhtml", largest=64 * _MB, needs_process=True),
    ".jsonl": Format("jsonl.parse_json", "pieces.split_lines"),
    ".csv": Format("table.parse_row", "table.split_table"),
    ".tsv": Format("table.parse_row", "table.split_table"),
    ".pdf": Format("pdf.parse_pdf", largest=128 * _MB, needs_process=True),
    ".docx": Format("office.parse_docx", largest=64 * _MB, needs_process=True),
    ".odt": Format("office.parse_odt", largest=64 * _MB, needs_process=True),
    ".rtf": Format("rtf.parse_rtf", "rtf.split_rtf", largest=32 * _MB, needs_process=True),
    ".epub": Format("epub.parse_epub", "epub.split_epub", needs_process=True),
    ".eml": Format("mail.parse_mail", largest=32 * _MB, needs_process=True),
    ".mbox": Format("mail.parse_mail", "mail.split_mbox", 32 * _MB, needs_process=True),
    ".rss": Format("feed.parse_entry", "feed.split_feed", needs_process=True),
    ".atom": Format("feed.parse_entry", "feed.split_feed", needs_process=True),
    ".xml": Format("feed.parse_entry", "feed.split_feed", needs_process=True),
    ".warc": Format("warc.parse_capture", "warc.split_warc", needs_process=True),
    ".warc.gz": Format("warc.parse_capture", "warc.split_warc", needs_process=True),
    ".wacz": Format("warc.parse_capture", "warc.split_wacz", needs_process=True),
    ".zip": Format("zipped.parse_member", "zipped.split_zip", needs_process=True),
}

SUFFIXES = tuple(FORMATS)
"""Of the files that are read; their case does not matter."""

_EXPORTED = {
    "europresse": Format("europresse.parse_europresse", needs_process=True),
    "factiva": Format("factiva.parse_factiva", needs_process=True),
    "factiva text": Format("factiva.parse_factiva_text"),
}
"""What press databases export, in files with the suffixes of others."""


def has_many(path: str) -> bool:
    """Whether such a file may hold many articles."""
    return bool(format_of(path).split)


def needs_process(path: str) -> bool:
    """Whether such a file is to be read in a process that may come to harm."""
    return format_of(path).needs_process


def split(path: str, stream: BinaryIO, start: int = 0, number: int = 1) -> Iterator[Piece]:
    """The pieces of a file from a `start` on (see `pieces`). Raises OSError and Unreadable."""
    format = format_of(path)
    divide: Split = _function(format.split) if format.split else whole(format.largest)
    return divide(stream, start, number)


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
        for item in _function(_of_kind(record.kind).parse)(record):
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


@cache
def _function(name: str) -> Callable[..., Any]:
    module, _dot, function = name.partition(".")
    return cast(Callable[..., Any], getattr(import_module(f".{module}", __name__), function))


def suffix_of(path: str) -> str | None:
    """The suffix of a file that is read: the longest of `FORMATS` that its name ends with."""
    name = path.lower()
    found = [suffix for suffix in FORMATS if name.endswith(suffix)]
    return max(found, key=len, default=None)
