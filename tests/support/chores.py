"""Work that tests share out among processes, some of it deadly. Each imports this: it is light."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.article import Article, Problem
    from index.formats import Record
    from index.intake.processes import Step
    from index.intake.tasks import Outcome, Task
    from index.store import NewWriter, Written


def powers(exponent: int, numbers: Iterable[int], step: Step) -> list[int]:
    print("what is printed is no answer")
    found = []
    for number in numbers:
        found.append(number**exponent)
        step(1)
    return found


def fails(_: object, numbers: Iterable[int], step: Step) -> None:
    if 9 in numbers:
        raise OSError(28, "No space left on device")


def dies(how: str, bundles: Iterable[list[int]], step: Step) -> int:
    """The sum of the numbers, of which 9 is the end of whoever meets it; or 100 in all."""
    total = 0
    for bundle in bundles:
        for number in bundle:
            total += number
            if total > 100 if how == "too much" else number == 9:
                _end(how)
    return total


def _end(how: str) -> Any:
    if how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    elif how == "endless":
        signal.setitimer(signal.ITIMER_PROF, 0.05)  # as `processes` does, but sooner
        while True:
            pass
    elif how == "crash":
        os._exit(3)
    raise MemoryError


def write_deadly(
    new_writer: NewWriter, bundles: Iterable[Sequence[Task]], step: Step
) -> tuple[list[Written], list[Outcome]]:
    """`write_articles` in a process that some articles are the end of."""
    from index.extraction.reading import read_article
    from index.intake import writing

    def read(record: Record) -> Iterator[Article | Problem]:
        if b"cyanure" in record.data:
            _end("killed")
        if b"arsenic" in record.data:
            _end("memory")
        return read_article(record)

    writing.read_article = read  # type: ignore[attr-defined]
    return writing.write_articles(new_writer, bundles, step)
