"""Reading an article, its matches, and those like it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from search.archive import update_at
from search.errors import NoSuchArticle
from search.model import Head, Reading
from tests.support.screen import (
    SMALL,
    USUAL,
    WIDE,
    enter_query,
    running,
    settled,
    text_of,
    titles,
    until,
)
from tui.session.locked import LockedArchive
from tui.widgets.reader import Reader
from tui.widgets.results_list import ResultsList


async def test_an_article_opens_in_place_of_the_list_and_escape_returns(
    many_articles: Path,
) -> None:
    async with running(many_articles, size=USUAL) as pilot:
        screen = await enter_query(pilot, "kherson")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(screen.focused, ResultsList))
        await pilot.press("down", "down", "down", "down", "down", "down", "enter")
        await until(pilot, lambda: isinstance(screen.focused, Reader))
        await until(pilot, lambda: screen.reader.total)
        chosen = screen.results_list.chosen
        assert chosen
        scrolled = screen.results_list.scroll_y
        assert screen.reader.head == chosen.head
        assert not screen.query_one("#results-pane").display
        await pilot.press("escape")
        assert isinstance(screen.focused, ResultsList)
        assert screen.results_list.chosen == chosen
        assert screen.results_list.scroll_y == scrolled


async def test_matches_are_walked_with_n(archive_folder: Path) -> None:
    async with running(archive_folder, size=WIDE) as pilot:
        screen = await enter_query(pilot, "missiles")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(screen.focused, ResultsList) and screen.reader.total)
        total = screen.reader.total
        assert f"{total} matches" in text_of(pilot)
        await pilot.press("n", "n")
        assert f"match 2/{total}" in text_of(pilot)
        await pilot.press("N", "N")
        assert f"match {total}/{total}" in text_of(pilot)
        await pilot.press("n")
        assert f"match 1/{total}" in text_of(pilot)


async def test_the_match_one_goes_to_is_in_sight(archive_folder: Path) -> None:
    async with running(archive_folder, size=SMALL) as pilot:
        screen = await enter_query(pilot, "russie")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(screen.focused, ResultsList))
        await pilot.press("enter")
        await until(pilot, lambda: screen.reader.total)
        for _ in range(screen.reader.total):
            await pilot.press("n")
            part, match = screen.reader._counted[screen.reader.at - 1]
            line = screen.reader._line_of(part, match)
            top = screen.reader.scroll_y
            assert top <= line < top + screen.reader.size.height


async def test_the_head_of_an_article(many_articles: Path) -> None:
    async with running(many_articles, size=WIDE) as pilot:
        screen = await settled(pilot)
        await until(pilot, lambda: screen.reader.article)
        article = screen.reader.article
        assert article
        shown = text_of(pilot)
        assert article.url.removeprefix("https://") in shown
        assert Path(article.path).name in shown
        assert "5 Nov 2024" in shown


async def test_resizing_keeps_what_one_does(archive_folder: Path) -> None:
    async with running(archive_folder, "missiles", size=WIDE) as pilot:
        screen = await settled(pilot)
        screen.go("article")
        await pilot.resize_terminal(*SMALL)
        await until(pilot, lambda: not screen.query_one("#results-pane").display)
        assert isinstance(screen.focused, Reader)
        await pilot.press("escape")
        assert isinstance(screen.focused, ResultsList)
        await pilot.resize_terminal(200, 50)
        await until(pilot, lambda: screen.query_one("#article-pane").display)
        assert isinstance(screen.focused, ResultsList)


async def test_similar_articles_and_back(archive_folder: Path) -> None:
    async with running(archive_folder, size=WIDE) as pilot:
        screen = await enter_query(pilot, "kherson")
        before = titles(screen)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(screen.focused, ResultsList))
        await pilot.press("m")
        await until(pilot, lambda: "Similar to" in text_of(pilot))
        assert before[0] not in titles(screen)
        await pilot.press("down", "escape")
        await until(pilot, lambda: titles(screen) == before)
        assert isinstance(screen.focused, ResultsList)
        assert screen.results_list.chosen
        assert screen.reader.head == screen.results_list.chosen.head


async def test_paths_and_texts_are_copied(archive_folder: Path) -> None:
    async with running(archive_folder, "missiles", size=WIDE) as pilot:
        screen = await settled(pilot)
        screen.go("results")
        await pilot.press("c")
        assert screen.head
        assert pilot.app.clipboard == screen.head.path
        await pilot.press("y")
        assert pilot.app.clipboard == f"«\xa0{screen.head.title}\xa0»."
        await until(pilot, lambda: screen.reader.article)
        await pilot.press("t")
        assert screen.reader.article
        start = screen.reader.article.body[:200]
        await until(pilot, lambda: start in pilot.app.clipboard)


async def test_articles_of_one_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    line = '{{"title": "{0}", "body": "Le pont de Kherson a tenu, dit {0} hier soir."}}\n'
    for folder in ("un", "deux"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"Texte {folder}.\n\nKherson, vu de {folder}.\n")
        lines = line.format(f"{folder} A") + line.format(f"{folder} B")
        (tmp_path / folder / "b.jsonl").write_text(lines)
    location = tmp_path / "index"
    update_at(str(location), [tmp_path / "un", tmp_path / "deux"])
    async with running(location, "kherson", size=WIDE) as pilot:
        screen = await settled(pilot)
        screen.go("results")
        read = []
        for _ in range(6):
            await settled(pilot)
            assert screen.reader.article
            assert Head.of(screen.reader.article) == screen.head
            read.append((screen.reader.article.path, screen.reader.article.title))
            await pilot.press("down")
        assert len(set(read)) == 6


async def test_an_article_that_is_gone_says_so(
    archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(archive_folder, "kherson", size=USUAL) as pilot:
        screen = await settled(pilot)

        def read(archive: LockedArchive, id: str, *_: object) -> Reading:
            raise NoSuchArticle(f"no article {id}")

        monkeypatch.setattr(LockedArchive, "read", read)
        screen.go("results")
        await pilot.press("enter")
        await until(pilot, lambda: "no article" in text_of(pilot))
        assert isinstance(screen.focused, Reader)
        await pilot.press("t", "n", "escape")
        assert isinstance(screen.focused, ResultsList)


class _Slow(LockedArchive):
    """Reads no article but the first before it is let go."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.let_go = threading.Event()
        self.first = ""

    def read(self, id: str, query: str = "", typing: bool = False) -> Reading:
        self.first = self.first or id
        if id != self.first:
            self.let_go.wait(20)
        return super().read(id, query, typing)


async def test_an_article_that_takes_its_time_is_announced_by_its_head(
    archive_folder: Path,
) -> None:
    archive = _Slow(str(archive_folder))
    async with running(archive_folder, archive=archive, size=WIDE) as pilot:
        screen = await settled(pilot)
        before = screen.reader.article
        assert before
        screen.go("results")
        await pilot.press("down")
        await until(pilot, lambda: screen.head and screen.head.path != before.path)
        # The text of the one before goes, and the head of the new one is there.
        await until(pilot, lambda: screen.reader.article is None)
        assert screen.head
        assert Path(screen.head.path).name in text_of(pilot)
        archive.let_go.set()
        await until(pilot, lambda: screen.reader.article)
        assert Head.of(screen.reader.article) == screen.head  # type: ignore[arg-type]
