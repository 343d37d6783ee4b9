"""Work shared out among processes, one for each core: analysis is all Python.

A worker is a plain Python process that asks for one item of work after another on standard output
and reads them from standard input, all pickled. One that its machine slows down takes fewer.
(multiprocessing would run the caller's main module again in each, and hangs when a worker dies
while it is being given its work.)
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Step = Callable[..., None]
"""Called with what was done since the last call, as numbers."""


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
) -> list[Result]:
    """The results of `function(argument, some of the items, step)` in each of so many processes.

    An exception in one of them is raised here, and the others are stopped.
    """
    if processes == 1:
        return [function(argument, items, step)]
    lock, left = Lock(), iter(items)

    def take() -> Item | None:
        with lock:
            return next(left, None)

    def counted(*numbers: int) -> None:
        with lock:
            step(*numbers)

    workers = [_start() for _ in range(processes)]
    try:
        with ThreadPoolExecutor(processes) as pool:
            try:
                waiting = [
                    pool.submit(_converse, worker, (function, argument, take()), take, counted)
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
    return subprocess.Popen(
        [sys.executable, "-P", "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        process_group=0,  # Ctrl-C is for us to answer
    )


def _converse(
    worker: subprocess.Popen[bytes],
    work: tuple[Callable[..., Result], object, Item | None],
    take: Callable[[], Item | None],
    step: Step,
) -> Result:
    questions, answers = worker.stdout, worker.stdin
    assert questions
    assert answers

    def send(value: object) -> None:
        pickle.dump(value, answers)
        answers.flush()

    try:
        with answers:
            send(work)
            while True:
                kind, value = pickle.load(questions)
                if kind == "next":
                    send(take())
                elif kind == "step":
                    step(*value)
                elif kind == "error":
                    raise value
                else:
                    result: Result = value
                    return result
    except (EOFError, BrokenPipeError):
        raise OSError("a worker process ended before its work was done") from None


def _work() -> None:
    """The worker: one function, as many items as it has time for, then over."""
    gc.set_threshold(50_000)  # what it makes it keeps: to look for garbage takes time
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed is no answer

    def tell(kind: str, value: object = None) -> None:
        pickle.dump((kind, value), answers)
        answers.flush()

    def items(item: Any) -> Iterator[Any]:
        while item is not None:
            yield item
            tell("next")
            item = pickle.load(sys.stdin.buffer)

    function, argument, first = pickle.load(sys.stdin.buffer)
    try:
        tell("result", function(argument, items(first), lambda *done: tell("step", done)))
    except (BrokenPipeError, EOFError):
        pass  # whoever wanted the result is gone
    except Exception as error:
        tell("error", error)


if __name__ == "__main__":
    _work()
