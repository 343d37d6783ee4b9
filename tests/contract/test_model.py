"""An index is a function of its folder: whatever happens to the files, an update and a rebuild find
what a dictionary of them says.

    pytest -m slow tests/contract/test_model.py     # 50 rounds of each seed
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from search.local.archive import LocalArchive
from tests.support.archives import update

Model = dict[str, list[str]]
"""The lines of each file by its name, as they are on the disk; of a `.txt` its only one."""


class Folder:
    """A folder to which things happen, and the model of it."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.random, self.model = root, random.Random(seed), Model()
        self._counter = 0
        root.mkdir()

    def articles(self) -> set[tuple[str, str]]:
        """Id and text of what an index of the folder has."""
        found = set()
        for name, lines in self.model.items():
            if name.endswith(".txt"):
                found |= {(name, line) for line in lines if line}
                continue
            for number, line in enumerate(lines, 1):
                if line.startswith("{"):
                    found.add((f"{name}#{number}", json.loads(line)["body"]))
        return found

    def happen(self) -> str:
        """Let something happen; what it was."""
        what = self.random.choice(_EVENTS)
        what(self)
        return what.__name__

    def _sentence(self) -> str:
        self._counter += 1
        return f"La dépêche {self._counter:05} parle de {self.random.choice(_THINGS)}."

    def _line(self) -> str:
        article = json.dumps({"body": self._sentence()})
        return self.random.choice(["", "", "", "pas du JSON", *[article] * 8])

    def _some(self, suffix: str = "") -> str | None:
        names = sorted(name for name in self.model if name.endswith(suffix))
        return self.random.choice(names) if names else None

    def _new_name(self, suffix: str) -> str:
        self._counter += 1
        return f"{self.random.choice(['', 'a/', 'b/'])}{self._counter}{suffix}"

    def _write(self, name: str, lines: list[str]) -> None:
        self.model[name] = lines
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf-8")

    def add(self) -> None:
        self._write(self._new_name(".txt"), [self._sentence()])

    def add_lines(self) -> None:
        lines = [self._line() for _ in range(self.random.randrange(30))]
        self._write(self._new_name(".jsonl"), lines)

    def edit(self) -> None:
        if name := self._some(".txt"):
            self._write(name, [self._sentence() + " Et de rien d’autre."])

    def edit_in_place(self) -> None:
        """With the same size and time."""
        if name := self._some(".txt"):
            path = self.root / name
            before, (line,) = path.stat(), self.model[name]
            self._write(name, [line.replace("dépêche", self.random.choice(["dépôche", "dépâche"]))])
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def replace(self) -> None:
        """Another file takes its place, of the same size and time."""
        if name := self._some(".txt"):
            path = self.root / name
            before, (line,) = path.stat(), self.model[name]
            self._write("neuf", [line.replace("dépêche", "dépûche")])
            os.utime(self.root / "neuf", ns=(before.st_atime_ns, before.st_mtime_ns))
            (self.root / "neuf").replace(path)
            self.model[name] = self.model.pop("neuf")

    def edit_a_line(self) -> None:
        if (name := self._some(".jsonl")) and self.model[name]:
            lines = list(self.model[name])
            lines[self.random.randrange(len(lines))] = self._line()
            self._write(name, lines)

    def insert_a_line(self) -> None:
        if name := self._some(".jsonl"):
            lines = list(self.model[name])
            lines.insert(self.random.randint(0, len(lines)), self.random.choice(["", self._line()]))
            self._write(name, lines)

    def delete_a_line(self) -> None:
        if (name := self._some(".jsonl")) and self.model[name]:
            lines = list(self.model[name])
            del lines[self.random.randrange(len(lines))]
            self._write(name, lines)

    def shift(self) -> None:
        """A blank line comes to stand elsewhere: nothing but the numbers of lines changes."""
        if (name := self._some(".jsonl")) and "" in self.model[name][:-1]:
            lines = list(self.model[name])
            lines.remove("")
            lines.insert(self.random.randint(0, len(lines) - 1), "")
            self._write(name, lines)

    def append(self) -> None:
        if name := self._some(".jsonl"):
            self._write(name, [*self.model[name], *(self._line() for _ in range(5))])

    def truncate(self) -> None:
        if name := self._some(".jsonl"):
            lines = self.model[name]
            self._write(name, lines[: self.random.randint(0, len(lines))])

    def empty(self) -> None:
        if name := self._some():
            self._write(name, [""])

    def move(self) -> None:
        if name := self._some():
            new = self._new_name(Path(name).suffix)
            (self.root / new).parent.mkdir(exist_ok=True)
            (self.root / name).rename(self.root / new)
            self.model[new] = self.model.pop(name)

    def swap(self) -> None:
        """Two files take each other's names, and keep their times."""
        suffix = self.random.choice([".txt", ".jsonl"])
        one, other = self._some(suffix), self._some(suffix)
        if one and other and one != other:
            (self.root / one).rename(self.root / "entre")
            (self.root / other).rename(self.root / one)
            (self.root / "entre").rename(self.root / other)
            self.model[one], self.model[other] = self.model[other], self.model[one]

    def copy(self) -> None:
        if name := self._some():
            self._write(self._new_name(Path(name).suffix), list(self.model[name]))

    def remove(self) -> None:
        if name := self._some():
            (self.root / name).unlink()
            del self.model[name]

    def touch(self) -> None:
        if name := self._some():
            os.utime(self.root / name)


_THINGS = ["missiles", "traités", "récoltes", "élections"]
_EVENTS: list[Callable[[Folder], None]] = [
    *[Folder.add, Folder.add, Folder.add_lines, Folder.edit, Folder.edit_in_place],
    *[Folder.replace, Folder.edit_a_line, Folder.insert_a_line, Folder.delete_a_line],
    *[
        Folder.shift,
        Folder.shift,
        Folder.append,
        Folder.truncate,
        Folder.empty,
        Folder.move,
        Folder.swap,
        Folder.copy,
    ],
    *[Folder.remove, Folder.touch],
]


def articles_of(index: Path) -> set[tuple[str, str]]:
    with LocalArchive(index) as archive:
        snapshot = archive._snapshot
        articles = [snapshot.article(number) for number in snapshot.documents]
    found = {(article.id, article.body) for article in articles}
    assert len(found) == len(articles)
    return found


def check(tmp_path: Path, seed: int, rounds: int) -> None:
    folder, index = Folder(tmp_path / "presse", seed), tmp_path / "index"
    for number in range(rounds):
        events = [folder.happen() for _ in range(folder.random.randint(1, 8))]
        report = update(index, [folder.root], prune=True)
        expected = folder.articles()
        assert articles_of(index) == expected, (seed, number, events)
        assert report.total == len(expected)
        assert report.added + report.updated + report.moved + report.unchanged == report.total
        if number % 5 == 4:
            assert update(index, rebuild=True).total == len(expected)
            assert articles_of(index) == expected, (seed, number, "rebuilt")


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of lines in several parts, commits of several batches."""
    monkeypatch.setattr("index.intake.records._PART", 400)
    monkeypatch.setattr("index.update._BATCH", 20_000)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_few_rounds(tmp_path: Path, seed: int) -> None:
    check(tmp_path, seed, 12)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 14))
def test_many_rounds(tmp_path: Path, seed: int) -> None:
    check(tmp_path, seed, 50)
