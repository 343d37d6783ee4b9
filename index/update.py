"""Bringing an index up to date with its folders: what was added, changed, removed.

A file is recognised as untouched by its size and modification time, and then not opened.
Everything is written in one commit: until then readers see the index as it was.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha1
from pathlib import Path
from typing import Any

from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, clean_files
from whoosh.util.filelock import try_for
from whoosh.writing import MERGE_SMALL, SegmentWriter

from .article import Problem
from .files import ArticleFile, find_files
from .parallel import Step, in_processes, workers_for
from .reading import read_articles
from .schema import document, schema, stored
from .segment import SegmentBuilder
from .store import (
    DamagedIndex,
    NoIndex,
    create_index,
    open_index,
    prepare,
    read_roots,
    reading,
    sweep,
    write_roots,
)

_PATIENCE = 5.0  # seconds to wait for another writer
_FILES_FOR_A_PROCESS = 1000  # fewer are not worth starting one
_MOST_SEGMENTS = 10  # more are merged: each is looked into by every query


class IndexLocked(Exception):
    """Another process is writing to the index."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an update did. All counts are articles."""

    added: int
    updated: int
    removed: int
    unchanged: int
    total: int
    elapsed_s: float
    problems: tuple[Problem, ...] = ()

    @property
    def skipped(self) -> tuple[Problem, ...]:
        """What could not be read at all."""
        return tuple(problem for problem in self.problems if problem.skipped)


@dataclass(slots=True)
class _Counts:
    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, others: _Counts) -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(others, name))


@dataclass(frozen=True, slots=True)
class _Known:
    """A file as the index has it: what it looked like then, and how many articles it gave."""

    origin: bytes
    articles: int


Progress = Callable[[int, int | None], None]
"""Called now and then with the number of files looked at, while it is not known how many are to
be read (None); then with the number read and the number to be read."""


