"""The store: the folder an index lives in, how it is opened, and what can be wrong with it.

The folder is a plain Whoosh index with one file beside it, `depeche.json`, that names the
indexed folders. A Whoosh index holds pickles: opening one that a stranger made runs their code.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh.index import TOC, EmptyIndexError, FileIndex, clean_files, create_in, open_dir
from whoosh.reading import CorruptIndexError

from .schema import is_current, schema

ROOTS_FILE = "depeche.json"

_READ_ERRORS = (
    CorruptIndexError,
    FileNotFoundError,
    EOFError,
    pickle.UnpicklingError,
    struct.error,
    zlib.error,
)


class UnusableIndex(Exception):
    """There is no index to answer from; the message says why and what to do, in one line."""


class NoIndex(UnusableIndex):
    """The folder does not exist or holds no index."""


class OutdatedIndex(UnusableIndex):
    """The index was made by another version of the schema or the analyzer."""


class DamagedIndex(UnusableIndex):
    """The index is there but cannot be read."""


def default_folder() -> Path:
    """Where the index lives by default: `DEPECHE_INDEX`, else the platform's data folder."""
    if named := os.environ.get("DEPECHE_INDEX"):
        return Path(named)
    from platformdirs import user_data_path  # 20 ms: only when needed

    return user_data_path("depeche") / "index"


def open_index(folder: Path, *, outdated: bool = False) -> FileIndex:
    """The index in `folder`; one of another version only if `outdated` ones will do.

    Raises NoIndex, OutdatedIndex or DamagedIndex.
    """
    try:
        found = open_dir(str(folder)) if folder.is_dir() else None
    except EmptyIndexError:
        found = None
    except Exception as error:  # a damaged table of contents fails in unpickling, in any way
        raise _damaged(folder, error) from error
    # Generation 0 is what a first update that was killed leaves: nothing was committed yet.
    if found is None or found.latest_generation() == 0:
        raise NoIndex(f"no index in {folder}: make one with `depeche index DIR`")
    if not (outdated or is_current(found.schema)):
        raise OutdatedIndex(
            f"the index in {folder} is of another version: `depeche index --rebuild` renews it"
        )
    return found


def create_index(folder: Path) -> FileIndex:
    """A new, empty index in `folder`, in the place of any that is there.

    Raises UnusableIndex for a folder that holds something else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ours = re.compile(rf"_?MAIN_.*|{re.escape(ROOTS_FILE)}.*|.*\.tmp")
    if not all(ours.fullmatch(entry.name) for entry in folder.iterdir()):
        raise UnusableIndex(f"{folder} is not empty and not an index: name another folder for it")
    return create_in(str(folder), schema())


def sweep(index: FileIndex, folder: Path) -> None:
    """Delete what a killed update has left behind. Only for whoever holds the write lock."""
    contents = TOC.read(index.storage, index.indexname)
    clean_files(index.storage, index.indexname, contents.generation, contents.segments)
    for entry in folder.iterdir():
        if entry.suffix == ".tmp" and entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        elif re.fullmatch(r"_MAIN_\d+\.toc\.[\d.]+", entry.name):
            entry.unlink(missing_ok=True)


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """What Whoosh raises on reading damaged files becomes DamagedIndex."""
    try:
        yield
    except _READ_ERRORS as error:
        raise _damaged(folder, error) from error


def _damaged(folder: Path, error: Exception) -> DamagedIndex:
    return DamagedIndex(
        f"the index in {folder} is damaged ({type(error).__name__}):"
        " `depeche index --rebuild` makes it anew"
    )


def read_roots(folder: Path) -> list[Path]:
    """The folders indexed so far, in the order in which they were added."""
    try:
        saved: Any = json.loads((folder / ROOTS_FILE).read_text(encoding="utf-8"))
        return [Path(root) for root in saved["roots"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def write_roots(folder: Path, roots: list[Path]) -> None:
    """Remember the indexed folders. Atomic: a reader sees the old list or the new one."""
    saved = {"roots": [str(root) for root in roots]}
    scratch = folder / f"{ROOTS_FILE}.new"
    scratch.write_text(json.dumps(saved, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    scratch.replace(folder / ROOTS_FILE)


def size_on_disk(folder: Path) -> int:
    """Bytes taken by the files of the index."""
    return sum(entry.stat().st_size for entry in folder.iterdir() if entry.is_file())
