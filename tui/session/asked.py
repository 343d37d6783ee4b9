"""What is asked: a query, what it is narrowed to, and an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from search.model import Request, Sort

Facet = Literal["source", "month"]
"""What the results can be narrowed by."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """What the results are narrowed to; nothing means everything."""

    sources: tuple[str, ...] = ()
    months: tuple[str, ...] = ()

    def of(self, facet: Facet) -> tuple[str, ...]:
        """The ticked values of a facet."""
        return self.sources if facet == "source" else self.months

    def toggled(self, facet: Facet, name: str) -> Ticked:
        """The same, with one value ticked or no longer ticked."""
        old = self.of(facet)
        new = tuple(n for n in old if n != name) if name in old else (*old, name)
        return Ticked(new, self.months) if facet == "source" else Ticked(self.sources, new)

    def __bool__(self) -> bool:
        return bool(self.sources or self.months)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the results on the screen answer, or are to answer."""

    query: str
    ticked: Ticked
    sort: Sort
    typing: bool = False

    def request(self, limit: int, offset: int = 0) -> Request:
        """The question for the archive."""
        return Request(
            self.query,
            sources=self.ticked.sources,
            months=self.ticked.months,
            sort=self.sort,
            typing=self.typing,
            limit=limit,
            offset=offset,
        )
