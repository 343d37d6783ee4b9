"""After a power cut an index opens, as it was before an update or as it is after.

What an update does to the disk is recorded, and every state is made that a file system may leave:
of a file that was not synced nothing, something or all; of the names given and removed since the
folder was synced any, in any order. (As ALICE and CrashMonkey do; a real file system is below.)
"""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from index.whoosh_store import disk
from tests.support.archives import update
from tests.support.make_corpus import write_folder
from tests.trust.test_crash import UPDATE, Answer, answer

ALL_SUBSETS = 5  # names that may be there or not, of which every choice is tried; else some are
SOME = 24


@dataclass
class File:
    """A file that was made, whatever its name is by now."""

    content: bytes = b""


@dataclass
class Recorder:
    """What was done to a folder, in its order."""

    folder: Path
    done: list[tuple[Any, ...]] = field(default_factory=list)
    names: dict[Path, File] = field(default_factory=dict)
    inodes: dict[int, File] = field(default_factory=dict)

    def made(self, path: Path, descriptor: int) -> None:
        file = self.names[path] = self.inodes[os.fstat(descriptor).st_ino] = File()
        self.done.append(("name", path, file))

    def synced(self, descriptor: int) -> None:
        file = self.inodes[os.fstat(descriptor).st_ino]
        with open(f"/proc/self/fd/{descriptor}", "rb") as again:  # noqa: PTH123
            file.content = again.read()
        self.done.append(("synced", file))

    def renamed(self, old: Path, new: Path) -> None:
        self.names[new] = self.names.pop(old)
        self.done += [("name", new, self.names[new]), ("no name", old)]


@contextmanager
def recorded(folder: Path) -> Iterator[Recorder]:
    """Record what is done to a folder meanwhile."""
    recorder = Recorder(folder)
    do = {name: getattr(disk, name) for name in ("open_new", "sync", "rename", "remove")}

    def open_new(path: Path, mode: str = "wb") -> Any:
        file = do["open_new"](path, mode)
        recorder.made(path, file.fileno())
        return file

    def sync(file: Any) -> None:
        do["sync"](file)
        recorder.synced(file.fileno())

    def rename(old: Path, new: Path) -> None:
        do["rename"](old, new)
        recorder.renamed(old, new)

    def remove(path: Path) -> None:
        do["remove"](path)
        recorder.done.append(("no name", path))

    with pytest.MonkeyPatch.context() as patch:
        for name in do:
            patch.setattr(disk, name, locals()[name])
        patch.setattr(disk, "sync_folder", lambda path: recorder.done.append(("folder", path)))
        yield recorder


Image = dict[str, bytes]
"""What is in a folder after a power cut: names and contents."""


def images(before: Image, recorder: Recorder, random_: random.Random) -> Iterator[Image]:
    """Each state that may be left by a power cut, at each moment; of very many some."""
    seen = set()
    for moment in range(len(recorder.done) + 1):
        synced = {id(file) for what, *(file, *_) in recorder.done[:moment] if what == "synced"}
        certain, may_be = certain_at(recorder, moment)
        for choice in choices(len(may_be), random_):
            image = dict(before)
            for chosen, (what, path, *file) in zip(
                [True] * len(certain) + list(choice), certain + may_be, strict=True
            ):
                if chosen and what == "no name":
                    image.pop(path.name, None)
                elif chosen:
                    image[path.name] = left_of(file[0], id(file[0]) in synced, random_)
            key = tuple(sorted((name, hash(data)) for name, data in image.items()))
            if key not in seen:
                seen.add(key)
                yield image


