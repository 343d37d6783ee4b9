"""What an update tells whoever asked for it: how far it is, and in the end what it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .article import Problem


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an update is."""

    files: int
    """Looked at, to see which of them are to be read."""
    articles: int = 0
    """Read so far."""
    share: float | None = None
    """Of what is to be read, from 0 to 1; None while files are being looked for."""


OnProgress = Callable[[Progress], None]
"""Called now and then."""


@dataclass(slots=True)
class Counts:
    """What an update, or a step of it, did; in articles, as in a Report."""

    added: int = 0
    updated: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0

    def add(self, other: Counts) -> None:
        """Count what `other` counts, too."""
        self.added += other.added
        self.updated += other.updated
        self.moved += other.moved
        self.removed += other.removed
        self.unchanged += other.unchanged


@dataclass(frozen=True, slots=True)
class Report:
    """What an update did. All counts are articles."""

    added: int
    updated: int
    moved: int
    """Their files have another name or place, and the same content."""
    removed: int
    unchanged: int
    total: int
    elapsed_s: float
    problems: tuple[Problem, ...] = ()

    @property
    def skipped(self) -> tuple[Problem, ...]:
        """What could not be read at all."""
        return tuple(problem for problem in self.problems if problem.skipped)


@dataclass(frozen=True, slots=True)
class Checked:
    """All of a store was read, and is what was written there."""

    segments: int
    """Files of articles."""
    bytes: int
    """In them."""


@dataclass(frozen=True, slots=True)
class Watching:
    """So many folders are watched from now on."""

    folders: int


@dataclass(frozen=True, slots=True)
class Unheard:
    """The system does not tell of changes: the folders are only looked at now and then."""

    reason: str
    remedy: str
    seconds: float
    """Between two looks."""
