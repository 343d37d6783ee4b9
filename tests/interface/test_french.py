"""What is said in French, and that nothing is said in English alone: every surface of the command
line in a language of signs, in which a message that is not marked stands out."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import typer

from index.language import use
from search.cli.app import app
from search.cli.progress import progress_text
from search.errors import NoSuchArticle, Unavailable, Unexpected, explain
from search.model import Note, NoteKind, Problem, Report, Unheard, Watching
from search.wording.counts import ago, human_size
from search.wording.errors import in_words
from search.wording.notes import notes_line
from search.wording.reports import news_line, report_line, watching_in_words
from tests.interface.test_cli import Ran, run
from tests.support.messages import SIGN, in_signs

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def russian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of articles in Cyrillic (what is in Latin letters, we have said); in `0` their
    index."""
    folder = tmp_path_factory.mktemp("1")
    lines = [
        {"title": f"Жук {n}", "body": f"Жук полз домой {n}. " * 9, "source": "Ж", "date": date}
        for n, date in enumerate(["2024-11-05", "2018-02-01", ""])
    ]
    (folder / "1.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (folder / "2.txt").write_text("Жук полз домой один раз и ещё раз.\n" * 5, encoding="utf-8")
    (folder / "3.txt").write_bytes(b"\0\1\2")
    assert run("index", folder, "--index", folder / "0").status == 0
    return folder


@pytest.fixture
def signs() -> Iterator[None]:
    with in_signs():
        yield


def english(ran: Ran, folder: Path, *known: str) -> list[str]:
    """The words in Latin letters that are neither data nor what is typed: options, commands."""
    text = (ran.out + ran.err).replace(str(folder), "")
    for word in ("depeche", "nov", "TypeError", *known):
        text = re.sub(rf"(?<![\w{SIGN}]){re.escape(word)}(?![\w{SIGN}])", "", text)
    return re.findall(r"(?<![-\w])[A-Za-z]{2,}", re.sub(r"(?<!\w)--?[a-z0]+", "", text))


@pytest.mark.usefixtures("signs")
class TestNothingIsUnmarked:
    @pytest.mark.parametrize("command", COMMANDS)
    def test_help(self, russian: Path, command: str) -> None:
        typed = {
            choice
            for parameter in COMMANDS[command].params
            for choice in parameter.type_descriptor.choices or ()
        }
        ran = run("help", command)
        assert SIGN in ran.out
        assert not english(ran, russian, *COMMANDS, *typed)

    def test_help_of_all(self, russian: Path) -> None:
        assert not english(run("--help"), russian, *COMMANDS)

    @pytest.mark.parametrize(
        "args",
        [
            "search жук",
            "search жук -n 1",
            "search жук --source Ж",
            "search жук --source Я",
            "search жука полз медленно",
            "search жуф",
            "search ничего --source Ж",
            "search",
            "search жук (полз",
            "search OU жук",
            "search date:2024-13",
            "search date:1..2",
            "search -- -",
            "search жук -n жук",
            "search жук --sort жук",
            "search жук --json --paths",
            "search жук --queries 1",
            "search --queries /0",
            "search --limit",
            "search --x",
            "show",
            "show 9",
            "show 1",
            "show 1 2",
            "show 2.txt",
            "diff 1.jsonl#1 1.jsonl#2",
            "diff 1.jsonl#1 2.txt --color always",
            "status",
            "status --check",
            "help 0",
            "tui",
            "index /0",
            "index --rebuild",
        ],
    )
    def test_surface(self, russian: Path, args: str) -> None:
        known = "OU", "date", "relevance", "title", "query", "jsonl", "txt", "search", "show", "tui"
        place = "" if args.endswith("--limit") else f" --index {russian / '0'}"
        ran = run(*shlex.split(args + place))
        known_too = "index", "help", "status", "ms", "kB", "s", "hier", "mars", "html", "md"
        assert not english(ran, russian, *known, *known_too), ran

    @pytest.mark.parametrize("kind", get_args(NoteKind))
    @pytest.mark.parametrize("sure", [True, False])
    def test_notes(self, kind: NoteKind, sure: bool) -> None:
        for near in ((), ("ж",), tuple("абвгдежзийкл")):
            line = notes_line([Note(kind, "ж", (4, 9), near, sure)])
            assert line
            assert not re.search("[A-Za-z]", line), line

    def test_reports(self) -> None:
        problem = Problem("ж", "ж")
        report = Report(1, 2, 3, 4, 5, 6, 7.0, (problem,))
        said = [
            report_line(report),
            news_line(report),
            watching_in_words(Watching(2)),
            watching_in_words(Unheard("ж", "ж", 60)),
            watching_in_words(Unavailable("ж", "ж")),
            progress_text(1_000, 0.5, 60),
            in_words(Unexpected("ж", "ж")),
            in_words(NoSuchArticle("ж")),
            in_words(OSError(28, "No space left on device", "ж")),
            *(explain(OSError(number, os.strerror(number))) for number in (1, 2, 5, 13, 20, 28)),
            ago(1),
            ago(4_000),
            ago(10_000),
            ago(900_000),
            *(human_size(10**power) for power in (0, 4, 7, 10)),
        ]
        assert not [line for line in said if re.search("[A-Za-z]", line)]

    def test_no_index(self, tmp_path: Path) -> None:
        assert not english(run("search", "жук", "--index", tmp_path), tmp_path)
        (tmp_path / "_MAIN_1.toc").write_bytes(b"\0")
        assert not english(run("search", "жук", "--index", tmp_path), tmp_path)


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        ("search missiles", 0, "3 articles · CNN 1 · HuffPost 1 · inconnue 1 · "),
        ("search missiles -n 1", 0, "1–1 sur 3 articles · "),
        ("search missiles -n 1", 0, " · suite : --offset 1\n"),
        ("search missiles source:inconnue", 0, "inconnue 1 · "),
        ("search mexique", 1, "Rien pour « mexique ».\n"),
        ("search missille", 1, "Rien pour « missille ». Vouliez-vous dire : missile ?\n"),
        (
            "search missiles --source Cnnn",
            1,
            "Pas de source « Cnnn » ici : vouliez-vous dire CNN ?",
        ),
        ("search", 2, "depeche: chercher quoi ? Donnez des mots, ou --source\n"),
        ("search a --sort x", 2, "--sort attend relevance, date ou title, et non « x »\n"),
        ("search a --sort x", 2, "depeche: Voir : depeche search --help\n"),
        ("search -- -", 2, "requête illisible : aucun mot à chercher (caractère 1)\n"),
        ("show nothing.txt", 1, "depeche: pas d’article nothing.txt\n"),
        ("index /nowhere", 2, "depeche: pas de dossier /nowhere\n"),
        ("help search", 0, "Utilisation : depeche search [OPTIONS] [REQUÊTE…]\n"),
        ("help requête", 0, "les mots dans cet ordre, petits mots compris"),
    ],
)
def test_in_french(archive_folder: Path, args: str, status: int, said: str) -> None:
    ran = run("--index", archive_folder, *args.split())
    assert ran.status == status
    assert said in (ran.out + ran.err).replace("\N{NO-BREAK SPACE}", " ")


def test_json_is_the_same(archive_folder: Path) -> None:
    asked = "search", "missiles", "--index", archive_folder, "--json"
    english = run(*asked).data
    use("fr")
    try:
        french = run(*asked).data
    finally:
        use("en")
    assert {**french, "elapsed_ms": 0} == {**english, "elapsed_ms": 0}
    assert {"value": "unknown", "count": 1} in french["facets"]["source"]
