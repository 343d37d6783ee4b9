"""Queries for a corpus, the same from the same seed: for `compare.py` and `growth.py`."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from index.analysis import is_stop_word
from tests.benchmarks.engines import Query, read
from tests.support.recombine import read_real, withheld

_WORD = r"[^\W\d_]{2,}"
_LOOKED_AT = 5000  # articles, to find words that few have
_LEAD = 25  # words of the beginning of an article


def questions(corpus: Path, number: int, seed: int) -> list[Query]:
    """One to three words that stand in one article; frequent words are asked for more often."""
    random_ = random.Random(seed)
    bodies = _bodies(corpus)
    asked: list[Query] = []
    while len(asked) < number:
        words = [w for w in re.findall(_WORD, random_.choice(bodies)) if not is_stop_word(w)]
        if words:
            asked.append(
                Query(" ".join(random_.sample(words, min(len(words), random_.randint(1, 3)))))
            )
    return asked


def of_headlines(real: Path, number: int, seed: int) -> dict[str, list[Query]]:
    """Queries of headlines that no article of a recombined archive has, by their kind.

    One, two and three words of a headline; all of it; and how its article begins.
    """
    random_ = random.Random(seed)
    found: dict[str, list[Query]] = {}
    headlines = withheld(read_real(real))
    kinds = {1: "one word", 2: "two words", 3: "three words"}
    for article in random_.choices(headlines, k=number):
        words = [w for w in re.findall(_WORD, article.title) if not is_stop_word(w)]
        for count, kind in kinds.items():
            if len(words) >= count:
                text = " ".join(random_.sample(words, count))
                found.setdefault(kind, []).append(Query(text))
        lead = re.findall(_WORD, " ".join(article.paragraphs))[:_LEAD]
        for kind, some in (("headline", re.findall(_WORD, article.title)), ("lead", lead)):
            if some:
                found.setdefault(kind, []).append(Query(" ".join(some), "any"))
    return found


def phrases(corpus: Path, number: int, seed: int) -> list[Query]:
    """Two words that stand next to each other in an article, neither of them a stop word."""
    random_ = random.Random(seed)
    bodies = _bodies(corpus)
    asked: list[Query] = []
    while len(asked) < number:
        pairs = re.findall(rf"(?<!\S)({_WORD}) (?=({_WORD})\s)", random_.choice(bodies))
        pairs = [pair for pair in pairs if not any(map(is_stop_word, pair))]
        if pairs:
            asked.append(Query(" ".join(random_.choice(pairs)), "phrase"))
    return asked


def rare_words(corpus: Path, number: int, seed: int) -> list[Query]:
    """Words that only one of the articles looked at has."""
    having = Counter(
        w for body in _bodies(corpus)[:_LOOKED_AT] for w in set(re.findall(_WORD, body))
    )
    rare = sorted(word for word, articles in having.items() if articles == 1)
    return [Query(word) for word in random.Random(seed).sample(rare, min(number, len(rare)))]


def beginnings(asked: Sequence[Query], letters: int) -> list[Query]:
    """How the first words of the queries begin, each once; without accents, which all can read."""
    found = dict.fromkeys(query.text[:letters] for query in asked)
    return [Query(text, "prefix") for text in found if text.isascii() and text.isalpha()]


def _bodies(corpus: Path) -> list[str]:
    return [article["body"].lower() for article in read(corpus)]
