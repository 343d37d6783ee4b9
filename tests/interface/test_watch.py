"""`depeche index --watch` follows the folder while articles arrive, and ends on Ctrl-C."""

from __future__ import annotations

import select
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.support.places import ROOT
from tests.support.windows import COMMAND

_FOREVER = 60.0  # seconds


@contextmanager
def watching(folder: Path, index: Path) -> Iterator[subprocess.Popen[str]]:
    """The command, which is ended if a test waits too long for what it says."""
    command = [*COMMAND, "index", str(folder), "--watch", "--index", str(index)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        timer = threading.Timer(_FOREVER, process.kill)
        timer.start()
        try:
            yield process
        finally:
            timer.cancel()
            process.kill()


def wait_for(lines: Iterator[str], what: str) -> None:
    """Read on until a line has this in it."""
    said = []
    for line in lines:
        said.append(line)
        if what in line:
            return
    raise AssertionError(f"it never said {what}: {said}")


def test_nothing_is_missed_on_the_way(tmp_path: Path) -> None:
    """What arrives before the folders are watched; a folder that is moved away and made again."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "first.txt").write_text("Un missile est tombé.\n", encoding="utf-8")
    with watching(folder, tmp_path / "index") as process:
        assert process.stdout
        assert process.stderr
        wait_for(process.stdout, "1 article: 1 added")
        (folder / "early.txt").write_text("Un obus est tombé.\n", encoding="utf-8")
        wait_for(process.stdout, "2 articles: 1 added")
        wait_for(process.stderr, "Watching 1 folder")
        folder.rename(tmp_path / "moved")
        wait_for(process.stderr, "articles: not found: its articles are kept")
        folder.mkdir()
        (folder / "anew.txt").write_text("Un drone est tombé.\n", encoding="utf-8")
        wait_for(process.stdout, "1 article: 1 added, 0 updated, 2 removed")
        (folder / "late.txt").write_text("Une mine a explosé.\n", encoding="utf-8")
        wait_for(process.stdout, "2 articles: 1 added")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130


def test_articles_that_arrive_are_indexed(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "first.txt").write_text("Un missile est tombé.\n", encoding="utf-8")
    command = [*COMMAND, "index", str(folder), "--watch", "--index", str(folder / "index")]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith("1 article: 1 added")
        assert process.stderr.readline() == "Watching 1 folder; Ctrl-C ends it.\n"
        for number in count():  # until it has begun to watch, what arrives goes unseen
            name = folder / f"later{number}.txt"
            name.write_text("Un obus est tombé.\n", encoding="utf-8")
            if select.select([process.stdout], [], [], 1.0)[0]:
                break
            assert number < 30
        assert "added" in process.stdout.readline()
        (folder / "first.txt").unlink()
        assert "1 removed" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
