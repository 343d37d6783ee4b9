"""Facets: the source and the day of each document of a commit, as numbers.

Terms say it too, but by source and by day: to have it by document took as many steps as there are
documents, in every search. It is found when something is committed, and kept beside the table of
contents.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from whoosh.reading import SegmentReader

from .codec.opened import OpenSegment
from .codec.pickles import Damage
from .numbers import read_numbers, write_numbers


@dataclass(frozen=True, slots=True)
class Facets:
    """Three fields of the documents of a commit, by their numbers in it."""

    source: Sequence[int]
    """The number of the source of each, from 1, in the order of the terms of all segments; …"""
    date: Sequence[int]
    """… likewise that of its day, …"""
    month: Sequence[int]
    """… and of its month. 0 is none, and that of deleted documents."""
    days: Sequence[int]
    """The days, in order, as numbers of eight digits: YYYYMMDD."""
    months: Sequence[int]
    """The months, in order: YYYYMM."""


def find_facets(readers: Sequence[SegmentReader]) -> Facets:
    """The facets of the documents in some segments, which are numbered as in an opened index."""
    segments, documents = [], 0
    for reader in readers:
        segments.append(OpenSegment(reader, documents))
        documents += reader.doc_count_all()
    source, _ = _field("source", segments, documents)
    date, days = _field("date", segments, documents)
    month, months = _field("month", segments, documents)
    try:
        as_numbers = [[int(term.replace(b"-", b"")) for term in terms] for terms in (days, months)]
    except ValueError as error:
        raise Damage("no dates where they should be") from error
    return Facets(source, date, month, *as_numbers)


def _field(
    name: str, segments: Sequence[OpenSegment], documents: int
) -> tuple[array[int], list[bytes]]:
    """For each document the number of its term in a field, from 1; and the terms, in order."""
    terms = sorted({term for segment in segments for term, _ in segment.entries(name)})
    places = {term: place for place, term in enumerate(terms, 1)}
    of = array("I", bytes(4 * documents))
    for segment in segments:
        for term, entry in segment.entries(name):
            place = places[term]
            for document in segment.flat(entry).decoded()[0]:
                of[document] = place
        for document in segment.deleted:
            of[document] = 0
    return of, terms


def write_facets(folder: Path, generation: int, facets: Facets) -> None:
    """Write the facets of a commit, before the commit itself."""
    columns = (facets.source, facets.date, facets.month, facets.days, facets.months)
    write_numbers(folder / _name(generation), (array("I", column) for column in columns))


def read_facets(folder: Path, generation: int, documents: int) -> Facets:
    """The facets of a commit that has so many documents. Raises OSError and Damage."""
    source, date, month, days, months = read_numbers(folder / _name(generation), 5)
    right = (
        len(source) == len(date) == len(month) == documents
        and max(date, default=0) <= len(days)
        and max(month, default=0) <= len(months)
    )
    if not right:
        raise Damage("the facets are those of another commit")
    return Facets(source, date, month, days, months)


def _name(generation: int) -> str:
    return f"_MAIN_{generation}.facets"
