"""Both ways of counting give the same answers, to the last bit of every score."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.local.archive import LocalArchive
from search.local.counting import Counting
from search.local.counting.arrays import ArrayCounting, NumberSet
from search.local.counting.plain import PlainCounting
from search.model import DateRange, Request, Results
from tests.support.archives import update
from tests.support.make_corpus import signed

SPRING = (DateRange(date(2018, 3, 1), date(2018, 5, 31)),)
NARROWED: tuple[dict[str, Any], ...] = (
    {},
    {"sources": ("AFP",), "by_author": True},
    {"dates": SPRING, "undated": True},
    {"authors": ("Chloé Névigeauienne",), "excluding": frozenset({"author"}), "by_author": True},
)
SIZE = 400
DELETED = frozenset({0, 7, 399})

QUERIES = (
    "",
    "ukraine",
    "missiles russes ukraine armée",
    "le président ukrainien a demandé des armes aux alliés avant la fin de l’hiver prochain",
    '"longue portée" OU missile*',
    "ukraine -missile",
    "-missile",
    "missile~ systèmes",
    "titre:missile source:AFP",
    "ukraine depuis:2019 avant:2021",
    "date:2018",
    "(missile OU roquette) (guerre OU paix)",
    "a PRÈS ukraine",
    "auteur:dupont",
    "quatre-vingts missiles",
    "xyzzy",
)


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LocalArchive, ...]]:
    """One index of several segments and deleted articles, opened in both ways."""
    root = tmp_path_factory.mktemp("counting")
    lines = [json.dumps(article) + "\n" for article in signed(500, 9, authors=60, undated=0.0)]
    for name, some in (("a", lines[:300]), ("b", lines[300:380]), ("c", lines[380:])):
        (root / f"{name}.jsonl").write_text("".join(some), encoding="utf-8")
        update(root / "index", [root])
    (root / "b.jsonl").write_text("".join(lines[300:340]), encoding="utf-8")
    update(root / "index", [root])
    with (
        LocalArchive(root / "index") as plain,
        LocalArchive(root / "index", lasting=True) as arrays,
    ):
        assert isinstance(arrays._snapshot.counting, PlainCounting)  # it is not worth more yet
    with (
        pytest.MonkeyPatch.context() as patch,
        LocalArchive(root / "index") as plain,
    ):
        patch.setattr("search.local.snapshot.WORTH_ARRAYS", 1)
        arrays = LocalArchive(root / "index", lasting=True)
        assert isinstance(arrays._snapshot.counting, ArrayCounting)
        yield plain, arrays


def both(archives: tuple[LocalArchive, ...], request: Request) -> list[Results]:
    return [replace(archive.search(request), elapsed_ms=0) for archive in archives]


@pytest.mark.parametrize("query", QUERIES)
def test_both_answer_alike(archives: tuple[LocalArchive, ...], query: str) -> None:
    for typing in (False, True):
        for options in NARROWED:
            request = Request(query, limit=30, typing=typing, **options)
            one, other = both(archives, request)
            assert one == other
    for sort in ("date", "title"):
        one, other = both(archives, Request(query, sort=sort, limit=500, duplicates=True))
        assert one == other


def test_both_answer_words_of_articles_alike(archives: tuple[LocalArchive, ...]) -> None:
    random_ = random.Random(3)
    hits = archives[0].search(Request("", limit=30)).hits
    found = 0
    for hit in hits:
        words = archives[0].read(hit.head.id).article.body.split()
        query = " ".join(random_.sample(words, min(len(words), random_.randint(1, 12))))
        one, other = both(archives, Request(query.replace("-", " ")))
        assert one == other, query
        found += one.total + one.partial
        assert archives[0].similar(hit.head.id).hits == archives[1].similar(hit.head.id).hits
    assert found > 300


DOCUMENTS = st.frozensets(st.integers(0, SIZE - 1), max_size=60)
WAYS: list[Counting] = [PlainCounting([], SIZE, DELETED), ArrayCounting([], SIZE, DELETED)]


@given(DOCUMENTS, DOCUMENTS, st.integers(0, SIZE - 1))
def test_documents_are_sets(one: frozenset[int], other: frozenset[int], document: int) -> None:
    """A set of documents is one, whatever it is joined with."""
    counting = WAYS[1]
    a, b = (counting.union([documents]) for documents in (one, other))
    assert isinstance(a, NumberSet)
    for mine, theirs in ((a, b), (a, other), (one, b)):
        assert [*(mine & theirs)] == sorted(one & other)
        assert {*(mine | theirs)} == one | other
        assert [*(mine - theirs)] == sorted(one - other)
        assert (mine == theirs) == (one == other)
        assert mine.isdisjoint(theirs) == one.isdisjoint(other)
    assert (document in a, len(a), [*a]) == (document in one, len(one), sorted(one))


@settings(max_examples=50)
@given(
    st.lists(st.tuples(DOCUMENTS, st.sampled_from([0.3, 1.7, 2.1])), max_size=6),
    st.floats(0, 6),
    st.lists(st.integers(0, 4), min_size=SIZE, max_size=SIZE),
    st.tuples(st.integers(0, 4), st.integers(0, 4)),
)
def test_both_count_alike(
    added: list[tuple[frozenset[int], float]],
    least: float,
    of: list[int],
    ends: tuple[int, int],
) -> None:
    results = []
    for counting in WAYS:
        tally = counting.tally()
        for documents, weight in added:
            tally.add(documents, weight)
        everything = counting.union(documents for documents, _ in added)
        scores = counting.scores(everything, bytes(of))
        for documents, weight in added:
            frequencies = {document: 1.0 + document % 3 for document in documents}
            scores.add_bm25(frequencies, [0.5, 1, 1.5, 2, 3], weight)
        best = [*scores.best_first()]
        results.append(
            (
                tally.heaviest(),
                {*tally.at_least(least)} - ({*counting.every()} if least == 0 else set()),
                best,
                [scores[document] for document in best],
                list(counting.histogram(everything, of, 5)),
                {*counting.between(of, *ends)},
                [*counting.highest_first(everything, of)],
                {*counting.every()},
                dict(counting.sum([dict.fromkeys(d, round(10 * w)) for d, w in added])),
            )
        )
    assert results[0] == results[1]


def test_many_postings_are_counted_with_arrays(
    archives: tuple[LocalArchive, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One query from the shell, too, when it takes longer than to load NumPy."""
    monkeypatch.setattr("search.local.snapshot.MANY_POSTINGS", 50)
    with LocalArchive(archives[0].folder) as archive:
        for query, way in (("xyzzy", PlainCounting), ("ukraine missiles", ArrayCounting)):
            found = archive.search(Request(query))
            assert isinstance(archive._snapshot.counting, way)
            assert replace(found, elapsed_ms=0) == both(archives, Request(query))[0]


@pytest.mark.parametrize(
    ("field", "prefix"),
    [("form", ""), ("form", "m"), ("form", "zzz"), ("title", "ukr"), ("absent", "")],
)
def test_both_find_the_same_words(
    archives: tuple[LocalArchive, ...], field: str, prefix: str
) -> None:
    """All of them, and the first that have no more than some postings together."""
    for postings in (None, 0, 300):
        plain, arrays = (
            archive._snapshot.counting.most_frequent(field, prefix, 100_000, postings)
            for archive in archives
        )
        assert [*plain] == [*arrays]
        assert bool(plain) == (prefix != "zzz" and field != "absent")
        for term, entries in plain.items():
            assert [entry for _, entry in entries] == [entry for _, entry in arrays[term]]
