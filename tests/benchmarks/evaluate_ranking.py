"""How good is the ranking? Search each question of a SQuAD-format file over its paragraphs.

    python -m tests.benchmarks.evaluate_ranking piaf-v1.1.json

Each paragraph becomes an article, each question a query as a reader would type it; a question
is answered when the paragraph it was asked about is among the first ten hits. Prints the mean
reciprocal rank at 10 (MRR@10: 1 for a first place, ½ for a second …) and the share of first
places (hit@1).
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from search.errors import QueryError
from search.local.archive import LocalArchive
from search.model import PAGE, Request
from tests.support.archives import update


def read_squad(path: Path) -> tuple[list[str], list[tuple[str, int]]]:
    """The distinct paragraphs, and each question with the number of its paragraph."""
    numbers: dict[str, int] = {}
    questions = []
    for subject in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in subject["paragraphs"]:
            number = numbers.setdefault(paragraph["context"], len(numbers))
            questions += [(asked["question"], number) for asked in paragraph["qas"]]
    return list(numbers), questions


def rank_of(archive: LocalArchive, question: str, paragraph: int) -> int | None:
    """The place of the paragraph among the hits, from 1; None beyond the first page."""
    try:
        hits = archive.search(Request(question)).hits
    except QueryError:
        return None
    wanted = f"paragraphs.jsonl#{paragraph + 1}"
    return next((i for i, hit in enumerate(hits, 1) if hit.head.id == wanted), None)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("squad", type=Path, help="a file in SQuAD format")
    arguments.add_argument("--every", type=int, default=1, metavar="N", help="every Nth question")
    options = arguments.parse_args()
    paragraphs, questions = read_squad(options.squad)
    asked = questions[:: options.every]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "paragraphs.jsonl")
        lines = (json.dumps({"body": text}, ensure_ascii=False) for text in paragraphs)
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        index = Path(folder, "index")
        update(index, [source])
        with LocalArchive(index) as archive:
            started = time.perf_counter()
            ranks = [rank_of(archive, question, number) for question, number in asked]
            elapsed = time.perf_counter() - started
    mrr = sum(1 / rank for rank in ranks if rank) / len(ranks)
    first = sum(rank == 1 for rank in ranks) / len(ranks)
    print(f"{len(asked)} questions, {len(paragraphs)} paragraphs, first {PAGE} hits")
    print(f"MRR@10 {mrr:.4f}   hit@1 {first:.4f}   {1000 * elapsed / len(asked):.1f} ms a question")


if __name__ == "__main__":
    main()
