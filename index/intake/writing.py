"""Writing: the articles of tasks go to a Writer of the store, whatever that is.

Runs in each of the processes that share an update.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..article import Problem
from ..extraction.reading import read_article
from ..formats import Record
from ..store import NewWriter, Writer, Written
from .digests import part_digest, record_digest
from .processes import Step
from .records import read_records
from .tasks import Outcome, Task


def write_articles(
    new_writer: NewWriter, bundles: Iterable[Sequence[Task]], step: Step
) -> tuple[Written, list[Outcome]]:
    """Write the articles of all tasks that the store does not have yet, with one Writer.

    After each bundle `step` is told its articles and its cost in bytes.
    """
    writer = new_writer()
    outcomes: list[Outcome] = []
    for bundle in bundles:
        of_bundle = [_do(task, writer) for task in bundle]
        outcomes += of_bundle
        step(sum(o.articles for o in of_bundle), sum(task.cost for task in bundle))
    return writer.finish(), outcomes


def _do(task: Task, writer: Writer) -> Outcome:
    outcome = Outcome(task.part)
    counts = outcome.counts
    not_seen = dict(task.known)
    digests = []
    for record in read_records(task.part):
        if isinstance(record, Problem):
            outcome.problems.append(record)
            continue
        digest = record_digest(record.data)
        digests.append(digest)
        before = not_seen.pop(record.id, None)
        if before == digest:
            counts.unchanged += 1
            continue
        written = _write(record, digest, writer, outcome)
        if before is not None:
            outcome.stale.append(record.id)
        if written and before is None:
            counts.added += 1
        elif written:
            counts.updated += 1
        elif before is not None:
            counts.removed += 1
    outcome.stale += not_seen
    counts.removed += len(not_seen)
    outcome.digest = part_digest(digests)
    return outcome


def _write(record: Record, digest: bytes, writer: Writer, outcome: Outcome) -> bool:
    """Write the article of a record; whether it has one."""
    written = False
    for item in read_article(record):
        if isinstance(item, Problem):
            outcome.problems.append(item)
        else:
            writer.add(item, digest)
            written = True
    return written
