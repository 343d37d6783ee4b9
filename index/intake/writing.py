"""Writing: records → articles → one segment, and what came of each part of a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from whoosh.codec.base import Segment

from ..article import Problem
from ..extraction.reading import read_article
from ..whoosh_store.segment import SegmentBuilder
from .portions import Outcome, Task
from .processes import Step
from .records import Record, digest, read_records


def write_segment(
    folder: Path, portions: Iterable[Sequence[Task]], step: Step
) -> tuple[Segment | None, list[Outcome]]:
    """Write the articles of all tasks that the index does not have yet to one segment, if any."""
    builder = SegmentBuilder(folder)
    outcomes: list[Outcome] = []
    for portion in portions:
        of_portion = [_read(task, builder) for task in portion]
        outcomes += of_portion
        step(sum(o.articles for o in of_portion), sum(task.cost for task in portion))
    return builder.finish(), outcomes


def _read(task: Task, builder: SegmentBuilder) -> Outcome:
    outcome = Outcome(task.part)
    known = dict(task.known)
    digests = []
    for record in read_records(task.part):
        if isinstance(record, Problem):
            outcome.problems.append(record)
            continue
        digests.append(digest(record.data))
        before = known.pop(record.id, None)
        if before == digests[-1]:
            outcome.unchanged += 1
            continue
        written = _write(record, digests[-1], builder, outcome)
        outcome.added += written and before is None
        outcome.updated += written and before is not None
        outcome.removed += before is not None and not written
        if before is not None:
            outcome.stale.append(record.id)
    outcome.stale += known
    outcome.removed += len(known)
    outcome.digest = digest(digests)
    return outcome


def _write(record: Record, of_record: bytes, builder: SegmentBuilder, outcome: Outcome) -> bool:
    """Write the article of a record; whether it has one."""
    written = False
    for item in read_article(record):
        if isinstance(item, Problem):
            outcome.problems.append(item)
        else:
            builder.add(item, of_record)
            written = True
    return written