def update(
    folder: Path,
    roots: Sequence[Path] = (),
    *,
    rebuild: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Bring the index in `folder` up to date with `roots` and all folders it has indexed before.

    Makes the index when there is none. With `rebuild` every file is read again; the index
    serves in its old state until the new one is complete. Raises FileNotFoundError for a
    root that is not there, OutdatedIndex, DamagedIndex (mended by `rebuild`), IndexLocked.
    """
    started = time.perf_counter()
    named = [root.resolve(strict=True) for root in roots]
    counts = _Counts()
    with _write_lock(folder):
        index = _open_or_create(folder, rebuild)
        all_roots = _outermost([*_remembered(folder, named, rebuild), *named])
        sweep(index, folder)
        with reading(folder):
            known = {} if rebuild else _known_files(index)
        changed, gone = _differences(all_roots, known, counts, progress)
        write_roots(folder, all_roots)
        if rebuild or changed or gone or not index.latest_generation():
            try:
                _write(index, folder, changed, gone, known, counts, rebuild, progress)
            except BaseException:
                with suppress(OSError):  # a full disk has room again at once
                    sweep(index, folder)
                raise
    return Report(
        counts.added,
        counts.updated,
        counts.removed,
        counts.unchanged,
        index.doc_count(),
        time.perf_counter() - started,
        tuple(counts.problems),
    )


def _open_or_create(folder: Path, rebuild: bool) -> FileIndex:
    try:
        return open_index(folder, outdated=rebuild)
    except NoIndex:
        return create_index(folder)
    except DamagedIndex:
        if not rebuild:
            raise
        return create_index(folder)


def _outermost(roots: Iterable[Path]) -> list[Path]:
    """`roots` without repetition and without those inside another one."""
    kept: list[Path] = []
    for root in roots:
        if not any(root.is_relative_to(other) for other in kept):
            kept = [other for other in kept if not other.is_relative_to(root)] + [root]
    return kept


def _remembered(folder: Path, named: Sequence[Path], rebuild: bool) -> list[Path]:
    """The folders indexed before. A rebuild that names some can do without a damaged list."""
    try:
        return read_roots(folder)
    except DamagedIndex:
        if rebuild and named:
            return []
        raise


@contextmanager
def _write_lock(folder: Path) -> Iterator[None]:
    """Hold the index's write lock. Whoosh's is a lock of the system's: it ends with its process."""
    prepare(folder)
    lock = FileStorage(str(folder)).lock("MAIN_WRITELOCK")
    if not try_for(lock.acquire, timeout=_PATIENCE, delay=0.1):
        raise IndexLocked("another process is writing to this index: try again when it is done")
    try:
        yield
    finally:
        lock.release()


def _known_files(index: FileIndex) -> dict[str, _Known]:
    """The files that the index was made from, by path."""
    known: dict[str, _Known] = {}
    with index.reader() as reader:
        if not reader.doc_count():
            return {}
        origins = reader.column_reader("origin")
        for number in reader.all_doc_ids():
            origin = origins[number]
            path = os.fsdecode(origin.split(b"\0", 1)[0])
            before = known.get(path)
            known[path] = _Known(origin, before.articles + 1 if before else 1)
    return known


def _origin(file: ArticleFile) -> bytes:
    """What tells whether a file is the same as it was: path, id, size and modification time."""
    return b"\0".join(os.fsencode(str(x)) for x in (file.path, file.id, file.size, file.mtime_ns))


def _differences(
    roots: Iterable[Path],
    known: dict[str, _Known],
    counts: _Counts,
    progress: Progress | None,
) -> tuple[list[ArticleFile], list[str]]:
    """The files under `roots` to be read, and the paths of those that are gone."""
    changed: list[ArticleFile] = []
    seen: set[str] = set()
    kept: list[str] = []  # what could not be looked at is not taken for removed
    for root in roots:
        if not root.exists():
            what = "its articles are kept" if known else "nothing is indexed of it"
            counts.problems.append(Problem(str(root), f"not found: {what}", skipped=False))
            kept.append(str(root))
            continue
        for found in find_files(root):
            if isinstance(found, Problem):
                counts.problems.append(found)
                kept.append(found.path)
                continue
            seen.add(found.path)
            before = known.get(found.path)
            if before and before.origin == _origin(found):
                counts.unchanged += before.articles
            else:
                changed.append(found)
            if progress and len(seen) % 100 == 0:
                progress(len(seen), None)
    looked_at, not_looked_at = _inside(roots), _inside(kept)
    gone = [path for path in known if path not in seen and looked_at(path)]
    return changed, [path for path in gone if not not_looked_at(path)]


def _inside(folders: Iterable[str | Path]) -> Callable[[str], bool]:
    """Whether a path is one of `folders`, or in one of them."""
    paths = tuple(map(str, folders))
    within = tuple(path if path.endswith(os.sep) else path + os.sep for path in paths)
    return lambda path: path.startswith(within) or path in paths


def _write(
    index: FileIndex,
    folder: Path,
    changed: Sequence[ArticleFile],
    gone: Iterable[str],
    known: dict[str, _Known],
    counts: _Counts,
    rebuild: bool,
    progress: Progress | None,
) -> None:
    """Make the changes in one commit, or none of them."""
    counts.removed += sum(known[path].articles for path in gone)
    before = _digests(index, [file.path for file in changed if file.path in known])
    workers = workers_for(len(changed), _FILES_FOR_A_PROCESS)
    shares = [(folder, changed[i::workers], before) for i in range(workers)]
    done = 0

    def step(files: int) -> None:
        nonlocal done
        done += files
        if progress:
            progress(done, len(changed))

    written = in_processes(write_segment, shares, step)
    for _, its_counts in written:
        counts.add(its_counts)
    segments = [segment for segment, _ in written if segment]
    _commit(index, segments, [*gone, *before], rebuild)


def write_segment(
    folder: Path, files: Iterable[ArticleFile], before: _Digests, step: Step
) -> tuple[Segment | None, _Counts]:
    """Write the articles of `files` to one segment; None if there are none.

    `before` has the digests of the articles that the index has of them already, by file and id.
    """
    builder, counts = SegmentBuilder(folder), _Counts()
    for file in files:
        old = dict(before.get(file.path, {}))
        origin = _origin(file)
        for article in read_articles(file):
            if isinstance(article, Problem):
                counts.problems.append(article)
                continue
            builder.add(document(article, origin))
            known = old.pop(article.id, None)
            if known is None:
                counts.added += 1
            elif known == _digest(stored(article)):
                counts.unchanged += 1
            else:
                counts.updated += 1
        counts.removed += len(old)
        step(1)
    return builder.finish(), counts


_Digests = dict[str, dict[str, bytes]]


def _digests(index: FileIndex, paths: Sequence[str]) -> _Digests:
    """What tells whether the articles of these files are the same as they were, by id."""
    if not paths:  # a rebuild reads nothing of the index it replaces, which may be damaged
        return {}
    with index.searcher() as searcher:
        return {
            path: {
                fields["id"]: _digest(fields["article"]) for fields in searcher.documents(file=path)
            }
            for path in paths
        }


def _digest(article: dict[str, Any]) -> bytes:
    return sha1(repr(sorted(article.items())).encode("utf-8", "surrogatepass")).digest()


def _commit(
    index: FileIndex, segments: Sequence[Segment], gone: Iterable[str], rebuild: bool
) -> None:
    """Switch to the index with `segments` added and the articles of the files `gone` removed.

    With `rebuild` to `segments` alone. The table of contents is renamed into place: whoever
    opens the index finds the old state or the new one.
    """
    kept = [] if rebuild else _without(index, gone)
    contents = TOC(schema(), [*kept, *segments], index.latest_generation() + 1)
    contents.write(index.storage, index.indexname)
    clean_files(index.storage, index.indexname, contents.generation, contents.segments)
    if len(contents.segments) > _MOST_SEGMENTS:
        SegmentWriter(index, _lk=False).commit(mergetype=MERGE_SMALL)


def _without(index: FileIndex, paths: Iterable[str]) -> list[Segment]:
    """The segments of the index, with the articles of the files at `paths` marked as deleted."""
    with index.reader() as reader:
        leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        segments = [leaf.segment() for leaf in leaves]
        for path in paths:
            for leaf, segment in zip(leaves, segments, strict=True):
                if ("file", path.encode()) in leaf:
                    for number in leaf.postings("file", path.encode()).all_ids():
                        segment.delete_document(number)
    return [segment for segment in segments if segment.doc_count()]
