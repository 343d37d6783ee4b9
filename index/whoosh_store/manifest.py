"""The manifest: which files a commit was made from, and what they were like then.

A file of its own beside each table of contents. JSON, so that it can be looked at.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from ..intake.known import FileRecord, Manifest

_NAME = re.compile(r"_MAIN_(\d+)\.files(\.new)?")


def read_manifest(folder: Path, generation: int) -> dict[str, FileRecord]:
    """The files of a commit. Raises OSError, or ValueError or TypeError when it is damaged."""
    rows = json.loads((folder / _name(generation)).read_text(encoding="utf-8"))
    return {path: FileRecord(*row) for path, row in rows.items()}


def write_manifest(folder: Path, generation: int, files: Manifest) -> None:
    """Write the files of a commit, before or after the commit itself."""
    scratch = folder / f"{_name(generation)}.new"
    rows = {
        path: (f.id, f.size, f.mtime_ns, f.digest, f.articles, f.ctime_ns, f.inode)
        for path, f in files.items()
    }
    scratch.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    scratch.replace(folder / _name(generation))


def sweep_manifests(folder: Path, generation: int) -> None:
    """Delete those of other commits."""
    for entry in folder.iterdir():
        found = _NAME.fullmatch(entry.name)
        if found and (int(found[1]) != generation or found[2]):
            entry.unlink(missing_ok=True)


def _name(generation: int) -> str:
    return f"_MAIN_{generation}.files"
