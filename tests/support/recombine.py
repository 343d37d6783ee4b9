"""Make an archive of any size that resembles a real one, from a file of real articles.

    python -m tests.support.recombine ARTICLES.jsonl OUT.jsonl [--articles 36000] [--seed 1]

Each article is made of paragraphs of two or three real ones, so that its words are of one or two
subjects and its length is that of a real one. Every sixth word or so is another word of the
archive, taken as often as it occurs, or one that nobody has written yet: otherwise all would share
their sentences, and the words would not become more. What several of the real articles have
(credits, agency lines, appeals to subscribe) stays as it is, and so becomes as frequent as it is
there: thousands may have it. One article in twenty is an earlier one that another source reprints,
whole or its first half, under a line of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

WITHHELD = 5
"""The title of every fifth real article is in no article that is made: it can be asked for."""

_CHANGED = 1 / 6  # of the words: few runs of five words are left as they were
_NEW = 1 / 400  # of the words: 36,000 articles then have about four times the words of 4,000
_REPRINTED = 1 / 20  # of the articles
_RECENT = 300  # articles among which one is reprinted
_LINES = ("Publié le {day}.", "Avec AFP", "La rédaction vous conseille", "Source : agences")


class Real(NamedTuple):
    """What is taken of a real article."""

    title: str
    source: str
    paragraphs: tuple[str, ...]


def read_real(path: Path) -> list[Real]:
    """The articles of a .jsonl file with `title`, `body` and a `url` or `source`."""
    with path.open(encoding="utf-8") as lines:
        return [_real(json.loads(line)) for line in lines]


def _real(record: dict[str, str]) -> Real:
    host = urlsplit(record.get("url", "")).hostname or ""
    paragraphs = tuple(filter(None, map(str.strip, record["body"].split("\n"))))
    source = record.get("source") or host.removeprefix("www.")
    return Real(record.get("title", ""), source, paragraphs)


def withheld(real: Sequence[Real]) -> list[Real]:
    """Those whose titles no made article has."""
    return [article for article in real[::WITHHELD] if article.title and article.paragraphs]


def recombined(real: Sequence[Real], number: int, seed: int) -> Iterator[dict[str, str]]:
    """`number` articles with id, title (often empty), source, date and body."""
    random_ = random.Random(seed)
    words = _Words(real, random_)
    shared = Counter(p for article in real for p in set(article.paragraphs))
    usual = [i for i in range(len(real)) if real[i].paragraphs]
    recent: list[dict[str, str]] = []
    for i in range(number):
        if recent and random_.random() < _REPRINTED:
            article = _reprinted(random_.choice(recent), real[random_.choice(usual)], random_)
        else:
            first = random_.choice(usual)
            others = random_.choices(usual, k=random_.randint(1, 2))
            model = real[first]
            pool = [p for j in (first, *others) for p in real[j].paragraphs]
            chosen = sorted(random_.sample(range(len(pool)), len(model.paragraphs)))
            paragraphs = (pool[j] for j in chosen)
            body = "\n".join(p if shared[p] > 1 else words.changed(p) for p in paragraphs)
            titled = first % WITHHELD and random_.random() < 0.8
            title = words.changed(model.title) if titled else ""
            day = date(2015, 1, 1) + timedelta(days=random_.randrange(3650))
            article = {"title": title, "source": model.source, "date": day.isoformat()}
            article["body"] = body
        recent = [*recent[-_RECENT:], article]
        yield {"id": f"{i:06d}", **article}


def _reprinted(article: dict[str, str], by: Real, random_: random.Random) -> dict[str, str]:
    paragraphs = article["body"].split("\n")
    if len(paragraphs) > 3 and random_.random() < 0.5:
        paragraphs = paragraphs[: -(-len(paragraphs) // 2)]
    line = random_.choice(_LINES).format(day=article["date"])
    return {**article, "source": by.source, "body": "\n".join((*paragraphs, line))}


class _Words:
    """Puts words in the place of others."""

    def __init__(self, real: Sequence[Real], random_: random.Random) -> None:
        counts = Counter(
            word
            for article in real
            for paragraph in article.paragraphs
            for word in re.findall(r"[^\W\d_]+", paragraph)
        )
        self._random = random_
        self._known = list(counts)
        self._weights = list(accumulate(counts.values()))
        self._rare = [word for word, times in counts.items() if times < 3 and len(word) > 4]

    def changed(self, text: str) -> str:
        """`text` with some of its words replaced."""
        return re.sub(r"[^\W\d_]+", self._one, text)

    def _one(self, word: re.Match[str]) -> str:
        chance = self._random.random()
        if chance < _NEW:
            a, b = self._random.choices(self._rare, k=2)
            return f"{a[: len(a) // 2 + 1]}{b[len(b) // 2 :]}"
        if chance < _CHANGED:
            return str(self._random.choices(self._known, cum_weights=self._weights)[0])
        return str(word[0])


def write_recombined(real: Path, out: Path, number: int, seed: int = 1) -> None:
    """Write the articles into one .jsonl file."""
    with out.open("w", encoding="utf-8") as lines:
        for article in recombined(read_real(real), number, seed):
            lines.write(json.dumps(article, ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("real", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--articles", type=int, default=36_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_recombined(options.real, options.out, options.articles, options.seed)


if __name__ == "__main__":
    main()
