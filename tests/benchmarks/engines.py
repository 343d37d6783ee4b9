"""Four engines over the same articles, for `compare.py`: depeche and what else one could take.

Whoosh as it comes: a plain schema, its French analyzer, its writer, parser, facets, highlights.

SQLite with FTS5, as somebody would who knows it: FTS5 has no French stemmer and Python cannot
give it one, so what it indexes are words that were folded and stemmed before, in a table without
contents; order is by its `bm25`. Its `snippet` would show stems: the passage is cut from the
original by stemming its words again and taking those around the most matches. It has indexes of
prefixes up to three letters.

tantivy, in Rust, with its French stemmer and its aggregations, merged into one segment. What it
is asked for is put together of query objects: its parser would be no slower.

All fill a page of ten: when fewer articles have all the words, those follow that have some. With
the rivals that is a second query, with OR; depeche takes those with most of the words. A whole
headline or lead is asked for with OR at once. Depeche also groups reprints, and counts by month
besides by source.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

HITS = 10
_AROUND = 15  # words of a passage before and after the match

# Nothing else is imported up here: each engine imports what it needs, also when it is asked in a
# process of its own.


class Query(NamedTuple):
    """What all the engines are asked: some words, a long question of which any word will do, a
    phrase, or how a word begins."""

    text: str
    kind: Literal["words", "any", "phrase", "prefix"] = "words"


class Answer(NamedTuple):
    """The first hits, a passage or more of each, and the number of matches by source."""

    ids: list[str]
    passages: list[Any]
    counts: dict[str, int]


class Engine(Protocol):
    """An opened index. `make` makes one of a .jsonl file in a folder."""

    def __init__(self, folder: Path) -> None: ...

    @staticmethod
    def make(corpus: Path, folder: Path) -> None: ...

    def plain(self, query: Query) -> list[str]:
        """The ids of the first hits that have all the words, and nothing else."""

    def full(self, query: Query) -> Answer:
        """A page of hits with passages, and the counts of those that have all the words."""

    def showing(self, query: Query) -> Callable[[], object]:
        """Finds a page of hits; what it returns makes their passages."""


def read(corpus: Path) -> Iterator[dict[str, str]]:
    """The articles of a .jsonl file."""
    with corpus.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


class Depeche:
    """This project, by its one door; `plain` and `showing`, which have none, by what is behind."""

    def __init__(self, folder: Path) -> None:
        from search.local.archive import LocalArchive

        self.archive = LocalArchive(folder, lasting=True)
        self._snapshot: Any = None

    @staticmethod
    def make(corpus: Path, folder: Path) -> None:
        from tests.support.archives import update

        update(folder, [corpus])

    def full(self, query: Query, duplicates: bool = False) -> Answer:
        from search.model import Request

        text = f'"{query.text}"' if query.kind == "phrase" else query.text
        request = Request(text, typing=query.kind == "prefix", duplicates=duplicates)
        found = self.archive.search(request)
        ids = [hit.head.id for hit in found.hits]
        counts = {facet.value: facet.count for facet in found.facets.sources}
        return Answer(ids, [hit.snippets for hit in found.hits], counts)

    def plain(self, query: Query) -> list[str]:
        return [article.id for article in self._best(query, 0)[0]]

    def showing(self, query: Query) -> Callable[[], object]:
        from search.local.page import highlighter_of
        from search.passages.snippets import snippets

        articles, lookup, parsed = self._best(query, HITS)

        def show() -> object:
            marker = highlighter_of(lookup, parsed)
            return [snippets(a.body, marker.matches(a.body), marker.weights) for a in articles]

        return show

    def _best(self, query: Query, page: int) -> tuple[list[Any], Any, Any]:
        """The first articles, with some of the words if too few for the `page` have all of them.

        And the state of the search, and the query as it was read.
        """
        from itertools import islice

        from index.whoosh_store.folder import open_index
        from search.local.lookup import Lookup
        from search.local.partial import distinct, match
        from search.local.ranking import scores
        from search.local.snapshot import Snapshot
        from search.query import parse, terms

        self._snapshot = self._snapshot or Snapshot(open_index(self.archive.folder), arrays=True)
        lookup, parsed = Lookup(self._snapshot), parse(query.text).query
        found = match(lookup, parsed, page, self._snapshot.documents)
        best: list[int] = []
        together = [found.complete | found.partial]
        parts = [found.complete, found.partial] if found.apart else together
        for documents in filter(None, parts):
            ranked = scores(lookup, distinct(terms(parsed)), documents)
            best += islice(ranked.best_first(), HITS)
        return [self._snapshot.article(number) for number in best[:HITS]], lookup, parsed


class Whoosh:
    """Whoosh as it comes."""

    def __init__(self, folder: Path) -> None:
        from whoosh.index import open_dir
        from whoosh.qparser import AndGroup, OrGroup, QueryParser

        self.searcher: Any = open_dir(str(folder)).searcher()
        self.all: Any = QueryParser("body", self.searcher.schema, group=AndGroup)
        self.any: Any = QueryParser("body", self.searcher.schema, group=OrGroup)

    @staticmethod
    def make(corpus: Path, folder: Path) -> None:
        from datetime import datetime

        from whoosh.analysis import LanguageAnalyzer
        from whoosh.fields import DATETIME, ID, TEXT, Schema
        from whoosh.index import create_in

        schema = Schema(
            id=ID(stored=True),
            title=TEXT(stored=True, analyzer=LanguageAnalyzer("fr")),
            body=TEXT(stored=True, analyzer=LanguageAnalyzer("fr")),
            source=ID(stored=True, sortable=True),  # as its documentation has it for facets
            date=DATETIME(stored=True),
        )
        folder.mkdir(parents=True)
        writer = create_in(str(folder), schema).writer()
        for article in read(corpus):
            day = datetime.fromisoformat(article["date"])
            writer.add_document(**{**article, "date": day})
        writer.commit()

    def _parsed(self, query: Query) -> Any:
        written = {"phrase": '"{}"', "prefix": "{}*"}.get(query.kind, "{}")
        parser = self.any if query.kind == "any" else self.all
        return parser.parse(written.format(query.text))

    def plain(self, query: Query) -> list[str]:
        return [hit["id"] for hit in self.searcher.search(self._parsed(query), limit=HITS)]

    def full(self, query: Query) -> Answer:
        found = self.searcher.search(self._parsed(query), limit=HITS, groupedby="source")
        counts = {source: len(numbers) for source, numbers in found.groups("source").items()}
        hits = self._page(query, found)
        return Answer([h["id"] for h in hits], [h.highlights("body") for h in hits], counts)

    def _page(self, query: Query, found: Any) -> list[Any]:
        hits = list(found[:HITS])  # with groups it may have more than its limit
        if len(hits) < HITS and query.kind == "words" and " " in query.text:
            some = self.searcher.search(self.any.parse(query.text), limit=HITS)
            have = {hit["id"] for hit in hits}
            hits += [hit for hit in some if hit["id"] not in have][: HITS - len(hits)]
        return hits

    def showing(self, query: Query) -> Callable[[], object]:
        found = self.searcher.search(self._parsed(query), limit=HITS)
        hits = [hit for hit in self._page(query, found) if hit.fields()]  # which reads them
        return lambda: [hit.highlights("body") for hit in hits]


class Fts5:
    """SQLite's full-text search over folded stems."""

    _SCHEMA = """
        CREATE TABLE articles (number INTEGER PRIMARY KEY, id, title, body, source, date);
        CREATE VIRTUAL TABLE words USING fts5 (
            title, body, content = '', tokenize = 'ascii', prefix = '1 2 3'
        );
    """

    def __init__(self, folder: Path) -> None:
        import sqlite3

        self.database = sqlite3.connect(folder / "articles.db")
        self.stems = stemmer()

    @staticmethod
    def make(corpus: Path, folder: Path) -> None:
        import sqlite3
        from contextlib import closing

        stems = stemmer()
        folder.mkdir(parents=True)
        with closing(sqlite3.connect(folder / "articles.db")) as database, database:
            database.executescript(Fts5._SCHEMA)
            for number, article in enumerate(read(corpus), 1):
                row = (number, *(article[k] for k in ("id", "title", "body", "source", "date")))
                database.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?)", row)
                texts = (" ".join(stems(article[k])) for k in ("title", "body"))
                insert = "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)"
                database.execute(insert, (number, *texts))
            database.execute("INSERT INTO words (words) VALUES ('optimize')")

    def _matching(self, query: Query, operator: str = "AND") -> str:
        if query.kind == "prefix":
            return f'"{query.text}" *'
        stems = self.stems(query.text)
        operator = "OR" if query.kind == "any" else operator
        if query.kind == "phrase":
            return f'"{" ".join(stems)}"'
        return f" {operator} ".join(f'"{stem}"' for stem in stems)

    def _numbers(self, matching: str) -> list[int]:
        sql = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
        return [number for (number,) in self.database.execute(sql, (matching, HITS))]

    def _rows(self, numbers: list[int], columns: str) -> list[Any]:
        one = f"SELECT {columns} FROM articles WHERE number = ?"
        return [self.database.execute(one, (number,)).fetchone() for number in numbers]

    def _page(self, query: Query) -> list[int]:
        numbers = self._numbers(self._matching(query))
        if len(numbers) < HITS and query.kind == "words" and " " in query.text:
            numbers += self._numbers(self._matching(query, "OR"))
        return list(dict.fromkeys(numbers))[:HITS]

    def plain(self, query: Query) -> list[str]:
        return [id for (id,) in self._rows(self._numbers(self._matching(query)), "id")]

    def full(self, query: Query) -> Answer:
        rows = self._rows(self._page(query), "id, body")
        counting = (
            "SELECT source, count(*) FROM articles"
            " WHERE number IN (SELECT rowid FROM words WHERE words MATCH ?) GROUP BY source"
        )
        counts = dict(self.database.execute(counting, (self._matching(query),)))
        passages = [self._passage(body, query) for _, body in rows]
        return Answer([id for id, _ in rows], passages, counts)

    def showing(self, query: Query) -> Callable[[], object]:
        rows = self._rows(self._page(query), "body")
        return lambda: [self._passage(body, query) for (body,) in rows]

    def _passage(self, body: str, query: Query) -> str:
        """The words of `body` around the match that has the most others near it."""
        import re

        spans = [match.span() for match in re.finditer(WORD, body)]
        wanted = tuple(self.stems(query.text))
        if query.kind == "prefix":
            found = [i for i, stem in enumerate(self.stems(body)) if stem.startswith(query.text)]
        else:
            found = [i for i, stem in enumerate(self.stems(body)) if stem in wanted]
        near = {i: sum(abs(i - other) <= _AROUND for other in found) for i in found}
        best = max(near, key=lambda i: near[i], default=0)
        shown = spans[max(0, best - _AROUND) : best + _AROUND]
        return body[shown[0][0] : shown[-1][1]]


