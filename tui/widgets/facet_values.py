"""The values of facets: which of many are listed, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import combining, normalize

from search.model import FacetCount, Results

from ..session.asked import Ticked

Named = Literal["source", "author"]
"""The facets whose values have a name, and are listed."""

NAMED: tuple[Named, ...] = ("source", "author")

_LEAST = 3  # values that a facet has room for, however low the window is


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, as it is listed."""

    facet: Named
    name: str
    count: int
    ticked: bool
    excluded: bool = False
    """It is ticked, and everything but this is meant."""


@dataclass(frozen=True, slots=True)
class Section:
    """The values of a facet that are listed, and how many there are beside them."""

    facet: Named
    values: tuple[Value, ...]
    left: int


def values(results: Results, ticked: Ticked, facet: Named) -> list[Value]:
    """All values of a facet with their counts. What is ticked stays, though it has no matches."""
    counts = results.facets.sources if facet == "source" else results.facets.authors or ()
    chosen = ticked.names(facet)
    names = {each.value for each in counts}
    missing = [FacetCount(name, 0) for name in chosen if name not in names]
    excluded = facet in ticked.excluded
    return [
        Value(facet, each.value, each.count, each.value in chosen, excluded)
        for each in (*missing, *counts)
    ]


def listed(found: Sequence[Value], facet: Named, most: int, typed: str = "") -> Section:
    """Those values that are listed: `most` of those that have a word which begins as is `typed`.

    What is ticked is always among them, first where there are too many; otherwise each stays where
    it is.
    """
    wanted = [v for v in found if not typed or v.ticked or is_meant(v.name, typed)]
    if len(wanted) <= most:
        return Section(facet, tuple(wanted), 0)
    cut = most
    while cut and cut + sum(v.ticked for v in wanted[cut:]) > most:
        cut -= 1
    shown = (*(v for v in wanted[cut:] if v.ticked), *wanted[:cut])
    return Section(facet, shown, len(wanted) - len(shown))


def rooms(room: int, sizes: Sequence[int]) -> list[int]:
    """How much of the room each facet gets that has so many values: a fair share, and what the
    others do not need."""
    left, found = room, [0] * len(sizes)
    for number, place in enumerate(sorted(range(len(sizes)), key=sizes.__getitem__)):
        share = left // (len(sizes) - number)
        found[place] = max(min(sizes[place], _LEAST), min(sizes[place], share))
        left = max(0, left - found[place])
    return found


def is_meant(name: str, typed: str) -> bool:
    """Whether a word of a name begins as is typed, case and accents aside."""
    return f" {_folded(typed)}" in f" {_folded(name)}"


def _folded(text: str) -> str:
    """Without accents and capitals; what joins words parts them."""
    letters = normalize("NFKD", text.casefold()).replace("œ", "oe")
    spaced = (c if c.isalnum() else " " for c in letters if not combining(c))
    return " ".join("".join(spaced).split())
