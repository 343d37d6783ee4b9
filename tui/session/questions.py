"""Questions: what goes to the child and what comes back, as plain data that can be pickled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from search.model import (
    Comparison,
    Completion,
    Progress,
    Reading,
    Report,
    Request,
    Results,
    Status,
    UpdateOptions,
)

T = TypeVar("T")


class Question(Generic[T]):
    """Something that is answered by a T."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class GetPlace(Question[str]):
    """`Archive.place`"""


@dataclass(frozen=True, slots=True)
class GetSamples(Question[bool]):
    """`Archive.samples`"""


@dataclass(frozen=True, slots=True)
class Search(Question[Results]):
    """`Archive.search`"""

    request: Request


@dataclass(frozen=True, slots=True)
class Similar(Question[Results]):
    """`Archive.similar`"""

    id: str
    limit: int


@dataclass(frozen=True, slots=True)
class Read(Question[Reading]):
    """`Archive.read`"""

    id: str
    query: str
    typing: bool


@dataclass(frozen=True, slots=True)
class Complete(Question[Completion | None]):
    """`Archive.complete`"""

    query: str


@dataclass(frozen=True, slots=True)
class Compare(Question[Comparison]):
    """`Archive.compare`"""

    id: str
    other: str


@dataclass(frozen=True, slots=True)
class GetStatus(Question[Status]):
    """`Archive.status`"""


@dataclass(frozen=True, slots=True)
class Refresh(Question[Status | None]):
    """`Archive.refresh`"""


@dataclass(frozen=True, slots=True)
class Update(Question[Report]):
    """`update_at`; progress comes before the answer."""

    options: UpdateOptions
    roots: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The question that was asked last is not to be answered; it may have been already."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked for."""

    value: object


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer."""

    error: Exception


Reply = Answer | Refusal | Progress
