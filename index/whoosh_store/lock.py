"""The write lock: one process at a time changes an index."""

from __future__ import annotations

import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.util.filelock import try_for

from ..errors import IndexLocked
from ..language import _
from . import disk

_NAME = "MAIN_WRITELOCK"  # Whoosh's: its own writers are kept out too
_HOLDER = re.compile(r"process (?P<number>\d+) on (?P<host>\S+) since (?P<time>\d\d:\d\d)")
_PATIENCE = 5.0  # seconds to wait for another writer


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Hold the write lock of the index in `folder`. Raises IndexLocked after some seconds.

    It is a lock of the system's, which ends with its process: the file is there all the time.
    """
    _make(folder / _NAME)
    lock = FileStorage(str(folder)).lock(_NAME)
    if not try_for(lock.acquire, timeout=_PATIENCE, delay=0.1):
        reason = _("{process} is writing to this index").format(process=_holder(folder))
        raise IndexLocked(reason, _("try again when it is done"))
    try:
        now = time.strftime("%H:%M")
        os.truncate(lock.fd, 0)
        os.write(lock.fd, f"process {os.getpid()} on {socket.gethostname()} since {now}".encode())
        yield
    finally:
        os.truncate(lock.fd, 0)
        lock.release()


def _make(path: Path) -> None:
    """Make the file of the lock; one that leads elsewhere is not opened, but replaced."""
    if path.is_symlink():
        disk.remove(path)
    with suppress(FileExistsError):
        disk.open_new(path).close()


def _holder(folder: Path) -> str:
    try:
        said = (folder / _NAME).read_text(encoding="utf-8", errors="replace")
    except OSError:  # on Windows what is locked cannot be read
        said = ""
    if found := _HOLDER.fullmatch(said):
        return _("process {number} on {host} since {time}").format(**found.groupdict())
    return said if said.isprintable() and said else _("another process")
