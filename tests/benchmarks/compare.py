"""Depeche beside plain Whoosh and SQLite's FTS5: the same articles, the same queries, one run.

    python -m tests.benchmarks.compare [--articles 20000] [--seed 1] [--queries 200] [--keep DIR]
    python -m tests.benchmarks.compare --growth 1000 10000 36000 100000 [--txt]

The articles are those of `make_corpus.py`, in one .jsonl file; what each engine does with them
is told in `engines.py`. Depeche's indexing is all of it: reading, cleaning, recognising sources,
the sketches by which reprints are found. Each indexes them three times, in turns, and the median
counts. A query is some words of one article, so that it finds at least that one; it is asked
three times, not in a row, and its median counts. Prints a table in Markdown; the columns × are
ratios to depeche.

With `--growth` depeche is measured alone, against the number of articles; with `--txt` each of
them is a file, as in most archives.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from index.analysis.sketch import sketches
from index.analysis.vocabulary import Vocabulary
from tests.benchmarks.engines import (
    ENGINES,
    Depeche,
    Engine,
    Query,
    rate_of_whoosh_with_our_fields,
    read,
)
from tests.benchmarks.growth import print_growth
from tests.benchmarks.measuring import in_turns, megabytes, p95, python, run
from tests.benchmarks.questions import beginnings, phrases, questions
from tests.support.make_corpus import write_jsonl

_RUNS = 3  # of indexing, whose median counts
_SLOW = 20  # one in so many queries is asked where each takes long

Engines = dict[str, Engine]


class Row(NamedTuple):
    """One thing that was measured, for each engine."""

    name: str
    values: dict[str, float]


def indexing(corpus: Path, folder: Path, articles: int) -> list[Row]:
    """Have each engine make its index, in a process of its own; in turns, and more than once."""
    times: dict[str, list[float]] = {name: [] for name in ENGINES}
    memory: dict[str, float] = {}
    command = python("import sys; from tests.benchmarks.engines import make; make(*sys.argv[1:])")
    for _ in range(_RUNS):
        for name in ENGINES:
            shutil.rmtree(folder / name, ignore_errors=True)
            ran = run([*command, name, str(corpus), str(folder / name)])
            times[name].append(float(ran.printed))
            memory[name] = max(memory.get(name, 0.0), ran.megabytes)
    seconds = {name: median(runs) for name, runs in times.items()}
    return [
        Row("indexing, s", seconds),
        Row("indexing, articles/s", {name: articles / taken for name, taken in seconds.items()}),
        Row("indexing, MB of memory", memory),
        Row("index, MB", {name: megabytes(folder / name) for name in ENGINES}),
    ]


def asking(
    name: str,
    asked: Sequence[Query],
    engines: Engines,
    way: Callable[[Engine], Callable[[Query], object]],
) -> list[Row]:
    """Ask each engine in one way: the median, and what 19 of 20 are below."""
    times = in_turns(asked, {each: way(engine) for each, engine in engines.items()})
    return [
        Row(f"{name}, ms", {each: median(taken) for each, taken in times.items()}),
        Row(f"{name}, ms (95 %)", {each: p95(taken) for each, taken in times.items()}),
    ]


def showing(engine: Engine, asked: Sequence[Query]) -> Callable[[Query], object]:
    """Makes the passages of hits that have been found before."""
    prepared = {query: engine.showing(query) for query in asked}
    return lambda query: prepared[query]()


def from_the_shell(folder: Path, asked: Sequence[Query]) -> list[Row]:
    """A process that opens the index and answers one query, Python's own start included."""
    ask = python("import sys; from tests.benchmarks.engines import ask; ask(*sys.argv[1:])")
    search = python("import sys; from search.cli.app import main; sys.exit(main())", "search")
    commands = {name: [*ask, name, str(folder / name)] for name in ENGINES}
    commands["depeche"] = [*search, "--index", str(folder / "depeche")]

    def way(name: str) -> Callable[[Query], object]:
        return lambda query: run([*commands[name], query.text], memory=False)

    times = in_turns(asked, {name: way(name) for name in ENGINES})
    memory = {name: run([*commands[name], asked[0].text]).megabytes for name in ENGINES}
    return [
        Row("one query from the shell, ms", {name: median(times[name]) for name in ENGINES}),
        Row("one query from the shell, MB", memory),
    ]


