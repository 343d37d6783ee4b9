"""Depeche alone, against the number of articles: `compare.py --growth`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks.engines import Depeche, Query
from tests.benchmarks.measuring import (
    environment,
    in_turns,
    megabytes,
    p95,
    peak_memory,
    processes_of,
    python,
    run,
)
from tests.benchmarks.questions import beginnings, questions, rare_words
from tests.support.make_corpus import write_folder, write_jsonl
from tests.support.terminal import Terminal

_ADDED = 100  # articles, for the second refresh
_TYPED = 5  # queries, before one looks at the memory of the interface

COLUMNS = (
    *("articles", "indexing, s", "articles/s", "MB of memory", "index, MB"),
    *("query, ms", "95 %", "rare word, ms", "one letter, ms", "two letters, ms"),
    *("from the shell, ms", "MB of memory", "interface, MB", "its archive, MB"),
    *("refresh, s", f"with {_ADDED} more, s"),
)


def print_growth(folder: Path, sizes: Sequence[int], seed: int, number: int, txt: bool) -> None:
    """Print a line of the table for each size, as soon as it is known."""
    print(f"| {' | '.join(COLUMNS)} |\n|{'--:|' * len(COLUMNS)}", flush=True)
    for size in sizes:
        figures = measure(folder / str(size), size, seed, number, txt)
        print(f"| {' | '.join(figures)} |", flush=True)


def measure(folder: Path, size: int, seed: int, number: int, txt: bool) -> Iterator[str]:
    """The cells of one line."""
    articles, index = folder / "articles", folder / "index"
    corpus = _write(folder, articles, size, seed, txt)
    asked = questions(corpus, number, seed)
    made = _update(index, articles)
    seconds = made[0]
    yield f"{size:,}"
    yield f"{seconds:.1f}"
    yield f"{size / seconds:,.0f}"
    yield f"{made[1]:,.0f}"
    yield f"{megabytes(index):,.0f}"
    yield from _asking(index, corpus, asked, seed)
    yield from _from_the_shell(index, asked[0])
    yield from _of_the_interface(index, asked)
    yield f"{_update(index, articles)[0]:.2f}"
    write_jsonl(articles / "more.jsonl", _ADDED, seed + 1)
    yield f"{_update(index, articles)[0]:.2f}"


def _write(folder: Path, articles: Path, size: int, seed: int, txt: bool) -> Path:
    """Write the articles, as files if so wanted; and in any case as one .jsonl, which is named."""
    articles.mkdir(parents=True)
    if txt:
        write_folder(articles, size, seed)
    corpus = (folder if txt else articles) / "articles.jsonl"
    write_jsonl(corpus, size, seed)
    return corpus


def _update(index: Path, articles: Path) -> tuple[float, float]:
    """Bring the index up to date in a process of its own: its seconds and megabytes."""
    command = python(
        "import sys; from tests.benchmarks.engines import make; make('depeche', *sys.argv[1:])"
    )
    ran = run([*command, str(articles), str(index)])
    return float(ran.printed), ran.megabytes


def _asking(index: Path, corpus: Path, asked: Sequence[Query], seed: int) -> Iterator[str]:
    depeche = Depeche(index)
    times = in_turns(asked, {"depeche": depeche.full})["depeche"]
    yield f"{median(times):.1f}"
    yield f"{p95(times):.1f}"
    for kind in (rare_words(corpus, len(asked), seed), beginnings(asked, 1), beginnings(asked, 2)):
        yield f"{median(in_turns(kind, {'depeche': depeche.full})['depeche']):.1f}"


def _from_the_shell(index: Path, query: Query) -> Iterator[str]:
    code = "import sys; from search.cli.app import main; sys.exit(main())"
    command = python(code, "search", "--index", index, query.text)
    times = [run(command, memory=False).seconds for _ in range(4)][1:]
    yield f"{1000 * median(times):.0f}"
    yield f"{run(command).megabytes:.0f}"


def _of_the_interface(index: Path, asked: Sequence[Query]) -> Iterator[str]:
    """The memory of the interface, and of the process that it asks, after some queries."""
    command = python("from search.cli.app import main; main()", "--index", index, "tui")
    terminal = Terminal(command, {**environment(), "TERM": "xterm-256color"}, 80, 24)
    try:
        terminal.wait_for(" ms")
        for query in asked[:_TYPED]:
            terminal.type(f"\x15{query.text}")  # Ctrl-U empties the line
            terminal.settle()
        pids = [*processes_of(terminal.process.pid)]
        yield from (f"{peak_memory(pid):.0f}" for pid in (pids[0], pids[-1]))
    finally:
        terminal.close()
