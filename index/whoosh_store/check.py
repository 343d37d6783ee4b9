"""Checking: all of an index is read once, and compared with what was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..language import _
from ..report import Checked
from . import disk
from .codec.pickles import Damage
from .codec.sealed import SealedFile
from .contents import file_of, seal_of
from .facets import read_facets
from .folder import ROOTS_FILE, newest, newest_contents, read_roots, reading, roots_written
from .groups import read_groups
from .manifest import read_manifest


def check(folder: Path, progress: Callable[[float], None]) -> Checked:
    """Compare the newest commit of the index in `folder` with its digests and checksums.

    `progress` is told now and then how much of it is done, from 0 to 1. Raises Unavailable, and
    OSError for what ails the machine.
    """
    with reading(folder):
        return newest(folder, lambda: _check(folder, progress))


def _check(folder: Path, progress: Callable[[float], None]) -> Checked:
    contents = newest_contents(folder)
    if not contents.sealed:
        raise Damage("the table of contents has no digest, as if another program had written it")
    read_manifest(folder, contents.generation)
    read_groups(folder, contents.generation, contents.documents)
    read_facets(folder, contents.generation, contents.documents)
    if (roots := read_roots(folder)) and disk.read(folder / ROOTS_FILE) != roots_written(roots):
        raise Damage(_("{name} is not what was written").format(name=ROOTS_FILE))
    seals = {file_of(segment): seal_of(segment) for segment in contents.segments}
    total = sum(seal.length for seal in seals.values() if seal)
    done = 0
    for name, seal in seals.items():
        with disk.open_old(folder / name) as file:
            try:
                for size in SealedFile(file, seal).check():
                    done += size
                    progress(done / total)
            except Damage as damage:
                raise Damage(
                    _("{name}: {damage}").format(name=name, damage=_(str(damage)))
                ) from damage
    return Checked(len(seals), done)
