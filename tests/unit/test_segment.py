"""A segment has what Whoosh's own writer would have made of the same articles, merged or not."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.reading import IndexReader, SegmentReader

from index.analysis import folded
from index.analysis.sketch import sketches
from index.analysis.vocabulary import Vocabulary
from index.article import Article
from index.whoosh_store.commit import to_merge
from index.whoosh_store.merge import merge
from index.whoosh_store.schema import byline, columns, schema, stored_fields
from index.whoosh_store.segment import SegmentBuilder

TEXTS = st.text(
    st.sampled_from("aeiounstrldmc éè'’-0123456789.\n") | st.characters(exclude_categories=["Cs"]),
    max_size=80,
)
LONG = " ".join(f"mot{n}" for n in range(130))  # twice: more words than a byte counts
ARTICLES = st.builds(
    Article,
    id=st.uuids().map(str),
    path=st.sampled_from(["/a.jsonl", "/b.txt"]),
    title=TEXTS,
    body=TEXTS | TEXTS.map(lambda text: f"{LONG} {text} {LONG}"),
    source=st.sampled_from(["AFP", "unknown"]),
    authors=st.lists(TEXTS, max_size=2).map(tuple),
    date=st.none() | st.dates(),
    title_is_lead=st.booleans(),
)


def by_whoosh(articles: Iterable[Article]) -> IndexReader:
    """The articles in an index that Whoosh's writer has made."""
    index = RamStorage().create_index(schema())
    writer = index.writer()
    for article in articles:
        vocabulary = Vocabulary()
        body = vocabulary.chunks(article.body)
        ends = array("q", [len(body)])
        (sketch,) = sketches(body, array("q", [0]), ends, vocabulary.hashes)
        values: dict[str, Any] = {"sketch": sketch}
        text = article.body if article.title_is_lead else f"{article.title}\n{article.body}"
        day = article.date and article.date.isoformat()
        values |= {"file": article.path, "source": article.source, "date": day}
        values |= {"month": day and day[:7], "title": article.title, "text": text, "form": text}
        values |= {"author": " ".join(article.authors), **stored_fields(article)}
        values["byline"] = [*dict.fromkeys(map(byline, article.authors))]
        writer.add_document(**values, **columns(article.id, folded(article.title), b"digest01"))
    writer.commit()
    return index.reader()


def segment_of(articles: Iterable[Article], folder: Path) -> Segment:
    builder = SegmentBuilder(folder)
    for article in articles:
        builder.add(article, b"digest01")
    segment = builder.finish()
    assert segment
    return segment


def read(segment: Segment, folder: Path) -> IndexReader:
    return SegmentReader(FileStorage(str(folder)), schema(), segment)


def contents(reader: IndexReader) -> dict[object, object]:
    """All that an index has: postings, lengths, columns and stored fields."""
    found: dict[object, object] = {}
    for name, term in reader.all_terms():
        matcher, postings = reader.postings(name, term), []
        while matcher.is_active():
            where = matcher.value_as("positions") if name in ("text", "title") else []
            postings.append((matcher.id(), matcher.weight(), list(where)))
            matcher.next()
        info = reader.term_info(name, term)
        bounds = (info.min_id(), info.max_id(), info.min_length(), info.max_length())
        found[name, term] = (postings, bounds, info.weight(), info.max_weight())
    for number in range(reader.doc_count_all()):
        lengths = [reader.doc_field_length(number, name) or 0 for name in ("text", "title")]
        values = [reader.column_reader(name)[number] for name in ("sort_title", "record", "sketch")]
        found[number] = (lengths, values, reader.stored_fields(number))
    return found


@settings(deadline=None, max_examples=20)
@given(st.lists(ARTICLES, min_size=1, max_size=5))
def test_a_segment_is_what_whoosh_writes(articles: list[Article]) -> None:
    with TemporaryDirectory() as name:
        with read(segment_of(articles, Path(name)), Path(name)) as ours:
            assert contents(ours) == contents(by_whoosh(articles))
        assert len(list(Path(name).iterdir())) == 1


@settings(deadline=None, max_examples=20)
@given(st.lists(st.lists(st.tuples(ARTICLES, st.booleans()), min_size=1, max_size=4), max_size=4))
def test_merged_segments_are_one_without_the_deleted(
    parts: list[list[tuple[Article, bool]]],
) -> None:
    """Each article comes with whether it is deleted before the merge."""
    with TemporaryDirectory() as name:
        segments = []
        for part in parts:
            segment = segment_of([article for article, _ in part], Path(name))
            for number, (_, deleted) in enumerate(part):
                if deleted:
                    segment.delete_document(number)
            segments.append(segment)
        merged = merge(Path(name), segments)
        kept = [article for part in parts for article, deleted in part if not deleted]
        assert bool(merged) == bool(kept)
        if merged:
            with read(merged, Path(name)) as reader:
                assert contents(reader) == contents(by_whoosh(kept))


def test_postings_of_several_blocks_are_merged(tmp_path: Path) -> None:
    articles = [Article(f"{n}", "/a", f"Titre {n}", "mot " * (n % 7 + 1)) for n in range(400)]
    segments = [segment_of(articles[:390], tmp_path), segment_of(articles[390:], tmp_path)]
    segments[0].delete_document(200)
    merged = merge(tmp_path, segments)
    assert merged
    with read(merged, tmp_path) as reader:
        assert contents(reader) == contents(by_whoosh([*articles[:200], *articles[201:]]))


@pytest.mark.parametrize(
    ("sizes", "deleted", "expected"),
    [
        ([], [], []),
        ([5], [0], []),
        ([5], [2], []),
        ([5, 9], [3, 0], [0]),  # mostly deleted
        ([1] * 10, [0] * 10, []),
        ([1] * 11, [0] * 11, list(range(11))),
        ([5] * 6 + [12] + [7] * 5, [0] * 12, [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11]),
        ([12] * 8 + [3] * 9, [0] * 17, []),  # no more than ten are alike
        ([10] * 11 + [3] * 11, [0] * 22, list(range(11, 22))),  # the smaller ones first
        ([12] * 10 + [3] * 2, [0] * 10 + [0, 2], [11]),
    ],
)
def test_which_segments_are_merged(
    tmp_path: Path, sizes: list[int], deleted: list[int], expected: list[int]
) -> None:
    assert to_merge_of(tmp_path, sizes, deleted) == expected


def test_large_segments_are_merged_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.whoosh_store.commit._LARGE", 10)
    monkeypatch.setattr("index.whoosh_store.commit._MOST_LARGE", 12)
    assert to_merge_of(tmp_path, [10] * 12, [0] * 12) == []
    assert to_merge_of(tmp_path, [10] * 13 + [9] * 10, [0] * 23) == list(range(13))


def to_merge_of(tmp_path: Path, sizes: list[int], deleted: list[int]) -> list[int]:
    """Which of some segments are merged, given the articles of each and those deleted."""
    segments = []
    for size, of_them in zip(sizes, deleted, strict=True):
        segment = segment_of([Article(f"{n}", "/a", "Un", "mot") for n in range(size)], tmp_path)
        for number in range(of_them):
            segment.delete_document(number)
        segments.append(segment)
    return [segments.index(segment) for segment in to_merge(segments)]
