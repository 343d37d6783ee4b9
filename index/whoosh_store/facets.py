"""Facets: the source, the day and the authors of each document of a commit, as numbers.

Terms say it too, but by source and by day: to have it by document took as many steps as there are
documents, in every search. It is found when something is committed, and kept beside the table of
contents.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, repeat
from pathlib import Path

from whoosh.reading import SegmentReader

from .codec.opened import OpenSegment
from .codec.pickles import Damage
from .numbers import read_numbers, write_numbers
from .schema import name_in


@dataclass(frozen=True, slots=True)
class Facets:
    """Fields of the documents of a commit, by their numbers in it."""

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
    signed: Sequence[int]
    """The numbers of documents that have authors, as often as they have any; …"""
    authors: Sequence[int]
    """… and of one of its authors, from 0, in the order of their folded names: one author may be
    spelt in several ways."""


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
        numbers = [[int(term.replace(b"-", b"")) for term in terms] for terms in (days, months)]
    except ValueError as error:
        raise Damage("no dates where they should be") from error
    signed, authors = _authors(segments)
    return Facets(source, date, month, numbers[0], numbers[1], signed, authors)


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


def _authors(segments: Sequence[OpenSegment]) -> tuple[array[int], array[int]]:
    """Each document that has authors, once with each of them."""
    names = {_folded(term) for segment in segments for term, _ in segment.entries("byline")}
    places = {name: place for place, name in enumerate(sorted(names))}
    signed, authors = array("I"), array("I")
    for segment in segments:
        # In order, so that the spellings of a name stand together; an article may have two of them.
        for name, spellings in groupby(segment.entries("byline"), lambda found: _folded(found[0])):
            documents: set[int] = set()
            for _, entry in spellings:
                documents.update(segment.flat(entry).decoded()[0])
            documents -= segment.deleted
            signed.extend(documents)
            authors.extend(repeat(places[name], len(documents)))
    return signed, authors


def _folded(term: bytes) -> str:
    return name_in(term.decode())[0]


def write_facets(folder: Path, generation: int, facets: Facets) -> None:
    """Write the facets of a commit, before the commit itself."""
    columns = (
        *(facets.source, facets.date, facets.month, facets.days, facets.months),
        *(facets.signed, facets.authors),
    )
    write_numbers(folder / _name(generation), (array("I", column) for column in columns))


def read_facets(folder: Path, generation: int, documents: int) -> Facets:
    """The facets of a commit that has so many documents. Raises OSError and Damage."""
    source, date, month, days, months, signed, authors = read_numbers(folder / _name(generation), 7)
    right = (
        len(source) == len(date) == len(month) == documents
        and max(date, default=0) <= len(days)
        and max(month, default=0) <= len(months)
        and len(signed) == len(authors)
        and max(signed, default=-1) < documents
    )
    if not right:
        raise Damage("the facets are those of another commit")
    return Facets(source, date, month, days, months, signed, authors)


def _name(generation: int) -> str:
    return f"_MAIN_{generation}.facets"
