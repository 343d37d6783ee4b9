"""Files, their parts and their records are known again by their digests, however they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.article import Problem
from index.intake.digests import file_digest, part_digest, read_digest, record_digest
from index.intake.files import ArticleFile, find_files
from index.intake.records import Part, parts
from index.intake.tasks import Task
from index.intake.writing import write_articles
from index.store import Written


class Discarding:
    """A Writer that keeps nothing: any store will do."""

    def add(self, *_: object) -> None:
        pass

    full = False

    def finish(self) -> Written:
        return None


def file_at(path: Path) -> ArticleFile:
    (file,) = find_files(path)
    assert isinstance(file, ArticleFile)
    return file


def digest_of_writing(file: ArticleFile) -> bytes:
    """The digest that an update finds, which reads parts in any process."""
    tasks = [[Task(part, {})] for part in parts(file)]
    _, outcomes = write_articles(Discarding, tasks, lambda *_: None)
    assert not [problem for outcome in outcomes for problem in outcome.problems]
    return file_digest(outcome.digest for outcome in outcomes)


@pytest.mark.parametrize(
    ("name", "text", "several"),
    [
        ("a.txt", "Un missile.\nUne mine.", False),
        ("a.jsonl", '{"body": "Un missile."}\n' * 3, False),
        ("b.jsonl", '{"body": "Un missile."}\n' * 40, True),
        ("c.jsonl", '\n\n{"body": "Un missile."}\r\n' * 40, True),
    ],
)
def test_looking_and_writing_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, several: bool
) -> None:
    monkeypatch.setattr("index.intake.records._PART", 200)
    (tmp_path / name).write_text(text, encoding="utf-8")
    file = file_at(tmp_path / name)
    assert (len(parts(file)) > 1) is several
    assert read_digest(file) == digest_of_writing(file)


def test_the_tree(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"body": "un"}\r\n\n{"body": "deux"}')
    one, two = record_digest(b'{"body": "un"}'), record_digest(b'{"body": "deux"}')
    assert read_digest(file_at(tmp_path / "a.jsonl")) == file_digest(
        [part_digest([(1, one), (3, two)])]
    )
    assert part_digest([(1, one), (2, two)]) != part_digest([(1, two), (2, one)])
    assert part_digest([(1, one), (2, two)]) != part_digest([(1, one), (3, two)])


def test_what_cannot_be_read_has_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Un missile.")
    file = file_at(tmp_path / "a.txt")
    (tmp_path / "a.txt").unlink()
    assert read_digest(file) is None
    _, (outcome,) = write_articles(Discarding, [[Task(Part(file), {})]], lambda *_: None)
    assert outcome.problems == [Problem(file.path, "no such file or directory")]
