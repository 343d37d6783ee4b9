"""How long does a command take from the shell? Compared with the `whoosh` command.

    python -m tests.benchmarks.time_startup [--runs 15]

Every run is a process of its own over an index of the sample articles; the commands take turns,
so that whatever else the machine does slows them all. Prints medians, and their ratios to
`whoosh search`: the command that Whoosh itself comes with.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.benchmarks.measuring import environment
from tests.support.places import SEEDS

SCRIPTS = Path(sys.executable).parent
TO_COMPARE_WITH = "whoosh search"


def commands(articles: Path) -> dict[str, list[str]]:
    """The commands by name; `articles` is the folder that `whoosh` searches."""
    depeche, whoosh = str(SCRIPTS / "depeche"), str(SCRIPTS / "whoosh")
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        TO_COMPARE_WITH: [whoosh, "search", "missiles", str(articles)],
        "depeche --version": [depeche, "--version"],
        "depeche --help": [depeche, "--help"],
        "depeche search": [depeche, "search", "missiles"],
        "depeche search --json": [depeche, "search", "missiles", "--json"],
        "import tui.app": [sys.executable, "-c", "import tui.app"],
    }


def milliseconds(command: list[str], env: dict[str, str]) -> float:
    """The time from starting `command` to its end."""
    started = time.perf_counter()
    subprocess.run(command, env=env, cwd=SEEDS.parent, capture_output=True, check=True)
    return 1000 * (time.perf_counter() - started)


def measure(runs: int) -> dict[str, list[float]]:
    """The times of each command; the first run of each, which warms caches, is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        articles, index = Path(folder, "articles"), Path(folder, "index")
        shutil.copytree(SEEDS, articles)
        env = {**environment(), "DEPECHE_INDEX": str(index)}
        milliseconds([str(SCRIPTS / "whoosh"), "index", str(articles)], env)
        milliseconds([str(SCRIPTS / "depeche"), "index", str(SEEDS)], env)
        times: dict[str, list[float]] = {name: [] for name in commands(articles)}
        for run in range(runs + 1):
            for name, command in commands(articles).items():
                taken = milliseconds(command, env)
                times[name] += [taken] if run else []
    return times


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--runs", type=int, default=15)
    times = measure(arguments.parse_args().runs)
    whoosh = median(times[TO_COMPARE_WITH])
    print("| command | ms | × `whoosh search` |\n|---|--:|--:|")
    for name, taken in times.items():
        print(f"| `{name}` | {median(taken):.0f} | {median(taken) / whoosh:.2f} |")


if __name__ == "__main__":
    main()
