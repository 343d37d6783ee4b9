"""Make a folder of synthetic French articles, the same from the same seed.

    python -m tests.support.make_corpus FOLDER [--articles 36000] [--seed 1] [--jsonl]
        [--authors 3000] [--undated 0.1]

Word frequencies follow Zipf's law over the words of the sample articles and, behind them,
pseudo-words with French endings; articles have 300 words on average, dates over ten years, a
source, sometimes a title. One in twenty is a near duplicate of an earlier one, reprinted by
another source with other debris around it. With `--authors` most are signed by one or two of so
many people, some of whom write much and most little; with `--undated` a part has no date.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, chain
from pathlib import Path

from tests.support.places import SEEDS

SOURCES = ["AFP", "Reuters", "AP", "Le Monde", "Le Figaro", "Libération", "CNN", "HuffPost"]
SOURCES += ["franceinfo", "BFMTV", "20 Minutes", "Euronews", "Mon blog"]
ONSETS = [
    "b",
    "bl",
    "br",
    "c",
    "ch",
    "cl",
    "cr",
    "d",
    "dr",
    "f",
    "fl",
    "fr",
    "g",
    "gl",
    "gr",
    "j",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "pr",
    "qu",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
]
NUCLEI = ["a", "e", "é", "è", "i", "o", "u", "ou", "oi", "ai", "an", "en", "on", "in", "eau"]
ENDINGS = [
    "er",
    "é",
    "ée",
    "és",
    "ées",
    "ant",
    "ation",
    "ations",
    "ement",
    "ité",
    "ités",
    "eur",
    "euse",
    "ique",
    "iques",
    "ien",
    "ienne",
    "el",
    "elle",
]
DEBRIS = ["Lire la vidéo", "For Latest Updates Follow us on Google News", "Publicité", ""]
FIRST_NAMES = [
    "Anne",
    "Élise",
    "Léa",
    "Inès",
    "Maud",
    "Chloé",
    "Jean",
    "Paul",
    "Rémi",
    "Luc",
    "Théo",
]
VOCABULARY = 60_000
MEAN_WORDS = 300


def vocabulary(random_: random.Random) -> list[str]:
    """Distinct words, the most frequent first: those of the samples, then pseudo-words."""
    counts: dict[str, int] = {}
    for path in sorted(SEEDS.glob("*.txt")):
        for word in re.findall(r"[\w’'-]*\w", path.read_text(encoding="utf-8")):
            counts[word] = counts.get(word, 0) + 1
    words = dict.fromkeys(sorted(counts, key=lambda word: (-counts[word], word)))
    while len(words) < VOCABULARY:
        syllables = random_.choices(ONSETS, k=3), random_.choices(NUCLEI, k=3)
        stem = "".join(chain.from_iterable(zip(*syllables, strict=True)))[: random_.randint(3, 9)]
        stem = stem.capitalize() if random_.random() < 0.1 else stem
        words.setdefault(stem + random_.choice(ENDINGS))
    return list(words)


def articles(number: int, seed: int) -> Iterator[dict[str, str]]:
    """`number` articles with title (often empty), source, date and body."""
    random_ = random.Random(seed)
    words = vocabulary(random_)
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    recent: list[dict[str, str]] = []
    for i in range(number):
        day = date(2015, 1, 1) + timedelta(days=random_.randrange(3650))
        if recent and random_.random() < 0.05:
            article = {**random_.choice(recent), "source": random_.choice(SOURCES)}
            article["body"] += "\n\n" + random_.choice(DEBRIS)
        else:
            length = max(30, int(random_.gauss(MEAN_WORDS, 100)))
            text = random_.choices(words, cum_weights=weights, k=length)
            article = {
                "title": " ".join(text[:9]).capitalize() if random_.random() < 0.7 else "",
                "source": random_.choice(SOURCES),
                "date": day.isoformat(),
                "body": "\n\n".join(paragraphs(text, random_)),
            }
        recent = [*recent[-200:], article]
        yield {"id": f"{i:06d}", **article}


def signed(number: int, seed: int, authors: int, undated: float) -> Iterator[dict[str, str]]:
    """The same articles, which so many people have written, and a part of which has no date."""
    random_ = random.Random(-seed)  # of its own: the texts stay as they are
    surnames = [word.capitalize() for word in vocabulary(random_) if word.isalpha()]
    names = [f"{random_.choice(FIRST_NAMES)} {random_.choice(surnames)}" for _ in range(authors)]
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(authors)))
    for article in articles(number, seed):
        if names and random_.random() < 0.8:
            people = random_.choices(names, cum_weights=weights, k=random_.choice((1, 1, 1, 2)))
            article["author"] = ", ".join(dict.fromkeys(people))
        if random_.random() < undated:
            article["date"] = ""
        yield article


def paragraphs(words: list[str], random_: random.Random) -> Iterator[str]:
    """`words` as sentences of some twenty words, three to a paragraph."""
    sentences = []
    while words:
        length = random_.randint(8, 30)
        sentence, words = words[:length], words[length:]
        sentences.append(" ".join(sentence).capitalize() + ".")
    for i in range(0, len(sentences), 3):
        yield " ".join(sentences[i : i + 3])


def write_folder(
    folder: Path, number: int, seed: int = 1, authors: int = 0, undated: float = 0.0
) -> None:
    """One `.txt` an article, with front matter, a hundred to a sub-folder."""
    for article in signed(number, seed, authors, undated):
        path = folder / article["id"][:4] / f"{article['id']}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        named = ("title", "source", "author", "date")
        fields = {key: article[key] for key in named if article.get(key)}
        head = "".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items()
        )
        path.write_text(f"---\n{head}---\n{article['body']}\n", encoding="utf-8")


def write_jsonl(
    path: Path, number: int, seed: int = 1, authors: int = 0, undated: float = 0.0
) -> None:
    """All articles in one file, one a line."""
    with path.open("w", encoding="utf-8") as out:
        for article in signed(number, seed, authors, undated):
            out.write(json.dumps(article, ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=36_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--authors", type=int, default=0, help="people who sign them")
    parser.add_argument("--undated", type=float, default=0.0, help="part that has no date")
    parser.add_argument("--jsonl", action="store_true", help="one file instead of one each")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    made = (options.articles, options.seed, options.authors, options.undated)
    if options.jsonl:
        write_jsonl(options.folder / "articles.jsonl", *made)
    else:
        write_folder(options.folder, *made)


if __name__ == "__main__":
    main()
