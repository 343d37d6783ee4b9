"""The index is a plain Whoosh index: Whoosh itself opens it and finds the same articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.index import FileIndex, open_dir
from whoosh.query import And, Every, Or, Phrase, Prefix, Query, TermRange
from whoosh.query import Term as WhooshTerm

from index.analysis import analyze
from index.whoosh_store.codec.columns import LENGTHS
from search.local.archive import LocalArchive
from search.model import Request
from tests.support.archives import update
from tests.support.places import SEEDS

WORDS = ["missile", "obus", "Kiev", "armée", "budget", "l’Ukraine", "contre-offensive", "300 000"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample articles and sixty generated ones, indexed in several commits, some deleted."""
    root = tmp_path_factory.mktemp("whoosh")
    articles = root / "articles"
    articles.mkdir()
    for part in range(3):
        lines = [
            {
                "title": f"Article {n}",
                "body": " ".join(WORDS[(n * k) % 8] for k in range(1, 3 + n % 6)) + ".",
                "source": ["AFP", "CNN"][n % 2],
                "date": f"2024-{n % 12 + 1:02}-15",
            }
            for n in range(20 * part, 20 * part + 20)
        ]
        text = "\n".join(map(json.dumps, lines))
        (articles / f"{part}.jsonl").write_text(text, encoding="utf-8")
        update(root / "index", [articles, SEEDS])
    (articles / "1.jsonl").unlink()
    update(root / "index")
    return root / "index"


def with_whoosh(folder: Path, query: Query) -> set[str]:
    index: FileIndex = open_dir(str(folder))
    with index.searcher() as searcher:
        return {hit["id"] for hit in searcher.search(query, limit=None)}


def with_the_engine(folder: Path, query: str) -> set[str]:
    with LocalArchive(folder) as archive:
        hits = archive.search(Request(query, limit=1000)).hits
        return {hit.head.id for hit in hits if hit.complete}


def stems(text: str) -> list[str]:
    return [token.stem for token in analyze(text)]


@pytest.mark.parametrize(
    "query",
    [
        "missile",
        "missiles budget",
        "armée Kiev",
        "l’Ukraine",
        "Ukraine missiles longue portée",
        "300 000",
        "budget armée obus",
        "Biden",
        "Élysée",
        "antipersonnel",
        "introuvable",
    ],
)
def test_words_find_the_same_articles(folder: Path, query: str) -> None:
    terms = [WhooshTerm("text", stem) for stem in stems(query)]
    expected = with_whoosh(folder, And(terms))
    assert with_the_engine(folder, query) == expected
    assert bool(expected) is (query not in ("introuvable", "Élysée"))


@pytest.mark.parametrize(
    "query",
    [
        "longue portée",
        "missiles de longue portée",
        "président Joe Biden",
        "portée longue",
        "armée obus",
        "missile missile",
        "Maison Blanche",
        "en Ukraine",
        "le département d’État",
    ],
)
def test_phrases_find_the_same_articles(folder: Path, query: str) -> None:
    expected = with_whoosh(folder, Phrase("text", stems(query)))
    assert with_the_engine(folder, f'"{query}"') == expected


def test_some_of_these_phrases_are_found(folder: Path) -> None:
    assert with_whoosh(folder, Phrase("text", stems("longue portée")))
    assert not with_whoosh(folder, Phrase("text", stems("portée longue")))


@pytest.mark.parametrize(
    ("query", "whoosh_query"),
    [
        ("", Every()),
        ("miss*", Prefix("form", "miss")),
        ("source:cnn", WhooshTerm("source", "CNN")),
        ("date:2024-03..2024-05", TermRange("date", "2024-03-01", "2024-05-31")),
        ("title:article", WhooshTerm("title", "article")),
        ("obus OR budget", Or([WhooshTerm("text", "obus"), WhooshTerm("text", "budget")])),
    ],
)
def test_fields_find_the_same_articles(folder: Path, query: str, whoosh_query: Query) -> None:
    expected = with_whoosh(folder, whoosh_query)
    assert expected
    assert with_the_engine(folder, query) == expected


def test_deleted_articles_are_gone(folder: Path) -> None:
    everything = with_whoosh(folder, Every())
    assert len(everything) == 45
    assert not [id for id in everything if id.startswith("1.jsonl")]
    assert with_the_engine(folder, "") == everything


def test_stored_articles_are_plain_values(folder: Path) -> None:
    index: FileIndex = open_dir(str(folder))
    with index.searcher() as searcher:
        (stored,) = searcher.documents(id="2.jsonl#1")
    assert stored["id"] == "2.jsonl#1"
    assert stored["article"]["title"] == "Article 40"
    assert stored["article"]["date"] == "2024-05-15"
    assert {type(value) for value in stored["article"].values()} <= {str, tuple, bool, type(None)}


def test_lengths_and_frequencies_are_those_of_whoosh(folder: Path) -> None:
    index: FileIndex = open_dir(str(folder))
    with LocalArchive(folder) as archive, index.reader() as reader:
        for stem in stems("missile obus Kiev Ukraine"):
            matcher = reader.postings("text", stem)
            expected = {}
            while matcher.is_active():
                expected[matcher.id()] = matcher.weight()
                matcher.next()
            assert dict(archive._snapshot.postings("text", stem)) == expected
        for number in reader.all_doc_ids():
            length = LENGTHS[archive._snapshot.lengths[number]]
            assert length == reader.doc_field_length(number, "text")


TEXTS = st.text(
    st.sampled_from("aeiounstrldmc éè'’-0123456789.\n") | st.characters(exclude_categories=["Cs"]),
    max_size=80,
)


@given(TEXTS)
def test_the_pickled_analyzer_gives_the_words_of_the_text(folder: Path, text: str) -> None:
    index: FileIndex = open_dir(str(folder))
    found = [
        (token.text, token.pos, token.startchar, token.endchar)
        for token in index.schema["text"].analyzer(text, positions=True, chars=True)
    ]
    assert found == [(t.stem, t.position, t.start, t.end) for t in analyze(text)]
