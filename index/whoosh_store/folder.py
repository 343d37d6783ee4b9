"""The folder an index lives in, how it is opened, and what can be wrong with it.

The folder is a plain Whoosh index with one file beside it, `depeche.json`, that names the
indexed folders. A Whoosh index holds pickles: opening one that a stranger made runs their code.
"""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, FileIndex, create_in

from ..errors import DamagedIndex, NoIndex, OutdatedIndex, Unavailable
from .schema import is_current, is_of_another_version, schema

ROOTS_FILE = "depeche.json"

_TOC_NAME = re.compile(r"_MAIN_(\d+)\.toc")  # Whoosh's name for a table of contents
_THE_SYSTEMS = {errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EDQUOT, errno.EROFS}
_THE_SYSTEMS |= {errno.EMFILE, errno.ENFILE, errno.ENOMEM}
"""What ails the machine and not the index: no rebuild would mend it."""


def open_index(folder: Path, *, outdated: bool = False) -> FileIndex:
    """The index in `folder`; one of another version only if `outdated` ones will do.

    Raises NoIndex, OutdatedIndex or DamagedIndex.
    """
    with reading(folder):
        try:
            # With mmap Whoosh copies each segment into memory whole, when it is opened.
            storage = FileStorage(str(folder), supports_mmap=False)
            found = FileIndex(storage) if folder.is_dir() else None
        except EmptyIndexError:
            found = None
        # Generation 0 is what a first update that was killed leaves: nothing was committed yet.
        if found is None or found.latest_generation() == 0:
            raise NoIndex(f"no index in {folder}", "make one with `depeche index DIR`")
        current = is_current(found.schema)
    if not (outdated or current):
        raise _outdated(folder)
    return found


def _outdated(folder: Path) -> OutdatedIndex:
    reason = f"the index in {folder} is of another version"
    return OutdatedIndex(reason, "`depeche index --rebuild` renews it")


def create_index(folder: Path) -> FileIndex:
    """A new, empty index in the prepared `folder`, in the place of any that is there."""
    return create_in(str(folder), schema())


def prepare(folder: Path) -> None:
    """Make the folder for an index. Raises Unavailable for one that holds something else."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [entry.name for entry in folder.iterdir()]
    ours = re.compile(rf"_?MAIN_.*|{re.escape(ROOTS_FILE)}.*|.*\.tmp")
    if not any(map(_TOC_NAME.fullmatch, names)) and not all(map(ours.fullmatch, names)):
        raise Unavailable(f"{folder} is not empty and not an index", "name another folder for it")


@contextmanager
def reading(folder: Path, *expected: type[Exception]) -> Iterator[None]:
    """Whatever is raised on reading damaged files becomes DamagedIndex; on old ones, OutdatedIndex.

    Whoosh unpickles what it reads, so that a damaged byte may raise anything at all. Only the
    `expected` errors, those of the store and those of the system pass.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, (Unavailable, *expected)):
            raise
        if isinstance(error, OSError) and error.errno in _THE_SYSTEMS:
            raise
        if is_of_another_version(error):
            raise _outdated(folder) from error
        reason = f"the index in {folder} is damaged ({type(error).__name__})"
        raise DamagedIndex(reason, "`depeche index --rebuild` makes it anew") from error


def read_roots(folder: Path) -> list[Path]:
    """The folders indexed so far, in the order in which they were added. Raises DamagedIndex."""
    try:
        saved: Any = json.loads((folder / ROOTS_FILE).read_text(encoding="utf-8"))
        return [Path(root) for root in saved["roots"]]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except (ValueError, KeyError, TypeError):
        reason = f"{folder / ROOTS_FILE} is damaged"
        remedy = "`depeche index --rebuild DIR` makes the index anew"
        raise DamagedIndex(reason, remedy) from None


def write_roots(folder: Path, roots: Sequence[Path]) -> None:
    """Remember the indexed folders. Atomic: a reader sees the old list or the new one."""
    saved = {"roots": [str(root) for root in roots]}
    scratch = folder / f"{ROOTS_FILE}.new"
    scratch.write_text(json.dumps(saved, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    scratch.replace(folder / ROOTS_FILE)


@dataclass(frozen=True, slots=True)
class CommitStamp:
    """What tells one commit from another, even in an index made anew: its table of contents."""

    generation: int
    mtime_ns: int
    inode: int


def commit_stamp(folder: Path) -> CommitStamp | None:
    """The newest commit of the index in `folder`, at the price of listing it; None without one."""
    try:
        names = [entry.name for entry in folder.iterdir()]
        generation = max(int(found[1]) for found in map(_TOC_NAME.fullmatch, names) if found)
        toc = (folder / f"_MAIN_{generation}.toc").stat()
    except (OSError, ValueError):  # no folder, no index, or another commit just now
        return None
    return CommitStamp(generation, toc.st_mtime_ns, toc.st_ino)


def size_on_disk(folder: Path) -> int:
    """Bytes taken by the files of the index."""
    return sum(entry.stat().st_size for entry in folder.iterdir() if entry.is_file())
