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
from index.whoosh_store.folder import NoIndex, UnusableIndex, default_folder, read_roots

from .local.archive import Archive

SEEDS = Path(index.__file__).resolve().parent.parent / "seeds"
"""The shipped articles, both in a checkout and in an installed wheel."""


def open_archive(folder: Path | None) -> tuple[Archive, bool]:
    """Open the index in `folder`, or the default one; and tell whether it is of the samples.

    They stand in for the default index until there is one, never for one that was asked for
    by name. Raises UnusableIndex.
    """
    if folder or os.environ.get("DEPECHE_INDEX"):
        return Archive(folder or default_folder()), False
    try:
        return Archive(default_folder()), False
    except NoIndex:
        if not SEEDS.is_dir():
            raise
        return _open_samples(default_folder().parent / "samples"), True


def _open_samples(folder: Path) -> Archive:
    """Open the index of the samples, made if need be."""
    try:
        if read_roots(folder) == [SEEDS]:
            return Archive(folder)
    except UnusableIndex:
        pass
    try:
        return _make_samples(folder)
    except Exception:  # read-only, full, or locked by a process that hangs: any way to fail
        import tempfile

        elsewhere = Path(tempfile.mkdtemp(prefix="depeche-"))
        atexit.register(shutil.rmtree, elsewhere, ignore_errors=True)
        return _make_samples(elsewhere)


def _make_samples(folder: Path) -> Archive:
    from index.store import store_at
    from index.update import update  # only the first time

    try:
        foreign = read_roots(folder) not in ([], [SEEDS])  # of another installation, perhaps gone
    except UnusableIndex:
        foreign = True
    if foreign:
        shutil.rmtree(folder)
    update(store_at(str(folder)), [SEEDS], rebuild=True)
    return Archive(folder)
