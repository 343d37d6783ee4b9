"""Searching in the interface: what is typed, and what is shown for it."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import pytest

from search.archive import Cancelled, archive_at, never, update_at
from search.errors import Cancelled as TakenBack
from search.model import Request, Results
from tests.support.screen import (
    USUAL,
    WIDE,
    answers,
    enter_query,
    message,
    running,
    settled,
    text_of,
    titles,
    until,
)
from tui.session.locked import LockedArchive
from tui.widgets.query_box import QueryBox
from tui.widgets.results_list import ResultsList


async def test_the_first_screen_has_the_newest_articles_and_the_query_box(
    archive_folder: Path,
) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        assert isinstance(screen.focused, QueryBox)
        assert len(titles(screen)) == 5
        assert "newest first" in text_of(pilot)


async def test_results_follow_the_keystrokes(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await enter_query(pilot, "missiles longue portée")
        assert screen.session.results
        assert screen.session.results.total == 3
        assert screen.session.results.partial == 1
        assert "3 articles, 1 partial ·" in text_of(pilot)
        assert isinstance(screen.focused, QueryBox)


async def test_a_word_that_is_not_finished_finds_what_it_begins(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await enter_query(pilot, "missi")
        assert screen.session.results
        assert screen.session.results.total > 0


async def test_a_query_from_the_command_line_is_answered(archive_folder: Path) -> None:
    async with running(archive_folder, "kherson", size=USUAL) as pilot:
        screen = await settled(pilot)
        assert screen.query_box.value == "kherson"
        assert screen.session.results
        assert screen.session.results.query == "kherson"


class _SlowFirst(LockedArchive):
    """The search for `missiles` ends only when it is let go, as if it were deaf to `cancelled`."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.let_go = threading.Event()
        self.asked: list[str] = []
        self.late: list[str] = []

    def search(self, request: Request, cancelled: Cancelled = never) -> Results:
        self.asked.append(request.query)
        if request.query == "missiles":
            self.let_go.wait(10)
            results = super().search(request)
            self.late.append(request.query)
            return results
        return super().search(request, cancelled)


async def test_an_old_search_never_overwrites_a_newer_one(archive_folder: Path) -> None:
    archive = _SlowFirst(str(archive_folder))
    async with running(archive_folder, archive=archive, size=USUAL) as pilot:
        screen = await settled(pilot)
        before = titles(screen)
        screen.query_box.put("missiles")  # at once: no search for its beginning
        await pilot.press("enter")
        await until(pilot, lambda: "missiles" in archive.asked)
        assert titles(screen) == before  # the previous list stays until the new one is there
        screen.query_box.put("kherson")
        await until(pilot, lambda: answers(screen, "kherson"))
        archive.let_go.set()
        await until(pilot, lambda: archive.late)
        assert screen.session.results
        assert screen.session.results.query == "kherson"
        assert screen.session.asked
        assert screen.session.asked.query == "kherson"


async def test_fast_typing_does_not_search_for_every_keystroke(archive_folder: Path) -> None:
    archive = _SlowFirst(str(archive_folder))
    async with running(archive_folder, archive=archive, size=USUAL) as pilot:
        await settled(pilot)
        await pilot.press(*"kherson")
        await until(pilot, lambda: "kherson" in archive.asked)
        assert len(archive.asked) < 6


def test_a_search_that_is_no_longer_wanted_is_not_begun(archive_folder: Path) -> None:
    with closing(LockedArchive(str(archive_folder))) as archive, pytest.raises(TakenBack):
        archive.search(Request("missiles"), lambda: True)


