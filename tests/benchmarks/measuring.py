"""Time and memory of processes and calls, for `compare.py` and `growth.py`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple, TypeVar

from tests.support.places import ROOT

Asked = TypeVar("Asked")

_PASSES = 3
_EVERY = 0.05  # seconds between two looks at the memory of a process


class Ran(NamedTuple):
    """What a process took, and what it printed."""

    seconds: float
    megabytes: float
    printed: str


def python(code: str, *args: str | Path) -> list[str]:
    """The command that runs some lines of Python with these arguments."""
    return [sys.executable, "-c", code, *map(str, args)]


def environment() -> dict[str, str]:
    """That of a user: with compiled modules, which some development machines forgo."""
    forgone = "PYTHONDONTWRITEBYTECODE"
    kept = {name: value for name, value in os.environ.items() if name != forgone}
    return {**kept, "PYTHONPATH": str(ROOT)}


def run(command: Sequence[str], memory: bool = True) -> Ran:
    """Run `command`; its time is exact only without looking at its `memory`.

    The memory is what the process and those of its workers that live at the same time have had
    at most (Linux; elsewhere 0). The system's own figure of a process that ended is no use: it
    counts what its parent had.
    """
    started = time.perf_counter()
    with subprocess.Popen(command, env=environment(), cwd=ROOT, stdout=subprocess.PIPE) as process:
        peak = 0.0
        while memory and process.poll() is None:
            peak = max(peak, sum(map(peak_memory, processes_of(process.pid))))
            time.sleep(_EVERY)
        printed = process.communicate()[0].decode()
        seconds = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(f"this failed: {' '.join(command)}")
    return Ran(seconds, peak, printed)


def processes_of(pid: int) -> Iterator[int]:
    """The process and those that it started."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:  # it has just ended
            continue
        for child in children:
            yield from processes_of(int(child))


def peak_memory(pid: int) -> float:
    """The most memory that a process had so far, in megabytes; 0 when it is gone."""
    try:
        found = re.search(r"VmHWM:\s*(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) * 1024 / 1e6 if found else 0.0


def in_turns(
    asked: Iterable[Asked], ways: Mapping[str, Callable[[Asked], object]]
) -> dict[str, list[float]]:
    """Milliseconds of each way for each thing asked: the median of three passes over them all.

    The ways take turns, so that whatever else the machine does slows them all.
    """
    everything = list(asked)
    times: dict[str, list[list[float]]] = {name: [[] for _ in everything] for name in ways}
    for _ in range(_PASSES):
        for number, each in enumerate(everything):
            for name, way in ways.items():
                started = time.perf_counter()
                way(each)
                times[name][number].append(1000 * (time.perf_counter() - started))
    return {name: [median(passes) for passes in of_way] for name, of_way in times.items()}


def p95(times: Sequence[float]) -> float:
    """What 19 of 20 are below."""
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def megabytes(folder: Path) -> float:
    """What the files in `folder` take."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
