"""Archives for the tests of the interface, and a home for what it remembers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from search.archive import update_at


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture(scope="session")
def many_articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of 90 articles about Kherson: three sources, two months and no date at all."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(90):
        date = ("date: 2024-11-05", "date: 2024-10-20", "")[number % 3]
        source = ("Le Monde", "AFP", "Le Monde", "Libération")[number % 4]
        (folder / f"{number:03}.txt").write_text(
            f"---\ntitle: Kherson, jour {number:03}\nsource: {source}\n{date}\n"
            f"url: https://example.org/{number}\n---\n"
            f"Le pont de Kherson a tenu pendant {number} jours. Rien de neuf ailleurs.\n",
            encoding="utf-8",
        )
    update_at(str(folder / "index"), [folder])
    return folder / "index"


@pytest.fixture(scope="session")
def ten_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of 120 articles, one a month for ten years, by 40 authors; and 30 without a date."""
    folder = tmp_path_factory.mktemp("ten")
    for number in range(150):
        day = f"date: {2015 + number // 12}-{number % 12 + 1:02}-15" if number < 120 else ""
        author = f"{'Anne' if number % 2 else 'Élodie'} N{number % 40:02}"
        source = ("Le Monde", "AFP", "Le Point")[number % 3]
        (folder / f"{number:03}.txt").write_text(
            f"---\nsource: {source}\nauthor: {author}\n{day}\n---\n"
            f"Le pont numéro {number} a tenu. {'Un budget.' if number < 60 else ''}\n",
            encoding="utf-8",
        )
    update_at(str(folder / "index"), [folder])
    return folder / "index"


@pytest.fixture
def own_archive(tmp_path: Path, seeds: Path) -> tuple[Path, Path]:
    """A folder of articles that may be changed, and its index."""
    articles = tmp_path / "articles"
    shutil.copytree(seeds, articles)
    update_at(str(tmp_path / "index"), [articles])
    return articles, tmp_path / "index"
