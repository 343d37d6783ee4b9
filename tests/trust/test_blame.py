"""Only what is damaged is called damaged: what else goes wrong says what it is."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from search.cli.app import main
from search.local.archive import LocalArchive
from search.local.snapshot import Snapshot


def ended(capfd: pytest.CaptureFixture[str], *args: object) -> tuple[int, str]:
    """Exit status and what was said, in one line."""
    status = main([str(arg) for arg in args])
    said = capfd.readouterr().err
    assert said.count("\n") == 1
    return status, said


@pytest.mark.parametrize("id", ["\udcff", "a\ud800", "\udcff*", "é\udcc3"])
def test_an_id_that_is_no_unicode_is_one_that_is_not_there(
    archive_folder: Path, capfd: pytest.CaptureFixture[str], id: str
) -> None:
    status, said = ended(capfd, "--index", archive_folder, "show", id)
    assert (status, said[:19]) == (1, "depeche: no article")


@pytest.mark.parametrize(
    "error",
    [MemoryError(), RecursionError("deep"), KeyError("x"), TypeError("ours"), ValueError("ours")],
    ids=repr,
)
def test_a_fault_of_the_program_is_no_damage(
    archive_folder: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    error: Exception,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(Snapshot, "postings", fail)
    status, said = ended(capfd, "--index", archive_folder, "search", "missiles")
    assert status == 70
    assert "this should not happen" in said
    assert "rebuild" not in said
    assert type(error).__name__ in (tmp_path / "depeche" / "log").read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENOMEM, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("call", ["open", "pread"])
def test_what_ails_the_machine_is_no_damage(
    archive_folder: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    number: int,
) -> None:
    real = getattr(os, call)

    def fail(what: object, *rest: object) -> object:
        if call == "pread" or str(what).endswith(".seg"):
            raise OSError(number, os.strerror(number), str(what))
        return real(what, *rest)

    monkeypatch.setattr(os, call, fail)
    status, said = ended(capfd, "--index", archive_folder, "search", "missiles")
    assert status == 3
    assert said.startswith(f"depeche: cannot read the index in {archive_folder}: ")
    assert "rebuild" not in said


def test_a_disk_that_fails_later_is_no_damage(
    archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    with LocalArchive(archive_folder) as archive:
        monkeypatch.setattr(os, "pread", fail)
        with pytest.raises(Exception, match=r"cannot read the index in .*: input/output error"):
            archive.read("003")
