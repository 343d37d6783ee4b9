"""The terminal interface, driven as a person would drive it."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from index.whoosh_store.folder import default_folder
from search.model import Request, Results
from tests.support.archives import update
from tests.support.places import GOLDEN
from tests.support.screen import StillEngine, enter_query, running, settled, text_of, until
from tui import outside
from tui.screens.main import MainScreen
from tui.session.engine import Engine, Stopped
from tui.state import History
from tui.widgets.facets import FacetPane, FacetStrip
from tui.widgets.query_box import QueryBox
from tui.widgets.reader import Reader
from tui.widgets.results_list import ResultsList

SNAPSHOTS = GOLDEN / "screens"
WIDE, USUAL, SMALL = (160, 45), (80, 24), (60, 20)


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
    update(folder / "index", [folder])
    return folder / "index"


@pytest.fixture
def own_archive(tmp_path: Path, seeds: Path) -> tuple[Path, Path]:
    """A folder of articles that may be changed, and its index."""
    articles = tmp_path / "articles"
    shutil.copytree(seeds, articles)
    update(tmp_path / "index", [articles])
    return articles, tmp_path / "index"


def titles(screen: MainScreen) -> list[str]:
    return [hit.article.title for hit in screen.results_list.hits]


# Searching


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
        assert screen.results
        assert screen.results.total == 3
        assert screen.results.partial == 1
        assert "3 articles, 1 partial ·" in text_of(pilot)
        assert isinstance(screen.focused, QueryBox)


async def test_a_word_that_is_not_finished_finds_what_it_begins(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await enter_query(pilot, "missi")
        assert screen.results
        assert screen.results.total > 0


async def test_a_query_from_the_command_line_is_answered(archive_folder: Path) -> None:
    async with running(archive_folder, "kherson", size=USUAL) as pilot:
        screen = await settled(pilot)
        assert screen.query_box.value == "kherson"
        assert screen.results
        assert screen.results.query == "kherson"


class _SlowFirst(Engine):
    """The search for `missiles` ends only when it is let go, as if it did not hear `stopped`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.let_go = threading.Event()
        self.asked: list[str] = []
        self.late: list[str] = []

    def search(self, request: Request, stopped: Callable[[], bool]) -> Results:
        self.asked.append(request.query)
        if request.query == "missiles":
            self.let_go.wait(10)
            results = super().search(request, lambda: False)
            self.late.append(request.query)
            return results
        return super().search(request, stopped)


async def test_an_old_search_never_overwrites_a_newer_one(archive_folder: Path) -> None:
    engine = _SlowFirst(archive_folder)
    async with running(archive_folder, engine=engine, size=USUAL) as pilot:
        screen = await settled(pilot)
        before = titles(screen)
        screen.query_box.put("missiles")  # at once: no search for its beginning
        await pilot.press("enter")
        await until(pilot, lambda: "missiles" in engine.asked)
        assert titles(screen) == before  # the previous list stays until the new one is there
        screen.query_box.put("kherson")
        await until(pilot, lambda: screen.asked and screen.asked.query == "kherson")
        engine.let_go.set()
        await until(pilot, lambda: engine.late)
        assert screen.results
        assert screen.results.query == "kherson"
        assert screen.asked
        assert screen.asked.query == "kherson"


async def test_fast_typing_does_not_search_for_every_keystroke(archive_folder: Path) -> None:
    engine = _SlowFirst(archive_folder)
    async with running(archive_folder, engine=engine, size=USUAL) as pilot:
        await settled(pilot)
        await pilot.press(*"kherson")
        await until(pilot, lambda: "kherson" in engine.asked)
        assert len(engine.asked) < 6


def test_a_search_that_is_no_longer_wanted_is_not_begun(archive_folder: Path) -> None:
    engine = Engine(archive_folder)
    engine.open()
    with pytest.raises(Stopped):
        engine.search(Request("missiles"), lambda: True)
    engine.close()


