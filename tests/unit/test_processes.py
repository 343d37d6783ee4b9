"""Work shared out among processes: each item once, errors passed on, deaths noticed."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

import index.update
from index.article import Problem
from index.errors import Unavailable
from index.intake.processes import Step, in_processes, workers_for
from search.local.archive import LocalArchive
from search.model import Request
from tests.support.archives import update
from tests.support.chores import dies, fails, powers
from tests.support.make_corpus import write_folder
from tests.support.places import ROOT


def halves(numbers: list[int]) -> list[list[int]]:
    middle = len(numbers) // 2
    return [numbers[:middle], numbers[middle:]] if middle else []


@pytest.mark.parametrize(
    ("tasks", "enough", "fewest"), [(0, 10, 1), (9, 10, 1), (19, 10, 1), (10**6, 10, 1)]
)
def test_workers(tasks: int, enough: int, fewest: int) -> None:
    workers = workers_for(tasks, enough)
    assert fewest <= workers <= (os.cpu_count() or 1)
    assert workers == 1 or tasks // workers >= enough


@pytest.mark.parametrize("numbers", [[], [7], list(range(2)), list(range(200))])
def test_each_item_once_and_steps_counted(numbers: list[int]) -> None:
    steps: list[int] = []
    found, lost = in_processes(2, powers, 2, iter(numbers), steps.append)
    assert lost == []
    assert len(found) == 2
    assert sorted(found[0] + found[1]) == [number * number for number in numbers]
    assert len(found[0]) >= len(numbers[:1])  # whoever is slow to start has one all the same
    assert len(found[1]) >= len(numbers[1:2])
    assert sum(steps) == len(numbers)


def test_a_process_alone_is_this_one() -> None:
    def here(_: object, items: Iterable[object], step: Step) -> int:
        return os.getpid()

    assert in_processes(1, here, None, [], lambda _: None) == ([os.getpid()], [])


def test_an_error_is_passed_on() -> None:
    with pytest.raises(OSError, match="No space left"):
        in_processes(2, fails, None, range(20), lambda _: None)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("killed", "the process that read it was killed (for want of memory?)"),
        ("endless", "takes too long to read"),
        ("crash", "the process that read it has crashed (3)"),
        ("memory", "takes more memory to read than there is"),
    ],
)
def test_what_ends_a_process_is_found_and_the_others_go_in(
    how: str, reason: str, workers: int
) -> None:
    bundles = [[1, 2, 3], [4, 9, 5], [6], [7, 8]]
    found, lost = in_processes(
        workers, dies, how, bundles, lambda _: None, divide=halves, apart=True
    )
    assert lost == [([9], reason)]
    assert sum(found) == sum(range(9))


def test_what_is_too_much_for_one_process_is_shared_among_more() -> None:
    numbers = [[n] for n in range(20)]
    found, lost = in_processes(1, dies, "too much", numbers, lambda _: None, divide=halves)
    assert lost == []
    assert sum(found) == sum(range(20))
    assert len(found) > 1


def test_no_process_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(Unavailable, match="no process to read articles can be started"):
        in_processes(2, powers, 2, [1], lambda _: None)


def test_a_worker_without_a_parent_ends_without_a_word() -> None:
    command = [sys.executable, "-m", "index.intake.processes"]
    for said in (b"", pickle.dumps((powers, 2)), pickle.dumps((powers, 2))[:-9]):
        ran = subprocess.run(command, input=said, cwd=ROOT, capture_output=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, b"")


def test_an_index_written_by_two_is_that_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "articles"
    write_folder(folder, 40)
    (folder / "bad.txt").write_bytes(b"\0\1\2")
    reports, answers = [], []
    for workers in (1, 2):
        monkeypatch.setattr(index.update, "workers_for", lambda *_, n=workers: n)
        monkeypatch.setattr(index.update, "_BUNDLE", 20_000)
        place = tmp_path / str(workers)
        reports.append(update(place, [folder]))
        with LocalArchive(place) as archive:
            hits = archive.search(Request("ukraine", limit=100)).hits
            answers.append({(hit.head.id, hit.score) for hit in hits})
        assert len(list(place.glob("*.seg"))) == workers
    assert answers[0] == answers[1]
    assert [report.added for report in reports] == [40, 40]
    assert [report.skipped for report in reports] == [
        (Problem(str(folder / "bad.txt"), "binary file"),)
    ] * 2
