"""The cheat sheet: each example of each row does on the sample articles what the row says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from search.local.archive import LocalArchive
from search.model import Request
from search.wording.syntax import SYNTAX, query_page
from tests.support.archives import update
from tests.support.places import ROOT, SEEDS

FOUND = {
    "missiles longue portée": "001 003 004",
    "livraison de missiles longue portée à Kiev": "001 004",
    "contre-offensive": "000 002 003",
    '"longue portée"': "001 002 003 004",
    "« longue portée »": "001 002 003 004",
    '"portée missiles"~5': "001 003 004",
    "missiles PRÈS portée": "001 003 004",
    "missiles NEAR portée": "001 003 004",
    "approvision*": "000",
    "zelenski~": "002 003 004",
    "missiles -mines": "001 003",
    "missiles !mines": "001 003",
    "missiles SAUF mines": "001 003",
    "missiles NOT mines": "001 003",
    "drones OU mines": "003 004",
    "drones OR mines": "003 004",
    "drones | mines": "003 004",
    "(drones OU mines) ET Biden": "003 004",
    "(drones OR mines) AND Biden": "003 004",
    "titre:Biden": "003",
    'title:"longue portée"': "001 003",
    "source:huffpost": "004",
    "source:le monde": "",
    "source:(cnn OU ap)": "000 003",
    "auteur:Bertrand": "003",
    'author:"Natasha Bertrand"': "003",
    "date:2024-11": "003",
    "date:12 mars 2023": "000",
    "date:03/2023": "000",
    "date:hier": "",
    "date:cette semaine": "",
    "date:2024-01..2024-06": "001",
    "date:mars 2023..juin 2023": "000 002",
    "date:2023..": "000 001 002 003",
    "depuis:mars 2023": "000 001 002 003",
    "après:2023": "000 001 002 003",
    "since:2023-03-12": "000 001 002 003",
    "avant:mars 2023": "",
    "before:2023": "",
}
"""The samples that each example finds completely, by the beginning of their ids."""


DATES = {"000": "2023-03-12", "001": "2024-01-05", "002": "2023-06-30", "003": "2024-11-17"}
"""The samples say of no day that it is theirs: these are lent to them."""


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> LocalArchive:
    folder = tmp_path_factory.mktemp("syntax")
    (folder / "articles").mkdir()
    for path in SEEDS.glob("*.txt"):
        day = DATES.get(path.name[:3])
        head = f"---\ndate: {day}\n---\n" if day else ""
        text = head + path.read_text(encoding="utf-8")
        (folder / "articles" / path.name).write_text(text, encoding="utf-8")
    update(folder / "index", [folder / "articles"])
    return LocalArchive(folder / "index")


EXAMPLES = [example for row in SYNTAX for example in row.examples]


def test_every_example_is_tried() -> None:
    assert sorted(FOUND) == sorted(EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES)
def test_example(samples: LocalArchive, example: str) -> None:
    results = samples.search(Request(example))
    complete = sorted(hit.head.id[:3] for hit in results.hits if hit.complete)
    assert " ".join(complete) == FOUND[example]
    assert {note.kind for note in results.notes} <= {"unknown source"}


def test_the_page_fits_a_terminal() -> None:
    page = query_page()
    assert max(map(len, page.splitlines())) <= 80
    assert page.replace("\n", "").isprintable()
    for example in EXAMPLES:
        assert f"\n    {example}\n" in page


def test_the_page_is_printed_into_a_pipe(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "search", "help", "query"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert (ran.stdout.decode("utf-8"), ran.stderr) == (query_page(), b"")
