"""The archive behind a lock and the one in a child process answer like the one they wrap."""

from __future__ import annotations

import os
import pickle
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from search import errors
from search.archive import Archive, archive_at, update_at
from search.model import Request, Results, UpdateOptions
from tests.support import faulty
from tui.session import process
from tui.session.child import ChildArchive, archive_for
from tui.session.locked import LockedArchive
from tui.session.questions import Refusal

Open = Callable[[str | None], Archive]

KINDS = [LockedArchive, ChildArchive]


@pytest.fixture(params=KINDS)
def open_archive(request: pytest.FixtureRequest) -> Iterator[Open]:
    """Makes archives of one kind, and closes them in the end."""
    opened: list[Archive] = []

    def make(location: str | None) -> Archive:
        opened.append(request.param(location))
        return opened[-1]

    yield make
    for archive in opened:
        archive.close()


@pytest.fixture
def faulty_archive(
    open_archive: Open, archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Archive:
    """One that fails when it is asked to."""
    monkeypatch.setattr(process, "_PROGRAM", faulty.PROGRAM)
    monkeypatch.setattr("search.local.archive.LocalArchive.search", faulty.faulty_search)
    return open_archive(str(archive_folder))


def timeless(results: Results) -> Results:
    return replace(results, elapsed_ms=0.0)


# Answers

REQUESTS = [
    Request("missiles longue portée"),
    Request("missi", typing=True),
    Request("", sort="title", limit=2, offset=1),
    Request("kherson", sources=("CNN", "nulle part")),
    Request("missille"),
    Request("title:kherson OR ukraine -irak", duplicates=True),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request.query or "all")
def test_searches_are_answered_alike(
    open_archive: Open, archive_folder: Path, request_: Request
) -> None:
    plain = archive_at(str(archive_folder))
    assert timeless(open_archive(str(archive_folder)).search(request_)) == timeless(
        plain.search(request_)
    )


def test_all_else_is_answered_alike(open_archive: Open, archive_folder: Path) -> None:
    plain, wrapped = archive_at(str(archive_folder)), open_archive(str(archive_folder))
    heads = [hit.head for hit in plain.search(Request("ukraine")).hits]
    assert heads
    assert wrapped.place == plain.place
    assert wrapped.samples is plain.samples is False
    assert wrapped.status() == plain.status()
    assert wrapped.refresh() is None
    for head in heads:
        expected = plain.read(head.address, "ukrain", typing=True)
        assert expected.body_matches
        assert wrapped.read(head.address, "ukrain", typing=True) == expected
        assert timeless(wrapped.similar(head.id, 3)) == timeless(plain.similar(head.id, 3))
        other = heads[0].address
        assert wrapped.compare(head.address, other) == plain.compare(head.address, other)


def test_samples_are_called_so(
    open_archive: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    archive = open_archive(None)
    assert archive.samples
    assert archive.status().samples
    assert archive.place == archive_at(None).place


def test_any_thread_may_ask(open_archive: Open, archive_folder: Path) -> None:
    plain, wrapped = archive_at(str(archive_folder)), open_archive(str(archive_folder))
    expected = [timeless(plain.search(request)) for request in REQUESTS]
    with ThreadPoolExecutor(8) as threads:
        assert [timeless(r) for r in threads.map(wrapped.search, REQUESTS * 4)] == expected * 4


def test_the_archive_of_the_interface_is_in_a_child_where_there_are_any() -> None:
    assert isinstance(archive_for(None), ChildArchive if os.name == "posix" else LockedArchive)


# What there is to open


def test_an_index_that_comes_into_being(open_archive: Open, tmp_path: Path, seeds: Path) -> None:
    location = str(tmp_path / "index")
    archive = open_archive(location)
    for ask in (archive.status, archive.refresh, lambda: archive.search(Request("missiles"))):
        with pytest.raises(errors.NoIndex):
            ask()
    update_at(location, [seeds])
    found = archive.refresh()
    assert found
    assert found.articles == 5
    assert archive.refresh() is None


def test_the_first_index_after_the_samples_and_its_end(
    open_archive: Open, tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    archive = open_archive(None)
    assert archive.status().samples
    assert archive.refresh() is None
    update_at(None, [seeds])
    found = archive.refresh()
    assert found
    assert not found.samples
    assert not archive.samples
    shutil.rmtree(archive.place)
    for _ in range(2):  # and the samples do not stand in for it
        with pytest.raises(errors.NoIndex):
            archive.refresh()


def test_samples_do_not_stand_in_for_an_index_that_was_there(
    open_archive: Open, tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    update_at(None, [seeds])
    archive = open_archive(None)
    shutil.rmtree(archive.place)
    for _ in range(2):
        with pytest.raises(errors.NoIndex):
            archive.refresh()


def test_an_index_that_goes_away(open_archive: Open, own_archive: tuple[Path, Path]) -> None:
    articles, folder = own_archive
    archive = open_archive(str(folder))
    assert archive.status().articles == 5
    shutil.rmtree(folder)
    with pytest.raises(errors.NoIndex):
        archive.refresh()
    with pytest.raises(errors.NoIndex):
        archive.search(Request("missiles"))
    update_at(str(folder), [articles])
    assert archive.refresh() == archive.status()


def test_a_damaged_index_that_is_mended(open_archive: Open, own_archive: tuple[Path, Path]) -> None:
    _, folder = own_archive
    for file in folder.glob("*.toc"):
        file.write_bytes(b"nonsense")
    archive = open_archive(str(folder))
    for ask in (archive.status, archive.refresh):
        with pytest.raises(errors.DamagedIndex) as raised:
            ask()
        assert raised.value.mendable
    update_at(str(folder), options=UpdateOptions(rebuild=True))
    found = archive.refresh()
    assert found
    assert found.articles == 5


def test_a_newer_commit(open_archive: Open, own_archive: tuple[Path, Path]) -> None:
    articles, folder = own_archive
    archive = open_archive(str(folder))
    archive.status()
    (articles / "new.txt").write_text("Un pont de plus.\n\nRien d’autre à en dire pour l’heure.\n")
    update_at(str(folder))
    found = archive.refresh()
    assert found
    assert found.articles == 6
    assert archive.search(Request("pont")).total


# Errors

ERRORS = [
    errors.QueryError("a word is missing", 7),
    errors.NoSuchArticle("no article 999"),
    errors.Cancelled(),
    errors.Unavailable("the disk is full", "make room"),
    errors.NoIndex("no index in /a", "make one"),
    errors.OutdatedIndex("the index is of another version"),
    errors.DamagedIndex("the index is damaged", "`depeche index --rebuild`"),
    errors.IndexLocked("somebody else writes", "wait"),
    errors.Unexpected("ZeroDivisionError: division by zero", "/log"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_travel_as_they_are(error: Exception) -> None:
    copy = pickle.loads(pickle.dumps(Refusal(error))).error
    assert type(copy) is type(error)
    assert (str(copy), copy.args, vars(copy)) == (str(error), error.args, vars(error))


def test_refusals_are_those_of_the_archive(open_archive: Open, archive_folder: Path) -> None:
    archive = open_archive(str(archive_folder))
    with pytest.raises(errors.QueryError) as raised:
        archive.search(Request("kherson date:20x"))
    with pytest.raises(errors.QueryError) as expected:
        archive_at(str(archive_folder)).search(Request("kherson date:20x"))
    assert (str(raised.value), raised.value.position) == (
        str(expected.value),
        expected.value.position,
    )
    for ask in (archive.read, archive.similar):
        with pytest.raises(errors.NoSuchArticle, match="no article 999"):
            ask("999")
    with pytest.raises(errors.Cancelled):
        archive.search(Request("kherson"), lambda: True)


def test_a_fault_is_logged_with_its_traceback(faulty_archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(errors.Unexpected, match="ZeroDivisionError: on purpose") as raised:
        faulty_archive.search(Request("fault"))
    log = Path(raised.value.log)
    assert log.is_relative_to(tmp_path)
    assert log.stat().st_mode & 0o077 == 0
    written = log.read_text()
    assert "Traceback (most recent call last):" in written
    assert "in faulty_search" in written
    assert "ZeroDivisionError: on purpose" in written
    assert faulty_archive.search(Request("missiles")).total  # and that was that


def test_what_the_system_refuses_is_said_without_a_log(
    faulty_archive: Archive, tmp_path: Path
) -> None:
    with pytest.raises(errors.Unavailable, match="cannot read or write /archive/index: permission"):
        faulty_archive.search(Request("disk"))
    assert not (tmp_path / "state" / "depeche" / "log").exists()


class TestChild:
    """What only an archive in a child can suffer."""

    @pytest.fixture
    def archive(
        self, archive_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> Iterator[ChildArchive]:
        monkeypatch.setattr(process, "_PROGRAM", faulty.PROGRAM)
        archive = ChildArchive(str(archive_folder))
        yield archive
        archive.close()

    def test_one_that_dies_is_one_refusal(self, archive: ChildArchive) -> None:
        with pytest.raises(errors.Unavailable, match="ended unexpectedly") as raised:
            archive.search(Request("die"))
        assert not raised.value.mendable
        assert archive.search(Request("missiles")).total

    def test_an_answer_that_cannot_travel_is_a_fault(self, archive: ChildArchive) -> None:
        with pytest.raises(errors.Unexpected) as raised:
            archive.search(Request("unspeakable"))
        assert "pickle" in Path(raised.value.log).read_text()
        assert archive.search(Request("missiles")).total

    def test_a_question_is_taken_back_within_a_tenth_of_a_second(
        self, archive: ChildArchive
    ) -> None:
        archive.status()  # it has started
        took = []
        for _ in range(5):
            taken_back: list[float] = []

            def cancelled(looks: list[float] = taken_back) -> bool:
                looks.append(time.monotonic())
                return len(looks) > 1  # not at once: then it would not be asked at all

            with pytest.raises(errors.Cancelled):
                archive.search(Request("endless"), cancelled)
            took.append(time.monotonic() - taken_back[1])
        assert min(took) < 0.1  # seconds; a shared machine may take longer now and then
        assert archive.search(Request("missiles")).total

    def test_closing_ends_what_is_being_asked(self, archive: ChildArchive) -> None:
        looked, asked = threading.Event(), threading.Event()

        def cancelled() -> bool:
            (asked if looked.is_set() else looked).set()  # it is asked after the first look
            return False

        with ThreadPoolExecutor(1) as thread:
            answer = thread.submit(archive.search, Request("endless"), cancelled)
            assert asked.wait(20)
            assert archive._child
            ended = archive._child._process.poll
            archive.close()
            with pytest.raises(errors.Unavailable):
                answer.result(20)
        assert ended() is not None
        with pytest.raises(errors.Cancelled):  # nobody starts another one
            archive.status()