class Tantivy:
    """tantivy, by its Python bindings."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self.tantivy: Any = tantivy
        self.index: Any = tantivy.Index(self._schema(), path=str(folder))
        self.index.register_tokenizer("french", self._analyzer())
        self.searcher = self.index.searcher()
        self.analyzer = self._analyzer()

    @staticmethod
    def _analyzer() -> Any:
        from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

        filters = (Filter.lowercase(), Filter.stemmer("french"), Filter.ascii_fold())
        builder = TextAnalyzerBuilder(Tokenizer.simple())
        for each in filters:
            builder = builder.filter(each)
        return builder.build()

    @staticmethod
    def _schema() -> Any:
        from tantivy import SchemaBuilder

        builder = SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("source", stored=True, tokenizer_name="raw", fast=True)
        builder.add_text_field("date", stored=True, tokenizer_name="raw")
        builder.add_text_field("title", stored=True, tokenizer_name="french")
        builder.add_text_field("body", stored=True, tokenizer_name="french")
        return builder.build()

    @staticmethod
    def make(corpus: Path, folder: Path) -> None:
        import tantivy

        folder.mkdir(parents=True)
        index = tantivy.Index(Tantivy._schema(), path=str(folder))
        index.register_tokenizer("french", Tantivy._analyzer())
        writer = index.writer(heap_size=500_000_000, num_threads=2)
        for article in read(corpus):
            writer.add_document(tantivy.Document(**article))
        writer.commit()
        writer.wait_merging_threads()

    def _query(self, query: Query, occur: str = "Must") -> Any:
        of, schema = self.tantivy.Query, self.index.schema
        if query.kind == "prefix":
            return of.regex_query(schema, "body", f"{query.text}.*")
        stems = self.analyzer.analyze(query.text)
        if query.kind == "phrase":
            return of.phrase_query(schema, "body", stems)
        occurs = getattr(self.tantivy.Occur, "Should" if query.kind == "any" else occur)
        return of.boolean_query([(occurs, of.term_query(schema, "body", s)) for s in stems])

    def _page(self, query: Query) -> list[Any]:
        hits = [at for _, at in self.searcher.search(self._query(query), HITS).hits]
        if len(hits) < HITS and query.kind == "words" and " " in query.text:
            some = self.searcher.search(self._query(query, "Should"), HITS).hits
            have = {(at.segment_ord, at.doc) for at in hits}
            hits += [at for _, at in some if (at.segment_ord, at.doc) not in have]
        return [self.searcher.doc(at) for at in hits[:HITS]]

    def plain(self, query: Query) -> list[str]:
        found = self.searcher.search(self._query(query), HITS, count=False)
        return [self.searcher.doc(at)["id"][0] for _, at in found.hits]

    def full(self, query: Query) -> Answer:
        hits = self._page(query)
        parsed = self._query(query)
        by_source = {"sources": {"terms": {"field": "source", "size": 1000}}}
        found = self.searcher.aggregate(parsed, by_source)["sources"]["buckets"]
        counts = {each["key"]: each["doc_count"] for each in found}
        return Answer([hit["id"][0] for hit in hits], self._passages(parsed, hits), counts)

    def _passages(self, parsed: Any, hits: list[Any]) -> list[str]:
        of = self.tantivy.SnippetGenerator.create
        generator = of(self.searcher, parsed, self.index.schema, "body")
        return [generator.snippet_from_doc(hit).fragment() for hit in hits]

    def showing(self, query: Query) -> Callable[[], object]:
        hits, parsed = self._page(query), self._query(query)
        return lambda: self._passages(parsed, hits)


WORD = r"[^\W_]+"


def stemmer() -> Callable[[str], list[str]]:
    """A function that gives the folded stems of a text, each word stemmed once."""
    import re
    from functools import lru_cache
    from unicodedata import combining, normalize

    from Stemmer import Stemmer

    snowball = Stemmer("french")

    @lru_cache(maxsize=1 << 17)
    def stem(word: str) -> str:
        letters = normalize("NFKD", word.casefold())
        stemmed: str = snowball.stemWord("".join(c for c in letters if not combining(c)))
        return stemmed

    return lambda text: [stem(word) for word in re.findall(WORD, text)]


ENGINES: dict[str, type[Engine]] = {
    "depeche": Depeche,
    "Whoosh": Whoosh,
    "SQLite FTS5": Fts5,
    "tantivy": Tantivy,
}


def rate_of_whoosh_with_our_fields(corpus: Path, folder: Path, most: int = 2000) -> float:
    """Articles a second that Whoosh's own writer takes in, given the fields that depeche has."""
    from itertools import islice

    from whoosh.index import create_in

    from index.analysis import folded
    from index.article import Article
    from index.extraction.reading import read_article
    from index.intake.files import find_files
    from index.intake.records import Part, read_records
    from index.whoosh_store.schema import columns, schema, stored_fields

    started, number = time.perf_counter(), 0
    folder.mkdir(parents=True)
    writer = create_in(str(folder), schema()).writer()
    records = (record for file in find_files(corpus) for record in read_records(Part(file)))  # type: ignore[arg-type]
    for article in (item for record in islice(records, most) for item in read_article(record)):  # type: ignore[arg-type]
        assert isinstance(article, Article)
        text = article.body if article.title_is_lead else f"{article.title}\n{article.body}"
        day = article.date.isoformat() if article.date else None
        values = {"file": article.path, "source": article.source, "date": day}
        values |= {"month": day and day[:7], "title": article.title, "text": text, "form": text}
        writer.add_document(
            **values,
            author=" ".join(article.authors),
            **stored_fields(article),
            **columns(article.id, folded(article.title), b"digest__"),
        )
        number += 1
    writer.commit()
    return number / (time.perf_counter() - started)


def make(name: str, corpus: str, folder: str) -> None:
    """Make an index and print the seconds that it took, without Python's own start."""
    engine = ENGINES[name]
    started = time.perf_counter()
    engine.make(Path(corpus), Path(folder))
    print(time.perf_counter() - started)


def ask(name: str, folder: str, text: str) -> None:
    """Print the answer to one query."""
    answer = ENGINES[name](Path(folder)).full(Query(text))
    sys.stdout.write(f"{answer}\n")
