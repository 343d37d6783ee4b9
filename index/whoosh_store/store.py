"""The store as the folder of a Whoosh index: who may write to it, and what is swept up after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from whoosh.index import FileIndex

from ..errors import DamagedIndex, NoIndex, OutdatedIndex
from .folder import create_index, open_index, prepare, read_roots, write_roots
from .lock import write_lock

if TYPE_CHECKING:
    from .commit import WhooshDraft


class WhooshStore:
    """A Store in a folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def place(self) -> str:
        """The path of the folder."""
        return str(self._folder)

    def roots(self) -> list[Path]:
        """The folders indexed so far. Raises DamagedIndex."""
        return read_roots(self._folder)

    def remember(self, roots: Sequence[Path]) -> None:
        """Keep the folders, for `roots`."""
        write_roots(self._folder, roots)

    @contextmanager
    def writing(self, *, anew: bool) -> Iterator[WhooshDraft]:
        """The next commit, by whoever holds the lock; see `Store.writing`."""
        from .commit import WhooshDraft, sweep  # who only asks for the folders needs none of it

        prepare(self._folder)
        with write_lock(self._folder):
            index = _open_or_create(self._folder, anew)
            sweep(index, self._folder)  # an update that was killed may have left something
            try:
                yield WhooshDraft(index, self._folder, anew=anew)
            except BaseException:
                with suppress(OSError):  # a full disk has room again at once
                    sweep(index, self._folder)
                raise


def _open_or_create(folder: Path, anew: bool) -> FileIndex:
    """The index that a draft goes on from or, with `anew`, is to take the place of.

    One that cannot be read cannot serve until then, and is emptied.
    """
    try:
        return open_index(folder, outdated=anew)
    except NoIndex:
        return create_index(folder)
    except (DamagedIndex, OutdatedIndex):
        if not anew:
            raise
        return create_index(folder)
