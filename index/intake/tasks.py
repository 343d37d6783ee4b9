"""Tasks: what is to be read, in bundles of some size, and what came of each.

A process takes a bundle at a time, and a batch of bundles makes a commit.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..article import Problem
from ..report import Counts
from .files import ArticleFile
from .records import Part, parts

_OPENING = 2_000  # bytes that could be read in the time it takes to open a file


@dataclass(frozen=True, slots=True)
class Task:
    """A part of a file to be read."""

    part: Part
    known: Mapping[str, bytes]
    """The digests of the articles that the store has of it already, by id."""

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
    """Of the part (see `digests`)."""
    stale: list[str] = field(default_factory=list)
    """Ids of articles that the store has to forget: they are gone, or were written anew."""

    @property
    def articles(self) -> int:
        """How many the part has now."""
        return self.counts.added + self.counts.updated + self.counts.unchanged


def cost(files: Iterable[ArticleFile]) -> int:
    """What it takes to read `files`, in bytes."""
    return sum(_OPENING + file.size for file in files)


def tasks(file: ArticleFile, known: Mapping[str, bytes]) -> Iterator[Task]:
    """The tasks of reading a file; each is given the digests that are `known` of its own lines."""
    of_file = parts(file)
    if len(of_file) == 1:
        yield Task(of_file[0], known)
        return
    by_line = deque(sorted((int(id.rpartition("#")[2]), id) for id in known))
    for part, following in zip(of_file, [*of_file[1:], None], strict=True):
        ids = []
        while by_line and (following is None or by_line[0][0] < following.line):
            ids.append(by_line.popleft()[1])
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