def compare(corpus: Path, folder: Path, number: int, seed: int) -> list[Row]:
    """All that the engines have in common."""
    asked = questions(corpus, number, seed)
    few = -(-number // _SLOW)
    rows = indexing(corpus, folder, sum(1 for _ in read(corpus)))
    engines = {name: engine(folder / name) for name, engine in ENGINES.items()}
    rows += asking("ten ids", asked, engines, lambda engine: engine.plain)
    rows += asking("ten hits, passages, facets", asked, engines, lambda engine: engine.full)
    rows += asking("passages of ten hits", asked, engines, lambda e: showing(e, asked))
    in_a_row = phrases(corpus, number, seed)
    rows += asking("phrase of two words", in_a_row, engines, lambda engine: engine.full)
    for letters, text in enumerate(("one letter", "two letters", "three letters"), 1):
        begun = beginnings(asked, letters)[: few + 1]
        rows += asking(f"word begun with {text}", begun, engines, lambda engine: engine.full)
    return rows + from_the_shell(folder, asked[:few])


def duplicates(corpus: Path, folder: Path, asked: Sequence[Query], seconds: float) -> str:
    """What depeche spends on reprints, when it indexes and when it answers."""
    vocabulary, chunks = Vocabulary(), array("i")
    ends = array("q", [0])
    for article in read(corpus):
        chunks += vocabulary.chunks(article["body"])
        ends.append(len(chunks))
    started = time.perf_counter()
    sketches(chunks, ends[:-1], ends[1:], vocabulary.hashes)
    share = (time.perf_counter() - started) / seconds
    depeche = Depeche(folder / "depeche")
    ways = {
        "first": depeche.full,  # reads what both of the others then find in memory
        "grouped": depeche.full,
        "apart": lambda query: depeche.full(query, duplicates=True),
    }
    times = {name: median(taken) for name, taken in in_turns(asked, ways).items()}
    return (
        f"Reprints: their sketches are {share:.0%} of the indexing; a query that groups them takes"
        f" {times['grouped']:.1f} ms, one that does not {times['apart']:.1f} ms."
    )


def table(rows: Sequence[Row]) -> str:
    """The rows in Markdown, with the ratios to depeche."""
    ours, *others = ENGINES
    lines = [f"| | {ours} |{''.join(f' {name} | × |' for name in others)}"]
    lines.append("|---|--:|" + "--:|--:|" * len(others))
    for row in rows:
        rivals = (
            f" {_figure(row.values[o])} | {row.values[o] / row.values[ours]:.2g} |" for o in others
        )
        lines.append(f"| {row.name} | {_figure(row.values[ours])} |{''.join(rivals)}")
    return "\n".join(lines)


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


@contextmanager
def place(kept: Path | None) -> Iterator[Path]:
    """A folder to work in: `kept`, made if need be, or one that is removed in the end."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)


def main(args: Sequence[str] | None = None) -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--articles", type=int, default=20_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--queries", type=int, default=200)
    arguments.add_argument(
        "--keep", type=Path, metavar="DIR", help="leave articles and indexes there"
    )
    arguments.add_argument("--growth", type=int, nargs="+", metavar="ARTICLES")
    arguments.add_argument("--txt", action="store_true", help="with --growth: one file an article")
    options = arguments.parse_args(args)
    with place(options.keep) as folder:
        if options.growth:
            print_growth(folder, options.growth, options.seed, options.queries, options.txt)
            return
        corpus = folder / "articles.jsonl"
        write_jsonl(corpus, options.articles, options.seed)
        rows = compare(corpus, folder, options.queries, options.seed)
        print(f"{options.articles:,} articles, {options.queries} queries\n\n{table(rows)}\n")
        asked = questions(corpus, options.queries, options.seed)
        print(duplicates(corpus, folder, asked, rows[0].values["depeche"]))
        rate = rate_of_whoosh_with_our_fields(corpus, folder / "fields")
        print(f"Whoosh's own writer, given depeche's fields, takes in {rate:,.0f} articles/s.")


if __name__ == "__main__":
    main()
