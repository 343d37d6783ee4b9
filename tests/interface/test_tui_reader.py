"""The reader goes on by itself: from result to result, from match to match, and beside the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search.archive import update_at
from search.model import Article, Head
from tests.support.screen import (
    SMALL,
    USUAL,
    WIDE,
    enter_query,
    main_screen,
    running,
    settled,
    text_of,
    titles,
    until,
)
from tui.finding import found_in
from tui.screens.main import MainScreen
from tui.widgets.beside import Beside
from tui.widgets.document import Document
from tui.widgets.find_bar import FindBar
from tui.widgets.reader import Reader
from tui.widgets.results_list import ResultsList


def reads(screen: MainScreen, title: str) -> bool:
    """Whether an article is there to be read."""
    return screen.reader.article is not None and screen.reader.article.title == title


@pytest.mark.parametrize("size", [USUAL, WIDE])
async def test_one_goes_on_to_the_next_result_without_going_back(
    many_articles: Path, size: tuple[int, int]
) -> None:
    async with running(many_articles, size=size) as pilot:
        screen = await enter_query(pilot, "kherson")
        screen.go("results")
        await pilot.press("enter")
        listed = titles(screen)
        for key, place in (("J", 1), ("right_square_bracket", 2), ("K", 1), ("K", 0), ("K", 0)):
            await pilot.press(key)
            await until(pilot, lambda place=place: reads(screen, listed[place]))  # type: ignore[misc]
            assert isinstance(screen.focused, Reader)
            assert f"{place + 1}/90" in text_of(pilot)
        await pilot.press("escape")
        assert isinstance(screen.focused, ResultsList)
        assert screen.results_list.chosen
        assert screen.results_list.chosen.head.title == listed[0]


@pytest.fixture
def long_article(tmp_path: Path) -> Path:
    """An index of an article of 200 paragraphs, every tenth of them about Kherson."""
    words = ("Le pont de Kherson a tenu.", *["Rien de neuf ailleurs, à l’Élysée."] * 9)
    text = "\n\n".join(f"{number}. {words[number % 10]}" for number in range(200))
    (tmp_path / "a.txt").write_text(f"---\ntitle: Kherson\n---\n{text}\n", encoding="utf-8")
    update_at(str(tmp_path / "index"), [tmp_path / "a.txt"])
    return tmp_path / "index"


async def test_n_goes_on_from_what_is_in_sight(long_article: Path) -> None:
    async with running(long_article, "kherson", size=USUAL) as pilot:
        screen = await settled(pilot)
        screen.go("results")
        await pilot.press("enter")
        await until(pilot, lambda: screen.reader.total == 21)
        await pilot.press("n", "n")
        assert "match 2/21" in text_of(pilot)
        screen.reader.scroll_to(y=205, animate=False)
        await pilot.press("n")
        top = screen.reader.scroll_y
        assert "match 12/21" in text_of(pilot)  # that of paragraph 100, on line 204
        await pilot.press("N")
        assert screen.reader.at == 11
        assert screen.reader.scroll_y <= top
        await pilot.press("G")
        assert "100%" in text_of(pilot)
        await pilot.press("n")
        assert screen.reader.at in (1, 21)


async def test_words_are_found_in_the_article(long_article: Path) -> None:
    async with running(long_article, "kherson", size=SMALL) as pilot:
        screen = await settled(pilot)
        screen.go("results")
        await pilot.press("enter")
        await until(pilot, lambda: screen.reader.total)
        await pilot.press("slash", *"l'elysee")
        await until(pilot, lambda: "found 1/180" in text_of(pilot))
        await pilot.press("enter", "n")
        assert "found 2/180" in text_of(pilot)
        assert isinstance(screen.focused, Reader)
        await pilot.press("escape")  # first the finding ends, then one goes back
        assert "matches" in text_of(pilot)
        assert isinstance(screen.focused, Reader)
        await pilot.press("slash", *"zzz")
        await until(pilot, lambda: "not found" in text_of(pilot))
        await pilot.press("escape")
        assert not screen.query_one(FindBar).has_class("-open")
        assert isinstance(screen.focused, Reader)
        await pilot.press("q")
        assert isinstance(screen.focused, ResultsList)


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("À l’Élysée, l’élysée", "l'elysee", [(2, 10), (12, 20)]),
        ("Ça coûte 300\N{NO-BREAK SPACE}000 €", "300 000", [(9, 16)]),
        ("ŒUVRE œuvre", "œuvre", [(0, 5), (6, 11)]),
        ("İstanbul", "istanbul", [(0, 8)]),
        ("aaaa", "aa", [(0, 2), (2, 4)]),
        ("texte", "  ", []),
    ],
)
def test_words_are_found_as_they_are_written(
    text: str, words: str, places: list[tuple[int, int]]
) -> None:
    assert found_in(text, words) == places


@pytest.mark.parametrize(
    ("url", "path", "width", "line"),
    [
        ("", "/a/b.txt", 40, "/a/b.txt"),
        ("https://www.lepoint.fr/a/", "/a/b.txt", 40, "lepoint.fr/a · /a/b.txt"),
        ("https://lepoint.fr/une/x", "/data/p.jsonl#12", 28, "lepoint.fr/u… · …/p.jsonl#12"),
        ("javascript:alert(1)", "/a/b.txt", 40, "javascript:alert(1) · /a/b.txt"),
    ],
)
def test_address_and_path_are_one_line(url: str, path: str, width: int, line: str) -> None:
    file, _sharp, number = path.partition("#")
    id = f"p.jsonl#{number}" if number else Path(file).name
    document = Document.of(Head.of(Article(id, file, "Titre", "", url=url)))
    assert line in [each.text for each in document.lines(width)]


async def test_the_article_alone_has_the_whole_screen(many_articles: Path) -> None:
    async with running(many_articles, size=WIDE) as pilot:
        screen = await enter_query(pilot, "kherson")
        screen.go("results")
        await pilot.press("down", "z")
        await until(pilot, lambda: screen.reader.size.width > 80)
        shown = text_of(pilot)
        assert "Results" not in shown
        assert "Sources" not in shown
        await until(pilot, lambda: "Similar" in text_of(pilot))  # what belongs to it is beside it
        beside = screen.query_one(Beside)
        await until(pilot, lambda: beside.option_count > 3)
        before = screen.reader.head
        beside.focus()
        await pilot.press("enter")
        await until(pilot, lambda: screen.reader.head != before and screen.reader.article)
        await pilot.press("escape")
        assert "Results" in text_of(pilot)
        assert isinstance(screen.focused, ResultsList)


async def test_the_length_of_lines_is_remembered(archive_folder: Path) -> None:
    async with running(archive_folder, size=WIDE) as pilot:
        screen = await settled(pilot)
        await until(pilot, lambda: screen.reader.article)
        screen.go("article")
        await pilot.press("minus", "minus")
        width = screen.reader.virtual_size.width
        assert width < 72
    async with running(archive_folder, size=WIDE) as pilot:
        await settled(pilot)
        await until(pilot, lambda: main_screen(pilot).reader.virtual_size.width == width)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/une?a=b", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
    ],
)
async def test_only_web_addresses_are_links(tmp_path: Path, url: str, linked: bool) -> None:
    article = {"title": "Titre", "body": "Le pont de Kherson a tenu.", "url": url}
    (tmp_path / "a.jsonl").write_text(json.dumps(article), encoding="utf-8")
    update_at(str(tmp_path / "index"), [tmp_path / "a.jsonl"])
    async with running(tmp_path / "index", size=WIDE) as pilot:
        screen = await settled(pilot)
        await until(pilot, lambda: screen.reader.article)
        strips = [screen.reader.render_line(y) for y in range(10)]
        links = {piece.style.link for strip in strips for piece in strip if piece.style} - {None}
        assert links == ({url} if linked else set())