def certain_at(
    recorder: Recorder, moment: int
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The changes of names that the disk has at a moment, and those that it may have."""
    done = recorder.done[:moment]
    last = max((n for n, each in enumerate(done) if each == ("folder", recorder.folder)), default=0)
    here = [
        (n, each)
        for n, each in enumerate(done)
        if each[0] in ("name", "no name") and each[1].parent == recorder.folder
    ]
    return [each for n, each in here if n < last], [each for n, each in here if n > last]


def choices(number: int, random_: random.Random) -> Iterator[tuple[bool, ...]]:
    if number <= ALL_SUBSETS:
        yield from product([False, True], repeat=number)
        return
    yield (True,) * number
    yield from (tuple(random_.random() < 0.5 for _ in range(number)) for _ in range(SOME))


def left_of(file: File, synced: bool, random_: random.Random) -> bytes:
    length = len(file.content)
    return file.content if synced else file.content[: random_.choice((0, length // 2, length))]


def contents(folder: Path) -> Image:
    return {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file()}


def make(image: Image, folder: Path) -> Path:
    folder.mkdir()
    for name, data in image.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder that has changed since its index was made, and the index."""
    root = tmp_path_factory.mktemp("power")
    write_folder(root / "articles", 12)
    update(root / "index", [root / "articles"])
    for number, path in enumerate(sorted((root / "articles").rglob("*.txt"))):
        if number % 3 == 0:
            path.unlink()
        elif number % 3 == 1:
            path.write_text("Un missile ukrainien.\n", encoding="utf-8")
    return root / "articles", root / "index"


def states(
    changed: tuple[Path, Path], tmp_path: Path, mode: str
) -> tuple[Image, Recorder, Answer, Answer]:
    """What is there before an update, what that does, and what is answered before and after."""
    articles, original = changed
    index = tmp_path / "index"
    if mode == "first":
        index.mkdir()
    else:
        shutil.copytree(original, index)
    before, answered = contents(index), answer(index)
    with recorded(index) as recorder:
        update(index, [articles], rebuild=mode == "rebuild")
    return before, recorder, answered, answer(index)


@pytest.mark.parametrize("mode", ["first", "update", "rebuild"])
def test_every_state_opens_as_before_or_after(
    changed: tuple[Path, Path], tmp_path: Path, mode: str
) -> None:
    before, recorder, as_before, as_after = states(changed, tmp_path, mode)
    number = 0
    for number, image in enumerate(images(before, recorder, random.Random(7))):
        folder = make(image, tmp_path / f"{number}")
        assert answer(folder) in (as_before, as_after), sorted(image)
        if number % 10 == 0:
            update(folder, [changed[0]])
            assert answer(folder) == as_after
        shutil.rmtree(folder)
    assert number > 15
    assert as_before != as_after or mode == "rebuild"


def test_nothing_is_written_that_is_not_recorded(
    changed: tuple[Path, Path], tmp_path: Path
) -> None:
    before, recorder, _, _ = states(changed, tmp_path, "update")
    *_, last = images(before, recorder, random.Random(1))
    assert last == contents(recorder.folder)


@pytest.mark.parametrize("forgotten", ["synced", "folder"])
def test_what_is_forgotten_is_found(
    changed: tuple[Path, Path], tmp_path: Path, forgotten: str
) -> None:
    """The states of an update that does not sync are not all good: the test above can fail."""
    before, recorder, as_before, as_after = states(changed, tmp_path, "update")
    recorder.done = [each for each in recorder.done if each[0] != forgotten]
    bad = 0
    for number, image in enumerate(images(before, recorder, random.Random(7))):
        folder = make(image, tmp_path / f"{number}")
        try:
            bad += answer(folder) not in (as_before, as_after)
        except Exception:
            bad += 1
        if bad:
            return
    pytest.fail("it is as good without")


SHUT_DOWN, WITHOUT_FLUSH = 0x8004587D, 2
"""ext4's ioctl that ends all writing at once, and that not even the journal is written before: what
xfstests cuts the power with (`src/godown.c`)."""


@pytest.mark.slow
def test_on_a_real_file_system(changed: tuple[Path, Path], tmp_path: Path) -> None:
    """ext4 on a device of its own, cut off while an update runs or as soon as it is done."""
    articles, _ = changed
    device, mounted = tmp_path / "device", tmp_path / "mounted"
    mounted.mkdir()
    with device.open("wb") as file:
        file.truncate(64_000_000)
    try:
        subprocess.run(["mkfs.ext4", "-q", device], check=True, capture_output=True)
        mount(device, mounted)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no device can be mounted here: {error}")
    random_, cut = random.Random(5), 0
    try:
        index = mounted / "index"
        update(index, [articles])
        before = answer(index)
        assert before is not None
        for number in range(24):
            (articles / f"new{number}.txt").write_text("Un obus.\n", encoding="utf-8")
            after = before | updated(articles, number)
            done = update_and_cut(index, articles, random_.uniform(0, 1) if number % 3 else 60)
            subprocess.run(["umount", mounted], check=True)
            mount(device, mounted)
            found = answer(index)
            assert found in ({after} if done else {before, after}), (number, done)
            cut += not done
            before = after
            update(index, [articles])
            assert answer(index) == after
    finally:
        subprocess.run(["umount", mounted], check=True)
    assert cut, "no update was slow enough to be cut off"


def mount(device: Path, mounted: Path) -> None:
    subprocess.run(["mount", "-o", "loop", device, mounted], check=True, capture_output=True)


def updated(articles: Path, number: int) -> frozenset[tuple[str, str, str]]:
    return frozenset({(str(articles / f"new{number}.txt"), "Un obus", "Un obus.")})


def update_and_cut(index: Path, articles: Path, after: float) -> bool:
    """Cut the device off so many seconds after an update was begun, or once it is done; whether it
    was."""
    command = [sys.executable, "-c", UPDATE, str(index), str(articles), "update"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        process.stdout.readline()
        with suppress(subprocess.TimeoutExpired):
            process.wait(after)
        done = process.poll() == 0
        import fcntl

        descriptor = os.open(index.parent, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, SHUT_DOWN, struct.pack("I", WITHOUT_FLUSH))
        finally:
            os.close(descriptor)
        process.kill()
    return done
