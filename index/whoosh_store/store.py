"""The store as the folder of a Whoosh index: who may write to it, and what is swept up after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..report import Checked
from .folder import prepare, read_roots, write_roots
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

    def check(self, progress: Callable[[float], None]) -> Checked:
        """Compare the newest commit with its digests; see `Store.check`."""
        from .check import check

        return check(self._folder, progress)

    @contextmanager
    def writing(self, *, anew: bool) -> Iterator[WhooshDraft]:
        """The next commit, by whoever holds the lock; see `Store.writing`."""
        from .commit import WhooshDraft  # who only asks for the folders needs none of it

        prepare(self._folder)
        with write_lock(self._folder):
            draft = WhooshDraft(self._folder, anew=anew)
            draft.sweep()  # an update that was killed may have left something
            try:
                yield draft
            except BaseException:
                with suppress(OSError):  # a full disk has room again at once
                    draft.sweep()
                raise
