"""Mutated articles of every format: none raises, none takes long, none takes much memory.

pytest -m slow tests/trust/test_hostile_articles.py     # a minute
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index.article import Article, Problem
from index.extraction.reading import read_article
from index.formats import Record
from index.intake.files import ArticleFile, find_files
from index.intake.records import Part, Unseen, read_records
from tests.support.places import SEEDS

MOST_SECONDS = 10.0  # of processor time for one article
MOST_MEMORY = 1_000  # megabytes, for all of them

PAGE = """<!DOCTYPE html><html lang="fr"><head><title>{title}</title>
<meta property="article:published_time" content="2024-11-20T08:15:00+01:00"></head><body>
<nav><a href="/">Accueil</a></nav><article><h1>{title}</h1>{paragraphs}</article></body></html>"""
MARKUP = [
    *[b"<div>", b"<p>", b"</p>", b"<table><tr><td>", b"<a href=x>", b"<!--", b"]]>", b"<svg>"],
    *[b"<b " + b"a=1 " * 50, b"&#xD800;", b"&amp;", b"<script>", b"\x00", b"\xff", b"\xed\xa0\x80"],
    *[
        b"{",
        b"[",
        b'"',
        b"\\",
        b"\n",
        b"---\n",
        b"\xcc\x81" * 40,
        b"a-" * 99,
        b"a_" * 99,
        b"\x1b[31m",
    ],
]


def originals() -> list[tuple[str, bytes]]:
    """Articles in every format, with the suffix of each."""
    found = []
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        title, *lines = [line for line in text.split("\n") if line.strip()]
        fields = {"title": title, "date": "2024-11-20", "authors": ["Anne Durand"]}
        head = "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
        paragraphs = "".join(f"<p>{line}</p>\n" for line in lines)
        found += [
            (".txt", text.encode()),
            (".txt", text.encode("cp1252", "replace")),
            (".md", f"---\n{head}---\n# {title}\n{text}".encode()),
            (".jsonl", json.dumps({**fields, "body": text}).encode()),
            (".html", PAGE.format(title=title, paragraphs=paragraphs).encode()),
        ]
    return found


def flip(data: bytearray, random_: random.Random) -> None:
    for _ in range(random_.choice([1, 5, 100])):
        data[random_.randrange(len(data))] = random_.randrange(256)


def truncate(data: bytearray, random_: random.Random) -> None:
    del data[random_.randrange(len(data)) :]


def insert(data: bytearray, random_: random.Random) -> None:
    at = random_.randrange(len(data) + 1)
    data[at:at] = random_.choice(MARKUP) * random_.choice([1, 10, 1_000])


def double(data: bytearray, random_: random.Random) -> None:
    start = random_.randrange(len(data))
    data[start:start] = data[start : start + random_.randrange(2_000)] * random_.choice([2, 20])


def nest(data: bytearray, random_: random.Random) -> None:
    data[:0] = random_.choice(MARKUP) * random_.choice([10, 2_000])


CHANGES: list[Callable[[bytearray, random.Random], None]] = [flip, truncate, insert, double, nest]


def mutated(data: bytes, random_: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random_.randint(1, 4)):
        if changed:
            random_.choice(CHANGES)(changed, random_)
    return bytes(changed)


def check(folder: Path, seed: int, enough: Callable[[int], bool]) -> int:
    """Read mutated articles until it is enough; how many there were."""
    random_, articles = random.Random(seed), originals()
    number = 0
    while not enough(number):
        suffix, data = random_.choice(articles)
        data = mutated(data, random_)
        path = folder / f"article{suffix}"
        path.write_bytes(data)
        started = time.process_time()
        for item in read(path):
            assert isinstance(item, Problem) or item.body.strip(), (seed, number)
        assert time.process_time() - started < MOST_SECONDS, (seed, number, suffix)
        number += 1
    if sys.platform == "linux":
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < MOST_MEMORY * 1_000
    return number


def read(path: Path) -> list[Article | Problem]:
    found: list[Article | Problem] = []
    for file in find_files(path):
        assert isinstance(file, ArticleFile)
        try:
            for record in read_records(Part(file)):
                found += read_article(record) if isinstance(record, Record) else [record]
        except Unseen as unseen:
            raise AssertionError(unseen.reason) from None
    return found


@pytest.mark.parametrize("tag", ["<a href=x>", "<b><a href=x>", "<font size=1>", "<p>"])
def test_pages_that_are_made_of_one_element(tmp_path: Path, tag: str) -> None:
    """4,000 elements beside each other once took twenty seconds to be counted."""
    page = "<p>" + "Le pont de Kherson a tenu. " * 20 + tag * 4_000
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    started = time.process_time()
    assert read(tmp_path / "a.html")
    assert time.process_time() - started < MOST_SECONDS / 2


@pytest.mark.parametrize("line", ["AN / AFP" * 20, "A B / " * 30 + "AFP", "Photo : " * 30])
def test_lines_that_are_nearly_debris(tmp_path: Path, line: str) -> None:
    """The first once took for ever."""
    (tmp_path / "a.txt").write_text(f"{line}\n\nLe pont de Kherson a tenu hier soir.", "utf-8")
    started = time.process_time()
    assert read(tmp_path / "a.txt")
    assert time.process_time() - started < MOST_SECONDS / 10


def test_a_few_mutated_articles(tmp_path: Path) -> None:
    assert check(tmp_path, 1, lambda number: number == 150) == 150


@pytest.mark.slow
def test_mutated_articles_for_a_minute(tmp_path: Path) -> None:
    end = time.monotonic() + 60
    print(check(tmp_path, 2, lambda _: time.monotonic() > end), "articles")
