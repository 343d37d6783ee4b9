"""Read real sentences as queries: not one may be an error. Also how long reading takes.

    python -m tests.benchmarks.read_sentences piaf-v1.1.json articles.jsonl

From a `.json` in SQuAD's format come the questions, from a `.jsonl` of articles (`title`, `body`)
the headlines and the first sentences. Each is read whole, and cut at its middle as while typing.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from search.errors import QueryError
from search.query import parse

_SENTENCE = re.compile(r"\s*(\S.*?[.!?…»\"”])(?:\s|$)", re.DOTALL)


def sentences(path: Path) -> Iterator[str]:
    """The questions, or the headlines and first sentences, that a file holds."""
    with path.open(encoding="utf-8") as file:
        if path.suffix == ".json":
            for document in json.load(file)["data"]:
                for paragraph in document["paragraphs"]:
                    yield from (each["question"] for each in paragraph["qas"])
            return
        for line in file:
            article = json.loads(line)
            if title := article.get("title"):
                yield title
            if first := _SENTENCE.match(article.get("body", "")[:2000]):
                yield first[1]


def read(texts: Iterable[str]) -> tuple[list[tuple[str, str]], Counter[str]]:
    """The texts that are errors, each with what is said of it; and how many notes of each kind."""
    errors: list[tuple[str, str]] = []
    notes: Counter[str] = Counter()
    for text in texts:
        for query, typing in ((text, False), (text[: len(text) // 2], True)):
            try:
                found = parse(query, typing)
            except QueryError as error:
                errors.append((query, str(error)))
            else:
                notes.update(note.kind for note in found.notes)
    return errors, notes


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("files", type=Path, nargs="+")
    texts = [text for path in arguments.parse_args().files for text in sentences(path)]
    read(texts)  # what is remembered of words is, from here on
    started = time.perf_counter()
    errors, notes = read(texts)
    each = (time.perf_counter() - started) / max(1, 2 * len(texts))
    print(f"{len(texts):,} sentences, {len(errors)} errors, {each * 1e6:.0f} µs to read one")
    print(", ".join(f"{kind} {number}" for kind, number in notes.most_common()) or "no notes")
    for query, problem in errors:
        print(f"{problem}: {query}")


if __name__ == "__main__":
    main()
