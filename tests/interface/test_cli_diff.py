"""`depeche diff`: what one outlet made of another's article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search.cli.app import main
from tests.support.archives import update

AFP = """---
title: Zelensky à Bruxelles
source: AFP
date: 2024-11-14
---

Le président ukrainien est arrivé jeudi à Bruxelles.

Il doit y rencontrer ses alliés, selon plusieurs diplomates.

Une conférence de presse est prévue.
"""
HUFFPOST = (
    AFP.replace("AFP", "HuffPost")
    .replace("jeudi à", "à")
    .replace("Une conférence de presse est prévue.\n", "Il repart\x1b[31m demain soir.\n")
)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name, text in (("afp", AFP), ("huffpost", HUFFPOST)):
        (tmp_path / "in" / f"{name}.md").write_text(text, encoding="utf-8")
    update(tmp_path / "index", [tmp_path / "in"])
    return tmp_path / "index"


def test_what_an_outlet_made_of_it(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", str(index), "diff", "afp", "huffpost"]) == 0
    said, error = capsys.readouterr()
    assert said == (
        "− Zelensky à Bruxelles\n"
        "AFP · 2024-11-14 · afp.md\n\n"
        "+ Zelensky à Bruxelles\n"
        "HuffPost · 2024-11-14 · huffpost.md\n\n"
        "Le président ukrainien est arrivé [-jeudi-] à Bruxelles.\n\n"
        "… 9 words the same …\n\n"
        "[-Une conférence de presse est prévue.-]\n\n"
        "{+Il repart[31m demain soir.+}\n\n"
        "7 words cut, 5 words added, 16 words the same\n"
    )
    assert not error


def test_as_json(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", str(index), "diff", "--json", "afp", "huffpost"]) == 0
    found = json.loads(capsys.readouterr().out)
    body = found["one"]["body"]
    cut = [body[slice(*p["one"])] for p in found["pieces"] if p["kind"] == "cut"]
    assert cut == ["jeudi", "Une conférence de presse est prévue."]


@pytest.mark.parametrize(
    ("ids", "status", "said"),
    [
        (["afp", "afp"], 0, ""),
        (["afp", "xyz"], 1, "depeche: no article xyz\n"),
        (["afp"], 2, ""),
    ],
)
def test_how_it_ends(
    index: Path, capsys: pytest.CaptureFixture[str], ids: list[str], status: int, said: str
) -> None:
    assert main(["--index", str(index), "diff", *ids]) == status
    if said:
        assert capsys.readouterr().err == said
