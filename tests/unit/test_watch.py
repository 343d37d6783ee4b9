"""Watching: what is heard, what is looked at anyway, and what goes wrong meanwhile."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, cast

import pytest

from index import watch as watching
from index.errors import IndexLocked
from index.report import Report, Unheard, Watching
from index.store import Store

REPORT = Report(0, 0, 0, 0, 0, 0, 0.0)
News = list[Any]


class Roots:
    """A store that only knows its folders."""

    def __init__(self, *roots: Path) -> None:
        self._roots = list(roots)

    def roots(self) -> list[Path]:
        return self._roots


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., News]:
    """The first news of a store whose updates end as `outcomes` say, while `heard` is heard."""

    def run(number: int, heard: Any, outcomes: list[Any] | None = None) -> News:
        ends = iter([REPORT, *(outcomes or [])])

        def update(*_: object, **__: object) -> Report:
            outcome = next(ends, REPORT)
            if isinstance(outcome, Exception):
                raise outcome
            return cast(Report, outcome)

        monkeypatch.setattr(watching, "update", update)
        monkeypatch.setattr(watching, "_changes", heard)
        return list(islice(watching.watch(cast(Store, Roots(tmp_path))), number))

    return run


def test_what_arrives_during_the_first_update_is_found(watch: Callable[..., News]) -> None:
    late = Report(1, 0, 0, 0, 0, 1, 0.0)
    news = watch(3, lambda watched: iter([False]), [late])  # nothing is heard
    assert news == [REPORT, Watching(1), late]


def test_each_change_is_an_update(watch: Callable[..., News]) -> None:
    reports = [Report(n, 0, 0, 0, 0, n, 0.0) for n in range(3)]
    assert watch(5, lambda watched: iter([True, True, False, True]), reports)[2:] == reports


def test_a_locked_index_is_tried_again(
    watch: Callable[..., News], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_RETRY", 0.0)
    locked = IndexLocked("another process is writing")
    assert watch(4, lambda watched: iter([False, False]), [locked])[2:] == [locked, REPORT]


def test_a_folder_made_anew_is_watched_again(watch: Callable[..., News], tmp_path: Path) -> None:
    def heard(watched: list[tuple[str, int, int]]) -> Iterator[bool]:
        yield False
        tmp_path.rename(tmp_path.with_name("moved"))
        tmp_path.mkdir()
        yield True
        raise AssertionError("it goes on listening to the folder that was moved away")

    assert watch(5, heard) == [REPORT, Watching(1), REPORT, REPORT, Watching(1)]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the system watches no more folders"),
        (OSError("OS file watch limit reached."), "the system watches no more folders"),
        (OSError(errno.EPERM, "Operation not permitted"), "Operation not permitted"),
    ],
)
def test_without_ears_the_folders_are_looked_at(
    watch: Callable[..., News], monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str
) -> None:
    def heard(watched: object) -> Iterator[bool]:
        raise error

    monkeypatch.setattr(watching, "_ticks", lambda: iter([False]))
    _, _, unheard, again, looked = watch(5, heard)
    assert isinstance(unheard, Unheard)
    assert unheard.reason == reason
    assert bool(unheard.remedy) == ("more" in reason)
    assert (again, looked) == (Watching(1), REPORT)


@pytest.mark.parametrize(
    ("name", "matters"),
    [
        ("article.txt", True),
        ("ARTICLE.HTML", True),
        ("folder", True),
        ("gone", True),
        ("MAIN_WRITELOCK", False),
        ("depeche.json", False),
    ],
)
def test_the_store_s_own_files_are_no_news(tmp_path: Path, name: str, matters: bool) -> None:
    if name == "folder":
        (tmp_path / name).mkdir()
    elif name != "gone":
        (tmp_path / name).touch()
    assert watching._matters(None, str(tmp_path / name)) == matters
