"""Work shared out among processes, one for each core: analysis is all Python.

A worker is a plain Python process that reads its share from standard input and writes what it
has done to standard output, both pickled. (multiprocessing would run the caller's main module
again in each, and hangs when a worker dies while it is being given its share.)
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any, TypeVar

Result = TypeVar("Result")
Step = Callable[..., None]
"""Called with what was done since the last call, as numbers."""


def workers_for(work: int, enough: int) -> int:
    """How many processes to share `work` among, if `enough` is worth a process of its own."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(cores or 1, work // enough))


def in_processes(
    function: Callable[..., Result], shares: Sequence[tuple[Any, ...]], step: Step
) -> list[Result]:
    """`function(*share, step)` for each share, in a process each; the results in their order.

    An exception in one of them is raised here, and the others are stopped.
    """
    if len(shares) == 1:
        return [function(*shares[0], step)]
    lock = Lock()

    def counted(*numbers: int) -> None:
        with lock:
            step(*numbers)

    workers = [_start() for _ in shares]
    try:
        with ThreadPoolExecutor(len(shares)) as pool:
            try:
                waiting = [
                    pool.submit(_converse, worker, function, share, counted)
                    for worker, share in zip(workers, shares, strict=True)
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
    function: Callable[..., Result],
    share: tuple[Any, ...],
    step: Step,
) -> Result:
    assert worker.stdin
    assert worker.stdout
    try:
        with worker.stdin:
            pickle.dump((function, share), worker.stdin)
        while True:
            kind, value = pickle.load(worker.stdout)
            if kind == "step":
                step(*value)
            elif kind == "error":
                raise value
            else:
                result: Result = value
                return result
    except (EOFError, BrokenPipeError):
        raise OSError("a worker process ended before its work was done") from None


def _work() -> None:
    """The worker: one share, then over."""
    gc.set_threshold(50_000)  # what it makes it keeps: to look for garbage takes time
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed is no answer

    def tell(kind: str, value: object) -> None:
        pickle.dump((kind, value), answers)
        answers.flush()

    function, share = pickle.load(sys.stdin.buffer)
    try:
        tell("result", function(*share, lambda *numbers: tell("step", numbers)))
    except BrokenPipeError:
        pass  # whoever wanted the result is gone
    except Exception as error:
        tell("error", error)


if __name__ == "__main__":
    _work()
