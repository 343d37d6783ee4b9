"""The results, written into a file from the interface."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import rispy
from textual.widgets import Input

from search.model import Results
from tests.support.screen import USUAL, running, settled, text_of, until
from tui.screens.exporting import Exporting, file_name


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("missiles longue portée", "depeche-missiles-longue-portee"),
        ('"l’Été" OU source:"Le Monde"', "depeche-l-ete-ou-source-le-monde"),
        ("", "depeche"),
        ("../../etc/passwd", "depeche-etc-passwd"),
        ("mot " * 30, "depeche-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot"),
    ],
)
def test_names_of_files(query: str, name: str) -> None:
    assert file_name(query) == name


async def test_the_results_are_written(archive_folder: Path, tmp_path: Path) -> None:
    async with running(archive_folder, "missiles", size=USUAL) as pilot:
        screen = await settled(pilot)
        screen.go("results")
        for key, name in ((), "a.csv"), (("down",), "a.ris"):
            await pilot.press("E")
            await until(pilot, lambda: isinstance(pilot.app.screen, Exporting))
            assert "depeche-missiles.csv" in text_of(pilot)
            await pilot.press(*key)
            pilot.app.screen.query_one(Input).value = str(tmp_path / name)
            await pilot.press("enter")
            await until(pilot, (tmp_path / name).exists)
            await until(pilot, lambda: "Exported" in text_of(pilot))
            await until(pilot, lambda: bool((tmp_path / name).read_text("utf-8")))  # noqa: B023
        results = screen.session.results
        assert isinstance(results, Results)
        ids = [hit.head.id for hit in results.hits]
        table = (tmp_path / "a.csv").read_text("utf-8")
        assert [row["id"] for row in csv.DictReader(io.StringIO(table))] == ids
        assert [entry["id"] for entry in rispy.loads((tmp_path / "a.ris").read_text())] == ids


async def test_no_file_is_overwritten(archive_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("precious")
    async with running(archive_folder, "missiles", size=USUAL) as pilot:
        screen = await settled(pilot)
        screen.go("results")
        for typed, said in (
            ("a.csv", "is there already"),
            ("no/b.csv", "There is no folder"),
        ):
            await pilot.press("E")
            await until(pilot, lambda: isinstance(pilot.app.screen, Exporting))
            pilot.app.screen.query_one(Input).value = str(tmp_path / typed)
            await pilot.press("enter")
            await until(pilot, lambda: said in " ".join(text_of(pilot).split()))  # noqa: B023
            await pilot.press("escape")
            await until(pilot, lambda: pilot.app.screen is screen)
    assert (tmp_path / "a.csv").read_text() == "precious"


async def test_there_may_be_nothing_to_export(archive_folder: Path) -> None:
    async with running(archive_folder, "xyzzy", size=USUAL) as pilot:
        screen = await settled(pilot)
        screen.action_export()
        await until(pilot, lambda: "There is nothing to export" in text_of(pilot))
