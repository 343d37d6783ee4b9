"""Tasks: what is to be read, in bundles of some size, and what came of each.

A process takes a bundle at a time, and a batch of bundles makes a commit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ..article import Problem
from ..formats import Record, has_many
from ..report import Counts
from .files import ArticleFile
from .records import Part, Unseen, numbers_of, parts, read_records

_OPENING = 2_000  # bytes that could be read in the time it takes to open a file
_MOST_PIECES = 500  # of a part of a file: each is looked for in all of it


@dataclass(frozen=True, slots=True)
class Task:
    """A part of a file to be read."""

    part: Part
    known: Mapping[str, bytes]
    """The digests of the articles that the store has of it already, by id."""
    numbers: range | None = None
    """Which of its records are to be read; by default all."""

    @property
    def cost(self) -> int:
        """What it takes to read it, in bytes."""
        return self.part.size + (_OPENING if self.part.start == 0 else 0)


@dataclass(slots=True)
class Outcome:
    """What came of a task."""

    part: Part
    counts: Counts = field(default_factory=Counts)
    problems: list[Problem] = field(default_factory=list)
    digest: bytes = b""
    """Of the part (see `digests`); empty when not all of it was read."""
    stale: list[str] = field(default_factory=list)
    """Ids of articles that the store has to forget: they are gone, or were written anew."""

    @property
    def articles(self) -> int:
        """How many the part has now."""
        return self.counts.added + self.counts.updated + self.counts.unchanged


def given_up(task: Task, reason: str) -> Outcome:
    """What comes of a task that no process can do: what was known is kept."""
    outcome = Outcome(task.part, Counts(unchanged=len(task.known)))
    path, numbers = task.part.file.path, task.numbers
    at = f"{path}#{numbers.start}" if numbers else path  # begins with the one article it has
    outcome.problems.append(Problem(at, reason))
    return outcome


def joined(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The same with one outcome a part, although some were read in several tasks."""
    of_parts: dict[tuple[str, int], Outcome] = {}
    for outcome in outcomes:
        key = outcome.part.file.path, outcome.part.first
        whole = of_parts.setdefault(key, outcome)
        if whole is not outcome:
            whole.counts.add(outcome.counts)
            whole.problems += outcome.problems
            whole.stale += outcome.stale
            whole.digest = b""
    return list(of_parts.values())


def divided(bundle: list[Task]) -> list[list[Task]]:
    """Smaller bundles in the place of one: of one task or, of a part of a file of many records,
    of some of them. None when it is a single article."""
    if len(bundle) > 1:
        return [[task] for task in bundle]
    (task,) = bundle
    if not has_many(task.part.file.path):
        return []
    numbers: list[int] = []
    with suppress(Unseen):
        for record in read_records(task.part):
            if isinstance(record, Record) and (not task.numbers or record.number in task.numbers):
                numbers.append(record.number)
    if len(numbers) < 2:
        return []
    starts = numbers[:: len(numbers) // _MOST_PIECES + 1]
    stop = task.numbers.stop if task.numbers else numbers[-1] + 1
    known: dict[int, dict[str, bytes]] = defaultdict(dict)
    at = numbers_of(task.part, task.known)
    for id, digest in task.known.items():  # those of records that are gone go somewhere
        known[starts[max(1, bisect_right(starts, at[id])) - 1]][id] = digest
    return [
        [replace(task, known=known[start], numbers=range(start, end))]
        for start, end in pairwise([*starts, stop])
    ]


def cost(files: Iterable[ArticleFile]) -> int:
    """What it takes to read `files`, in bytes."""
    return sum(_OPENING + file.size for file in files)


def tasks(file: ArticleFile, known: Mapping[str, bytes]) -> Iterator[Task]:
    """The tasks of reading a file; each is given the digests that are `known` of its records."""
    of_file = parts(file)
    if len(of_file) == 1:
        yield Task(of_file[0], known)
        return
    at = numbers_of(of_file[0], known)
    in_order = deque(sorted((at[id], id) for id in known))
    for part, following in zip(of_file, [*of_file[1:], None], strict=True):
        ids = []
        while in_order and (following is None or in_order[0][0] < following.first):
            ids.append(in_order.popleft()[1])
        yield Task(part, {id: known[id] for id in ids})


def bundles(tasks: Iterable[Task], most: int) -> Iterator[list[Task]]:
    """Divide `tasks` into bundles that cost no more than `most`, but for a single large one."""
    bundle: list[Task] = []
    cost = 0
    for task in tasks:
        if bundle and cost + task.cost > most:
            yield bundle
            bundle, cost = [], 0
        bundle.append(task)
        cost += task.cost
    if bundle:
        yield bundle
