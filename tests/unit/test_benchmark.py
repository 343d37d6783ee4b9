"""The benchmark runs, prints every row, and compares engines that find the same."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import mean

import pytest

from search.local.archive import LocalArchive
from search.model import Request
from tests.benchmarks.compare import main
from tests.benchmarks.engines import ENGINES, Depeche, Engine, Query
from tests.benchmarks.growth import COLUMNS
from tests.benchmarks.questions import beginnings, of_headlines, phrases, questions
from tests.support.archives import update
from tests.support.make_corpus import articles, write_jsonl
from tests.support.recombine import read_real, recombined, withheld

ROWS = [
    *("indexing, s", "indexing, articles/s", "indexing, MB of memory", "index, MB"),
    *("ten ids, ms", "ten hits, passages, facets, ms", "passages of ten hits, ms"),
    *("phrase of two words, ms", "word begun with one letter, ms"),
    *("word begun with two letters, ms", "word begun with three letters, ms"),
    *("one query from the shell, ms", "one query from the shell, MB"),
]


@pytest.fixture
def _all_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.benchmarks.compare._RUNS", 1)
    monkeypatch.setattr("tests.benchmarks.measuring._PASSES", 1)
    monkeypatch.setattr("tests.benchmarks.growth._ADDED", 5)


@pytest.mark.usefixtures("_all_once")
def test_comparison(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--articles", "30", "--queries", "5"])
    printed = capsys.readouterr().out
    lines = [line.strip("| ").split(" | ") for line in printed.splitlines() if line[:1] == "|"]
    ours, *others = ENGINES
    assert [cell.strip() for cell in lines[0]] == [
        ours,
        *(c for name in others for c in (name, "×")),
    ]
    rows = {name: figures for name, *figures in lines[2:]}
    assert [name for name in rows if "95 %" not in name] == ROWS
    for figures in rows.values():
        assert len([float(figure.replace(",", "")) for figure in figures]) == 1 + 2 * len(others)
    assert "Reprints: " in printed


@pytest.mark.usefixtures("_all_once")
def test_an_archive_like_a_real_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is made of real articles has their lengths and shared lines, and reprints of its own."""
    real = tmp_path / "real.jsonl"
    with real.open("w", encoding="utf-8") as lines:
        for article in articles(40, 1):
            body = f"{article['body']}\nRetrouvez toute l’actualité sur notre site."
            lines.write(json.dumps({**article, "body": body}) + "\n")
    read = read_real(real)
    made = list(recombined(read, 400, seed=1))
    assert made == list(recombined(read, 400, seed=1)) != list(recombined(read, 400, seed=2))
    lengths = [
        mean(len(text.split()) for text in texts)
        for texts in (
            ["\n".join(each.paragraphs) for each in read],
            [each["body"] for each in made],
        )
    ]
    assert 0.75 < lengths[1] / lengths[0] < 1.25
    assert sum("Retrouvez toute l’actualité" in each["body"] for each in made) > 200
    (tmp_path / "made.jsonl").write_text("\n".join(map(json.dumps, made)), encoding="utf-8")
    update(tmp_path / "index", [tmp_path / "made.jsonl"])
    with LocalArchive(tmp_path / "index") as archive:
        hits = archive.search(Request("", limit=400)).hits
    assert 10 <= sum(len(hit.also) for hit in hits) <= 40  # one in twenty is a reprint
    titles = {each["title"] for each in made}
    for kind, asked in of_headlines(real, 5, 1).items():
        assert asked, kind
    assert not titles & {each.title for each in withheld(read)}
    main(["--like", str(real), "--articles", "20", "--queries", "3"])
    printed = capsys.readouterr().out
    kinds = ("one word", "two words", "three words", "headline", "lead", "phrase of two words")
    assert all(f"| {kind}, ms |" in printed for kind in kinds)
    assert "Whoosh" not in printed


@pytest.mark.usefixtures("_all_once")
def test_growth(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    main(["--growth", "15", "--queries", "2", "--keep", str(tmp_path), "--txt"])
    *_, line = capsys.readouterr().out.splitlines()
    assert len([float(cell) for cell in line.strip("| ").split(" | ")]) == len(COLUMNS)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("benchmark") / "articles.jsonl"
    write_jsonl(path, 60)
    return path


@pytest.fixture(scope="module")
def engines(corpus: Path) -> dict[str, Engine]:
    folders = {name: corpus.parent / name for name in ENGINES}
    for name, engine in ENGINES.items():
        engine.make(corpus, folders[name])
    return {name: engine(folders[name]) for name, engine in ENGINES.items()}


def test_engines_find_much_the_same(corpus: Path, engines: dict[str, Engine]) -> None:
    asked = questions(corpus, 10, 1)
    for query in [*asked, *phrases(corpus, 5, 1), *beginnings(asked, 2)]:
        answers = {name: engine.full(query) for name, engine in engines.items()}
        for answer in answers.values():
            assert 1 <= len(answer.ids) == len(answer.passages) <= 10
        found = [sum(answer.counts.values()) for answer in answers.values()]
        assert max(found) <= 1.5 * min(found) + 2, query  # accents and endings tell them apart


def test_what_is_asked_behind_the_door_is_what_it_answers(
    corpus: Path, engines: dict[str, Engine]
) -> None:
    depeche = engines["depeche"]
    assert isinstance(depeche, Depeche)
    for query in questions(corpus, 10, 1):
        plain, answer = depeche.plain(query), depeche.full(query, duplicates=True)
        assert plain == answer.ids[: len(plain)]
        assert depeche.showing(query)() == answer.passages


def test_queries_are_the_same_from_the_same_seed(corpus: Path) -> None:
    assert questions(corpus, 5, 1) == questions(corpus, 5, 1) != questions(corpus, 5, 2)
    assert beginnings([Query("été"), Query("obus"), Query("obole")], 2) == [Query("ob", "prefix")]
