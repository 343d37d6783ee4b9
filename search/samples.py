"""Samples: what is searched before anything has been indexed.

The shipped articles have an index of their own, beside the default one, so that they never
mix with the user's. It is only a copy of what is shipped, and is made again whenever in doubt.
"""

from __future__ import annotations

import atexit
import os
import shutil
from pathlib import Path

import index
from index.store import default_location, store_at

from .errors import NoIndex, Unavailable
from .local.archive import LocalArchive

SEEDS = Path(index.__file__).resolve().parent.parent / "seeds"
"""The shipped articles, both in a checkout and in an installed wheel."""


def open_default(*, lasting: bool = False) -> LocalArchive:
    """Open the default index, or the samples until there is one: see `archive_at`.

    They never stand in for an index that was asked for by name, by `DEPECHE_INDEX` either.
    """
    folder = Path(default_location())
    try:
        return LocalArchive(folder, lasting=lasting)
    except NoIndex:
        if os.environ.get("DEPECHE_INDEX") or not SEEDS.is_dir():
            raise
        return _open_samples(folder.parent / "samples")


def _open_samples(folder: Path) -> LocalArchive:
    """Open the index of the samples, made if need be."""
    try:
        if store_at(str(folder)).roots() == [SEEDS]:
            return LocalArchive(folder, samples=True)
    except Unavailable:
        pass
    try:
        return _make_samples(folder)
    except Exception:  # read-only, full, or locked by a process that hangs: any way to fail
        import tempfile

        elsewhere = Path(tempfile.mkdtemp(prefix="depeche-"))
        atexit.register(shutil.rmtree, elsewhere, ignore_errors=True)
        return _make_samples(elsewhere)


def _make_samples(folder: Path) -> LocalArchive:
    from index.options import UpdateOptions
    from index.update import update  # only the first time

    store = store_at(str(folder))
    try:
        foreign = store.roots() not in ([], [SEEDS])  # of another installation, perhaps gone
    except Unavailable:
        foreign = True
    if foreign:
        store.remember([SEEDS])  # nothing else in this folder is ours to remove
    update(store, [SEEDS], UpdateOptions(rebuild=True))
    return LocalArchive(folder, samples=True)
