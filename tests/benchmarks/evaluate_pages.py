"""How much of the articles of real web pages is found, and of what they say of themselves.

`python -m tests.benchmarks.evaluate_pages FOLDER` takes the pages that fundus keeps for its tests
(https://github.com/flairNLP/fundus, `tests/resources/parser/test_data` or, in it, `fr`): each
`NAME_2024_04_24.html.gz` has its article in `NAME.json`. Printed are precision and recall of the
words, and how many of the dates and authors are those that people have noted.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any

from index.article import Problem
from index.extraction.authors import split_authors
from index.extraction.dates import parse_date
from index.formats import RawArticle, Record, parse

_FEWEST = 300  # characters of an article that is compared
_ANOTHER = 0.4  # of F: below, the page has another article than was noted


def pages(folder: Path) -> Iterator[tuple[RawArticle | Problem, dict[str, Any]]]:
    """What is read of each page, with what was noted of it."""
    for noted in sorted(folder.rglob("*.json")):
        versions = [v for v in json.loads(noted.read_text("utf-8")).values() if isinstance(v, dict)]
        for path in sorted(noted.parent.glob(f"{noted.stem}_2*.html.gz")):
            data = gzip.decompress(path.read_bytes())
            [item] = parse(Record(path.name, str(path), 0, data, ".html"))
            text = item.text if isinstance(item, RawArticle) else ""
            best = max(versions, key=lambda version: agreement(text, body(version))[2])
            if len(body(best)) > _FEWEST:
                yield item, best


def body(version: dict[str, Any]) -> str:
    """The text that was noted."""
    noted = version.get("body") or {"sections": []}
    parts = list(noted.get("summary", []))
    for section in noted["sections"]:
        parts += section["headline"] + section["paragraphs"]
    return "\n".join(parts)


def agreement(found: str, noted: str) -> tuple[float, float, float]:
    """Precision, recall and F of the words."""
    one, other = (Counter(re.findall(r"\w+", text.lower())) for text in (found, noted))
    common = sum((one & other).values())
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / sum(one.values()), common / sum(other.values())
    return precision, recall, 2 * precision * recall / (precision + recall)


def main() -> None:
    """Print it."""
    scores: list[tuple[float, float, float]] = []
    right, of = Counter[str](), Counter[str]()
    for item, noted in pages(Path(sys.argv[1])):
        if isinstance(item, Problem):
            of["unreadable"] += 1
            print(f"{Path(item.path).name}: {item.reason}")
            continue
        score = agreement(item.text, body(noted))
        if score[2] < _ANOTHER:
            continue
        scores.append(score)
        if day := noted.get("publishing_date"):
            of["dates"] += 1
            right["dates"] += str(parse_date(item.date)) == day[:10]
        if names := {name.casefold() for name in noted.get("authors") or []}:
            of["authors"] += 1
            right["authors"] += bool(
                names & {name.casefold() for name in split_authors(item.authors)}
            )
    if scores:
        precision, recall, both = (mean(column) for column in zip(*scores, strict=True))
        print(f"{len(scores)} pages: precision {precision:.3f}, recall {recall:.3f}, F {both:.3f}")
    for what in ("dates", "authors"):
        print(f"{what}: {right[what]} of {of[what]}")


if __name__ == "__main__":
    main()
