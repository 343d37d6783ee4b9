"""What is done to the folder of an index, and in which order it reaches the disk.

A file system keeps nothing in the order in which it was asked to, but for what was synced: a file
that was renamed into place may be empty after a power cut, and names may be there or not. So a file
is synced before it gets its name, the folder after that, and only then goes what it replaces.
(As in SQLite's atomic commit, https://www.sqlite.org/atomiccommit.html; Pillai et al., “All File
Systems Are Not Created Equal”, OSDI 2014.)

Nothing is written through a link: what is made here is new, under a name that nobody could know,
and what has a name of ours is replaced and not opened.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from ..language import _
from .codec.pickles import Damage

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)

_SCRATCH = re.compile(r"depeche-[0-9a-f]{16}\.tmp")
_OF_SEGMENTS = re.compile(r"MAIN_[0-9a-z]{16}\.(?:seg|trm|pst|lex|[a-z_]+\.col)")
_OF_COMMITS = re.compile(r"_MAIN_(\d+)\.(?:toc|files|groups|facets)(\.new|\.\d+\.\d+)?")
_OTHERS = re.compile(r"MAIN_WRITELOCK|depeche\.json(?:\.new)?")


def is_ours(name: str) -> bool:
    """Whether this is the name of something that is in the folder of an index."""
    kinds = (_SCRATCH, _OF_SEGMENTS, _OF_COMMITS, _OTHERS)
    return any(kind.fullmatch(name) for kind in kinds)


def make_folder(folder: Path) -> None:
    """Make the folder of an index, for nobody but its owner, unless it is there."""
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            sync_folder(folder.parent)


def open_new(path: Path, mode: str = "wb") -> BinaryIO:
    """Make a file, for whom its folder is for, and open it."""
    rights = stat.S_IMODE(path.parent.stat().st_mode) & 0o666
    flags = _NEW & ~os.O_WRONLY | os.O_RDWR if "+" in mode else _NEW
    return os.fdopen(os.open(path, flags, rights), mode)  # type: ignore[return-value]


def size(path: Path) -> int:
    """Bytes of a file. Raises OSError, and Damage where it is none."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise Damage(_("{name} is no file").format(name=path.name))
    return status.st_size


def open_old(path: Path) -> BinaryIO:
    """Open a file of the index to be read, without a buffer.

    Raises OSError, and Damage for a link, a pipe and the like: no update makes one.
    """
    try:
        descriptor = os.open(path, _READ | _NO_LINKS)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Damage(_("{name} is a link").format(name=path.name)) from error
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):  # a pipe would have us wait for ever
        os.close(descriptor)
        raise Damage(_("{name} is no file").format(name=path.name))
    return os.fdopen(descriptor, "rb", buffering=0)


def read(path: Path) -> bytes:
    """All of a file."""
    with open_old(path) as file:
        return file.read()


def replace(path: Path, data: bytes) -> None:
    """Have a file hold `data`: after a power cut it is as it was, or holds all of it.

    That it is there for certain takes `sync_folder`.
    """
    scratch = scratch_in(path.parent)
    with open_new(scratch) as file:
        file.write(data)
        sync(file)
    rename(scratch, path)


def scratch_in(folder: Path) -> Path:
    """A name for something that is not of the index yet."""
    return folder / f"depeche-{token_hex(8)}.tmp"


def make_scratch_folder(folder: Path) -> Path:
    """Make a folder in that of the index, for files that are not of it yet."""
    scratch = scratch_in(folder)
    scratch.mkdir(mode=stat.S_IMODE(folder.stat().st_mode))
    return scratch


def sync(file: BinaryIO) -> None:
    """Have the disk hold what was written to a file."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the disk hold the names in a folder."""
    if os.name == "nt":  # which cannot, and writes them in order
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def rename(old: Path, new: Path) -> None:
    """Give what was synced its name."""
    os.replace(old, new)  # noqa: PTH105 - the tests record what is done by these calls


def remove(path: Path) -> None:
    """Remove a file, if it is one and if it can be: on Windows not while somebody reads it."""
    with suppress(OSError):
        if not stat.S_ISDIR(path.lstat().st_mode):
            os.unlink(path)  # noqa: PTH108


def remove_scratch_folder(folder: Path) -> None:
    """Remove a folder for files that are not of the index, and these; not what else is in it."""
    with suppress(OSError):
        for entry in folder.iterdir():
            if _OF_SEGMENTS.fullmatch(entry.name) or entry.suffix == ".ctmp":  # Whoosh's columns
                remove(entry)
        folder.rmdir()


def sweep(folder: Path, generation: int, segments: set[str]) -> None:
    """Remove what is of other commits, and what was never of one.

    `segments` are the names of the files of this commit. Only for whoever holds the write lock.
    What is not named as ours are stays, whatever it is.
    """
    for entry in list(folder.iterdir()):
        of_commit = _OF_COMMITS.fullmatch(entry.name)
        if of_commit:
            current = of_commit[2] is None and int(of_commit[1]) == generation
        else:
            current = entry.name in segments or not is_ours(entry.name)
        if current or entry.name in ("MAIN_WRITELOCK", "depeche.json"):
            continue
        if _SCRATCH.fullmatch(entry.name) and entry.is_dir() and not entry.is_symlink():
            remove_scratch_folder(entry)
        else:
            remove(entry)
