"""What is recognised in a folder, and by what: for a person to check.

`python -m tests.benchmarks.show_recognised FOLDER` prints a line for each article: its source and
the evidence for it, its day and where that stands, its authors, its title; then how many of each.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from index.article import Article, Problem
from index.extraction.reading import day_of, to_article
from index.formats import RawArticle, Record, parse
from index.intake.files import find_files
from index.intake.records import Part, Unseen, read_records


def read(folder: Path) -> Iterator[tuple[Article, str] | Problem]:
    """The articles of a folder, each with where its day is from; and what could not be read."""
    for file in find_files(folder):
        if isinstance(file, Problem):
            yield file
            continue
        try:
            for record in read_records(Part(file)):
                yield from _articles(record) if isinstance(record, Record) else [record]
        except Unseen as unseen:
            yield Problem(file.path, unseen.reason)


def _articles(record: Record) -> Iterator[tuple[Article, str] | Problem]:
    for item in parse(record):
        if isinstance(item, RawArticle) and (article := to_article(item)):
            yield article, day_of(item)[1]
        elif isinstance(item, Problem):
            yield item


def main() -> None:
    """Print it, tab by tab."""
    sources, days, problems = Counter[str](), Counter[str](), Counter[str]()
    for found in read(Path(sys.argv[1])):
        if isinstance(found, Problem):
            problems[found.reason] += 1
            continue
        article, from_ = found
        sources[article.recognised_by or "nothing"] += 1
        days[from_ or "nothing"] += 1
        values = (article.id, article.source, article.recognised_by, str(article.date or ""), from_)
        print(*values, "; ".join(article.authors), article.title, sep="\t")
    for what, counts in (("source", sources), ("date", days), ("not read", problems)):
        for name, number in counts.most_common():
            print(f"{what}: {number} by {name}", file=sys.stderr)


if __name__ == "__main__":
    main()
