"""Narrowing by source, author and date: the facets, the timeline, and the chips above the list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from search.archive import update_at
from search.model import NO_DATE, DateRange, FacetCount, Facets, Results
from tests.support.screen import USUAL, WIDE, enter_query, running, settled, text_of, until
from tui.screens.main import MainScreen
from tui.session.asked import Tick, Ticked
from tui.widgets import query_box
from tui.widgets.chips import Chips
from tui.widgets.facet_strip import FacetStrip
from tui.widgets.facet_values import is_meant, listed, rooms, values
from tui.widgets.facets import FacetPane
from tui.widgets.query_box import QueryBox
from tui.widgets.results_list import ResultsList
from tui.widgets.timeline import Timeline


def total(screen: MainScreen) -> int:
    assert screen.session.results
    return screen.session.results.total


async def test_sources_are_ticked_inverted_and_cleared(many_articles: Path) -> None:
    async with running(many_articles, size=WIDE) as pilot:
        screen = await enter_query(pilot, "kherson")
        await pilot.press("f3")
        assert isinstance(screen.focused, FacetPane)
        await pilot.press("down", "space")  # from Le Monde to the next one
        await settled(pilot)
        assert screen.session.ticked.sources
        name = screen.session.ticked.sources[0]
        assert {hit.head.source for hit in screen.results_list.hits} == {name}
        assert screen.session.results
        counts = {c.value: c.count for c in screen.session.results.facets.sources}
        assert counts["Le Monde"] == 45  # the unticked ones keep their counts
        await pilot.press("exclamation_mark")
        await settled(pilot)
        assert name not in {hit.head.source for hit in screen.results_list.hits}
        assert f"not {name} ✕" in text_of(pilot)
        await pilot.press("exclamation_mark", "up", "space")
        await settled(pilot)
        assert len(screen.session.ticked.sources) == 2
        await pilot.press("f4")
        await settled(pilot)
        assert not screen.session.ticked
        assert total(screen) == 90
        assert isinstance(screen.focused, FacetPane)


async def test_a_ticked_source_without_matches_can_be_unticked(many_articles: Path) -> None:
    async with running(many_articles, size=WIDE) as pilot:
        screen = await settled(pilot)
        screen.post_message(FacetPane.Toggled(Tick("source", "AFP")))
        await until(pilot, lambda: screen.session.ticked)
        await enter_query(pilot, "qqqqwwww")
        assert "▣ AFP" in text_of(pilot)


async def test_a_name_is_typed_to_be_found_and_ticked(ten_years: Path) -> None:
    async with running(ten_years, size=WIDE) as pilot:
        screen = await settled(pilot)
        assert "type to find a name" not in text_of(pilot)
        screen.go("facets")
        await until(pilot, lambda: "type to find a name" in text_of(pilot))
        assert "Élodie N38" not in text_of(pilot)  # one of the last
        await pilot.press("n", "3", "8")
        shown = text_of(pilot)
        assert "n38" in shown
        assert "Le Monde" not in shown.split("│")[0]
        await pilot.press("space")
        await settled(pilot)
        assert screen.session.ticked.authors == ("Élodie N38",)
        assert {hit.head.authors for hit in screen.results_list.hits} == {("Élodie N38",)}
        await pilot.press("escape")  # forgets what was typed, and nothing else
        assert isinstance(screen.focused, FacetPane)
        assert "▣ Élodie N38" in text_of(pilot)  # though it is one of the last
        await pilot.press("escape")
        assert isinstance(screen.focused, ResultsList)


async def test_what_is_left_out_is_listed_when_it_is_wanted(ten_years: Path) -> None:
    async with running(ten_years, size=WIDE) as pilot:
        screen = await settled(pilot)
        pane = screen.query_one(FacetPane)
        before = pane.option_count
        assert "more" in text_of(pilot)
        screen.go("facets")
        await pilot.press("end", "enter")
        assert pane.option_count > before
        assert pane.option_count > 43


def counts(*names: str) -> Results:
    facets = Facets(tuple(FacetCount(name, 9) for name in names))
    return Results(query="", total=9, partial=0, hits=(), facets=facets)


@pytest.mark.parametrize(
    ("ticked", "most", "typed", "names", "left"),
    [
        ("", 9, "", "Le Monde, Le Point, AFP, L'Équipe", 0),
        ("", 2, "", "Le Monde, Le Point", 2),
        ("AFP", 3, "", "Le Monde, Le Point, AFP", 1),
        ("L'Équipe", 2, "", "L'Équipe, Le Monde", 2),
        ("L'Équipe, AFP", 2, "", "AFP, L'Équipe", 2),
        ("La Croix", 2, "", "La Croix, Le Monde", 3),  # without matches
        ("", 9, "le", "Le Monde, Le Point", 0),
        ("", 9, "EQ", "L'Équipe", 0),
        ("AFP", 9, "poi", "Le Point, AFP", 0),
        ("", 9, "onde", "", 0),
    ],
)
def test_which_values_are_listed(ticked: str, most: int, typed: str, names: str, left: int) -> None:
    chosen = Ticked(tuple(Tick("source", name) for name in ticked.split(", ") if name))
    found = values(counts("Le Monde", "Le Point", "AFP", "L'Équipe"), chosen, "source")
    section = listed(found, "source", most, typed)
    assert ", ".join(value.name for value in section.values) == names
    assert section.left == left


@pytest.mark.parametrize(
    ("room", "sizes", "shares"),
    [
        (20, [13, 500], [10, 10]),
        (20, [4, 500], [4, 16]),
        (20, [4, 5], [4, 5]),
        (20, [0, 500], [0, 20]),
        (2, [13, 500], [3, 3]),
        (0, [1, 0], [1, 0]),
    ],
)
def test_facets_share_the_room(room: int, sizes: list[int], shares: list[int]) -> None:
    assert rooms(room, sizes) == shares


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("Anne Durand", "du", True),
        ("Anne Durand", "anne d", True),
        ("Anne Durand", "rand", False),
        ("Élodie d’Ormesson", "orm", True),
        ("Élodie d’Ormesson", "elodie d'o", True),
        ("Cœur de Ville", "coeur", True),
        ("Anne", "", True),
    ],
)
def test_whom_letters_mean(name: str, typed: str, meant: bool) -> None:
    assert is_meant(name, typed) is meant


async def test_the_timeline_narrows_to_a_range(ten_years: Path) -> None:
    async with running(ten_years, size=WIDE) as pilot:
        screen = await settled(pilot)
        assert total(screen) == 150
        await pilot.press("f8")
        assert isinstance(screen.focused, Timeline)
        assert "Dec 2024 · 1 article" in text_of(pilot)
        await pilot.press("left", "shift+left", "shift+left", "enter")
        await settled(pilot)
        chosen = DateRange(date(2024, 9, 1), date(2024, 11, 30))
        assert screen.session.ticked.dates == chosen
        assert total(screen) == 3
        assert "Sep 2024 – Nov 2024 ✕" in text_of(pilot)
        assert screen.session.results
        months = screen.session.results.facets.months
        assert months is not None
        assert len(months) == 121  # it keeps its counts
        await pilot.press("u")
        await settled(pilot)
        assert total(screen) == 33
        await pilot.press("enter")  # the same range again
        await settled(pilot)
        assert total(screen) == 30
        assert "▣ no date 30" in text_of(pilot)
        await pilot.press("escape")
        assert isinstance(screen.focused, ResultsList)


async def test_the_timeline_zooms(ten_years: Path) -> None:
    async with running(ten_years, size=WIDE) as pilot:
        screen = await settled(pilot)
        await pilot.press("f8", "minus", "minus", "minus", "left")
        assert "2023 · 12 articles" in text_of(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert screen.session.ticked.dates == DateRange(date(2023, 1, 1), date(2023, 12, 31))
        await pilot.press("plus")
        assert "2023 · 12 articles" in text_of(pilot)  # what was chosen stays
        await pilot.press("home", "plus")
        assert "Jan 2015" in text_of(pilot)
        for _ in range(12):
            await pilot.press("plus")
        assert "Jan 2015    Feb         Mar" in text_of(pilot)
        await pilot.press("end")  # which is not in sight
        assert "Dec 2024 · 1 article" in text_of(pilot)


async def test_a_click_narrows_and_so_does_dragging(ten_years: Path) -> None:
    async with running(ten_years, size=WIDE) as pilot:
        screen = await settled(pilot)
        await pilot.click(Timeline, offset=(2 + 3, 2))  # the fourth month
        await settled(pilot)
        assert screen.session.ticked.dates == DateRange(date(2015, 4, 1), date(2015, 4, 30))
        await pilot.click(Timeline, offset=(2 + 3, 2))
        await settled(pilot)
        assert not screen.session.ticked
        await pilot.mouse_down(Timeline, offset=(2 + 12, 2))
        await pilot.hover(Timeline, offset=(2 + 23, 2))
        await pilot.mouse_up(Timeline, offset=(2 + 23, 2))
        await settled(pilot)
        assert screen.session.ticked.dates == DateRange(date(2016, 1, 1), date(2016, 12, 31))
        assert total(screen) == 12


async def test_the_strip_opens_what_it_shows(ten_years: Path) -> None:
    async with running(ten_years, size=USUAL) as pilot:
        screen = await settled(pilot)
        line = text_of(pilot).splitlines()[2]
        assert "all 150 · AFP 50" in line
        assert line.endswith("█" * 20)  # half a year each
        assert not screen.query_one(FacetPane).display
        await pilot.click(FacetStrip, offset=(3, 0))
        assert isinstance(screen.focused, FacetPane)
        await pilot.press("space", "f3")
        await settled(pilot)
        assert isinstance(screen.focused, ResultsList)
        assert total(screen) == 50
        await pilot.click(FacetStrip, offset=(70, 0))
        assert isinstance(screen.focused, Timeline)
        assert screen.query_one(FacetPane).display
        await pilot.press("down")
        assert isinstance(screen.focused, FacetPane)
        await pilot.press("home", "up")
        assert isinstance(screen.focused, Timeline)
        await pilot.press("up")
        assert isinstance(screen.focused, QueryBox)


async def test_chips_are_taken_away(ten_years: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(ten_years, size=USUAL) as pilot:
        screen = await settled(pilot)
        assert not screen.query_one(Chips).display
        year = Tick("date", DateRange(date(2016, 1, 1), date(2016, 12, 31)))
        for tick in (Tick("source", "AFP"), year, Tick("date", NO_DATE)):
            screen.session.tick(tick)
        await settled(pilot)
        assert text_of(pilot).splitlines()[2] == "  AFP ✕  2016 ✕  no date ✕"
        await pilot.click(Chips, offset=(10, 0))
        await settled(pilot)
        assert text_of(pilot).splitlines()[2] == "  AFP ✕  no date ✕"
        await pilot.press("backspace")  # in an empty query
        await settled(pilot)
        assert screen.session.ticked == Ticked((Tick("source", "AFP"),))
        monkeypatch.setattr(query_box, "_HELD", 60.0)
        await pilot.press("x", "backspace", "backspace")  # as one deletes a query: it stays
        await settled(pilot)
        assert screen.session.ticked
        await pilot.press("f4")
        await settled(pilot)
        assert not screen.query_one(Chips).display


async def test_without_dates_there_is_no_timeline(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Un texte sans date.", encoding="utf-8")
    update_at(str(tmp_path / "index"), [tmp_path])
    async with running(tmp_path / "index", size=WIDE) as pilot:
        screen = await settled(pilot)
        assert not screen.query_one(Timeline).display
        await pilot.press("f8")
        assert isinstance(screen.focused, QueryBox)


async def test_what_is_typed_may_go_on(ten_years: Path) -> None:
    async with running(ten_years, size=USUAL) as pilot:
        screen = await settled(pilot)
        box = screen.query_box
        await pilot.press(*"sou")
        await until(pilot, lambda: "source:" in text_of(pilot))
        assert box.value == "sou"
        await pilot.press("right")
        assert box.value == "source:"
        await pilot.press(*"le p")
        await until(pilot, lambda: "source:le point" in text_of(pilot).lower())
        await pilot.press("end")
        assert box.value == 'source:"Le Point"'
        await until(pilot, lambda: total(screen) == 50)
        await pilot.press("space", *"bud")
        await until(pilot, lambda: "budget" in text_of(pilot).splitlines()[1])
        await pilot.press("left")  # what is not at the end of the line is not offered
        await pilot.press("right")
        assert box.value.endswith("bud")
        await pilot.press("right")
        assert box.value == 'source:"Le Point" budget'
