"""What an update asks of a store, of whatever kind: in a folder, or here, in a dictionary."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.article import Article
from index.errors import IndexLocked
from index.intake.known import FileRecord
from index.options import UpdateOptions
from index.report import Checked
from index.store import NewWriter, Store, Written, store_at
from index.update import update
from tests.support.places import ROOT

Kept = dict[tuple[str, str], bytes]
"""Digests, by path and id."""


class ListWriter:
    def __init__(self) -> None:
        self._kept: Kept = {}

    def add(self, article: Article, digest: bytes) -> None:
        self._kept[article.path, article.id] = digest

    @property
    def full(self) -> bool:
        return False

    def finish(self) -> Written:
        return self._kept


class MemoryDraft:
    def __init__(self, store: MemoryStore, anew: bool) -> None:
        self._store = store
        self._kept: Kept = {} if anew else dict(store.kept)
        self.files: dict[str, FileRecord] = {} if anew else dict(store.files)
        self.replaces = dict(store.files)
        self._starts_empty = anew or not store.commits

    @property
    def starts_empty(self) -> bool:
        return self._starts_empty

    @property
    def articles(self) -> int:
        return len(self._kept)

    @property
    def new_writer(self) -> NewWriter:
        return ListWriter

    def digests(self, paths: Collection[str]) -> dict[str, dict[str, bytes]]:
        found: dict[str, dict[str, bytes]] = {path: {} for path in paths}
        for (path, id), digest in self._kept.items():
            if path in found:
                found[path][id] = digest
        return found

    def remove(self, articles: Mapping[str, Collection[str] | None]) -> int:
        before = len(self._kept)
        for path, id in list(self._kept):
            ids = articles.get(path, ())
            if ids is None or id in ids:
                del self._kept[path, id]
        return before - len(self._kept)

    def add(self, written: Sequence[Written]) -> None:
        for kept in written:
            self._kept.update(kept)

    def settle(self) -> None:
        pass

    unfinished = False

    def commit(self, *, more: bool = False) -> None:
        self._store.kept, self._store.files = dict(self._kept), dict(self.files)
        self._store.commits += 1

    def restamp(self) -> None:
        self._store.files = dict(self.files)


class MemoryStore:
    place = "memory"

    def __init__(self) -> None:
        self.kept: Kept = {}
        self.files: dict[str, FileRecord] = {}
        self.commits = 0
        self._roots: list[Path] = []
        self._locked = False

    def roots(self) -> list[Path]:
        return self._roots

    def remember(self, roots: Sequence[Path]) -> None:
        self._roots = list(roots)

    def check(self, progress: Callable[[float], None]) -> Checked:
        return Checked(0, 0)

    @contextmanager
    def writing(self, *, anew: bool) -> Iterator[MemoryDraft]:
        if self._locked:
            raise IndexLocked("somebody is writing")
        self._locked = True
        try:
            yield MemoryDraft(self, anew)
        finally:
            self._locked = False


@pytest.fixture(params=["folder", "memory"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Makes a store, each time the same one as if in another process."""
    if request.param == "folder":
        return lambda: store_at(str(tmp_path / "index"))
    store = MemoryStore()
    return lambda: store


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "presse"
    root.mkdir()
    (root / "a.txt").write_text("Un missile.", encoding="utf-8")
    (root / "b.jsonl").write_text('{"body": "Un obus."}\n{"body": "Une mine."}', encoding="utf-8")
    return root


def held(store: Store) -> dict[str, set[str]]:
    """The ids that a store has of each file."""
    with store.writing(anew=False) as draft:
        return {Path(path).name: set(ids) for path, ids in draft.digests(draft.files).items()}


def test_an_update_needs_no_more_than_a_store(new_store: Callable[[], Store], root: Path) -> None:
    report = update(new_store(), [root])
    assert (report.added, report.total) == (3, 3)
    assert held(new_store()) == {"a.txt": {"a.txt"}, "b.jsonl": {"b.jsonl#1", "b.jsonl#2"}}
    assert new_store().roots() == [root]
    (root / "b.jsonl").write_text('{"body": "Un obus."}\n{"body": "Un drone."}', encoding="utf-8")
    (root / "a.txt").rename(root / "c.txt")
    report = update(new_store())
    assert (report.updated, report.unchanged, report.moved, report.total) == (1, 1, 1, 3)
    assert held(new_store()) == {"c.txt": {"c.txt"}, "b.jsonl": {"b.jsonl#1", "b.jsonl#2"}}
    assert update(new_store()).unchanged == 3
    assert update(new_store(), options=UpdateOptions(rebuild=True)).added == 3


def interrupted(store: Store, root: Path, anew: bool) -> None:
    """Change a draft in every way, and be stopped before it is committed."""
    with store.writing(anew=anew) as draft:
        writer = draft.new_writer()
        writer.add(Article("z", "/z", "Titre", "Un char."), b"digest01")
        draft.add([writer.finish(), draft.new_writer().finish()])
        draft.remove({str(root / "a.txt"): None, str(root / "b.jsonl"): ["b.jsonl#1"]})
        draft.settle()
        draft.files.clear()
        raise KeyboardInterrupt


@pytest.mark.parametrize("anew", [False, True])
def test_a_draft_is_not_seen_before_it_is_committed(
    new_store: Callable[[], Store], root: Path, anew: bool
) -> None:
    update(new_store(), [root])
    before = held(new_store())
    with pytest.raises(KeyboardInterrupt):
        interrupted(new_store(), root, anew)
    assert held(new_store()) == before


def test_what_a_draft_has_removed_and_added(new_store: Callable[[], Store], root: Path) -> None:
    update(new_store(), [root])
    with new_store().writing(anew=False) as draft:
        assert not draft.starts_empty
        assert draft.remove({str(root / "b.jsonl"): ["b.jsonl#1", "b.jsonl#7"]}) == 1
        assert draft.remove({str(root / "absent"): None}) == 0
        assert draft.articles == 2
        writer = draft.new_writer()
        writer.add(Article("b.jsonl#1", str(root / "b.jsonl"), "Titre", "Un char."), b"digest01")
        draft.add([writer.finish()])
        assert draft.digests([str(root / "b.jsonl")])[str(root / "b.jsonl")]["b.jsonl#1"] == (
            b"digest01"
        )
        draft.commit()
        assert draft.remove({str(root / "a.txt"): None}) == 1
        draft.files.pop(str(root / "a.txt"))
        draft.commit()
    assert held(new_store()) == {"b.jsonl": {"b.jsonl#1", "b.jsonl#2"}}


def test_one_writes_at_a_time(
    new_store: Callable[[], Store], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.whoosh_store.lock._PATIENCE", 0.0)
    with new_store().writing(anew=False) as draft:
        assert draft.starts_empty
        with pytest.raises(IndexLocked):
            update(new_store(), [root])
    assert update(new_store(), [root]).total == 3


def test_an_update_knows_no_engine() -> None:
    """Nor NumPy: what writes needs it, and only when it writes."""
    code = (
        "import sys; import index.update, index.intake.writing; "
        "print(*{name.split('.')[0] for name in sys.modules} & {'whoosh', 'numpy'})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "\n"
