"""What is asked: a query, what it is narrowed to, and an order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.model import NO_DATE, DateRange, FacetName, Request, Sort


@dataclass(frozen=True, slots=True)
class Tick:
    """A value of a facet that the results are narrowed to."""

    facet: FacetName
    value: str | DateRange
    """A name; for dates a range of days, or `NO_DATE`."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """What the results are narrowed to; nothing means everything."""

    ticks: tuple[Tick, ...] = ()
    """In the order in which they were made; of ranges of days there is one at most."""
    excluded: frozenset[FacetName] = frozenset()
    """The facets of which everything is meant but what is ticked."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The ticked sources."""
        return self.names("source")

    @property
    def authors(self) -> tuple[str, ...]:
        """The ticked authors."""
        return self.names("author")

    @property
    def dates(self) -> DateRange | None:
        """The days that are chosen."""
        return next((t.value for t in self.ticks if isinstance(t.value, DateRange)), None)

    @property
    def undated(self) -> bool:
        """Whether the articles without a date are."""
        return NO_DATE in self.names("date")

    def names(self, facet: FacetName) -> tuple[str, ...]:
        """The ticked values of a facet that have a name."""
        return tuple(t.value for t in self.of(facet) if isinstance(t.value, str))

    def of(self, facet: FacetName) -> Iterator[Tick]:
        """The ticks of a facet."""
        return (tick for tick in self.ticks if tick.facet == facet)

    def toggled(self, tick: Tick) -> Ticked:
        """The same, with one value ticked or no longer ticked; one range of days replaces another.

        What is excluded stays so until nothing of its facet is ticked.
        """
        if tick in self.ticks:
            return self._with(tuple(t for t in self.ticks if t != tick))
        is_range = isinstance(tick.value, DateRange)
        kept = (t for t in self.ticks if not (is_range and isinstance(t.value, DateRange)))
        return self._with((*kept, tick))

    def inverted(self, facet: FacetName) -> Ticked:
        """The same, with all of a facet but what was meant of it."""
        return Ticked(self.ticks, self.excluded ^ ({facet} if any(self.of(facet)) else frozenset()))

    def _with(self, ticks: tuple[Tick, ...]) -> Ticked:
        return Ticked(ticks, self.excluded & {tick.facet for tick in ticks})

    def __bool__(self) -> bool:
        return bool(self.ticks)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the results on the screen answer, or are to answer."""

    query: str
    ticked: Ticked
    sort: Sort
    typing: bool = False

    def request(self, limit: int, offset: int = 0) -> Request:
        """The question for the archive."""
        dates = self.ticked.dates
        return Request(
            self.query,
            sources=self.ticked.sources,
            authors=self.ticked.authors,
            dates=(dates,) if dates else (),
            undated=self.ticked.undated,
            excluding=self.ticked.excluded,
            sort=self.sort,
            typing=self.typing,
            limit=limit,
            offset=offset,
            by_author=True,
        )
