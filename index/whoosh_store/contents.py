"""Tables of contents: which segments a commit has. Whoosh's, with a digest at the end.

Whoosh reads a table from its beginning and does not look further. It holds two pickles, of the
schema and of the segments: both are read without anything being run (see `codec.pickles`), and only
what is expected of them is taken over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from struct import error
from typing import Any

from whoosh.codec.base import Segment
from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC

from ..language import _
from . import disk
from .codec import private
from .codec.pickles import Damage, Moved, inert
from .codec.sealed import Seal
from .schema import is_current, schema

_NAME = re.compile(r"_MAIN_(\d{1,9})\.toc")
_SEGMENT_ID = re.compile(r"[0-9a-z]{16}")
_BYTE_ORDER = -12345  # Whoosh's, to see whether numbers are read as they were written
_FORMAT = -111  # of Whoosh's tables
_MARK = b"depeche\n"
_DIGEST = 16  # bytes
_MOST = 1 << 31
"""Documents of a segment, and bytes of a table: there are fewer of both."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents."""

    generation: int
    """The number of the commit."""
    segments: list[Segment]
    current: bool
    """Whether it is of this version; of another one nothing else is read."""
    sealed: bool
    """Whether it has a digest: one that Whoosh itself has written has none."""

    @property
    def documents(self) -> int:
        """How many all segments have, deleted ones included."""
        return sum(segment.doc_count_all() for segment in self.segments)


def generations(names: Collection[str]) -> list[int]:
    """The numbers of the commits among the names of the files in a folder."""
    return sorted(int(found[1]) for found in map(_NAME.fullmatch, names) if found)


def file_of(segment: Segment) -> str:
    """The name of the file of a segment."""
    name: str = segment.make_filename(segment.COMPOUND_EXT)
    return name


def seal_of(segment: Segment) -> Seal | None:
    """The seal of the file of a segment, if it has one. It goes where the segment goes."""
    kept = getattr(segment, "depeche", None)
    return kept and Seal(*kept)


def set_seal(segment: Segment, seal: Seal) -> None:
    """Have the table of contents know the seal of a segment."""
    segment.depeche = tuple(seal)


def write_contents(folder: Path, generation: int, segments: Sequence[Segment]) -> None:
    """Make a commit: see `disk.replace`."""
    storage = RamStorage()
    TOC(schema(), list(segments), generation).write(storage, "MAIN")
    (data,) = storage.files.values()
    disk.replace(folder / f"_MAIN_{generation}.toc", data + _MARK + _digest(data))


def read_contents(folder: Path, generation: int) -> Contents:
    """The table of contents of a commit. Raises OSError and Damage."""
    data = disk.read(folder / f"_MAIN_{generation}.toc")
    end = len(data) - len(_MARK) - _DIGEST
    sealed = data[end:-_DIGEST] == _MARK
    if sealed and data[-_DIGEST:] != _digest(data[:end]):
        raise Damage("the table of contents is not what was written")
    try:
        segments = _read(data, generation)
    except Moved:
        segments = None
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError, error) as e:
        raise Damage(_("no table of contents ({error})").format(error=type(e).__name__)) from e
    return Contents(generation, segments or [], segments is not None, sealed)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()


def _read(data: bytes, generation: int) -> list[Segment] | None:
    """The segments; None for a table of another version."""
    bytes_ = BytesIO(data)
    file = StructFile(bytes_)
    sizes = [file.read_varint() for _ in range(3)]
    if sizes != [4, 8, 4] or (file.read_int(), file.read_int()) != (_BYTE_ORDER, _FORMAT):
        raise Damage("no table of contents")
    for _number in range(3):
        file.read_varint()  # the version of Whoosh
    if not is_current(inert(BytesIO(file.read_string()))):
        return None
    if file.read_int() != generation:
        raise Damage("the table of contents is that of another commit")
    file.read_int()
    return [_segment(found) for found in list(inert(bytes_))]


def _segment(found: Any) -> Segment:
    """The segment that was pickled as `found`, if it can be one."""
    id, documents, deleted, lengths = private.values_of(found)
    right = (
        isinstance(id, str)
        and _SEGMENT_ID.fullmatch(id)
        and _is_number(documents, _MOST)
        and isinstance(deleted, set)
        and all(_is_number(number, documents) for number in deleted)
        and isinstance(lengths, dict)
        and all(isinstance(field, str) for field in lengths)
        and all(_is_number(words, 1 << 62) for words in lengths.values())
    )
    if not right:
        raise Damage("no segment where one should be")
    segment = private.new_segment(id, documents, deleted, dict(lengths))
    if hasattr(found, "depeche"):
        length, checksum = found.depeche
        if not (_is_number(length, 1 << 62) and _is_number(checksum, 1 << 32)):
            raise Damage("no seal where one should be")
        set_seal(segment, Seal(length, checksum))
    return segment


def _is_number(value: object, most: int) -> bool:
    return type(value) is int and 0 <= value < most
