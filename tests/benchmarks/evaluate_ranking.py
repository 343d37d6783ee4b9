"""How good is the ranking? Ask questions of which the right article is known.

    python -m tests.benchmarks.evaluate_ranking piaf.json articles.jsonl [--every N] [--start N]

A .json file is in SQuAD format; of a .jsonl file of articles three sets are made (see
`known_items.py`). The questions are asked as a reader would type them, of an index that the program
makes as always. A hit is right if it is the right article or holds it as a reprint (`also`). Prints
a line a set: the mean reciprocal rank at 10 (MRR@10: 1 for a first place, ½ for a second …), the
share of first places (hit@1) and of right ones among the first ten hits, and the time of a
question, passages and counts included.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Set
from pathlib import Path

from search.errors import QueryError
from search.local.archive import LocalArchive
from search.model import Request
from tests.benchmarks.known_items import KnownItems, read_known_items
from tests.support.archives import update

_FILE = "articles.jsonl"


def rank_of(archive: LocalArchive, question: str, right: Set[int]) -> int | None:
    """The place of a right article among the hits, from 1; None beyond the first page."""
    try:
        hits = archive.search(Request(question)).hits
    except QueryError:
        return None
    wanted = {f"{_FILE}#{number + 1}" for number in right}
    for rank, hit in enumerate(hits, 1):
        if not wanted.isdisjoint([hit.head.id, *(reprint.id for reprint in hit.also)]):
            return rank
    return None


def evaluated(known: KnownItems, start: int, every: int) -> str:
    """The line of a set in the table."""
    asked = known.asked[start::every]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, _FILE)
        lines = (json.dumps(article, ensure_ascii=False) for article in known.articles)
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        index = Path(folder, "index")
        update(index, [source])
        with LocalArchive(index) as archive:
            started = time.perf_counter()
            ranks = [rank_of(archive, question, right) for question, right in asked]
            elapsed = time.perf_counter() - started
    number = len(asked)
    mrr = sum(1 / rank for rank in ranks if rank) / number
    first = sum(rank == 1 for rank in ranks) / number
    found = sum(rank is not None for rank in ranks) / number
    return (
        f"| {known.name} | {number:,} | {len(known.articles):,} | {mrr:.4f} | {first:.4f}"
        f" | {found:.4f} | {1000 * elapsed / number:.1f} |"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("files", type=Path, nargs="+", help="SQuAD .json, articles .jsonl")
    arguments.add_argument("--every", type=int, default=1, metavar="N", help="every Nth question")
    arguments.add_argument("--start", type=int, default=0, metavar="N", help="from this one on")
    options = arguments.parse_args()
    print("| set | questions | articles | MRR@10 | hit@1 | in the first ten | ms a question |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for path in options.files:
        for known in read_known_items(path):
            print(evaluated(known, options.start, options.every), flush=True)


if __name__ == "__main__":
    main()
