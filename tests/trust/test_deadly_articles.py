"""Articles that end whatever reads them are skipped and named; all others go in."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

import index.update
from index.article import Problem
from tests.support.archives import update
from tests.support.chores import write_deadly
from tests.support.places import ROOT
from tests.support.windows import COMMAND

KILLED = "the process that read it was killed (for want of memory?)"
TOO_MUCH = "takes more memory to read than there is"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with some articles of that kind, and an update that shares out its work."""
    monkeypatch.setattr("index.intake.writing.write_articles", write_deadly)
    monkeypatch.setattr(index.update, "workers_for", lambda *_: 2)
    monkeypatch.setattr(index.update, "_BUNDLE", 20_000)
    folder = tmp_path / "presse"
    folder.mkdir()
    for number in range(3):
        text = f"Le numéro {number} parle d’un canon."
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "poison.txt").write_text("Du cyanure.", encoding="utf-8")
    lines = [f"Le numéro {number} parle d’un obus." for number in range(5)]
    lines[3] = "De l’arsenic."
    text = "\n".join(json.dumps({"body": line}) for line in lines)
    (folder / "lignes.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_what_ends_a_process_is_skipped_and_named(folder: Path, tmp_path: Path) -> None:
    skipped = {
        Problem(str(folder / "poison.txt"), KILLED),
        Problem(str(folder / "lignes.jsonl#4"), TOO_MUCH),
    }
    report = update(tmp_path / "index", [folder])
    assert (report.added, report.total) == (7, 7)
    assert set(report.problems) == skipped
    for path in (folder / "poison.txt", folder / "lignes.jsonl"):  # tried again, and better now
        text = path.read_text(encoding="utf-8").replace("arsenic", "sucre")
        path.write_text(text.replace("cyanure", "sucre"), encoding="utf-8")
    report = update(tmp_path / "index")
    assert (report.added, report.unchanged, report.problems) == (2, 7, ())


def test_what_was_known_of_it_is_kept(folder: Path, tmp_path: Path) -> None:
    (folder / "lignes.jsonl").unlink()
    (folder / "poison.txt").write_text("Du sucre.", encoding="utf-8")
    assert update(tmp_path / "index", [folder]).total == 4
    (folder / "poison.txt").write_text("Du cyanure, cette fois.", encoding="utf-8")
    report = update(tmp_path / "index")
    assert (report.removed, report.total) == (0, 4)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
@pytest.mark.parametrize("name", ["mots.txt", "mots.jsonl", "tirets.txt", "soulignés.txt"])
def test_a_monster_among_articles(tmp_path: Path, name: str) -> None:
    """47 MB of six million different words, in less than a gigabyte of memory."""
    folder = tmp_path / "presse"
    folder.mkdir()
    (folder / "a.txt").write_text("Un missile.", encoding="utf-8")
    match name:
        case "tirets.txt":
            text = "a-" * 20_000_000
        case "soulignés.txt":
            text = "a_" * 20_000_000
        case _:
            text = " ".join(f"{number:x}" for number in range(0x100000, 0x100000 + 6_000_000))
    text = json.dumps({"body": text}) if name.endswith("jsonl") else text
    (folder / name).write_text(text, encoding="utf-8")

    def less_memory() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))

    ran = subprocess.run(
        [*COMMAND, "index", folder, "--index", tmp_path / "index"],
        cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        preexec_fn=less_memory,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    lines = name.endswith("jsonl")
    reason = (
        "#1: too large for one article"
        if lines
        else r": only its first [\d,]{9} characters are kept"
    )
    assert re.fullmatch(f"{folder / name}{reason}\n", ran.stderr)
    assert ran.stdout.startswith("1 article:" if lines else "2 articles:")
