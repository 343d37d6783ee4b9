"""`depeche kwic`, as it is used."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from search.cli.app import main
from tests.support.archives import update

ARTICLES = {
    "a": ("2024-01-02", "Un missile russe est tombé. Le missile balistique, non."),
    "b": ("2024-03-04", "Aucun missile ami."),
    "c": ("2024-02-03", "La paix."),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("kwic")
    (root / "in").mkdir()
    for name, (day, body) in ARTICLES.items():
        text = f"---\ntitle: Titre {name}\nsource: AFP\ndate: {day}\n---\n\n{body}\n"
        (root / "in" / f"{name}.md").write_text(text, "utf-8")
    update(root / "index", [root / "in"])
    return root / "index"


def run(index: Path, capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    status = main(["--index", str(index), "kwic", *args])
    return status, capsys.readouterr().out


def test_the_keyword_is_in_the_middle(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = run(index, capsys, "missiles", "--sort", "left")
    assert status == 0
    lines = out.splitlines()
    assert [" ".join(line.split()) for line in lines] == [
        "Aucun missile ami. AFP 2024-03-04",
        "Un missile russe est tombé. Le missile balistique, non. AFP 2024-01-02",
        "Un missile russe est tombé. Le missile AFP 2024-01-02",
    ]
    assert [line[33:40] for line in lines] == ["missile"] * 3
    assert {len(line) for line in lines} == {100}


@pytest.mark.parametrize(
    ("args", "rights"),
    [
        (["--sort", "right"], [" ami.", " balistique, non.", " russe est tombé. Le missile …"]),
        (["--sort", "date"], [" russe est tombé. Le missile …", " balistique, non.", " ami."]),
        (["--sort", "date", "-n", "1"], [" russe est tombé. Le missile …"]),
    ],
)
def test_orders(
    index: Path, capsys: pytest.CaptureFixture[str], args: list[str], rights: list[str]
) -> None:
    for form in ("--jsonl", "--csv"):
        status, out = run(index, capsys, "missile", form, *args)
        assert status == 0
        if form == "--csv":
            rows = list(csv.DictReader(io.StringIO(out, newline="")))
        else:
            rows = [json.loads(line) for line in out.splitlines()]
        assert [row["match"] for row in rows] == ["missile"] * len(rights)
        for row, right in zip(rows, rights, strict=True):
            assert row["right"].startswith(right.removesuffix("…"))


def test_nothing(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(index, capsys, "xyzzy") == (1, "")
