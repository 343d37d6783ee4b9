"""What is wrong with an index, and what to do about it: two things, said in one line."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from index.errors import (
    DamagedIndex,
    IndexLocked,
    NoIndex,
    OutdatedIndex,
    Unavailable,
)
from index.store import store_at
from index.whoosh_store.folder import open_index
from index.whoosh_store.lock import write_lock
from tests.support.archives import update
from tests.support.places import SEEDS


def test_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndex) as raised:
        open_index(tmp_path)
    assert str(raised.value) == f"no index in {tmp_path}: make one with `depeche index DIR`"
    assert raised.value.reason == f"no index in {tmp_path}"
    assert raised.value.remedy == "make one with `depeche index DIR`"


def test_the_index_is_of_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    update(tmp_path, [SEEDS])
    monkeypatch.setattr("index.whoosh_store.schema.VERSION", 1_000)
    with pytest.raises(OutdatedIndex) as raised:
        open_index(tmp_path)
    assert str(raised.value) == (
        f"the index in {tmp_path} is of another version: `depeche index --rebuild` renews it"
    )


def test_the_index_is_damaged(tmp_path: Path) -> None:
    update(tmp_path, [SEEDS])
    (toc,) = tmp_path.glob("*.toc")
    toc.write_bytes(b"\0" * 99)
    with pytest.raises(DamagedIndex) as raised:
        open_index(tmp_path)
    assert raised.value.reason.startswith(f"the index in {tmp_path} is damaged (")
    assert raised.value.remedy == "`depeche index --rebuild` makes it anew"


def test_the_list_of_folders_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "depeche.json").write_text("[")
    with pytest.raises(DamagedIndex) as raised:
        store_at(str(tmp_path)).roots()
    assert raised.value.reason == f"{tmp_path / 'depeche.json'} is damaged"
    assert raised.value.remedy == "`depeche index --rebuild DIR` makes the index anew"


def test_the_folder_holds_something_else(tmp_path: Path) -> None:
    (tmp_path / "lettre.txt").write_text("À garder.")
    with pytest.raises(Unavailable) as raised:
        update(tmp_path, [SEEDS])
    assert str(raised.value) == (
        f"{tmp_path} is not empty and not an index: name another folder for it"
    )


def test_another_process_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.whoosh_store.lock._PATIENCE", 0.0)
    with write_lock(tmp_path), pytest.raises(IndexLocked) as raised:
        update(tmp_path, [SEEDS])
    assert raised.value.reason.startswith(f"process {os.getpid()} on ")
    assert raised.value.reason.endswith(" is writing to this index")
    assert raised.value.remedy == "try again when it is done"


@pytest.mark.parametrize("kind", [Unavailable, NoIndex, OutdatedIndex, DamagedIndex, IndexLocked])
def test_errors_travel_between_processes(kind: type[Unavailable]) -> None:
    error = pickle.loads(pickle.dumps(kind("no index: in a: b", "make: one")))
    assert type(error) is kind
    assert (error.reason, error.remedy) == ("no index: in a: b", "make: one")
    assert str(error) == "no index: in a: b: make: one"
    assert error.mendable == (kind in (OutdatedIndex, DamagedIndex))
