"""Opening a zip archive that may be damaged, encrypted or made to fill the memory."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import BinaryIO
from zipfile import BadZipFile, LargeZipFile, ZipFile

from ..language import _
from .decoding import Unreadable

_MOST_MEMBERS = 200_000
_WORST = (BadZipFile, LargeZipFile, zlib.error, EOFError, ValueError, NotImplementedError, KeyError)


def opened_zip(data: bytes | BinaryIO) -> ZipFile:
    """A zip archive, opened. Raises Unreadable."""
    try:
        archive = ZipFile(BytesIO(data) if isinstance(data, bytes) else data)
    except _WORST:
        raise Unreadable(_("a damaged archive")) from None
    if len(archive.filelist) > _MOST_MEMBERS:
        raise Unreadable(_("too many files in an archive"))
    return archive


def read_member(archive: ZipFile, name: str, largest: int) -> bytes:
    """A file of an archive. Raises Unreadable, also for one larger than `largest`."""
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise Unreadable(_("encrypted"))
    if info.file_size > largest:
        raise Unreadable(_("too large for one article"))
    try:
        with archive.open(info) as member:
            return member.read(largest + 1)  # whatever it says of itself
    except (*_WORST, RuntimeError):
        raise Unreadable(_("a damaged archive")) from None
