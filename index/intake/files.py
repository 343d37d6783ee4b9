"""Finding the files that hold articles."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ..article import Problem
from ..errors import explain
from ..formats import SUFFIXES
from ..language import N_, _

_SAVED_WITH = re.compile(r"(?:_files|_fichiers|\.files|-dateien|_archivos)\Z")


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file that holds one article or, one a line, many."""

    path: str
    """Absolute path."""
    id: str
    """Path relative to the indexed folder, with `/`."""
    size: int
    mtime_ns: int
    ctime_ns: int = 0
    """When its content or what the system keeps about it was changed last: nothing sets it back."""
    inode: int = 0


_DANGLING = N_("dangling link")
_LEAVES = N_("a link that leads out of the folder: not followed (--follow does)")
_IRREGULAR = N_("not a regular file")
_ILL_NAMED = N_("the name is not valid UTF-8")


def dangling() -> str:
    """The reason of a Problem that may be one for now only: what a link leads to is not there."""
    return _(_DANGLING)


def _nothing(path: str) -> bool:
    return False


def find_files(
    root: Path, *, follow: bool = False, known: Callable[[str], bool] = _nothing
) -> Iterator[ArticleFile | Problem]:
    """Find the article files under `root`, or `root` itself when it is one file.

    The order depends on the names alone. A folder reached twice is walked once. Links that lead
    out of the folder are reported unless they are to be followed: all, or those by which something
    is `known` already. What cannot be read is reported, and never ends the walk.
    """
    path = os.path.abspath(root)  # noqa: PTH100 - Path.resolve() would replace links
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError as error:
        yield Problem(printable(path), explain(error))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _walk(path, follow, known)
    elif path.lower().endswith(SUFFIXES):
        yield _describe(path, os.path.basename(path), status)  # noqa: PTH119
    else:
        yield Problem(
            printable(path), _("not one of {suffixes}").format(suffixes=" ".join(SUFFIXES))
        )


def open_file(path: str) -> BinaryIO:
    """Open an article file for reading.

    Raises OSError, also for what has become a fifo or a device since the file was found: to open
    one of these, or to read it, could take for ever.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, _IRREGULAR, path)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def printable(path: str) -> str:
    """Show what is not valid Unicode in a name as `\\udce9`, so that it can be printed."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _walk(root: str, follow: bool, known: Callable[[str], bool]) -> Iterator[ArticleFile | Problem]:
    real_root = os.path.realpath(root)
    seen: set[tuple[int, int]] = set()
    folders = [(root, "")]
    # Linked folders wait until the real ones are done: adding a link to a folder must not
    # change the ids of the articles in it.
    linked: deque[tuple[str, str]] = deque()
    while folders or linked:
        folder, prefix = folders.pop() if folders else linked.popleft()
        try:
            entries = _list_once(folder, seen)
        except OSError as error:
            yield Problem(printable(folder), explain(error))
            continue
        subfolders: list[tuple[str, str]] = []
        names = {entry.name.lower() for entry in entries}
        for entry in entries:
            if entry.is_symlink() and (problem := _bad_link(entry, real_root, follow, known)):
                yield problem
            elif _is_folder(entry) and _belongs_to_page(entry.name, names):
                continue
            elif _is_folder(entry):
                if printable(entry.name) != entry.name:
                    yield Problem(printable(entry.path), _(_ILL_NAMED))
                else:
                    places = linked if entry.is_symlink() else subfolders
                    places.append((entry.path, f"{prefix}{entry.name}/"))
            elif entry.name.lower().endswith(SUFFIXES):
                yield _describe_entry(entry, prefix)
        folders.extend(reversed(subfolders))


def _list_once(folder: str, seen: set[tuple[int, int]]) -> list[os.DirEntry[str]]:
    """List a folder by name, without dot-files; a folder that was `seen` is empty."""
    status = os.stat(folder)  # noqa: PTH116
    identity = (status.st_dev, status.st_ino)
    if identity in seen:
        return []
    seen.add(identity)
    with os.scandir(folder) as entries:
        visible = [entry for entry in entries if not entry.name.startswith(".")]
    return sorted(visible, key=lambda entry: entry.name)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself, or into a folder that is closed to us
        return False


def _belongs_to_page(folder: str, beside: Collection[str]) -> bool:
    """Whether a browser has saved in this folder what belongs to a page beside it."""
    page = _SAVED_WITH.sub("", folder.lower())
    return page != folder.lower() and any(page + end in beside for end in (".html", ".htm"))


def _bad_link(
    link: os.DirEntry[str], real_root: str, follow: bool, known: Callable[[str], bool]
) -> Problem | None:
    """What is wrong with a link, if it would lead to articles."""
    if not os.path.exists(link.path):  # noqa: PTH110
        looped = os.path.realpath(link.path) == link.path
        if looped or not (link.name.lower().endswith(SUFFIXES) or known(link.path)):
            return None
        return Problem(printable(link.path), dangling())
    if follow or not (link.name.lower().endswith(SUFFIXES) or _is_folder(link)):
        return None
    target = os.path.realpath(link.path)
    inside = target == real_root or target.startswith(os.path.join(real_root, ""))  # noqa: PTH118
    if inside or known(link.path):
        return None
    return Problem(printable(link.path), _(_LEAVES))


def _describe_entry(entry: os.DirEntry[str], prefix: str) -> ArticleFile | Problem:
    try:
        return _describe(entry.path, prefix + entry.name, entry.stat())
    except OSError as error:
        return Problem(printable(entry.path), explain(error))


def _describe(path: str, id: str, status: os.stat_result) -> ArticleFile | Problem:
    # Opening a fifo or a device can block for ever: they are told by their mode alone.
    if not stat.S_ISREG(status.st_mode):
        return Problem(printable(path), _(_IRREGULAR))
    if printable(path) != path:
        return Problem(printable(path), _(_ILL_NAMED))
    return ArticleFile(
        path, id, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
    )
