"""`depeche index --watch` follows the folder while articles arrive, and ends on Ctrl-C."""

from __future__ import annotations

import select
import signal
import subprocess
from itertools import count
from pathlib import Path

from tests.support.places import ROOT
from tests.support.windows import COMMAND


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
