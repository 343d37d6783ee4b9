"""Work shared out among processes, one for each core: analysis is all Python.

A worker is a plain Python process that asks for one item of work after another on standard output
and reads them from standard input, all pickled. One that its machine slows down takes fewer.
(multiprocessing would run the caller's main module again in each, and hangs when a worker dies
while it is being given its work.)

An item can be the end of a worker: it takes more memory than there is, or time without end, or
crashes a library. What that worker was given is then divided and tried again, until the item is
found; the others lose nothing.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar

from ..errors import Unavailable, explain
from ..language import N_, _

Item = TypeVar("Item")
Result = TypeVar("Result")
Step = Callable[..., None]
"""Called with what was done since the last call, as numbers."""

_MOST_SECONDS = 30.0
"""Of processor time for one item. Half a megabyte of articles takes one; with more than this,
something takes time that grows with the square of its size."""

_NO_MEMORY = 71  # exit status of a worker that has run out of memory: EX_OSERR of sysexits.h

_REASONS = {
    _NO_MEMORY: N_("takes more memory to read than there is"),
    -getattr(signal, "SIGPROF", 0): N_("takes too long to read"),
    -getattr(signal, "SIGKILL", 0): N_("the process that read it was killed (for want of memory?)"),
}
"""Why a worker has ended, by its exit status."""


@dataclass(frozen=True, slots=True)
class Dead(Generic[Item]):
    """A worker that has ended before its work was done."""

    items: list[Item]
    """All that it was given. Mostly it was the last."""
    reason: str


def workers_for(work: int, enough: int) -> int:
    """How many processes to share `work` among, if `enough` is worth a process of its own."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(cores or 1, work // enough))


def in_processes(
    processes: int,
    function: Callable[[Any, Iterable[Item], Step], Result],
    argument: object,
    items: Iterable[Item],
    step: Step,
    *,
    divide: Callable[[Item], Sequence[Item]] = lambda _: (),
    apart: bool = False,
) -> tuple[list[Result], list[tuple[Item, str]]]:
    """The results of `function(argument, some of the items, step)` in each of so many processes,
    and the items that cannot be worked on, each with the reason.

    A single process is this one unless it is to be kept `apart`: then nothing that happens to it
    happens here, and it can be stopped at any time. `divide` makes smaller items of one that a
    worker has died of; none, when it is as small as can be.

    An exception in one of the processes, other than a MemoryError, is raised here, and the others
    are stopped. Raises Unavailable when no process can be started.
    """
    results: list[Result] = []
    given_up: list[tuple[Item, str]] = []
    waiting: list[tuple[int, Iterable[Item], bool]] = [(processes, items, False)]
    while waiting:
        number, items, again = waiting.pop()
        left = iter(items)
        if number == 1 and not apart:
            ends = [_here(function, argument, left, step)]
        else:
            ends = _share(number, function, argument, left, step)
        apart = True  # what is tried again may fail again
        if rest := list(left):  # nobody was left to take them
            waiting.append((number, rest, again))
        for end in ends:
            if not isinstance(end, Dead):
                results.append(end)
            elif len(end.items) > 1:
                waiting += [(1, group, True) for group in _groups(end.items, again)]
            elif smaller := [item for each in end.items for item in divide(each)]:
                waiting.append((1, smaller, False))
            else:
                given_up += [(item, end.reason) for item in end.items]
    return results, given_up


def _groups(items: list[Item], again: bool) -> list[list[Item]]:
    """What to try one after the other instead of all `items`, of which a worker died.

    Mostly of the last. When those before it are the end of another worker, all together may be
    too much for one.
    """
    *before, last = items
    half = len(before) // 2 if again else 0
    return [group for group in (before[:half], before[half:], [last]) if group]


def _here(
    function: Callable[[Any, Iterable[Item], Step], Result],
    argument: object,
    items: Iterable[Item],
    step: Step,
) -> Result | Dead[Item]:
    """The result of doing it in this process."""
    given: list[Item] = []

    def noted() -> Iterator[Item]:
        for item in items:
            given.append(item)
            yield item

    try:
        return function(argument, noted(), step)
    except MemoryError:
        return Dead(given, _REASONS[_NO_MEMORY])


