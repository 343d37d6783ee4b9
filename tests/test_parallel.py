"""Work shared out among processes: results in order, errors passed on, deaths noticed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from make_corpus import write_folder

import index.update
from index.article import Problem
from index.parallel import Step, in_processes, workers_for
from index.update import update
from search.archive import Archive
from search.results import Request


def squares(numbers: list[int], step: Step) -> list[int]:
    print("what is printed is no answer")
    step(len(numbers))
    return [number * number for number in numbers]


def fails(number: int, step: Step) -> int:
    if number:
        raise OSError(28, "No space left on device")
    return number


def dies(number: int, step: Step) -> int:
    os._exit(number)


@pytest.mark.parametrize(
    ("tasks", "enough", "fewest"), [(0, 10, 1), (9, 10, 1), (19, 10, 1), (10**6, 10, 1)]
)
def test_workers(tasks: int, enough: int, fewest: int) -> None:
    workers = workers_for(tasks, enough)
    assert fewest <= workers <= (os.cpu_count() or 1)
    assert workers == 1 or tasks // workers >= enough


def test_results_in_order_and_steps_counted() -> None:
    steps: list[int] = []
    assert in_processes(squares, [([1, 2],), ([3],)], steps.append) == [[1, 4], [9]]
    assert sorted(steps) == [1, 2]


def test_one_share_stays_here() -> None:
    assert in_processes(lambda step: os.getpid(), [()], lambda _: None) == [os.getpid()]


def test_an_error_is_passed_on() -> None:
    with pytest.raises(OSError, match="No space left"):
        in_processes(fails, [(0,), (1,)], lambda _: None)


def test_a_death_is_noticed() -> None:
    with pytest.raises(OSError, match="ended before its work was done"):
        in_processes(dies, [(0,), (9,)], lambda _: None)


def test_an_index_written_by_two_is_that_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "articles"
    write_folder(folder, 40)
    (folder / "bad.txt").write_bytes(b"\0\1\2")
    reports, answers = [], []
    for workers in (1, 2):
        monkeypatch.setattr(index.update, "workers_for", lambda *_, n=workers: n)
        place = tmp_path / str(workers)
        reports.append(update(place, [folder]))
        with Archive(place) as archive:
            hits = archive.search(Request("ukraine", limit=100)).hits
            answers.append({(hit.article.id, hit.score) for hit in hits})
        assert len(list(place.glob("*.seg"))) == workers
    assert answers[0] == answers[1]
    assert [report.added for report in reports] == [40, 40]
    assert [report.skipped for report in reports] == [
        (Problem(str(folder / "bad.txt"), "binary file"),)
    ] * 2
