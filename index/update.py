"""Bringing an index up to date with its folders: files → articles → segments → commit.

Articles are read in batches, each shared out among the cores. A batch is committed before the
next is read, so that memory does not grow with the archive and an interrupted run has not worked
for nothing; a rebuild is one commit.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.index import FileIndex

from .intake.changes import Changes, find_changes
from .intake.portions import Outcome, Task, bundles, cost, tasks
from .intake.processes import Step, in_processes, workers_for
from .intake.records import digest
from .report import OnProgress, Progress, Report
from .whoosh_store.commit import NextCommit, sweep
from .whoosh_store.folder import (
    DamagedIndex,
    NoIndex,
    create_index,
    open_index,
    prepare,
    read_roots,
    write_roots,
)
from .whoosh_store.lock import IndexLocked, write_lock
from .whoosh_store.manifest import FileRecord

__all__ = ["IndexLocked", "update"]

_WORTH_A_PROCESS = 2_000_000  # bytes to read
_BATCH = 48_000_000  # bytes for each process, which then takes some 400 MB
_PORTION = 500_000  # bytes that a process takes at a time: so little that all end together


def update(
    folder: Path,
    roots: Sequence[Path] = (),
    *,
    rebuild: bool = False,
    progress: OnProgress | None = None,
) -> Report:
    """Bring the index in `folder` up to date with `roots` and all folders it has indexed before.

    Makes the index when there is none. With `rebuild` every file is read again; the index
    serves in its old state until the new one is complete. Raises FileNotFoundError for a
    root that is not there, OutdatedIndex, DamagedIndex (mended by `rebuild`), IndexLocked.
    """
    started = time.perf_counter()
    folder = getattr(folder, "folder", folder)
    named = [root.resolve(strict=True) for root in roots]
    prepare(folder)
    with write_lock(folder):
        index = _open_or_create(folder, rebuild)
        all_roots = _outermost([*_remembered(folder, named, rebuild), *named])
        sweep(index, folder)
        draft = NextCommit(index, folder, anew=rebuild)
        changes = find_changes(all_roots, draft.files, progress)
        write_roots(folder, all_roots)
        run = _Run(changes, draft, folder, progress)
        if rebuild or changes.to_read or changes.gone or not index.latest_generation():
            try:
                run.apply(commit_each=not rebuild)
            except BaseException:
                with suppress(OSError):  # a full disk has room again at once
                    sweep(index, folder)
                raise
        elif changes.touched:
            draft.files.update(changes.touched)
            draft.restamp()
    return run.report(time.perf_counter() - started)


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


class _Run:
    """What has changed, on its way into the next commit, and what came of it so far."""

    def __init__(
        self, changes: Changes, draft: NextCommit, folder: Path, progress: OnProgress | None
    ) -> None:
        self._changes = changes
        self._draft = draft
        self._folder = folder
        self._progress = progress
        self._cost = cost(changes.to_read)
        self._cost_read = self._articles_read = 0
        self._counts: Counter[str] = Counter(unchanged=changes.unchanged)
        self._problems = changes.problems
        self._unfinished: dict[str, list[Outcome]] = defaultdict(list)
        """What came of the parts of files that are not read to their end yet."""
        self._new: list[FileRecord] = []
        """The files that were not known before."""
        self._known = {file.path for file in changes.to_read} & draft.files.keys()

    def apply(self, *, commit_each: bool) -> None:
        """Make the changes: a commit for each batch or, at the end, one for all."""
        draft, changes = self._draft, self._changes
        draft.files.update(changes.touched)
        processes = workers_for(self._cost, _WORTH_A_PROCESS)
        for number, batch in enumerate(bundles(self._tasks(), _BATCH * processes)):
            if number and commit_each:
                draft.commit()
            elif number:
                draft.merge()
            self._read(batch)
        draft.remove(dict.fromkeys(changes.gone))
        gone = [draft.files.pop(path) for path in changes.gone]
        self._counts["removed"] += sum(file.articles for file in gone)
        self._recognise_moved(gone)
        draft.commit()

    def _tasks(self) -> Iterator[Task]:
        known = self._draft.digests(self._known)
        for file in self._changes.to_read:
            yield from tasks(file, known.pop(file.path, {}))

    def _read(self, batch: Sequence[Task]) -> None:
        """Write the articles of a batch to segments."""
        processes = workers_for(sum(task.cost for task in batch), _WORTH_A_PROCESS)
        portions = bundles(batch, _PORTION)
        written = in_processes(processes, _write_segment, self._folder, portions, self._step)
        outcomes = [outcome for _, of_process in written for outcome in of_process]
        outcomes.sort(key=lambda outcome: (outcome.part.file.path, outcome.part.line))
        stale: dict[str, set[str]] = defaultdict(set)
        for outcome in outcomes:
            if outcome.stale:
                stale[outcome.part.file.path].update(outcome.stale)
        self._draft.remove(stale)
        self._draft.add([segment for segment, _ in written if segment])
        for outcome in outcomes:
            for name in ("added", "updated", "removed", "unchanged"):
                self._counts[name] += getattr(outcome, name)
            self._problems += outcome.problems
            self._unfinished[outcome.part.file.path].append(outcome)
        for path in list(self._unfinished):
            self._record(path)

    def _step(self, articles: int, cost: int) -> None:
        self._articles_read += articles
        self._cost_read += cost
        if self._progress:
            share = min(1.0, self._cost_read / self._cost)
            self._progress(Progress(self._changes.files, self._articles_read, share))

    def _record(self, path: str) -> None:
        """Note in the manifest what is read of a file."""
        outcomes = sorted(self._unfinished[path], key=lambda outcome: outcome.part.line)
        file, whole = outcomes[0].part.file, len(outcomes) == outcomes[0].part.of
        # Without a digest it is not taken for the same, should this run be interrupted.
        content = digest(o.digest for o in outcomes).hex() if whole else ""
        articles = sum(outcome.articles for outcome in outcomes)
        record = FileRecord(file.id, file.size, file.mtime_ns, content, articles)
        before = self._draft.files.pop(path, None)
        if articles or (before and not whole):
            self._draft.files[path] = record
        if whole:
            del self._unfinished[path]
            if path not in self._known:
                self._new.append(record)

    def _recognise_moved(self, gone: Iterable[FileRecord]) -> None:
        """Count files that have come and files that have gone as moved, if they are the same."""
        contents = Counter(file.digest for file in gone)
        for file in self._new:
            if contents[file.digest]:
                contents[file.digest] -= 1
                self._counts["moved"] += file.articles
                self._counts["added"] -= file.articles
                self._counts["removed"] -= file.articles

    def report(self, elapsed_s: float) -> Report:
        """What was done."""
        counts = {name: self._counts[name] for name in Report.__slots__[:5]}
        problems = tuple(self._problems)
        return Report(**counts, total=self._draft.articles, elapsed_s=elapsed_s, problems=problems)


def _write_segment(
    folder: Path, portions: Iterable[Sequence[Task]], step: Step
) -> tuple[Segment | None, list[Outcome]]:
    from .intake.writing import write_segment  # NumPy: only in the process that needs it

    return write_segment(folder, portions, step)
