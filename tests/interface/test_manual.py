"""The manual pages: they are those of the help, and a page that roff can read."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from index.language import use
from search.cli.manual import write
from tests.support.places import ROOT

PAGES = "depeche.1", "depeche.fr.1"
FOLDER = ROOT / "search" / "cli" / "man"


def test_they_are_current(tmp_path: Path) -> None:
    write(tmp_path)
    use("en")
    for page in PAGES:
        made = (tmp_path / page).read_text(encoding="utf-8")
        assert (FOLDER / page).read_text(encoding="utf-8") == made, "run `make manual`"


@pytest.mark.skipif(not shutil.which("groff"), reason="there is no groff")
@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("depeche.1", "       -n, --limit N"),
        ("depeche.1", "       zelenski~"),
        ("depeche.fr.1", "       depeche show [OPTIONS] ID"),
        ("depeche.fr.1", '         "longue portée"      ces mots à la suite'),
    ],
)
def test_roff_reads_them(page: str, line: str) -> None:
    ran = subprocess.run(
        ["groff", "-man", "-ww", "-Kutf8", "-Tutf8", "-P-c", FOLDER / page],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr == ""
    plain = re.sub(".\b", "", ran.stdout)  # bold: each letter twice
    assert line in plain.replace("\N{MINUS SIGN}", "-").splitlines()
