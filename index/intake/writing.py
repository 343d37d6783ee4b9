"""Writing: the articles of tasks go to a Writer of the store, whatever that is.

Runs in each of the processes that share an update.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ..article import Problem
from ..extraction.reading import read_article
from ..formats import Record
from ..language import _, figures
from ..store import NewWriter, Writer, Written
from .digests import digest_of, part_digest
from .processes import Step
from .records import Unseen, kept, read_records
from .tasks import Outcome, Task

_MOST_PROBLEMS = 100
"""Of a part of a file that are told one by one: a table named .jsonl has one a line."""


def write_articles(
    new_writer: NewWriter, bundles: Iterable[Sequence[Task]], step: Step
) -> tuple[list[Written], list[Outcome]]:
    """Write the articles of all tasks that the store does not have yet, with one Writer or, when
    that is full, several.

    After each bundle `step` is told its articles and its cost in bytes.
    """
    writer = new_writer()
    written: list[Written] = []
    outcomes: list[Outcome] = []
    for bundle in bundles:
        of_bundle = []
        for task in bundle:
            of_bundle.append(_do(task, writer))
            if writer.full:
                written.append(writer.finish())
                writer = new_writer()
        outcomes += of_bundle
        step(sum(o.articles for o in of_bundle), sum(task.cost for task in bundle))
    return [*written, writer.finish()], outcomes


def _do(task: Task, writer: Writer) -> Outcome:
    outcome = Outcome(task.part)
    not_seen = dict(task.known)
    digests: list[tuple[int, bytes]] = []
    try:
        for record in read_records(task.part):
            if isinstance(record, Problem):
                outcome.problems.append(record)
            elif task.numbers is None or record.number in task.numbers:
                digest = digest_of(record)
                digests.append((record.number, digest))
                _compare(record, digest, not_seen.pop(record.id, None), writer, outcome)
    except Unseen as unseen:
        reason = kept(unseen.reason) if task.known else unseen.reason
        outcome.problems.append(Problem(task.part.file.path, reason))
        outcome.counts.unchanged += len(not_seen)
    else:
        outcome.stale += not_seen
        outcome.counts.removed += len(not_seen)
        if task.numbers is None:
            outcome.digest = part_digest(digests)
    _sum_up(outcome)
    return outcome


def _compare(
    record: Record, digest: bytes, before: bytes | None, writer: Writer, outcome: Outcome
) -> None:
    """Write the article of a record that is not what it was `before`."""
    counts = outcome.counts
    if before == digest:
        counts.unchanged += 1
        return
    written = _write(record, digest, writer, outcome)
    if before is not None:
        outcome.stale.append(record.id)
    if written and before is None:
        counts.added += 1
    elif written:
        counts.updated += 1
    elif before is not None:
        counts.removed += 1


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


def _sum_up(outcome: Outcome) -> None:
    """Keep what is said of a part from growing with what is wrong in it."""
    rest = outcome.problems[_MOST_PROBLEMS:]
    if rest:
        reasons = Counter(problem.reason for problem in rest)
        del outcome.problems[_MOST_PROBLEMS:]
        for reason, number in reasons.items():
            if number > 1:
                reason = _("{reason}, and so are {number} more from here").format(
                    reason=reason, number=figures(number - 1)
                )
            outcome.problems.append(Problem(rest[0].path, reason))
