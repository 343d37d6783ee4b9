"""Narrowing by source and month."""

from __future__ import annotations

from pathlib import Path

from tests.support.screen import USUAL, WIDE, enter_query, running, settled, text_of, until
from tui.widgets.facets import FacetPane, FacetStrip
from tui.widgets.results_list import ResultsList


async def test_sources_are_ticked_and_cleared(many_articles: Path) -> None:
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
        await pilot.press("up", "space")
        await settled(pilot)
        assert len(screen.session.ticked.sources) == 2
        await pilot.press("x")
        await settled(pilot)
        assert not screen.session.ticked
        assert screen.session.results.total == 90
        assert isinstance(screen.focused, FacetPane)


async def test_months_are_ticked(many_articles: Path) -> None:
    async with running(many_articles, size=WIDE) as pilot:
        screen = await settled(pilot)
        shown = text_of(pilot)
        assert shown.index("Nov 2024") < shown.index("Oct 2024") < shown.index("no date")
        screen.post_message(FacetPane.Toggled("month", "2024-10"))
        await until(pilot, lambda: screen.session.results and screen.session.results.total == 30)
        assert all(hit.head.date.month == 10 for hit in screen.results_list.hits)  # type: ignore[union-attr]


async def test_a_ticked_source_without_matches_can_be_unticked(many_articles: Path) -> None:
    async with running(many_articles, size=WIDE) as pilot:
        screen = await settled(pilot)
        screen.post_message(FacetPane.Toggled("source", "AFP"))
        await until(pilot, lambda: screen.session.ticked)
        await enter_query(pilot, "qqqqwwww")
        assert "AFP" in text_of(pilot)


async def test_the_strip_opens_the_facets_on_a_narrow_terminal(many_articles: Path) -> None:
    async with running(many_articles, size=USUAL) as pilot:
        screen = await settled(pilot)
        assert "all 90 · Le Monde 45" in text_of(pilot)
        assert not screen.query_one(FacetPane).display
        await pilot.click(FacetStrip)
        assert isinstance(screen.focused, FacetPane)
        await pilot.press("space", "escape")
        await settled(pilot)
        assert isinstance(screen.focused, ResultsList)
        assert screen.session.results
        assert screen.session.results.total == 45