def _share(
    processes: int,
    function: Callable[[Any, Iterable[Item], Step], Result],
    argument: object,
    items: Iterator[Item],
    step: Step,
) -> list[Result | Dead[Item]]:
    """What came of it in each of so many workers; items are left if all of them died."""
    lock = Lock()

    def take() -> Item | None:
        with lock:
            return next(items, None)

    def counted(*numbers: int) -> None:
        with lock:
            step(*numbers)

    workers: list[subprocess.Popen[bytes]] = []
    try:
        for _ in range(processes):
            workers.append(_start())
        with ThreadPoolExecutor(processes) as pool:
            try:
                waiting: list[Future[Result | Dead[Item]]] = [
                    pool.submit(_converse, worker, (function, argument), take, counted)
                    for worker in workers
                ]
                return [each.result() for each in waiting]
            except BaseException:
                for worker in workers:
                    worker.kill()  # ends the conversations, which the pool waits for
                raise
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def _start() -> subprocess.Popen[bytes]:
    # Where this process has its code from, the current folder included if that is one of them.
    path = os.pathsep.join(place or str(Path.cwd()) for place in sys.path)
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            process_group=0,  # Ctrl-C is for us to answer
        )
    except OSError as error:
        raise _no_process(explain(error)) from error


def _no_process(reason: str) -> Unavailable:
    return Unavailable(
        _("no process to read articles can be started ({reason})").format(reason=reason),
        _("end other programs and try again"),
    )


def _converse(
    worker: subprocess.Popen[bytes],
    work: tuple[Callable[[Any, Iterable[Item], Step], Result], object],
    take: Callable[[], Item | None],
    step: Step,
) -> Result | Dead[Item]:
    questions, answers = worker.stdout, worker.stdin
    assert questions
    assert answers
    given: list[Item] = []
    ready = False

    def send(value: object) -> None:
        pickle.dump(value, answers)
        answers.flush()

    def send_next() -> None:
        item = take()
        if item is not None:
            given.append(item)
        send(item)

    try:
        send(work)
        send_next()
        while True:
            kind, value = pickle.load(questions)
            if kind == "ready":
                ready = True
            elif kind == "next":
                send_next()
            elif kind == "step":
                step(*value)
            elif kind == "error":
                raise value
            else:
                result: Result = value
                return result
    except (EOFError, BrokenPipeError, pickle.UnpicklingError):  # in the midst of a sentence, too
        status = worker.wait()
        crashed = N_("the process that read it has crashed ({status})")
        reason = _(_REASONS.get(status, crashed)).format(status=status)
        if not ready:
            raise _no_process(reason) from None
        return Dead(given, reason)
    finally:
        with suppress(OSError):  # what it was not told any more
            answers.close()


def _work() -> None:
    """The worker: one function, as many items as it has time for, then over.

    It ends without a word when whoever started it has gone, or when there is no memory left.
    """
    gc.set_threshold(50_000)  # what it makes it keeps: to look for garbage takes time
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed is no answer
    try:
        _answer(answers)
    except (BrokenPipeError, EOFError, pickle.UnpicklingError):
        pass
    except MemoryError:
        os._exit(_NO_MEMORY)
    with suppress(OSError):
        answers.close()


def _answer(answers: Any) -> None:
    def tell(kind: str, value: object = None) -> None:
        pickle.dump((kind, value), answers)
        answers.flush()

    def items(item: Any) -> Iterator[Any]:
        while item is not None:
            _limit_time(_MOST_SECONDS)
            yield item
            _limit_time(0)
            tell("next")
            item = pickle.load(sys.stdin.buffer)

    function, argument = pickle.load(sys.stdin.buffer)
    first = pickle.load(sys.stdin.buffer)
    tell("ready")
    try:
        result = function(argument, items(first), lambda *done: tell("step", done))
    except (MemoryError, BrokenPipeError, EOFError):
        raise
    except Exception as error:
        tell("error", error)
    else:
        tell("result", result)


def _limit_time(seconds: float) -> None:
    """Have the system end this process after so many seconds of work, whatever it is doing."""
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_PROF, seconds)


if __name__ == "__main__":
    _work()
