"""Bringing a store up to date with its folders: files → articles → commits.

Articles are read in batches, each shared out among the cores. A batch is committed before the
next is read, so that memory does not grow with the archive and an interrupted run has not worked
for nothing; a rebuild is one commit.

Nothing here knows what kind of store it is, or where.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from .errors import DamagedIndex, Unavailable
from .formats import needs_process
from .intake.changes import Changes, find_changes
from .intake.digests import file_digest
from .intake.known import FileRecord
from .intake.processes import in_processes, workers_for
from .intake.tasks import Outcome, Task, bundles, cost, divided, given_up, joined, tasks
from .language import _, figures, ngettext
from .options import USUAL, UpdateOptions
from .report import Counts, OnProgress, Progress, Report
from .store import Draft, Store

_WORTH_A_PROCESS = 2_000_000
"""Bytes to read; with fewer a process costs more time than it saves."""

_BATCH = 32_000_000
"""Bytes that a process reads for one commit; it takes some 400 MB of memory for them."""

_BUNDLE = 500_000
"""Bytes that a process takes at a time: so few that all end together.

Not the size of the parts of a file (see `records`), though the same at present: what stores know of
files depends on that one, and nothing on this.
"""


def update(
    store: Store,
    roots: Sequence[Path] = (),
    options: UpdateOptions = USUAL,
    progress: OnProgress | None = None,
) -> Report:
    """Bring `store` up to date with `roots` and all folders it has indexed before.

    Makes the index when there is none.

    Raises FileNotFoundError for a root that is not there, and what `Store.writing` and
    `Store.roots` raise: IndexLocked; OutdatedIndex and DamagedIndex, which a rebuild mends.
    Unavailable, when a rebuild would lose what cannot be seen, and is not to prune it.
    """
    started = time.perf_counter()
    named = [root.resolve(strict=True) for root in roots]
    with store.writing(anew=options.rebuild) as draft:
        every_root = _outermost([*_remembered(store, named, options.rebuild), *named])
        forgotten = [folder.resolve() for folder in options.forget]
        all_roots = [root for root in every_root if not _within(root, forgotten)]
        changes = find_changes(
            all_roots,
            draft.files,
            progress,
            before=draft.replaces if options.rebuild else None,
            named=named,
            follow=options.follow,
            prune=options.prune,
        )
        if options.rebuild and changes.kept and not options.prune:
            raise _would_lose(changes)
        changes.gone += _left_behind(draft.files, forgotten, all_roots)
        missing = changes.missing if options.prune else []
        remembered = [root for root in all_roots if root not in missing]
        if not forgotten:
            store.remember(remembered)
        run = _Run(changes, draft, progress)
        if draft.starts_empty or draft.unfinished or changes.to_read or changes.gone:
            run.apply(commit_each=not options.rebuild)
        elif changes.touched:
            draft.files.update(changes.touched)
            draft.restamp()
        if forgotten:  # not before their articles are: whoever is killed here can begin anew
            store.remember(remembered)
        return run.report(time.perf_counter() - started)


def _within(path: Path, folders: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _left_behind(
    known: Iterable[str], forgotten: Sequence[Path], roots: Sequence[Path]
) -> list[str]:
    """The known files of folders that are forgotten, and that no other folder has."""
    if not forgotten:
        return []
    paths = map(Path, known)
    return [str(p) for p in paths if _within(p, forgotten) and not _within(p, roots)]


def _would_lose(changes: Changes) -> Unavailable:
    shown = changes.problems[0] if changes.problems else None
    place = f" ({shown.path})" if shown else ""
    reason = ngettext(
        "{number} article of this index cannot be seen now{place}",
        "{number} articles of this index cannot be seen now{place}",
        changes.kept,
    ).format(number=figures(changes.kept), place=place)
    return Unavailable(
        reason, _("bring them back, or leave them out with `depeche index --rebuild --prune`")
    )


def _outermost(roots: Iterable[Path]) -> list[Path]:
    """`roots` without repetition and without those inside another one."""
    kept: list[Path] = []
    for root in roots:
        if not any(root.is_relative_to(other) for other in kept):
            kept = [other for other in kept if not other.is_relative_to(root)] + [root]
    return kept


def _remembered(store: Store, named: Sequence[Path], rebuild: bool) -> list[Path]:
    """The folders indexed before. A rebuild that names some can do without a damaged list."""
    try:
        return store.roots()
    except DamagedIndex:
        if rebuild and named:
            return []
        raise


class _Run:
    """What has changed, on its way into the next commit, and what came of it so far."""

    def __init__(self, changes: Changes, draft: Draft, progress: OnProgress | None) -> None:
        self._changes = changes
        self._draft = draft
        self._progress = progress
        self._cost = cost(changes.to_read)
        self._cost_read = self._articles_read = 0
        self._counts = Counts(unchanged=changes.unchanged)
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
                draft.commit(more=True)
            elif number:
                draft.settle()
            self._read(batch)
        draft.remove(dict.fromkeys(changes.gone))
        gone = [draft.files.pop(path) for path in changes.gone]
        self._counts.removed += sum(file.articles for file in gone)
        self._recognise_moved(gone)
        draft.commit()

    def _tasks(self) -> Iterator[Task]:
        known = self._draft.digests(self._known)
        for file in self._changes.to_read:
            yield from tasks(file, known.pop(file.path, {}))

    def _read(self, batch: Sequence[Task]) -> None:
        """Write the articles of a batch."""
        from .intake.writing import write_articles  # what reads articles: when there are any

        processes = workers_for(sum(task.cost for task in batch), _WORTH_A_PROCESS)
        new_writer, of_batch = self._draft.new_writer, bundles(batch, _BUNDLE)
        done, failed = in_processes(
            processes,
            write_articles,
            new_writer,
            of_batch,
            self._step,
            divide=divided,
            apart=any(needs_process(task.part.file.path) for task in batch),
        )
        every = [outcome for _, of_process in done for outcome in of_process]
        every += [given_up(task, reason) for bundle, reason in failed for task in bundle]
        outcomes = joined(every)
        outcomes.sort(key=lambda outcome: (outcome.part.file.path, outcome.part.first))
        stale: dict[str, set[str]] = defaultdict(set)
        for outcome in outcomes:
            if outcome.stale:
                stale[outcome.part.file.path].update(outcome.stale)
        # Removed first: what replaces them has the same ids.
        self._draft.remove(stale)
        self._draft.add([written for of_process, _ in done for written in of_process])
        for outcome in outcomes:
            self._counts.add(outcome.counts)
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
        """Note among the files of the draft what is read of one."""
        outcomes = sorted(self._unfinished[path], key=lambda outcome: outcome.part.first)
        file, whole = outcomes[0].part.file, len(outcomes) == outcomes[0].part.of
        # Without a digest it is not taken for the same: this run may be interrupted, or not all
        # of the file could be read.
        seen = whole and all(outcome.digest for outcome in outcomes)
        content = file_digest(outcome.digest for outcome in outcomes).hex() if seen else ""
        articles = sum(outcome.articles for outcome in outcomes)
        record = FileRecord(
            file.id, file.size, file.mtime_ns, content, articles, file.ctime_ns, file.inode
        )
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
            if file.digest and contents[file.digest]:
                contents[file.digest] -= 1
                self._counts.moved += file.articles
                self._counts.added -= file.articles
                self._counts.removed -= file.articles

    def report(self, elapsed_s: float) -> Report:
        """What was done."""
        counts = self._counts
        return Report(
            added=counts.added,
            updated=counts.updated,
            moved=counts.moved,
            removed=counts.removed,
            unchanged=counts.unchanged,
            total=self._draft.articles,
            elapsed_s=elapsed_s,
            problems=tuple(self._problems),
        )
