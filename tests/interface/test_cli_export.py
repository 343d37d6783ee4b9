"""`depeche search --csv` and the like, from the command to the bytes."""

from __future__ import annotations

import csv
import io
import os
import subprocess
from pathlib import Path

import pytest
import rispy

from search.cli.app import main
from tests.support.archives import update
from tests.support.places import ROOT
from tests.support.windows import COMMAND


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("export")
    (root / "in").mkdir()
    for number in range(7):
        text = f"title: Été n° {number}\nsource: AFP\ndate: 2024-07-0{number + 1}"
        body = f"La canicule {'touche le pays ' * number}dure."
        (root / "in" / f"{number}.md").write_text(f"---\n{text}\n---\n\n{body}\n", "utf-8")
    update(root / "index", [root / "in"])
    return root / "index"


def run(index: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    command = [*COMMAND, "--index", str(index), "search", *args]
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    return subprocess.run(command, capture_output=True, cwd=ROOT, env=env, check=False, timeout=60)


@pytest.mark.parametrize(
    ("args", "numbers"),
    [
        ([], [6, 5, 4, 3, 2, 1, 0]),  # all of them, over several portions
        (["-n", "2"], [6, 5]),
        (["-n", "3", "--offset", "2"], [4, 3, 2]),
        (["--offset", "5"], [1, 0]),
    ],
)
def test_all_that_is_found_or_so_many(
    index: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    args: list[str],
    numbers: list[int],
) -> None:
    monkeypatch.setattr("search.export.paging._PORTION", 2)
    command = ["--index", str(index), "search", "canicule", "--sort", "date", "--ris", *args]
    assert main(command) == 0
    said, error = capsys.readouterr()
    assert [entry["id"] for entry in rispy.loads(said)] == [f"{n}.md" for n in numbers]
    assert not error


def test_it_is_utf_8_whatever_the_locale(index: Path) -> None:
    ran = run(index, "canicule", "--csv", "-n", "1", "--sort", "title")
    assert ran.stdout.startswith(b"id,title,source,authors,date,url,path,passages\r\n0.md,")
    (row,) = csv.DictReader(io.StringIO(ran.stdout.decode("utf-8"), newline=""))
    assert (row["title"], row["date"]) == ("Été n° 0", "2024-07-01")
    assert not ran.stderr
    with_mark = run(index, "canicule", "--bom", "-n", "1", "--sort", "title")
    assert with_mark.stdout == b"\xef\xbb\xbf" + ran.stdout


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (["xyzzy", "--csv"], 1, "Nothing for “xyzzy”."),
        (["canicule", "--csv", "--ris"], 2, "--csv, --ris: there can only be one kind of output"),
        (["canicule", "--csv", "--json"], 2, "--csv: there can only be one kind of output"),
    ],
)
def test_what_cannot_be_exported(
    index: Path, capsys: pytest.CaptureFixture[str], args: list[str], status: int, said: str
) -> None:
    assert main(["--index", str(index), "search", *args]) == status
    assert said in capsys.readouterr().err
