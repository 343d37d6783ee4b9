"""Narrowing by facets beside the query: each keeps its own counts; and how a query may go on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.archive import Archive, archive_at
from search.model import MOST_AUTHORS, NO_DATE, DateRange, Request, Results
from tests.support.archives import update

ARTICLES = [
    ("a", "Le Monde", "Anne Durand", "2018-11-17", "Les gilets jaunes sur un rond-point."),
    ("b", "Le Monde", "Anne Durand, Paul Martin", "2018-12-01", "Les gilets jaunes à Paris."),
    ("c", "Le Point", "ANNE DURAND", "2019-01-05", "Des gilets oubliés au présidentielles."),
    ("d", "Le Point", "Élodie d’Ormesson", "2024-05-02", "La présidentielle, sans eux."),
    ("e", "L'Humanité", "", "", "Des gilets sans date ; la présidentielle. Rien à Kiev."),
    ("f", "AFP", "Paul Martin", "", "La présidentielle, toujours. Un missile."),
]
WINTER = DateRange(date(2018, 11, 1), date(2019, 1, 31))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    root = tmp_path_factory.mktemp("narrowing")
    fields = ("id", "source", "author", "date", "body")
    lines = [json.dumps(dict(zip(fields, article, strict=True))) + "\n" for article in ARTICLES]
    (root / "articles").mkdir()
    # Two segments, and a deleted article in the first.
    (root / "articles" / "one.jsonl").write_text("".join(lines[:3]) + lines[5], encoding="utf-8")
    update(root / "index", [root / "articles"])
    (root / "articles" / "one.jsonl").write_text("".join(lines[:3]), encoding="utf-8")
    (root / "articles" / "two.jsonl").write_text("".join(lines[3:]), encoding="utf-8")
    update(root / "index")
    opened = archive_at(str(root / "index"))
    yield opened
    opened.close()


def names(results: Results) -> str:
    """The articles by the letters above, in that order."""
    letters = {(a[1], a[3], a[4][:20]): a[0] for a in ARTICLES}
    found = [
        next(
            letters[key]
            for key in letters
            if key[0] == hit.head.source
            and key[1] == (hit.head.date.isoformat() if hit.head.date else "")
        )
        for hit in results.hits
    ]
    return "".join(sorted(found))


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, "abcdef"),
        ({"dates": (WINTER,)}, "abc"),
        ({"dates": (DateRange(date(2018, 12, 1), date(2018, 12, 1)),)}, "b"),
        ({"dates": (DateRange(date(2018, 11, 18), date(2018, 11, 30)),)}, ""),
        ({"dates": (DateRange(date(2024, 1, 1), date(2024, 12, 31)), WINTER)}, "abcd"),
        ({"undated": True}, "ef"),
        ({"dates": (WINTER,), "undated": True}, "abcef"),
        ({"dates": (WINTER,), "excluding": frozenset({"date"})}, "def"),
        ({"undated": True, "excluding": frozenset({"date"})}, "abcd"),
        ({"authors": ("Anne Durand",)}, "abc"),
        ({"authors": ("anne durand",)}, "abc"),
        ({"authors": ("Anne Durand", "Paul Martin")}, "abcf"),
        ({"authors": ("Elodie D'ORMESSON",)}, "d"),
        ({"authors": ("Durand",)}, ""),
        ({"authors": ("Anne Durand",), "excluding": frozenset({"author"})}, "def"),
        ({"sources": ("Le Monde",), "excluding": frozenset({"source"})}, "cdef"),
        ({"sources": ("lemonde.fr", "AFP")}, "abf"),
        ({"excluding": frozenset({"source", "author", "date"})}, "abcdef"),
        ({"sources": ("Le Point",), "authors": ("Anne Durand",), "dates": (WINTER,)}, "c"),
    ],
)
def test_narrowing(archive: Archive, options: dict[str, Any], found: str) -> None:
    assert names(archive.search(Request("", **options))) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("auteur:an", "abc"),
        ("auteur:dur", "abc"),
        ('auteur:"anne du', "abc"),
        ('auteur:"anne ma', ""),  # Paul Martin wrote one with her
        ("auteur:or", "d"),
        ("auteur:an ", ""),  # it is over
        ('auteur:"an"', ""),
        ("auteur:zz", ""),
        ("gilets auteur:pa", "b"),
    ],
)
def test_an_author_is_found_as_soon_as_the_name_begins(
    archive: Archive, typed: str, found: str
) -> None:
    assert names(archive.search(Request(typed, typing=True))) == found


@pytest.mark.parametrize(
    ("request_", "sources", "authors", "months"),
    [
        (
            Request("gilets"),
            "Le Monde 2, Le Point 1, L'Humanité 1",
            "Anne Durand 3, Paul Martin 1",
            f"2019-01 1, 2018-12 1, 2018-11 1, {NO_DATE} 1",
        ),
        (  # each facet counts as if it had chosen nothing itself
            Request("gilets", sources=("Le Monde",)),
            "Le Monde 2, Le Point 1, L'Humanité 1",
            "Anne Durand 2, Paul Martin 1",
            "2018-12 1, 2018-11 1",
        ),
        (
            Request("gilets", dates=(DateRange(date(2018, 12, 1), date(2019, 1, 31)),)),
            "Le Monde 1, Le Point 1",
            "Anne Durand 2, Paul Martin 1",
            f"2019-01 1, 2018-12 1, 2018-11 1, {NO_DATE} 1",
        ),
        (
            Request("gilets", authors=("Paul Martin",), undated=True),
            "",
            "",
            "2018-12 1",
        ),
        (
            Request("gilets", undated=True, excluding=frozenset({"date"})),
            "Le Monde 2, Le Point 1",
            "Anne Durand 3, Paul Martin 1",
            f"2019-01 1, 2018-12 1, 2018-11 1, {NO_DATE} 1",
        ),
        (  # `source:` in the query chooses as a tick does, `auteur:` and `date:` do not
            Request("gilets source:lemonde"),
            "Le Monde 2, Le Point 1, L'Humanité 1",
            "Anne Durand 2, Paul Martin 1",
            "2018-12 1, 2018-11 1",
        ),
        (
            Request("gilets auteur:martin"),
            "Le Monde 1",
            "Anne Durand 1, Paul Martin 1",
            "2018-12 1",
        ),
    ],
)
def test_each_facet_keeps_its_counts(
    archive: Archive, request_: Request, sources: str, authors: str, months: str
) -> None:
    facets = archive.search(replace(request_, by_author=True)).facets
    assert facets.authors is not None
    assert facets.months is not None
    shown = [
        ", ".join(f"{each.value} {each.count}" for each in counts)
        for counts in (facets.sources, facets.authors, facets.months)
    ]
    assert shown == [sources, authors, months]


def test_authors_are_counted_where_they_are_asked_for(archive: Archive) -> None:
    assert archive.search(Request("gilets")).facets.authors is None


def test_of_very_many_authors_the_first_are_counted(tmp_path: Path) -> None:
    lines = [json.dumps({"body": "Un texte.", "author": f"Auteur N{n:04}"}) for n in range(600)]
    lines.append(json.dumps({"body": "Un autre.", "author": "Auteur N0599"}))
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    update(tmp_path / "index", [tmp_path])
    archive = archive_at(str(tmp_path / "index"))
    authors = archive.search(Request("", by_author=True)).facets.authors
    assert authors is not None
    assert len(authors) == MOST_AUTHORS
    assert [(each.value, each.count) for each in authors[:2]] == [
        ("Auteur N0599", 2),
        ("Auteur N0000", 1),
    ]


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        # Fields: from three letters on, those in French; the others when they are nearly typed
        ("sou", "source:"),
        ("gilets aut", "gilets auteur:"),
        ("-sou", "-source:"),
        ("Dat", "date:"),
        ("titr", "titre:"),
        ("autho", "author:"),
        ("so", None),
        # Values of sources: the usual ones first, whole names before parts of them
        ("source:", 'source:"Le Monde"'),
        ("source:l", 'source:"Le Monde"'),
        ("source:l'h", "source:L'Humanité"),
        ("source:le p", 'source:"Le Point"'),
        ('gilets source:"le p', 'gilets source:"Le Point"'),
        ("-source:af", "-source:AFP"),
        ("source:poi", 'source:"Le Point"'),
        ("source:LE MONDE", None),
        ("source:xyz", None),
        # Authors
        ("auteur:an", 'auteur:"Anne Durand"'),
        ("auteur:dur", 'auteur:"Anne Durand"'),
        ('auteur:"paul m', 'auteur:"Paul Martin"'),
        ("auteur:elo", 'auteur:"Élodie d’Ormesson"'),
        ("auteur:zzz", None),
        # Dates: those there are articles of, the newest first
        ("date:", "date:2024"),
        ("date:2018-", "date:2018-12"),
        ("date:nov", "date:novembre 2018"),
        ("date:déc", "date:décembre 2018"),
        ("avant:dec", "avant:décembre 2018"),
        ("depuis:2018..20", "depuis:2018..2024"),
        ("date:hi", "date:hier"),
        ("date:2030", None),
        # Words, as they are spelt in the articles
        ("presid", "présidentielle"),
        ("Présid", "Présidentielle"),
        ("PRESID", "PRÉSIDENTIELLE"),
        ("les gil", "les gilets"),
        ("l'ou", None),
        ("l'oub", "l'oubliés"),
        ('"les gilets jau', '"les gilets jaunes'),
        ("titre:missi", "titre:missile"),
        ("missile", None),
        ("gilets ", None),
        ("xyzzy", None),
        ("", None),
        ("pré" * 200, None),  # no person types that
    ],
)
def test_completion(archive: Archive, typed: str, completed: str | None) -> None:
    found = archive.complete(typed)
    assert (found and found.query) == completed


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from([*'"«»():|-!.*~ ', "source:", "auteur:", "date:", "20", "le m", "pré"])
        | st.text(max_size=5),
        max_size=6,
    ).map("".join)
)
def test_what_is_typed_is_kept_or_completed(archive: Archive, typed: str) -> None:
    found = archive.complete(typed)
    if found:
        assert found.rest
        assert len(found.query) >= len(typed.rstrip())


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("source:l", "e Monde"),
        ("SOURCE:L'HU", "manité"),
        ('source:"le m', "onde"),
        ("auteur:dur", " → Anne Durand"),
        ("presid", "entielle"),
        ("PRESID", "ENTIELLE"),
        ("date:nov", "embre 2018"),
        ("sou", "rce:"),
    ],
)
def test_what_is_shown_of_a_completion(archive: Archive, typed: str, rest: str) -> None:
    found = archive.complete(typed)
    assert found
    assert found.rest == rest
