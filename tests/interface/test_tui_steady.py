"""Nothing moves under the eyes of who reads: not when the index grows, nor on the way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.archive import update_at
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
from tui.screens.main import MainScreen
from tui.session.asked import Tick
from tui.widgets.bars import Found
from tui.widgets.facet_strip import FacetStrip
from tui.widgets.facets import FacetPane
from tui.widgets.reader import Reader
from tui.widgets.results_list import ResultsList


@pytest.fixture
def growing(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of 45 articles about Kherson, and its index."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(45):
        add(articles, f"{number:03}", f"À Kherson, jour {number}.\n" * 25)
    update_at(str(tmp_path / "index"), [articles])
    return articles, tmp_path / "index"


def add(articles: Path, name: str, body: str) -> None:
    (articles / f"{name}.txt").write_text(
        f"---\ntitle: Kherson {name}\nsource: AFP\ndate: 2024-11-05\n---\n{body}\n", "utf-8"
    )


def seen(screen: MainScreen) -> tuple[object, ...]:
    """What one has before one's eyes."""
    reader, chosen = screen.reader, screen.results_list.chosen
    assert chosen
    return reader.head, reader.scroll_y, reader.at, chosen.head, screen.results_list.scroll_y


@pytest.mark.parametrize("size", [WIDE, USUAL])
async def test_who_reads_is_not_moved_by_what_arrives(
    growing: tuple[Path, Path], size: tuple[int, int]
) -> None:
    articles, index = growing
    async with running(index, size=size) as pilot:
        screen = await enter_query(pilot, "kherson")
        screen.go("results")
        await pilot.press("end")
        await settled(pilot)
        await pilot.press("end", "up", "up", "enter")
        await until(pilot, lambda: isinstance(screen.focused, Reader) and screen.reader.total)
        await pilot.press("n", "n", "pagedown")
        before = seen(screen)
        add(articles, "000-new", "Kherson, Kherson, Kherson.")
        add(articles, "001", "Kherson, autrement dit.")
        update_at(str(index))
        await until(pilot, lambda: screen.session.news)
        assert seen(screen) == before
        # When it is asked for, it comes, and one stays where one is.
        await pilot.press("r")
        await until(pilot, lambda: "Kherson 000-new" in titles(screen))
        assert seen(screen)[:4] == before[:4]
        assert not screen.session.news


async def test_an_article_that_is_gone_leaves_its_place_to_its_neighbour(
    growing: tuple[Path, Path],
) -> None:
    _, index = growing
    async with running(index, size=USUAL) as pilot:
        screen = await enter_query(pilot, "kherson")
        screen.go("results")
        await pilot.press(*["down"] * 12)
        place, chosen = screen.results_list.highlighted, screen.results_list.chosen
        assert place
        assert chosen
        Path(chosen.head.path).unlink()
        await pilot.press("f5")
        await until(pilot, lambda: "1 removed" in text_of(pilot))
        await settled(pilot)
        assert screen.results_list.highlighted == place
        assert screen.results_list.chosen != chosen


async def test_what_one_reads_stays_though_all_of_it_is_gone(growing: tuple[Path, Path]) -> None:
    articles, index = growing
    async with running(index, size=WIDE) as pilot:
        screen = await enter_query(pilot, "title:039")
        screen.go("results")
        await pilot.press("enter")
        await until(pilot, lambda: screen.reader.article)
        before = screen.reader.head
        for file in articles.glob("03*"):
            file.unlink()
        await pilot.press("f5")
        await until(pilot, lambda: "10 removed" in text_of(pilot))
        await settled(pilot)
        assert not titles(screen)
        assert screen.reader.head == before
        assert screen.reader.article
        assert isinstance(screen.focused, Reader)


async def test_esc_leads_back_through_similar_articles(growing: tuple[Path, Path]) -> None:
    _, index = growing
    async with running(index, size=USUAL) as pilot:
        screen = await enter_query(pilot, "kherson")
        screen.go("results")
        for _ in range(3):
            await pilot.press("end")
            await settled(pilot)
        await pilot.press(*["up"] * 3)
        place, listed = screen.results_list.highlighted, titles(screen)
        assert place
        assert place > 20
        await pilot.press("m")
        await until(pilot, lambda: "Similar to" in text_of(pilot))
        await pilot.press(*["down"] * 4)
        second, similar = screen.results_list.highlighted, titles(screen)
        await pilot.press("m")
        await until(pilot, lambda: titles(screen) != similar)
        await pilot.press("escape")
        await until(pilot, lambda: titles(screen) == similar)
        assert screen.results_list.highlighted == second
        await pilot.press("escape")
        await until(pilot, lambda: titles(screen) == listed)
        assert screen.results_list.highlighted == place
        assert screen.session.asked


async def test_ticks_that_leave_nothing_say_so_and_can_be_cleared(many_articles: Path) -> None:
    async with running(many_articles, size=USUAL) as pilot:
        screen = await enter_query(pilot, "kherson")
        screen.post_message(FacetPane.Toggled(Tick("source", "Libération")))
        await until(pilot, lambda: screen.session.ticked)
        await enter_query(pilot, "jour 004")  # an article of Le Monde
        assert "Nothing for “jour 004” in Libération." in text_of(pilot)
        assert "Elsewhere: Le Monde 1" in text_of(pilot)
        screen.go("results")
        await pilot.press("enter")
        await until(pilot, lambda: titles(screen) == ["Kherson, jour 004"])
        assert not screen.session.ticked


async def test_similar_articles_do_not_stand_beside_the_facets_of_a_query(
    growing: tuple[Path, Path],
) -> None:
    _, index = growing
    async with running(index, size=WIDE) as pilot:
        screen = await enter_query(pilot, "kherson")
        screen.post_message(FacetPane.Toggled(Tick("source", "AFP")))
        await until(pilot, lambda: screen.session.ticked)
        await settled(pilot)
        screen.go("results")
        await pilot.press("m")
        await until(pilot, lambda: "Similar to" in text_of(pilot))
        assert "AFP 45" not in text_of(pilot)
        assert not screen.query_one(FacetPane).option_count
        await pilot.press("escape")
        await until(pilot, lambda: screen.query_one(FacetPane).option_count)


@pytest.mark.parametrize("size", [(40, 20), SMALL, USUAL, WIDE])
async def test_the_query_has_the_room_that_it_needs(
    archive_folder: Path, size: tuple[int, int]
) -> None:
    async with running(archive_folder, size=size) as pilot:
        screen = await enter_query(pilot, "mines")
        room = size[0] - 6  # margins, and the prompt
        assert screen.query_box.size.width >= min(24, room)
        assert screen.query_one(Found).size.width >= 14 or size[0] == 40
        query = "missiles longue portée armée russe troupes Pyongyang"
        screen = await enter_query(pilot, query)
        assert screen.query_box.size.width >= min(len(query) + 1, room)


async def test_the_list_is_where_the_keyboard_was(growing: tuple[Path, Path]) -> None:
    """News comes while one is in the list: it keeps its row, and the strip its counts."""
    articles, index = growing
    async with running(index, size=USUAL) as pilot:
        screen = await enter_query(pilot, "kherson")
        screen.go("results")
        await pilot.press("down", "down")
        row = screen.results_list.highlighted
        add(articles, "100", "Kherson, encore.")
        update_at(str(index))
        await until(pilot, lambda: "1 new (r)" in text_of(pilot))
        assert screen.results_list.highlighted == row
        assert isinstance(screen.focused, ResultsList)
        assert screen.query_one(FacetStrip).display
