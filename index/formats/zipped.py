"""Zip archives of articles: they are read like folders."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from ..article import Problem
from ..language import _
from . import FORMATS, split, suffix_of
from .decoding import Unreadable
from .opened import opened_zip, read_member
from .pieces import Piece
from .raw import RawArticle, Record

_ARCHIVES = (".zip", ".wacz")  # one in another is not read: there might be no end to it

# Text shrinks to a fifth, pages to a tenth.
_WORST_RATIO = 50
_ANYWAY = 50_000_000  # bytes that an archive may unpack to in any case
_LARGEST_OF_MANY = 64_000_000  # bytes of a file in an archive that has many articles itself


def split_zip(stream: BinaryIO, start: int = 0, number: int = 1) -> Iterator[Piece]:
    """A piece for each article in each of the files of an archive, in the order of their names."""
    with opened_zip(stream) as archive:
        packed = sum(info.compress_size for info in archive.infolist())
        unpacked = sum(info.file_size for info in archive.infolist())
        if unpacked > max(_ANYWAY, _WORST_RATIO * packed):
            raise Unreadable(_("an archive that unpacks to too much"))
        names = sorted(name for name in archive.namelist() if _is_visible(name))
        for place, name in enumerate(names[start:], start):
            kind = suffix_of(name)
            if kind is None:
                continue
            format = FORMATS[kind]
            begins: int | None = place
            try:
                if kind in _ARCHIVES:
                    raise Unreadable(_("an archive in an archive is not read"))
                largest = _LARGEST_OF_MANY if format.split else format.largest
                data = read_member(archive, name, largest)
                for piece in split(name, BytesIO(data)):
                    own = piece.name or (str(piece.number) if piece.number else "")
                    full = f"{name}#{own}" if own else name
                    yield Piece(number, piece.data, begins, full, piece.kind or kind, piece.problem)
                    number, begins = number + 1, None
            except Unreadable as error:
                yield Piece(number, b"", begins, name, kind, error.reason)
                number += 1


def _is_visible(name: str) -> bool:
    parts = name.split("/")
    return bool(parts[-1]) and not any(part.startswith((".", "__MACOSX")) for part in parts)


def parse_member(record: Record) -> Iterator[RawArticle | Problem]:
    """Nothing: what is in an archive has a format of its own."""
    raise Unreadable(_("not an article"))
