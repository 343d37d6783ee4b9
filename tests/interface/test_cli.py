"""The command line as it is used: arguments and environment → output, messages, exit status."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from index.errors import IndexLocked
from search.cli.app import main
from tests.support.places import ROOT
from tests.support.windows import COMMAND, all_in_window, in_window, without_colour


@dataclass
class Ran:
    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


def run(*args: str | Path) -> Ran:
    """Run a command in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        status = main([str(arg) for arg in args])
        out.flush()
        err.flush()
    texts = [stream.buffer.getvalue().decode("utf-8") for stream in (out, err)]
    return Ran(status, *texts)


def execute(
    *args: str | bytes | Path, shell: str = "", **env: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own; `shell` is what follows it, such as `| head -1`."""
    command: list[Any] = [*COMMAND, *args]
    if shell:
        command = ["bash", "-c", f'"$@" {shell}', "bash", *command]
    return subprocess.run(
        command, capture_output=True, cwd=ROOT, env={**os.environ, **env}, check=False, timeout=60
    )


@pytest.fixture
def search(archive_folder: Path) -> Any:
    return lambda *args: run("search", "--index", archive_folder, *args)


class TestStatuses:
    """Exit statuses, each with its one line of explanation."""

    @pytest.mark.parametrize(
        ("args", "status", "message"),
        [
            ("search missiles", 0, ""),
            ("search missiles --limit 0", 0, ""),
            ("search mexique", 1, "Nothing for “mexique”.\n"),
            (
                "search missiles --offset 3",
                1,
                "There are only 3 articles: none from number ",
            ),
            ("search missiles --offset 3 --paths", 1, "There are only 3 articles: none from "),
            ("search missiles --offset 3 -n 0", 0, ""),
            ("search missille", 1, "Nothing for “missille”. Did you mean: missile?\n"),
            ("search missiles --source Cnnn", 1, "No source “Cnnn” here: did you mean CNN?\n"),
            ("search missiles --source Zzz", 1, "No source “Zzz” here: there are unknown, AP, "),
            ("search mexique --source CNN", 1, "Nothing for “mexique” in CNN.\n"),
            ("search washingtonien --source zz --source cnn", 1, "No source “zz” here: "),
            ("search mexique --source CNN --source Cnnn", 1, "No source “Cnnn” here: did you "),
            ("search source:cnnn", 1, "No source “cnnn” here: did you mean CNN?\n"),
            ("search -", 2, "depeche: cannot read the query: no word to search for at 1\n"),
            ("search date:2024-13", 2, "depeche: cannot read the query: date: takes a day, "),
            ("help", 0, ""),
            ("help query", 0, ""),
            ("help search", 0, ""),
            ("help nothing", 2, "depeche: no help on nothing: it is no command, and not "),
            ("search", 2, "depeche: search for what? Give some words, or --source\n"),
            ("search --souce CNN a", 2, "depeche: no option --souce: did you mean --source?\n"),
            ("search a --limit -1", 2, "depeche: --limit takes a number from 0 on, not “-1”\n"),
            ("search a -n many", 2, "depeche: --limit takes a number from 0 on, not “many”\n"),
            ("search missiles -nmany", 0, ""),
            ("search a --limit", 2, "depeche: --limit needs a value\n"),
            ("search a --json=1", 2, "depeche: --json takes no value\n"),
            ("search a --offset -1", 2, "depeche: --offset takes a number from 0 on, not "),
            ("search a --sort size", 2, "depeche: --sort takes relevance, date or title, not "),
            ("search a --json --paths", 2, "depeche: of --json, --jsonl and --paths there can "),
            ("search a --queries f", 2, "depeche: --queries takes its words from FILE, and "),
            ("search --queries /dev/zero", 2, "depeche: line 1 of /dev/zero is too long for a "),
            ("search --queries /nowhere", 2, "depeche: cannot read /nowhere: no such file or "),
            ("show 003", 0, ""),
            ("show nothing.txt", 1, "depeche: no article nothing.txt\n"),
            ("show 00", 1, "depeche: several articles are 00: "),
            ("show 003 --query (", 2, "depeche: cannot read the query: "),
            ('show 003 --query "a', 0, ""),
            ("show", 2, "depeche: show needs more: ID\n"),
            ("show 003 004 5", 2, "depeche: words too many: 004 5\n"),
            ("status", 0, ""),
            ("status --rebuild", 2, "depeche: no option --rebuild\n"),
            ("index /nowhere", 2, "depeche: no such folder: /nowhere\n"),
            ("tui", 2, "depeche: the terminal interface needs a terminal, for input and for "),
            ("missiles", 0, ""),
            ("missiles -CNN -n 2 --sort date", 0, ""),
            ("--source CNN", 0, ""),
            ("-- index", 1, "Nothing for “index”."),
            ("mexique", 1, "Nothing for “mexique”.\n"),
            ("find a", 1, "Nothing for “find a”"),
            (
                "statut",
                1,
                "Nothing for “statut”.\n`depeche status` is a command: depeche help status\n",
            ),
            ("--souce CNN", 2, "depeche: no option --souce: did you mean --source?\n"),
        ],
    )
    def test_status(self, archive_folder: Path, args: str, status: int, message: str) -> None:
        ran = run("--index", archive_folder, *args.split())
        assert (ran.status, ran.err[: len(message)]) == (status, message)
        assert bool(ran.out) == (status == 0)
        assert bool(ran.err) == (status != 0)
        assert ran.err.count("\n") <= 2

    @pytest.mark.parametrize("args", ["search a", "show a", "status", "search --queries -"])
    def test_no_index_by_that_name(self, tmp_path: Path, args: str) -> None:
        command, *rest = args.split()
        message = f"depeche: no index in {tmp_path}: make one with `depeche index DIR`\n"
        assert run("--index", tmp_path, command, *rest) == Ran(3, "", message)
        assert run(command, *rest, "--index", tmp_path) == Ran(3, "", message)

    def test_damaged(self, tmp_path: Path, seeds: Path) -> None:
        assert run("index", seeds, "--index", tmp_path).status == 0
        for table in tmp_path.glob("*.toc"):
            table.write_bytes(b"\0")
        ran = run("search", "a", "--index", tmp_path)
        assert ran.status == 3
        assert "--rebuild" in ran.err
        assert run("index", "--index", tmp_path).status == 3
        assert run("index", "--rebuild", seeds, "--index", tmp_path).status == 0
        assert run("search", "missiles", "--index", tmp_path).status == 0

    def test_locked(self, tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def locked(*_: object, **__: object) -> None:
            raise IndexLocked("another process is writing")

        monkeypatch.setattr("index.update.update", locked)
        ran = run("index", seeds, "--index", tmp_path)
        assert ran == Ran(75, "", "depeche: another process is writing\n")

    @pytest.mark.parametrize(
        ("error", "status"), [(RuntimeError("odd\n\x1b[31m"), 70), (KeyboardInterrupt(), 130)]
    )
    def test_never_a_traceback(
        self, search: Any, monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int
    ) -> None:
        def fail(*_: object) -> None:
            raise error

        monkeypatch.setattr("search.local.archive.LocalArchive.search", fail)
        ran = search("missiles")
        assert (ran.status, ran.out) == (status, "")
        assert re.fullmatch(r"depeche: [^\n\x1b]+\n", ran.err)


class TestSearch:
    @pytest.mark.parametrize(
        ("args", "ids"),
        [
            (["ATACMS"], ["001", "003", "004"]),
            (["missiles", "-CNN"], ["001", "004"]),
            (["-CNN", "missiles"], ["001", "004"]),
            (["missiles", "-chine", "-0h"], ["001", "003", "004"]),
            (["--", "-CNN", "missiles"], ["001", "004"]),
            (["missiles", "--source", "cnn"], ["003"]),
            (["missiles", "--source=CNN", "--source", "Huffington Post"], ["003", "004"]),
            (["missiles", "--sort", "title", "--limit", "1"], ["003"]),
            (["missiles", "--sort", "title", "--limit", "5", "--offset", "1"], ["001", "004"]),
            ([""], ["000", "001", "002", "003", "004"]),
            (["--source", "unknown"], ["001", "002"]),
            ([b"\xff".decode("utf-8", "surrogateescape"), "ATACMS"], ["001", "003", "004"]),
        ],
    )
    def test_found(self, search: Any, args: list[str], ids: list[str]) -> None:
        ran = search("--json", *args)
        assert ran.status == 0
        assert sorted(hit["id"][:3] for hit in ran.data["hits"]) == ids

    def test_json(self, search: Any, seeds: Path) -> None:
        ran = search("ATACMS", "--json", "--source", "CNN")
        assert ran.out.count("\n") == 1
        assert not ran.err
        found = ran.data
        assert list(found) == [
            *(
                "version",
                "query",
                "total",
                "partial",
                "next_offset",
                "elapsed_ms",
                "suggestion",
                "note",
                "facets",
                "hits",
            )
        ]
        assert (found["version"], found["query"], found["total"], found["partial"]) == (
            *(1, "ATACMS", 1, 0),
        )
        assert {"value": "HuffPost", "count": 1} in found["facets"]["source"]
        (hit,) = found["hits"]
        assert list(hit) == [
            *("id", "path", "title", "source", "authors", "date"),
            *("score", "complete", "snippets"),
            "also",
        ]
        assert hit["path"] == str(seeds / hit["id"])
        assert hit["authors"][:2] == ["Jack Forrest", "Katie Bo Lillis"]
        assert (hit["date"], hit["complete"]) == (None, True)
        snippet = hit["snippets"][0]
        start, end = snippet["matches"][0]
        assert snippet["text"][start:end] == "ATACMS"

    def test_nothing_is_still_an_object(self, search: Any) -> None:
        ran = search("missille", "--json")
        assert (ran.status, ran.err) == (1, "")
        assert (ran.data["total"], ran.data["suggestion"]) == (0, "missile")

    @pytest.mark.parametrize(
        ("query", "note"),
        [
            ("missiles", None),
            ("missiles)", "The parenthesis at 9 closes nothing and was left out"),
            ('qu"il missiles', "The quote at 3 was read as an apostrophe: qu’"),
            ("OU missiles", "OU at 1 lacks a word on one side and was left out"),
            ("missiles *", "“*” at 10 is not at the end of a word and was left out"),
            ("missiles auteurs:x", "No field “auteurs”: auteur:?"),
            ("missiles source:cnnn", "No source “cnnn” here: did you mean CNN?"),
            ("titre: date:x missiles", "Titre: at 1 has no value and was left out; “x” is no date"),
        ],
    )
    def test_how_a_query_was_read_is_one_line(self, search: Any, query: str, note: str) -> None:
        ran = search(query)
        said = search(query, "--json").data["note"]
        assert (said or "")[: len(note or "")] == (note or "")
        assert bool(said) == bool(note)
        assert ran.err.startswith(f"{said}\n" if said else "")
        assert ran.err.count("\n") <= 2

    def test_jsonl(self, search: Any) -> None:
        lines = search("ATACMS", "--jsonl").out.splitlines()
        assert [json.loads(line) for line in lines] == search("ATACMS", "--json").data["hits"]

    def test_paths(self, search: Any, seeds: Path) -> None:
        paths = search("ATACMS", "--paths").out
        assert sorted(Path(path).name[:3] for path in paths.splitlines()) == ["001", "003", "004"]
        assert search("ATACMS", "-0").out == paths.replace("\n", "\0")

    def test_text(self, search: Any) -> None:
        ran = search("missiles")
        first = ran.out.split("\n\n")[0].splitlines()
        assert first[0].startswith("Les États-Unis ont fourni à l’Ukraine des missiles")
        assert first[1] == "unknown · 001_789a309e50bf0c45.txt"
        assert re.search(r"\n\n3 articles · CNN 1 · HuffPost 1 · unknown 1 · \d+ ms\n$", ran.out)

    def test_partial(self, search: Any) -> None:
        blocks = search("missiles mines koursk").out.split("\n\n")
        assert "── some of the words ──" in blocks
        assert " partial · " in blocks[-1]


class TestQueries:
    def answers(
        self, folder: Path, tmp_path: Path, lines: bytes, *args: str
    ) -> tuple[int, list[Any]]:
        (tmp_path / "queries").write_bytes(lines)
        ran = run("search", "--index", folder, "--queries", tmp_path / "queries", *args)
        return ran.status, [json.loads(line) for line in ran.out.splitlines()]

    @pytest.mark.parametrize(
        ("lines", "status", "totals"),
        [
            (b"missiles\nmexique\n", 0, [3, 0]),
            (b"\xef\xbb\xbfmissiles\r\nmexique", 0, [3, 0]),
            (b"mexique\n", 1, [0]),
            (b"", 1, []),
            (b"missiles\n\nmissiles\n", 0, [3, 5, 3]),
            (b"missiles\n-\nmissiles\n", 2, [3, None, 3]),
            (b"missiles \xff\n", 0, [3]),
        ],
    )
    def test_one_object_a_line(
        self, archive_folder: Path, tmp_path: Path, lines: bytes, status: int, totals: list[Any]
    ) -> None:
        found, answers = self.answers(archive_folder, tmp_path, lines)
        assert (found, [answer.get("total") for answer in answers]) == (status, totals)

    def test_error(self, archive_folder: Path, tmp_path: Path) -> None:
        _, answers = self.answers(archive_folder, tmp_path, b"()\n")
        assert answers == [{"version": 1, "query": "()", "error": "no word to search for at 1"}]

    def test_options_hold_for_each(self, archive_folder: Path, tmp_path: Path) -> None:
        options = ["--limit", "1", "--source", "CNN", "--json"]
        _, answers = self.answers(archive_folder, tmp_path, b"missiles\nKoursk\n", *options)
        assert [[hit["source"] for hit in a["hits"]] for a in answers] == [["CNN"], ["CNN"]]

    def test_answers_at_once_and_is_interrupted(self, archive_folder: Path) -> None:
        command = [*COMMAND, "search", "--index", str(archive_folder), "--queries", "-"]
        pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        with subprocess.Popen(command, cwd=ROOT, **pipes) as process:
            assert process.stdin
            assert process.stdout
            assert process.stderr
            process.stdin.write(b"missiles\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["total"] == 3
            process.send_signal(signal.SIGINT)
            assert process.stderr.read() == b"depeche: interrupted\n"
            assert process.wait(30) == 130


class TestShowAndStatus:
    def test_show(self, archive_folder: Path, seeds: Path) -> None:
        ran = run("show", "003", "--index", archive_folder)
        title, facts, path, blank, body, *_ = ran.out.splitlines()
        assert title.startswith("Biden autorise l’Ukraine")
        assert facts.startswith("CNN · Jack Forrest, Katie Bo Lillis, ")
        assert (path, blank) == (str(seeds / "003_c51898415781cb4d.txt"), "")
        assert body.startswith("Le président Joe Biden a autorisé l’Ukraine")

    def test_show_json(self, archive_folder: Path) -> None:
        shown = run("show", "003", "--index", archive_folder, "--query", "Koursk", "--json").data
        assert {shown["body"][start:end] for start, end in shown["matches"]} == {"Koursk"}
        assert (shown["version"], shown["source"]) == (1, "CNN")

    def test_status(self, archive_folder: Path, seeds: Path) -> None:
        lines = dict(
            re.split(" {2,}", line, maxsplit=1)
            for line in run("status", "--index", archive_folder).out.splitlines()
        )
        assert lines["articles"] == "5"
        assert lines["sources"] == "unknown   2"
        assert lines["dates"] == "none known"
        assert lines["folders"] == str(seeds)
        assert re.fullmatch(r"\d+ kB", lines["size"])

    def test_status_json(self, archive_folder: Path, seeds: Path) -> None:
        status = run("status", "--json", "--index", archive_folder).data
        assert (status["articles"], status["roots"]) == (5, [str(seeds)])
        assert status["folder"] == str(archive_folder)


class TestIndex:
    def test_counts(self, tmp_path: Path, seeds: Path) -> None:
        def indexed(*args: str | Path) -> str:
            ran = run("--index", tmp_path / "index", "index", *args)
            assert (ran.status, ran.err) == (0, "")
            return re.sub(r" in [\d.]+ s\n$", "", ran.out)

        unchanged = "5 articles: 0 added, 0 updated, 0 removed, 5 unchanged, 0 skipped"
        assert indexed(seeds) == unchanged.replace("0 added", "5 added").replace("5 un", "0 un")
        assert indexed(seeds) == unchanged
        assert indexed() == unchanged
        assert indexed("--rebuild").startswith("5 articles: ")

    def test_json_and_skipped(self, tmp_path: Path) -> None:
        (tmp_path / "news").mkdir()
        (tmp_path / "news" / "binary.txt").write_bytes(b"\0\1\2" * 100)
        (tmp_path / "news" / "good.txt").write_text("Un missile est tombé.\n", encoding="utf-8")
        place = "--index", tmp_path / "index"
        ran = run("index", tmp_path / "news", *place)
        assert re.fullmatch(rf"{tmp_path}/news/binary.txt: [^\n]+\n", ran.err)
        assert " 1 skipped in " in ran.out
        ran = run("index", "--json", "--rebuild", *place)
        assert (ran.status, ran.err) == (0, "")
        assert list(ran.data) == [
            *("added", "updated", "moved", "removed", "unchanged"),
            *("total", "elapsed_s", "skipped"),
        ]
        assert list(ran.data["skipped"][0]) == ["path", "reason"]

    def test_nothing_to_index(self, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        place = "--index", tmp_path / "index"
        ran = run("index", tmp_path / "empty", *place)
        assert ran.status == 0
        assert "empty: no articles in this folder" in ran.err
        assert run("search", "a", *place).err.startswith("Nothing: the index is empty.")

    def test_what_is_gone_and_what_is_elsewhere(self, tmp_path: Path) -> None:
        news, place = tmp_path / "news", ("--index", tmp_path / "index")
        for name in ("news", "elsewhere"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "a.txt").write_text("Un missile est tombé.\n", encoding="utf-8")
        (news / "link").symlink_to(tmp_path / "elsewhere")
        ran = run("index", news, *place)
        assert ran.out.startswith("1 article: 1 added")
        assert ran.err.startswith(f"{news}/link: a link that leads out of the folder: not followed")
        ran = run("index", "--follow", *place)
        assert (ran.out[:19], ran.err) == ("2 articles: 1 added", "")
        news.rename(tmp_path / "away")
        ran = run("index", *place)
        assert ran.out.startswith("2 articles: 0 added, 0 updated, 0 removed, 2 unchanged")
        assert ran.err == f"{news}: not found: its articles are kept (--prune removes them)\n"
        ran = run("index", "--rebuild", *place)
        assert (ran.status, ran.err.count("\n")) == (3, 1)
        assert ran.err.startswith(
            f"depeche: 2 articles of this index cannot be seen now ({news}): "
        )
        assert run("index", "--prune", *place).out.startswith("0 articles: 0 added, 0 updated, 2 r")

    def test_a_folder_is_forgotten(self, tmp_path: Path) -> None:
        place = "--index", tmp_path / "index"
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "a.txt").write_text(f"Un missile est tombé ({name}).\n", "utf-8")
        run("index", tmp_path / "a", tmp_path / "b", *place)
        ran = run("index", "--forget", tmp_path / "c", *place)
        assert (ran.status, ran.out) == (2, "")
        named = f"{tmp_path / 'a'}, {tmp_path / 'b'}"
        assert ran.err.endswith(f"/c is no folder of this index, which has: {named}\n")
        ran = run("index", "--forget", tmp_path / "a", *place)
        assert ran.out.startswith("1 article: 0 added, 0 updated, 1 removed, 1 unchanged")
        assert run("index", *place).out.startswith("1 article: 0 added")

    def test_no_folder_known(self, tmp_path: Path) -> None:
        message = "depeche: no folder to index is known yet: name one, `depeche index DIR`\n"
        assert run("index", "--index", tmp_path) == Ran(2, "", message)

    def test_index_inside_the_indexed_folder(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("Un missile est tombé.\n", encoding="utf-8")
        args = "--index", tmp_path / "index", "index", tmp_path
        assert run(*args).out.startswith("1 article: 1 added")
        assert run(*args).out.startswith("1 article: 0 added, 0 updated, 0 removed, 1 unchanged")

    def test_unwritable(self, tmp_path: Path, seeds: Path) -> None:
        (tmp_path / "file").touch()
        ran = run("index", seeds, "--index", tmp_path / "file" / "index")
        assert (ran.status, ran.out, ran.err.count("\n")) == (3, "", 1)
        assert ran.err.startswith(f"depeche: cannot write the index in {tmp_path}/file/index (")


class TestSamples:
    NOTE = "No index yet: these are 5 sample articles. Your own: depeche index DIR\n"

    @pytest.fixture(autouse=True)
    def _new_user(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    @pytest.mark.parametrize("args", [["search", "missiles"], ["show", "003"], ["status"]])
    def test_each_time_it_says_so(self, args: list[str]) -> None:
        for _ in range(2):
            ran = run(*args)
            assert (ran.status, ran.err) == (0, self.NOTE)

    def test_damaged_ones_are_made_again(self, tmp_path: Path) -> None:
        run("status")
        for file in (tmp_path / "data" / "depeche" / "samples").glob("*.*"):
            file.write_bytes(b"\0")
        ran = run("search", "missiles")
        assert (ran.status, ran.err) == (0, self.NOTE)

    def test_nowhere_to_write(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "data").touch()
        ran = run("search", "missiles")
        assert (ran.status, ran.err) == (0, self.NOTE)

    def test_never_mixed_with_the_own(self, tmp_path: Path) -> None:
        run("search", "missiles")
        (tmp_path / "a.txt").write_text("Un missile est tombé.\n", encoding="utf-8")
        run("index", tmp_path / "a.txt")
        assert run("status", "--json").data["articles"] == 1
        assert run("search", "missile").err == ""

    def test_variable_names_an_index(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("DEPECHE_INDEX", str(tmp_path / "other"))
        assert run("search", "a").status == 3
        monkeypatch.setenv("DEPECHE_INDEX", "")
        assert run("search", "missiles").status == 0


class TestStreams:
    """Closed, broken and full standard streams; and the encoding of the locale."""

    @pytest.mark.parametrize(
        ("shell", "status", "message"),
        [
            ("| head -1 | wc -l; exit ${PIPESTATUS[0]}", 0, b""),
            ("| true; exit ${PIPESTATUS[0]}", 0, b""),
            (">&-", 0, b""),
            ("2>&-", 0, b""),
            (">/dev/full", 2, b"depeche: cannot read or write: no space left on device\n"),
            (">/dev/full 2>&1", 2, b""),
        ],
    )
    def test_stream(self, archive_folder: Path, shell: str, status: int, message: bytes) -> None:
        ran = execute("search", "--index", archive_folder, "missiles", shell=shell)
        assert (ran.returncode, ran.stderr) == (status, message)

    def test_any_bytes_any_locale(self, archive_folder: Path) -> None:
        env = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
        args = "search", "--index", archive_folder, "missiles", b"\xff\xfe"
        assert execute(*args, **env).returncode == 0
        ran = execute(*args, "--json", **env)
        assert "États-Unis" in json.loads(ran.stdout.decode("utf-8"))["hits"][0]["title"]


class TestWindow:
    @pytest.mark.parametrize("columns", [20, 40, 80, 200])
    def test_no_wider_than_the_window(self, archive_folder: Path, columns: int) -> None:
        commands = ["search", "missiles armée"], ["show", "004", "--query", "mines"], ["status"]
        for text in all_in_window(
            columns, *([*args, "--index", archive_folder] for args in commands)
        ):
            lines = without_colour(text).splitlines()
            assert len(lines) > 5
            assert max(map(cell_len, lines)) <= columns

    def test_colour(self, archive_folder: Path) -> None:
        args = "search", "missiles", "--index", archive_folder
        assert "\x1b[1;31mmissiles\x1b[0m" in in_window(80, *args)
        for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            assert "\x1b" not in in_window(80, *args, **env)
        assert "\x1b" in in_window(80, *args, NO_COLOR="")
        assert b"\x1b" not in execute(*args).stdout

    @pytest.mark.parametrize("asked", ["missiles source:cnn", "missiles --source cnn"])
    def test_the_sums_of_a_source(self, archive_folder: Path, asked: str) -> None:
        ran = run("search", *asked.split(), "--index", archive_folder)
        last = ran.out.splitlines()[-1]
        assert last.startswith(
            "1 article from cnn · all sources: CNN 1 · HuffPost 1 · unknown 1 · "
        )

    def test_colour_is_chosen(self, archive_folder: Path) -> None:
        """The option stands above the variables, NO_COLOR above FORCE_COLOR."""
        args = "search", "missiles", "--index", archive_folder
        assert "\x1b" not in in_window(80, *args, "--color", "never")
        assert "\x1b" in in_window(80, *args, "--color", "always", NO_COLOR="1")
        for env, coloured in (
            ({"FORCE_COLOR": "1"}, True),
            ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
            ({"FORCE_COLOR": ""}, False),
        ):
            assert (b"\x1b" in execute(*args, **env).stdout) == coloured
        assert b"\x1b" in execute(*args, "--color=always").stdout
        for command in ("show 003", "status", "diff 003 004"):
            always = execute(*command.split(), "--color", "always", *args[2:])
            assert b"\x1b[" in always.stdout

    def test_text_from_articles_steers_nothing(self, tmp_path: Path) -> None:
        text = "Un missile \x1b[31mrouge\x07 [bold]gras[/bold] \u202eà l'envers\x9b0m."
        line = json.dumps({"title": text, "body": text * 3, "source": "\x1b]0;a\x07"})
        (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
        place = "--index", tmp_path / "index"
        run("index", tmp_path, *place)
        commands = ["search", "missile"], ["show", "a"], ["status"], ["search", "a", "--json"]
        for text in all_in_window(80, *([*args, *place] for args in commands), NO_COLOR="1"):
            assert text
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
        assert "[bold]gras[/bold]" in run("search", "missile", *place).out


class TestStart:
    """What is imported is what is waited for."""

    NEVER = "textual rich pydantic resiliparse fastwarc numpy asyncio whoosh.qparser whoosh.query"
    TO_ANSWER = (
        f"{NEVER} yaml rapidfuzz tomllib index.extraction.sources index.update email whoosh.writing"
    )
    TO_HELP = f"{TO_ANSWER} whoosh index search.local.archive search.cli.commands platformdirs json"

    @pytest.mark.parametrize(
        ("args", "absent"),
        [
            ("--version", TO_HELP.replace(" email", "").replace(" json", "")),
            ("--help", f"{TO_HELP} importlib.metadata"),
            ("search --help", f"{TO_HELP} importlib.metadata"),
            ("tui", TO_HELP),  # without a terminal: a usage error
            ("search missiles", TO_ANSWER),
            ("search missiles -CNN --limit 5 --sort date --json", TO_ANSWER),
            (
                "search missiles --source CNN",
                TO_ANSWER.replace("tomllib index.extraction.sources", ""),
            ),
            ("show 003 --query missiles", TO_ANSWER),
            ("status", TO_ANSWER),
            (
                "index",
                "textual rich pydantic resiliparse fastwarc numpy asyncio whoosh.qparser yaml",
            ),
        ],
    )
    def test_imports_of_a_command(self, archive_folder: Path, args: str, absent: str) -> None:
        loaded = self.loaded(
            "from search.cli.app import main; main(sys.argv[1:])", args, archive_folder
        )
        assert "typer" in loaded
        loaded -= {"index", "index.language"}  # what is said when nothing is looked for
        unwanted = tuple(f"{name}." for name in absent.split())
        assert not [name for name in loaded if f"{name}.".startswith(unwanted)]

    def test_imports_of_the_engine(self, archive_folder: Path) -> None:
        files = [file for package in ("index", "search") for file in (ROOT / package).rglob("*.py")]
        modules = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]
        engine = [name for name in modules if not name.startswith(("search.cli.", "search.__"))]
        loaded = self.loaded(f"import {', '.join(engine)}", "", archive_folder)
        assert {"index.update", "search.local.archive", "index.whoosh_store.merge"} <= loaded
        assert not loaded & {"typer", "click", "rich", "textual"}

    def loaded(self, code: str, args: str, index: Path) -> set[str]:
        code = f"import sys; {code}; print(*sys.modules, file=sys.stderr)"
        ran = subprocess.run(
            [sys.executable, "-c", code, *args.split()],
            cwd=ROOT,
            env={**os.environ, "DEPECHE_INDEX": str(index)},
            capture_output=True,
            text=True,
            check=True,
        )
        return set(ran.stderr.split())

    @pytest.mark.parametrize("args", [[], ["--help"], ["-h"], ["search", "-h"], ["show", "--help"]])
    def test_help_is_plain(self, args: list[str]) -> None:
        ran = run(*args)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.startswith("Usage: depeche")
        assert not re.search("[\x1b╭│]", ran.out)

    def test_version(self) -> None:
        assert re.fullmatch(r"depeche \d+\.\d+\S*\n", run("--version").out)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_characters="\0", codec=None), max_size=12), min_size=1)
)
@example(['"', "(", "OR", "source:", "*", "~", "-", "--x"])
@example(["a" * 10_000])
@example(["missiles"] * 2000)
def test_no_query_crashes(archive_folder: Path, words: list[str]) -> None:
    ran = run("search", "--index", archive_folder, "--", *words)
    assert ran.status in (0, 1, 2)
    assert "\x1b" not in ran.out + ran.err
