"""Completion: what the Tab key offers, in each shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.interface.test_cli import run
from tests.support.places import ROOT

SHELLS = "bash", "zsh", "fish"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sources and ids that a shell may stumble over."""
    folder = tmp_path_factory.mktemp("completion")
    for name, source in (("a b", "Le Monde"), ("été:1", "L'Humanité"), ("c", "AFP; ls $HOME")):
        text = f'---\ntitle: Kherson\nsource: "{source}"\n---\nLe pont de Kherson a tenu.\n'
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assert run("index", folder, "--index", folder / "index").status == 0
    return folder / "index"


Offered = Callable[..., list[str]]


@pytest.fixture
def offered(index: Path, monkeypatch: pytest.MonkeyPatch) -> Offered:
    """What a shell is offered after some words."""

    def offered(shell: str, *words: str, index: Path = index) -> list[str]:
        monkeypatch.setenv("DEPECHE_INDEX", str(index))
        monkeypatch.setenv("_DEPECHE_COMPLETE", shell)
        ran = run(*words)
        assert (ran.status, ran.err) == (0, "")
        return ran.out.splitlines()

    return offered


@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("depeche se", ["search"]),
        ("depeche search --so", ["--source", "--sort"]),
        ("depeche kherson --so", ["--source", "--sort"]),
        ("depeche --index x status --ch", ["--check"]),
        ("depeche search kherson --sort ", ["relevance", "date", "title"]),
        ("depeche search kherson --sort=d", ["date"]),
        ("depeche search --source L", ["Le\\ Monde", "L\\'Humanité"]),
        ("depeche search --source Le\\ M", ["Le\\ Monde"]),
        ('depeche search --source "Le M', ["Le Monde"]),
        ("depeche search --source 'Le M", ["Le Monde"]),
        ("depeche search --source A", ["AFP\\;\\ ls\\ \\$HOME"]),
        ("depeche kherson source:L", ["Le\\ Monde", "L\\'Humanité"]),
        ('depeche kherson "source:Le', ["source:Le Monde"]),
        ("depeche --ver", ["--version"]),
        ("depeche search --ver", []),
        ("depeche --so", ["--source", "--sort"]),
        ("depeche search --source 'L", ["Le Monde", "L'\\''Humanité"]),
        ('depeche search --source "AFP', ["AFP; ls \\$HOME"]),
        ("depeche show a", ["a\\ b.txt"]),
        ("depeche show été:", ["1.txt"]),
        ('depeche show "a b" --query ', []),
        ("depeche help q", ["query"]),
        ("depeche completion z", ["zsh"]),
        ("depeche index ", []),  # files: the shell's affair
        ("depeche search --queries ", []),
        ("depeche search -n ", []),
        ('depeche search "il a dit', []),
    ],
)
def test_bash(line: str, offers: list[str], offered: Offered) -> None:
    assert offered("bash", line) == offers


def test_zsh_and_fish_have_the_meanings(offered: Offered) -> None:
    assert offered("zsh", "sta") == ["status:Print what the index holds."]
    assert offered("fish", "sta") == ["status\tPrint what the index holds."]
    assert offered("zsh", "show", "été") == ["été\\:1.txt"]
    assert offered("fish", "show", "été") == ["été:1.txt"]


def test_nothing_to_offer_is_no_error(tmp_path: Path, offered: Offered) -> None:
    for words in (["show", ""], ["search", "--source", ""], ["nothing", "--x="]):
        assert offered("fish", *words, index=tmp_path) == []
    assert offered("fish", index=tmp_path) == offered("fish", "")


def test_scripts(index: Path) -> None:
    assert run("completion", "ksh").status == 2
    for shell in SHELLS:
        ran = run("completion", shell)
        assert ran.status == 0
        if shutil.which(shell):
            subprocess.run([shell, "-n"], input=ran.out, text=True, check=True)


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_in_bash_itself(index: Path) -> None:
    """The whole way: the script, the variables that bash sets, the words that it is given."""
    script = run("completion", "bash").out
    line = "depeche search --source L"
    words = " ".join(f"'{word}'" for word in line.split())
    code = f"""{script}
COMP_LINE='{line}' COMP_POINT={len(line)} COMP_WORDS=({words}) COMP_CWORD=3
_depeche depeche
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    env = {**os.environ, "DEPECHE_INDEX": str(index), "PATH": path}
    ran = subprocess.run(
        ["bash", "-c", code], env=env, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "Le\\ Monde\nL\\'Humanité\n"
