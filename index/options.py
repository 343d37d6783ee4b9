"""How an update is to be made, where it is not the usual one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class UpdateOptions:
    """What an update does beyond reading what has changed."""

    rebuild: bool = False
    """Every file is read again. The index serves in its old state until the new one is complete."""

    prune: bool = False
    """What is not there is forgotten, missing folders as well. Else what was known and cannot be
    seen is kept: a folder that is missing or empty, a file that cannot be opened, more than half
    of the archive when it is gone at once."""

    follow: bool = False
    """Links that lead out of a folder are followed, and from then on."""

    forget: tuple[Path, ...] = ()
    """Folders that are no longer part of the archive, nor are their articles. What is in them
    stays where it is."""


USUAL = UpdateOptions()
"""Read what has changed, and no more."""
