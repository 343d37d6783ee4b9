"""What is read in bulk is what Whoosh itself reads, from its own segments as from ours."""

from __future__ import annotations

import json
from collections.abc import Iterator, Set
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.index import FileIndex, open_dir
from whoosh.reading import IndexReader

from index.whoosh_store.codec.flat import Flat, encoded
from index.whoosh_store.codec.pickles import Damage
from index.whoosh_store.schema import restored
from search.local.archive import LocalArchive
from search.local.counting import by_document
from search.local.counting.arrays import _decoded
from search.local.snapshot import Snapshot
from tests.support.archives import update
from tests.support.make_corpus import articles

FIELDS = ("text", "form", "title", "source", "date", "month", "author", "id")


def short(article: dict[str, str]) -> dict[str, str]:
    """The article's beginning: Whoosh is slow to write."""
    return {**article, "body": article["body"][:500] + " Ukraine." * (len(article["body"]) % 4)}


@pytest.fixture(scope="module", params=["ours", "merged", "Whoosh's"])
def folder(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """Two segments, some of whose articles are deleted; or one that we or Whoosh made of them."""
    root = tmp_path_factory.mktemp("postings")
    lines = [json.dumps(short(article)) + "\n" for article in articles(430, seed=5)]
    (root / "a.jsonl").write_text("".join(lines[:280]), encoding="utf-8")
    (root / "b.jsonl").write_text("".join(lines[280:300]), encoding="utf-8")
    update(root / "index", [root])
    (root / "b.jsonl").unlink()
    (root / "c.jsonl").write_text("".join(lines[300:]), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "merged":
            patch.setattr("index.whoosh_store.commit._MOST_ALIKE", 1)
        update(root / "index", [root])
    if request.param == "Whoosh's":
        open_dir(str(root / "index")).writer().commit(optimize=True)
    return root / "index"


@pytest.fixture(params=["plain", "arrays"])
def snapshot(
    folder: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Snapshot]:
    monkeypatch.setattr("search.local.snapshot.WORTH_ARRAYS", 1)
    with LocalArchive(folder, lasting=request.param == "arrays") as archive:
        yield archive._snapshot


@pytest.fixture
def reader(folder: Path) -> Iterator[IndexReader]:
    index: FileIndex = open_dir(str(folder))
    with index.reader() as reader:
        yield reader


def with_whoosh(reader: IndexReader, field: str, term: bytes) -> dict[int, float]:
    matcher, found = reader.postings(field, term), {}
    while matcher.is_active():
        found[matcher.id()] = matcher.weight()
        matcher.next()
    return found


@pytest.mark.parametrize("field", FIELDS)
def test_terms_and_their_postings(snapshot: Snapshot, reader: IndexReader, field: str) -> None:
    terms = list(reader.lexicon(field))
    assert list(snapshot.with_prefix(field, "")) == [term.decode() for term in terms]
    for term in terms[:: len(terms) // 300 + 1]:
        expected = with_whoosh(reader, field, term)
        assert snapshot.count(field, term.decode()) == len(expected)
        assert dict(snapshot.postings(field, term.decode())) == expected


def test_several_terms_are_summed(snapshot: Snapshot, reader: IndexReader) -> None:
    expected: dict[int, float] = {}
    for term in ("missile", "ukrain", "plus", "xyz"):
        for number, frequency in (
            with_whoosh(reader, "text", term.encode()).items() if term != "xyz" else ()
        ):
            expected[number] = expected.get(number, 0.0) + frequency
    assert snapshot.postings("text", "missile", "ukrain", "plus", "xyz") == expected
    assert snapshot.count("text", "missile", "ukrain", "plus", "xyz") == len(expected)


def test_positions_and_blocks_that_are_passed_over(snapshot: Snapshot, reader: IndexReader) -> None:
    everything = with_whoosh(reader, "text", b"ukrain")
    assert len(everything) > 256  # more than two blocks
    for wanted in (set(list(everything)[::40]), {max(everything)}, set(everything), set()):
        expected = places_with_whoosh(reader, b"ukrain", wanted)
        places = snapshot.places("text", "ukrain", wanted)
        assert by_document(places) == expected
        counting = snapshot.counting
        assert set(counting.documents_of(places)) == expected.keys()
        following = {n: [p + 1 for p in here] for n, here in expected.items()}
        assert by_document(counting.following(places)) == following
        some = snapshot.counting.total([snapshot.entries("text", "ukrain")], wanted)
        assert {n: some[n] for n in wanted} == {n: everything[n] for n in wanted}


def test_positions_of_many_terms(snapshot: Snapshot, reader: IndexReader) -> None:
    terms = list(reader.lexicon("text"))
    for term in terms[:: len(terms) // 100 + 1]:
        expected = places_with_whoosh(reader, term, snapshot.documents)
        assert by_document(snapshot.places("text", term.decode(), snapshot.documents)) == expected


def places_with_whoosh(reader: IndexReader, term: bytes, wanted: Set[int]) -> dict[int, list[int]]:
    matcher, found = reader.postings("text", term), {}
    while matcher.is_active():
        if matcher.id() in wanted:
            found[matcher.id()] = matcher.value_as("positions")
        matcher.next()
    return found


def test_prefixes(snapshot: Snapshot, reader: IndexReader) -> None:
    for prefix in ("", "m", "mis", "zzz", "ÿ"):
        expected = [term.decode() for term in reader.expand_prefix("form", prefix.encode())]
        assert list(snapshot.with_prefix("form", prefix)) == expected


def test_articles_and_columns(snapshot: Snapshot, reader: IndexReader) -> None:
    titles, numbers = reader.column_reader("sort_title"), list(reader.all_doc_ids())
    assert sorted(snapshot.documents) == numbers
    for number in numbers:
        assert snapshot.article(number) == restored(reader.stored_fields(number)["article"])
        assert snapshot.title_key(number) == titles[number]


def test_values_of_facets(snapshot: Snapshot) -> None:
    for number in snapshot.documents:
        article = snapshot.article(number)
        assert snapshot.sources.value(number) == article.source
        month = snapshot.months.value(number)
        assert article.date
        assert month == article.date.isoformat()[:7]


@pytest.mark.parametrize(
    ("numbers", "times", "bytes_"),
    [
        ([0], [1], 3),
        ([3, 4, 900], [1, 255, 2], 9),
        ([3, 70_000], [1, 2], 10),
        ([3, 4], [1, 256], 12),
        ([0, 400_000], [1, 100_000], 16),
    ],
)
def test_flat_postings_both_ways(numbers: list[int], times: list[int], bytes_: int) -> None:
    data, widths = encoded(numbers, times)
    assert len(data) == bytes_
    flat = Flat(data, widths, len(numbers), base=10, end=numbers[-1] + 11)
    in_base = [number + 10 for number in numbers]
    assert [*map(list, flat.decoded())] == [in_base, times]
    assert [part.tolist() for part in _decoded(flat)] == [in_base, times]
    for damaged in (
        flat._replace(end=numbers[-1] + 10),
        flat._replace(data=data[:-1]),
        flat._replace(data=data + b"\0"),
        flat._replace(size=flat.size + 1),
    ):
        for decode in (Flat.decoded, _decoded):
            with pytest.raises(Damage):
                decode(damaged)


@given(st.lists(st.tuples(st.integers(0, 200_000), st.integers(1, 300)), min_size=1))
def test_flat_postings_of_any_documents(postings: list[tuple[int, int]]) -> None:
    numbers, times = zip(*sorted(dict(postings).items()), strict=True)
    flat = Flat(*encoded(numbers, times), len(numbers), 0, 200_001)
    assert tuple(map(tuple, flat.decoded())) == (numbers, times)
