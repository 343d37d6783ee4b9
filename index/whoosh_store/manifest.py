"""The manifest: which files a commit was made from, and what they were like then.

A file of its own beside each table of contents. JSON, so that it can be looked at; after it a line
with its digest.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path

from ..intake.known import FileRecord, Manifest
from ..language import _
from . import disk
from .codec.pickles import Damage


def read_manifest(folder: Path, generation: int) -> dict[str, FileRecord]:
    """The files of a commit. Raises OSError and Damage."""
    text, _end, digest = disk.read(folder / _name(generation)).rpartition(b"\n")
    if digest.decode("latin-1") != _digest(text):
        raise Damage(_("{name} is not what was written").format(name=_name(generation)))
    return {path: FileRecord(*row) for path, row in json.loads(text).items()}


def write_manifest(folder: Path, generation: int, files: Manifest) -> None:
    """Write the files of a commit, before the commit itself or in the place of those it has."""
    rows = {
        path: (f.id, f.size, f.mtime_ns, f.digest, f.articles, f.ctime_ns, f.inode)
        for path, f in files.items()
    }
    text = json.dumps(rows, ensure_ascii=False).encode()
    disk.replace(folder / _name(generation), text + b"\n" + _digest(text).encode())


def _digest(text: bytes) -> str:
    return blake2b(text, digest_size=16).hexdigest()


def _name(generation: int) -> str:
    return f"_MAIN_{generation}.files"
