"""Facets: how the matching articles are shared out among sources, authors and months, and
narrowing by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain
from typing import TYPE_CHECKING

from index.analysis import fold, folded
from index.article import UNKNOWN_SOURCE
from index.whoosh_store.codec.pickles import Damage
from index.whoosh_store.schema import name_in

from ..model import MOST_AUTHORS, DateRange, FacetCount, Note

if TYPE_CHECKING:
    from ..query import FromSource
    from .counting import Counting, Documents
    from .lookup import Lookup


_NOT_KNOWN = {"inconnue", "inconnu"}  # what `UNKNOWN_SOURCE` is called in French


@dataclass(frozen=True, slots=True)
class Facet:
    """A field of which an article has one value."""

    values: tuple[str, ...]
    of: Sequence[int]
    """By the number of a document, that of its value."""

    def value(self, document: int) -> str:
        """The value of one document."""
        return self.values[self.of[document]]


@dataclass(frozen=True, slots=True)
class Authors:
    """Those who have signed articles: an article may have several."""

    names: tuple[str, ...]
    """As most of their articles spell them, by their numbers."""
    spellings: tuple[tuple[str, ...], ...]
    """All that the index has of each, likewise."""
    numbers: dict[str, int]
    """Of their folded names."""
    signed: Sequence[int]
    """The numbers of documents; …"""
    of: Sequence[int]
    """… and of one author of each."""

    @classmethod
    def known(cls, bylines: Mapping[str, int], signed: Sequence[int], of: Sequence[int]) -> Authors:
        """The authors that are so named in so many articles. Raises Damage."""
        spelt: dict[str, list[tuple[int, str, str]]] = {}
        for byline, articles in bylines.items():  # in order, as they are numbered
            shared, name = name_in(byline)
            spelt.setdefault(shared, []).append((-articles, name, byline))
        if max(of, default=-1) >= len(spelt):
            raise Damage("the facets are those of another commit")
        return cls(
            tuple(min(spellings)[1] for spellings in spelt.values()),
            tuple(tuple(byline for _, _, byline in found) for found in spelt.values()),
            {shared: number for number, shared in enumerate(spelt)},
            signed,
            of,
        )


def count_authors(
    counting: Counting, authors: Authors, documents: Documents
) -> tuple[FacetCount, ...]:
    """How many of `documents` each of the foremost authors has signed, most first."""
    counts = counting.histogram_of_many(documents, authors.signed, authors.of, len(authors.names))
    first = nlargest(MOST_AUTHORS, range(len(counts)), key=lambda number: (counts[number], -number))
    return tuple(FacetCount(authors.names[n], counts[n]) for n in first if counts[n])


def count(counting: Counting, facet: Facet, documents: Documents) -> tuple[FacetCount, ...]:
    """How many of `documents` have each value; values that none has are left out."""
    counts = counting.histogram(documents, facet.of, len(facet.values))
    listed = zip(facet.values, counts, strict=True)
    return tuple(FacetCount(value, number) for value, number in listed if number)


def most_first(counts: Iterable[FacetCount]) -> tuple[FacetCount, ...]:
    """`counts` by number, the same numbers by name."""
    return tuple(sorted(counts, key=lambda facet: (-facet.count, fold(facet.value))))


def from_sources(lookup: Lookup, named: Iterable[FromSource]) -> Documents:
    """The articles of the named sources, which may be named by their aliases."""
    sources = lookup.snapshot.sources.values
    wanted = {
        source for each in named for source in matching_sources(each.name, sources, each.unfinished)
    }
    return lookup.any_of("source", wanted).keys()


def from_authors(lookup: Lookup, names: Iterable[str]) -> Documents:
    """The articles that any of these people has signed."""
    authors = lookup.snapshot.authors
    known = (authors.numbers.get(folded(name) or name) for name in names)
    bylines = chain.from_iterable(authors.spellings[n] for n in known if n is not None)
    return lookup.any_of("byline", bylines).keys()


def from_dates(lookup: Lookup, ranges: Iterable[DateRange], undated: bool) -> Documents:
    """The articles of any of these ranges and, perhaps, those without a date."""
    snapshot = lookup.snapshot
    found = [snapshot.between(r.first.isoformat(), r.last.isoformat()) for r in ranges]
    if undated:
        found.append(snapshot.undated())
    return snapshot.counting.union(found)


def matching_sources(name: str, sources: Iterable[str], unfinished: bool = False) -> list[str]:
    """The sources that `name` may mean: one of their aliases, case and accents aside.

    An `unfinished` name may go on: it may be how one of a source's words begins, too.
    """
    from index.extraction.sources import canonical  # its table takes time: only when needed

    meant = {folded(name), folded(canonical(name) or name)}
    if meant & _NOT_KNOWN:
        meant.add(UNKNOWN_SOURCE)
    begun = f" {folded(name)}"
    return [
        source
        for source in sources
        if (known := folded(source)) in meant or (unfinished and begun in f" {known}")
    ]


def unknown_source(name: str, sources: Sequence[str]) -> Note:
    """What to say of a name that none of `sources` goes by: which of them are like it, or all."""
    from difflib import get_close_matches

    known = {source.casefold(): source for source in sources if source}
    close = tuple(known[each] for each in get_close_matches(name.casefold(), known, n=3))
    return Note("unknown source", name, near=close or tuple(known.values()), sure=bool(close))