async def test_enter_goes_to_the_results_and_up_comes_back(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        await pilot.press(*"missiles", "enter")
        await until(pilot, lambda: isinstance(screen.focused, ResultsList))
        assert screen.session.asked
        assert not screen.session.asked.typing
        await pilot.press("up")
        assert isinstance(screen.focused, QueryBox)


async def test_partial_matches_are_set_apart(archive_folder: Path) -> None:
    async with running(archive_folder, size=WIDE) as pilot:
        screen = await enter_query(pilot, "missiles longue portée")
        shown = text_of(pilot)
        last_complete = [hit for hit in screen.results_list.hits if hit.complete][-1]
        partial = next(hit for hit in screen.results_list.hits if not hit.complete)
        rule = shown.index("── some of the words")
        assert shown.index(last_complete.head.title[:30]) < rule
        assert rule < shown.index(partial.head.title[:30])


async def test_what_a_long_question_finds_is_one_list(archive_folder: Path) -> None:
    async with running(archive_folder, size=WIDE) as pilot:
        question = "missiles longue portée armée russe troupes Pyongyang"
        screen = await enter_query(pilot, question)
        assert any(not hit.complete for hit in screen.results_list.hits)
        assert "some of the words" not in text_of(pilot)
        assert "partial ·" in text_of(pilot)


async def test_a_query_error_is_shown_without_touching_the_results(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await enter_query(pilot, "missiles")
        before = titles(screen)
        await pilot.press("space", *"date:2024-13", "enter")  # no error while it is being typed
        await until(pilot, lambda: "date:" in message(screen))
        assert titles(screen) == before
        assert isinstance(screen.focused, QueryBox)
        await enter_query(pilot, "kherson")
        assert not message(screen)


async def test_a_correction_is_offered_and_taken_with_enter(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await enter_query(pilot, "Zelensqy")
        await until(pilot, lambda: "Did you mean Zelensky?" in text_of(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: screen.session.results and screen.session.results.total)
        assert screen.query_box.value == "Zelensky"
        await until(pilot, lambda: isinstance(screen.focused, ResultsList))


async def test_a_correction_can_be_clicked(archive_folder: Path) -> None:
    async with running(archive_folder, "missille", size=USUAL) as pilot:
        screen = await settled(pilot)
        await pilot.click(ResultsList, offset=(16, 2))
        await until(pilot, lambda: screen.query_box.value == "missile")


async def test_nothing_found_says_so(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        await enter_query(pilot, "qqqqwwww")
        assert "Nothing for “qqqqwwww”." in text_of(pilot)
        assert "nothing ·" in text_of(pilot)


async def test_more_results_load_as_one_scrolls(many_articles: Path) -> None:
    async with running(many_articles, size=USUAL) as pilot:
        screen = await enter_query(pilot, "kherson")
        first = len(titles(screen))
        assert first < 90
        await pilot.press("down")
        for _ in range(12):
            await pilot.press("end")
            await settled(pilot)
        assert len(titles(screen)) == len(set(titles(screen))) == 90


async def test_further_pages_end_where_the_archive_says(tmp_path: Path) -> None:
    """Reprints are in the total, and have no place of their own in the list."""
    words = (
        "Le pont de Kherson a tenu cette nuit encore, malgré les tirs de la veille, a dit le maire "
        "de la ville à la radio. Les secours ont compté trois blessés, que l’on a conduits vers "
        "l’hôpital le plus proche, et plusieurs maisons sans toit sur la rive gauche du fleuve. "
        "L’électricité manque encore dans deux quartiers du nord, où des équipes travaillent."
    )
    for number in range(60):
        text = words if number < 30 else f"Jour {number} : à Kherson, rien de neuf ({number})."
        (tmp_path / f"{number:02}.txt").write_text(f"Titre.\n\n{text}\n", encoding="utf-8")
    location = str(tmp_path / "index")
    update_at(location, [tmp_path])
    archive = _SlowFirst(location)
    async with running(Path(location), archive=archive, size=USUAL) as pilot:
        screen = await enter_query(pilot, "kherson")
        assert screen.session.results
        assert screen.session.results.total == 60
        screen.go("results")
        for _ in range(12):
            await pilot.press("end")
            await settled(pilot)
        listed = [hit.head.address for hit in screen.results_list.hits]
        with closing(archive_at(location)) as plain:
            whole = plain.search(Request("kherson", limit=100))
        assert listed == [hit.head.address for hit in whole.hits]
        assert len(listed) < 60
        asked = len(archive.asked)
        await pilot.press("up", "end")
        await settled(pilot)
        assert len(archive.asked) == asked  # nothing more is asked for at the end


async def test_sorting_lasts_until_one_leaves(many_articles: Path) -> None:
    async with running(many_articles, size=USUAL) as pilot:
        screen = await enter_query(pilot, "kherson")
        await pilot.press("f2")
        await settled(pilot)
        assert "by date" in text_of(pilot)
        dates = [hit.head.date for hit in screen.results_list.hits if hit.head.date]
        assert dates == sorted(dates, reverse=True)
        await pilot.press("f2")
        await settled(pilot)
        assert titles(screen) == sorted(titles(screen))
    async with running(many_articles, size=USUAL) as pilot:
        assert (await settled(pilot)).session.sort == "relevance"


async def test_printable_keys_only_type_while_one_types(archive_folder: Path) -> None:
    async with running(archive_folder, size=WIDE) as pilot:
        screen = await settled(pilot)
        keys = "sfxnNmeoct/"
        await pilot.press(*keys)
        assert screen.query_box.value == keys
        assert screen.session.sort == "relevance"


async def test_how_a_query_was_read_is_said_below_it(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await enter_query(pilot, '"longue portée')
        assert not message(screen)  # it is not over: the quote may yet be closed
        await pilot.press("enter")
        await until(pilot, lambda: "quote" in message(screen))
        assert titles(screen)
        await enter_query(pilot, "missiles")
        assert not message(screen)
