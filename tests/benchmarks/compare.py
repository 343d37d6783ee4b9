"""Depeche beside plain Whoosh and SQLite's FTS5: the same articles, the same queries, one run.

    python -m tests.benchmarks.compare [--articles 20000] [--seed 1] [--queries 200] [--keep DIR]
    python -m tests.benchmarks.compare --like ARTICLES.jsonl [--articles 36000] [--keep DIR]
    python -m tests.benchmarks.compare --growth 1000 10000 36000 100000 [--txt] [--like …]

The articles are those of `make_corpus.py`, or with `--like` those that `recombine.py` makes of
real ones, in one .jsonl file; what each engine does with them is told in `engines.py`. Depeche's
indexing is all of it: reading, cleaning, recognising sources, finding reprints. Each indexes them
three times, in turns, and the median counts. A query is some words of one article, so that it
finds at least that one, or of a real headline; it is asked three times, not in a row, and its
median counts. Prints a table in Markdown; the columns × are ratios to depeche.
Of articles like real ones Whoosh makes no index: it would take a quarter of an hour.

With `--growth` depeche is measured alone, against the number of articles; with `--txt` each of
them is a file, as in most archives.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

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
from tests.benchmarks.questions import beginnings, of_headlines, phrases, questions
from tests.support.make_corpus import write_jsonl
from tests.support.recombine import write_recombined

_RUNS = 3  # of indexing, whose median counts
_SLOW = 20  # one in so many queries is asked where each takes long

Engines = dict[str, Engine]


class Row(NamedTuple):
    """One thing that was measured, for each engine."""

    name: str
    values: dict[str, float]


def indexing(names: Sequence[str], corpus: Path, folder: Path, articles: int) -> list[Row]:
    """Have each engine make its index, in a process of its own; in turns, and more than once."""
    times: dict[str, list[float]] = {name: [] for name in names}
    memory: dict[str, float] = {}
    command = python("import sys; from tests.benchmarks.engines import make; make(*sys.argv[1:])")
    for _ in range(_RUNS):
        for name in names:
            shutil.rmtree(folder / name, ignore_errors=True)
            ran = run([*command, name, str(corpus), str(folder / name)])
            times[name].append(float(ran.printed))
            memory[name] = max(memory.get(name, 0.0), ran.megabytes)
    seconds = {name: median(runs) for name, runs in times.items()}
    return [
        Row("indexing, s", seconds),
        Row("indexing, articles/s", {name: articles / taken for name, taken in seconds.items()}),
        Row("indexing, MB of memory", memory),
        Row("index, MB", {name: megabytes(folder / name) for name in names}),
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


def from_the_shell(names: Sequence[str], folder: Path, asked: Sequence[Query]) -> list[Row]:
    """A process that opens the index and answers one query, Python's own start included."""
    ask = python("import sys; from tests.benchmarks.engines import ask; ask(*sys.argv[1:])")
    search = python("import sys; from search.cli.app import main; sys.exit(main())", "search")
    commands = {name: [*ask, name, str(folder / name)] for name in names}
    commands["depeche"] = [*search, "--index", str(folder / "depeche")]

    def way(name: str) -> Callable[[Query], object]:
        return lambda query: run([*commands[name], query.text], memory=False)

    times = in_turns(asked, {name: way(name) for name in names})
    memory = {name: run([*commands[name], asked[0].text]).megabytes for name in names}
    return [
        Row("one query from the shell, ms", {name: median(times[name]) for name in names}),
        Row("one query from the shell, MB", memory),
    ]


def compare(
    corpus: Path, folder: Path, number: int, seed: int, like: Path | None = None
) -> list[Row]:
    """All that the engines have in common; of a recombined archive also what headlines find."""
    asked = questions(corpus, number, seed)
    few = -(-number // _SLOW)
    names = [name for name in ENGINES if not (like and name == "Whoosh")]
    rows = indexing(names, corpus, folder, sum(1 for _ in read(corpus)))
    engines = {name: ENGINES[name](folder / name) for name in names}
    if like:
        for kind, of_kind in of_headlines(like, number, seed).items():
            rows += asking(kind, of_kind, engines, lambda engine: engine.full)
    rows += asking("ten ids", asked, engines, lambda engine: engine.plain)
    rows += asking("ten hits, passages, facets", asked, engines, lambda engine: engine.full)
    rows += asking("passages of ten hits", asked, engines, lambda e: showing(e, asked))
    in_a_row = phrases(corpus, number, seed)
    rows += asking("phrase of two words", in_a_row, engines, lambda engine: engine.full)
    for letters, text in enumerate(("one letter", "two letters", "three letters"), 1):
        begun = beginnings(asked, letters)[: few + 1]
        rows += asking(f"word begun with {text}", begun, engines, lambda engine: engine.full)
    return rows + from_the_shell(names, folder, asked[:few])


def duplicates(folder: Path, asked: Sequence[Query]) -> str:
    """What depeche spends on reprints when it commits an index and when it answers."""
    from index.whoosh_store.folder import open_index
    from index.whoosh_store.groups import find_groups

    opened = open_index(folder / "depeche")
    started = time.perf_counter()
    found = find_groups(opened.readers)
    seconds = time.perf_counter() - started
    depeche = Depeche(folder / "depeche")
    ways = {
        "first": depeche.full,  # reads what both of the others then find in memory
        "grouped": depeche.full,
        "apart": lambda query: depeche.full(query, duplicates=True),
    }
    times = {name: median(taken) for name, taken in in_turns(asked, ways).items()}
    return (
        f"Reprints: {len(found.ends) - 1:,} dispatches of several articles, found in"
        f" {seconds:.2f} s; a query that groups them takes {times['grouped']:.1f} ms, one that does"
        f" not {times['apart']:.1f} ms."
    )


def table(rows: Sequence[Row]) -> str:
    """The rows in Markdown, with the ratios to depeche."""
    ours, *others = rows[0].values
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
    arguments.add_argument(
        "--like", type=Path, metavar="JSONL", help="real articles, which those asked resemble"
    )
    arguments.add_argument("--growth", type=int, nargs="+", metavar="ARTICLES")
    arguments.add_argument("--txt", action="store_true", help="with --growth: one file an article")
    options = arguments.parse_args(args)
    with place(options.keep) as folder:
        if options.growth:
            print_growth(folder, options.growth, options.seed, options.queries, options.txt)
            return
        corpus = folder / "articles.jsonl"
        if options.like:
            write_recombined(options.like, corpus, options.articles, options.seed)
        else:
            write_jsonl(corpus, options.articles, options.seed)
        rows = compare(corpus, folder, options.queries, options.seed, options.like)
        print(f"{options.articles:,} articles, {options.queries} queries\n\n{table(rows)}\n")
        asked = questions(corpus, options.queries, options.seed)
        print(duplicates(folder, asked))
        if options.like:
            return
        rate = rate_of_whoosh_with_our_fields(corpus, folder / "fields")
        print(f"Whoosh's own writer, given depeche's fields, takes in {rate:,.0f} articles/s.")


if __name__ == "__main__":
    main()