async def test_enter_goes_to_the_results_and_up_comes_back(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        await pilot.press(*"missiles", "enter")
        await until(pilot, lambda: isinstance(screen.focused, ResultsList))
        assert screen.asked
        assert not screen.asked.typing
        await pilot.press("up")
        assert isinstance(screen.focused, QueryBox)


async def test_partial_matches_are_set_apart(archive_folder: Path) -> None:
    async with running(archive_folder, size=WIDE) as pilot:
        screen = await enter_query(pilot, "missiles longue portée")
        shown = text_of(pilot)
        last_complete = [hit for hit in screen.results_list.hits if hit.complete][-1]
        partial = next(hit for hit in screen.results_list.hits if not hit.complete)
        rule = shown.index("── some of the words")
        assert shown.index(last_complete.article.title[:30]) < rule
        assert rule < shown.index(partial.article.title[:30])


async def test_a_query_error_is_shown_without_touching_the_results(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await enter_query(pilot, "missiles")
        before = titles(screen)
        await pilot.press("space", *"date:20x", "space")
        await until(pilot, lambda: "date:" in screen.message.words)
        assert titles(screen) == before
        assert isinstance(screen.focused, QueryBox)
        await enter_query(pilot, "kherson")
        assert not screen.message.words


async def test_a_correction_is_offered_and_taken_with_enter(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await enter_query(pilot, "Zelenskyy")
        await until(pilot, lambda: "Did you mean Zelensky?" in text_of(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: screen.results and screen.results.total)
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


async def test_sorting_is_remembered(many_articles: Path) -> None:
    async with running(many_articles, size=USUAL) as pilot:
        screen = await enter_query(pilot, "kherson")
        await pilot.press("f2")
        await settled(pilot)
        assert "by date" in text_of(pilot)
        dates = [hit.article.date for hit in screen.results_list.hits if hit.article.date]
        assert dates == sorted(dates, reverse=True)
        await pilot.press("f2")
        await settled(pilot)
        assert titles(screen) == sorted(titles(screen))
    async with running(many_articles, size=USUAL) as pilot:
        assert (await settled(pilot)).sort == "title"


async def test_printable_keys_only_type_while_one_types(archive_folder: Path) -> None:
    async with running(archive_folder, size=WIDE) as pilot:
        screen = await settled(pilot)
        keys = "sfxnNmeoct/"
        await pilot.press(*keys)
        assert screen.query_box.value == keys
        assert screen.sort == "relevance"


# History


async def test_history_is_walked_with_up_and_down_and_kept(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        for query in ("kherson", "missiles"):
            screen.query_box.put(query)
            await pilot.press("enter")
            await settled(pilot)
            screen.go("query")
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        await pilot.press(*"uk", "up")
        assert screen.query_box.value == "missiles"
        await pilot.press("up")
        assert screen.query_box.value == "kherson"
        await pilot.press("up", "down", "down")
        assert screen.query_box.value == "uk"  # what was being typed comes back
        await settled(pilot)
        screen.query_box.put("")
        await settled(pilot)
        await pilot.press("down")
        assert isinstance(screen.focused, ResultsList)


def test_history_has_each_query_once_and_survives_damage(tmp_path: Path) -> None:
    history = History()
    for query in ("a", "b", "a", "", "  ", "c\nd"):
        history.add(query)
    assert History().queries == ["b", "a", "c d"]
    (tmp_path / "state" / "depeche" / "history").write_bytes(b"\xff\xfe\0ok\nfine\n\0\n")
    assert "fine" in History().queries
    (tmp_path / "state" / "depeche" / "history").unlink()
    (tmp_path / "state" / "depeche" / "history").mkdir()
    History().add("cannot be written, and that is no reason to fail")


async def test_damaged_settings_count_as_none(tmp_path: Path, archive_folder: Path) -> None:
    (tmp_path / "config" / "depeche").mkdir(parents=True)
    (tmp_path / "config" / "depeche" / "settings.json").write_text('["theme", {"sort": 3}')
    async with running(archive_folder, size=USUAL) as pilot:
        assert (await settled(pilot)).sort == "relevance"


# Facets


async def test_sources_are_ticked_and_cleared(many_articles: Path) -> None:
    async with running(many_articles, size=WIDE) as pilot:
        screen = await enter_query(pilot, "kherson")
        await pilot.press("f3")
        assert isinstance(screen.focused, FacetPane)
        await pilot.press("down", "space")  # from Le Monde to the next one
        await settled(pilot)
        assert screen.ticked.sources
        name = screen.ticked.sources[0]
        assert {hit.article.source for hit in screen.results_list.hits} == {name}
        assert screen.results
        counts = {c.value: c.count for c in screen.results.facets["source"]}
        assert counts["Le Monde"] == 45  # the unticked ones keep their counts
        await pilot.press("up", "space")
        await settled(pilot)
        assert len(screen.ticked.sources) == 2
        await pilot.press("x")
        await settled(pilot)
        assert not screen.ticked
        assert screen.results.total == 90
        assert isinstance(screen.focused, FacetPane)


async def test_months_are_ticked(many_articles: Path) -> None:
    async with running(many_articles, size=WIDE) as pilot:
        screen = await settled(pilot)
        shown = text_of(pilot)
        assert shown.index("Nov 2024") < shown.index("Oct 2024") < shown.index("no date")
        screen.post_message(FacetPane.Toggled("month", "2024-10"))
        await until(pilot, lambda: screen.results and screen.results.total == 30)
        assert all(hit.article.date.month == 10 for hit in screen.results_list.hits)  # type: ignore[union-attr]


async def test_a_ticked_source_without_matches_can_be_unticked(many_articles: Path) -> None:
    async with running(many_articles, size=WIDE) as pilot:
        screen = await settled(pilot)
        screen.post_message(FacetPane.Toggled("source", "AFP"))
        await until(pilot, lambda: screen.ticked)
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
        assert screen.results
        assert screen.results.total == 45


# Reading


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
        assert screen.reader.article == chosen.article
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
        assert article.url in shown
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
        assert screen.reader.article == screen.results_list.chosen.article


async def test_paths_and_texts_are_copied(archive_folder: Path) -> None:
    async with running(archive_folder, "missiles", size=WIDE) as pilot:
        screen = await settled(pilot)
        screen.go("results")
        await pilot.press("c")
        assert screen.article
        assert pilot.app.clipboard == screen.article.path
        await pilot.press("t")
        assert screen.article.body[:200] in pilot.app.clipboard


# Other programs


def test_the_path_is_one_argument_of_the_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "my editor"
    editor.write_text("#!/bin/sh\n")
    editor.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{editor}' --wait")
    path = "/tmp/a; rm -rf $HOME.txt"
    assert outside.editor_command(path) == [str(editor), "--wait", path]
    monkeypatch.setenv("VISUAL", "no-such-editor-anywhere")
    with pytest.raises(outside.NoProgram):
        outside.editor_command(path)


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://example.org/ --profile", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_only_web_addresses_open(url: str, opens: bool) -> None:
    assert outside.is_web_address(url) is opens


async def test_an_article_without_address_opens_no_browser(
    archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "browse", lambda url: pytest.fail(f"opened {url}"))
    async with running(archive_folder, "missiles", size=WIDE) as pilot:
        screen = await settled(pilot)
        screen.go("results")
        await pilot.press("o")
        await until(pilot, lambda: "no web address" in text_of(pilot))


# The index


async def test_without_an_index_there_are_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    async with running(None, size=USUAL) as pilot:
        screen = await settled(pilot)
        assert "No index yet: type depeche index DIR" in text_of(pilot)
        assert len(titles(screen)) == 5
        await pilot.press("f5")
        await until(pilot, lambda: "Nothing is indexed yet" in text_of(pilot))


async def test_an_index_that_comes_into_being_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seeds: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    async with running(None, size=USUAL) as pilot:
        screen = await settled(pilot)
        update(default_folder(), [seeds])
        await until(pilot, lambda: screen.opened and not screen.opened.samples)
        await settled(pilot)
        assert "No index yet" not in text_of(pilot)


async def test_an_index_that_was_named_and_is_missing(tmp_path: Path) -> None:
    async with running(tmp_path / "none", size=USUAL) as pilot:
        await settled(pilot)
        assert "depeche index DIR" in text_of(pilot).replace("\n", " ")
        await pilot.press(*"missiles", "enter")
        await settled(pilot)


async def test_a_corrupt_index_is_explained_and_mended(own_archive: tuple[Path, Path]) -> None:
    _, folder = own_archive
    for file in folder.glob("*.toc"):
        file.write_bytes(b"nonsense")
    async with running(folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        assert "damaged" in text_of(pilot)
        await pilot.press(*"missiles", "f5")
        await until(pilot, lambda: screen.results and screen.results.total)
        assert screen.opened
        assert screen.opened.status
        assert screen.opened.status.articles == 5


async def test_an_update_while_open(own_archive: tuple[Path, Path]) -> None:
    articles, folder = own_archive
    async with running(folder, size=USUAL) as pilot:
        screen = await enter_query(pilot, "kherson")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(screen.focused, ResultsList))
        chosen = screen.results_list.chosen
        (articles / "new.txt").write_text("Kherson : un pont de plus.\n\nRien d’autre à Kherson.\n")
        next(articles.glob("004*")).unlink()
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "1 added, 1 removed: 5 articles" in text_of(pilot))
        await until(pilot, lambda: any("un pont de plus" in title for title in titles(screen)))
        assert screen.results_list.chosen
        assert chosen
        assert screen.results_list.chosen.article.id == chosen.article.id
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "Nothing has changed" in text_of(pilot))


async def test_an_update_by_another_process_is_noticed(own_archive: tuple[Path, Path]) -> None:
    articles, folder = own_archive
    async with running(folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        (articles / "new.txt").write_text("Un article tout neuf.\n\nRien de plus à en dire ici.\n")
        update(folder)
        await until(pilot, lambda: len(titles(screen)) == 6)
        assert "The index has changed: 6 articles" in text_of(pilot)


# What articles may contain

HOSTILE = (
    "a [/] b",
    "[@click=app.quit]x[/]",
    "[bold red]not bold[/bold red] $error",
    "esc \x1b[31mred\x1b]0;title\x07 end",
    "bidi \u202etxet\u2066 end",
    "c1 \x9b31m end \x7f",
    "wide 漢字漢字漢字 👩‍👩‍👧 e\u0301 end",
    "broken \ud800 end",
)


@pytest.fixture(scope="session")
def hostile_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    lines = (
        json.dumps({"title": title, "body": f"Piège. {title}\nPiège {title}", "source": title,
                    "authors": [title], "url": f"https://example.org/{number}"})
        for number, title in enumerate(HOSTILE)
    )  # fmt: skip
    (folder / "hostile.jsonl").write_text("\n".join(lines))
    update(folder / "index", [folder])
    return folder / "index"


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_article_text_is_data(hostile_archive: Path, size: tuple[int, int]) -> None:
    async with running(hostile_archive, "piège", size=size) as pilot:
        screen = await settled(pilot)
        assert len(titles(screen)) >= 7
        for _ in titles(screen):
            screen.go("results")
            await pilot.press("enter")
            await settled(pilot)
            await pilot.press("n")
            shown = text_of(pilot)
            assert not any(c < " " or "\x7f" <= c <= "\x9f" for c in shown if c != "\n")
            assert not set(shown) & set("\u202e\u2066\ud800")
            await pilot.press("escape", "down")
        await pilot.press("c", "t", "e", "f3", "m")
        await settled(pilot)
        assert pilot.app.is_running


async def test_markup_is_shown_as_it_is(hostile_archive: Path) -> None:
    async with running(hostile_archive, "piège", size=(160, 50)) as pilot:
        screen = await settled(pilot)
        shown = text_of(pilot)
        assert "a [/] b" in shown
        assert "[@click=app.quit]x[/]" in shown
        screen.say("a [/] b [@click=app.quit]y[/]")
        await until(pilot, lambda: "[@click=app.quit]y[/]" in text_of(pilot))


# Themes, help, palette


async def test_the_theme_is_remembered(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        await settled(pilot)
        assert pilot.app.theme == "depeche-dark"
        await pilot.press("f6")
        assert pilot.app.theme == "depeche-light"
        await pilot.pause()
    async with running(archive_folder, size=USUAL) as pilot:
        assert pilot.app.theme == "depeche-light"


async def test_help_opens_from_the_query_box_and_closes(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        await pilot.press("f1")
        await until(pilot, lambda: "A query" in text_of(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert isinstance(screen.focused, QueryBox)


async def test_the_palette_does_what_it_says(archive_folder: Path) -> None:
    async with running(archive_folder, size=USUAL) as pilot:
        screen = await settled(pilot)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: pilot.app.screen is not screen)
        await pilot.press(*"dark")
        await until(pilot, lambda: "Light or dark" in text_of(pilot))
        await pilot.press("enter", "enter")
        await until(pilot, lambda: pilot.app.theme == "depeche-light")


def test_every_command_has_an_action_and_every_key_one_command() -> None:
    from tui.keymap import COMMANDS, bar

    keys = [key for command in COMMANDS if command.bound for key in command.keys.split(",") if key]
    assert len(keys) == len(set(keys))
    assert not {"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+enter", "ctrl+j"} & set(keys)
    assert not any(key.isdecimal() for key in keys)
    for command in COMMANDS:
        if "." not in command.action:
            assert hasattr(MainScreen, f"action_{command.action}"), command.action
    for place in ("query", "results", "article", "facets"):
        assert list(bar(place))[-1][1].action == "help"


# Mouse


async def test_clicking_a_result_reads_it_and_clicking_the_order_sorts(many_articles: Path) -> None:
    async with running(many_articles, size=USUAL) as pilot:
        screen = await settled(pilot)
        await pilot.click(ResultsList, offset=(10, 6))
        await until(pilot, lambda: isinstance(screen.focused, Reader))
        await pilot.press("escape")
        await pilot.click("#results-heading", offset=(72, 0))
        await settled(pilot)
        assert screen.sort == "date"


# How it looks


LOOKS = {
    "results-80x24": (USUAL, "missiles longue portée", ("enter",)),
    "article-80x24": (USUAL, "missiles longue portée", ("enter", "enter", "n", "n")),
    "results-160x45": (WIDE, "missiles longue portée", ("enter",)),
    "newest-200x50": ((200, 50), "", ()),
    "results-60x20": (SMALL, "missiles longue portée", ("enter",)),
    "article-60x20": (SMALL, "missiles longue portée", ("enter", "enter")),
    "facets-80x24": (USUAL, "missiles", ("f3", "space")),
    "nothing-80x24": (USUAL, "missille", ()),
    "help-80x24": (USUAL, "", ("f1",)),
}


@pytest.mark.parametrize("name", LOOKS)
async def test_looks(name: str, archive_folder: Path) -> None:
    """The screen as text is the golden one; DEPECHE_UPDATE_SNAPSHOTS=1 writes that anew."""
    size, query, keys = LOOKS[name]
    engine = StillEngine(archive_folder)
    async with running(archive_folder, query, engine, size=size) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        shown = text_of(pilot)
    stored = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("DEPECHE_UPDATE_SNAPSHOTS"):
        SNAPSHOTS.mkdir(exist_ok=True)
        stored.write_text(shown, encoding="utf-8")
    assert shown == stored.read_text(encoding="utf-8")
