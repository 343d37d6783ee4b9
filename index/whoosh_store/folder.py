"""The folder an index lives in, how it is opened, and what can be wrong with it.

The folder is a plain Whoosh index with one file beside it, `depeche.json`, that names the
indexed folders. It may be a stranger's: nothing that it holds is run.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from whoosh.codec.base import Segment
from whoosh.reading import SegmentReader

from ..errors import DamagedIndex, NoIndex, OutdatedIndex, Unavailable
from ..language import N_, _
from . import disk
from .codec.pickles import Damage
from .codec.private import Codec
from .codec.sealed import SealedStorage
from .contents import Contents, file_of, generations, read_contents, seal_of
from .facets import Facets, find_facets, read_facets
from .groups import Groups, read_groups
from .schema import schema

ROOTS_FILE = "depeche.json"
_REBUILD = N_("`depeche index --rebuild` makes it anew")
_MOST_COMMITS = 100  # that may come one after the other while an index is being opened


@dataclass(frozen=True, slots=True)
class CommitStamp:
    """What tells one commit from another, even in an index made anew: its table of contents."""

    generation: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """One commit of an index, opened: it stays whole, whatever is committed meanwhile."""

    stamp: CommitStamp
    readers: list[SegmentReader]
    groups: Groups
    facets: Facets

    def close(self) -> None:
        """Close its files."""
        for reader in self.readers:
            reader.close()


def open_index(folder: Path) -> OpenIndex:
    """Open the newest commit of the index in `folder`.

    Raises NoIndex, OutdatedIndex, DamagedIndex, and OSError for what ails the machine.
    """
    with reading(folder):
        return newest(folder, lambda: _open(folder))


def _open(folder: Path) -> OpenIndex:
    contents = newest_contents(folder)
    stamp = _stamp(folder, contents.generation)
    if not contents.sealed:  # another program writes neither groups nor facets
        readers = open_segments(folder, contents.segments)
        return OpenIndex(stamp, readers, Groups(), find_facets(readers))
    groups = read_groups(folder, contents.generation, contents.documents)
    facets = read_facets(folder, contents.generation, contents.documents)
    return OpenIndex(stamp, open_segments(folder, contents.segments), groups, facets)


Found = TypeVar("Found")


def newest(folder: Path, read: Callable[[], Found]) -> Found:
    """What `read` finds in the newest commit of the index in `folder`.

    A commit removes the files that the one before it named. So when they are not as they should be,
    and there is a commit that is newer still, it is read instead.
    """
    for _attempt in range(_MOST_COMMITS):
        stamp = commit_stamp(folder)
        try:
            return read()
        except (FileNotFoundError, NoIndex, Damage):
            if commit_stamp(folder) == stamp:
                raise
    raise Unavailable(
        _("the index in {folder} changes all the time").format(folder=folder), _("try again")
    )


def newest_contents(folder: Path) -> Contents:
    """The table of contents of the newest commit.

    Raises NoIndex, OutdatedIndex, OSError and Damage.
    """
    names = _names(folder)
    # Generation 0 is what Whoosh makes first: nothing was committed yet.
    if not (found := generations(names)) or found[-1] == 0:
        raise NoIndex(
            _("no index in {folder}").format(folder=folder), _("make one with `depeche index DIR`")
        )
    contents = read_contents(folder, found[-1])
    if not contents.current:
        reason = _("the index in {folder} is of another version").format(folder=folder)
        raise OutdatedIndex(reason, _("`depeche index --rebuild` renews it"))
    return contents


def newest_generation(folder: Path) -> int:
    """The number of the newest commit; 0 when there is none."""
    return max(generations(_names(folder)), default=0)


def open_segments(folder: Path, segments: Sequence[Segment]) -> list[SegmentReader]:
    """Open segments. Raises OSError and Damage."""
    readers: list[SegmentReader] = []
    try:
        for segment in segments:
            readers.append(_open_segment(folder, segment))
    except BaseException:
        for reader in readers:
            reader.close()
        raise
    return readers


def _open_segment(folder: Path, segment: Segment) -> SegmentReader:
    storage = SealedStorage(folder, seal_of(segment), disk.open_old)
    try:
        # A document has a byte at least: memory is taken for as many as a segment says it has.
        if segment.doc_count_all() > disk.size(folder / file_of(segment)):
            raise Damage("more documents than bytes")
        return SegmentReader(storage, schema(), segment, codec=Codec())
    except (OSError, MemoryError, RecursionError):
        raise
    except Exception as error:  # Whoosh may raise anything when bytes are not what it wrote
        raise Damage(
            _("{name}: {damage}").format(
                name=file_of(segment), damage=_(str(error)) or type(error).__name__
            )
        ) from error


def prepare(folder: Path) -> None:
    """Make the folder for an index. Raises Unavailable for one that holds something else."""
    disk.make_folder(folder)
    names = _names(folder)
    if not generations(names) and not all(map(disk.is_ours, names)):
        raise Unavailable(
            _("{folder} is not empty and not an index").format(folder=folder),
            _("name another folder for it"),
        )


def _names(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """What turns out to be damaged while an index is read becomes DamagedIndex, and nothing else.

    Whoever reads bytes says which of them are damaged (`Damage`); a file that is named and not
    there is, too. What is wrong with the program, its memory or the machine is not the index's.
    """
    try:
        yield
    except (Damage, FileNotFoundError) as error:
        what = _(str(error))
        if isinstance(error, FileNotFoundError):
            what = _("{file} is gone").format(file=error.filename)
        reason = _("the index in {folder} is damaged ({what})").format(folder=folder, what=what)
        raise DamagedIndex(reason, _(_REBUILD)) from error


def read_roots(folder: Path) -> list[Path]:
    """The folders indexed so far, in the order in which they were added. Raises DamagedIndex."""
    try:
        saved: Any = json.loads(disk.read(folder / ROOTS_FILE))
        if saved.get("digest", digest := _digest_of(saved["roots"])) != digest:
            raise ValueError("not what was written")
        return [Path(root) for root in saved["roots"]]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except (Damage, ValueError, KeyError, TypeError, AttributeError):
        reason = _("{file} is damaged").format(file=folder / ROOTS_FILE)
        remedy = _("`depeche index --rebuild DIR` makes the index anew")
        raise DamagedIndex(reason, remedy) from None


def write_roots(folder: Path, roots: Sequence[Path]) -> None:
    """Remember the indexed folders: a reader sees the old list or the new one."""
    data = roots_written(roots)
    with suppress(OSError, Damage):
        if disk.read(folder / ROOTS_FILE) == data:
            return
    disk.replace(folder / ROOTS_FILE, data)
    disk.sync_folder(folder)


def roots_written(roots: Sequence[Path]) -> bytes:
    """How a list of folders is written."""
    names = [str(root) for root in roots]
    saved = {"roots": names, "digest": _digest_of(names)}
    return (json.dumps(saved, ensure_ascii=False, indent=2) + "\n").encode()


def _digest_of(roots: Any) -> str:
    text = json.dumps(roots, ensure_ascii=False)
    return blake2b(text.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def commit_stamp(folder: Path) -> CommitStamp | None:
    """The newest commit of the index in `folder`, at the price of listing it; None without one."""
    try:
        return _stamp(folder, generations(_names(folder))[-1])
    except (OSError, IndexError):  # no folder, no index, or another commit just now
        return None


def _stamp(folder: Path, generation: int) -> CommitStamp:
    toc = (folder / f"_MAIN_{generation}.toc").stat()
    return CommitStamp(generation, toc.st_mtime_ns, toc.st_ino)


def size_on_disk(folder: Path) -> int:
    """Bytes taken by the files of the index; those that a commit removes meanwhile have none."""
    size = 0
    for entry in folder.iterdir():
        with suppress(FileNotFoundError):
            status = entry.lstat()
            if disk.is_ours(entry.name) and stat.S_ISREG(status.st_mode):
                size += status.st_size
    return size
