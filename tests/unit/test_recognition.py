"""Titles, authors, dates, and the articles they make."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Problem
from index.extraction.authors import split_authors
from index.extraction.dates import date_in_url, find_date, parse_date
from index.extraction.reading import read_article, to_article
from index.extraction.titles import lead_title
from index.formats import RawArticle, Record
from index.intake.files import find_files
from index.intake.records import Part, read_records
from tests.support.places import SEEDS


def article(text: str, **metadata: str | tuple[str, ...]) -> Article:
    made = to_article(RawArticle("a.txt", "/a.txt", text, **metadata))  # type: ignore[arg-type]
    assert isinstance(made, Article)
    return made


# Titles


@pytest.mark.parametrize(
    ("name", "title", "is_lead"),
    [
        (
            "000_7d785c1d3ce55bdc.txt",
            "Les États-Unis livreront bientôt à l’Ukraine quatre autres systèmes de roquettes "
            "avancés reconnus…",
            True,
        ),
        (
            "001_789a309e50bf0c45.txt",
            "Les États-Unis ont fourni à l’Ukraine des missiles de longue portée ATACMS, avec une "
            "livraison…",
            True,
        ),
        (
            "002_7994467c8e022512.txt",
            "Les États-Unis vont fournir à l'Ukraine une aide militaire supplémentaire de 325 "
            "millions de…",
            True,
        ),
        (
            "003_c51898415781cb4d.txt",
            "Biden autorise l’Ukraine à utiliser des armes américaines à longue portée en Russie",
            False,
        ),
        (
            "004_0d24c68b57ff9135.txt",
            "Longtemps demandée par le président ukrainien, la fourniture de mines antipersonnel "
            "américaines pour…",
            True,
        ),
    ],
)
def test_titles_of_the_seeds(name: str, title: str, is_lead: bool) -> None:
    [file] = find_files(SEEDS / name)
    assert not isinstance(file, Problem)
    [record] = read_records(Part(file))
    assert isinstance(record, Record)
    [item] = read_article(record)
    assert isinstance(item, Article)
    assert (item.title, item.title_is_lead) == (title, is_lead)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("Le texte est adopté. Il sera promulgué lundi.", "Le texte est adopté"),
        ("Qui sera pape ? Le conclave s’ouvre lundi.", "Qui sera pape ?"),
        ("Le texte est adopté…\nSuite.", "Le texte est adopté…"),
        ("M. Macron reçoit Lolita C. Baldor à Paris. Demain.",
         "M. Macron reçoit Lolita C. Baldor à Paris"),
        ("WASHINGTON (AP) – Le texte est adopté.", "Le texte est adopté"),
        ("Paris, 20 nov. 2024 (AFP) – Le texte est adopté.", "Le texte est adopté"),
        ("INTERNATIONAL – Le texte est adopté.", "Le texte est adopté"),
        ("GUERRE EN UKRAINE - Le texte est adopté.", "Le texte est adopté"),
        ("COVID-19 – Le texte est adopté.", "Le texte est adopté"),
        ("HIMARS et ATACMS – deux armes – arrivent.", "HIMARS et ATACMS – deux armes – arrivent"),
        ("La guerre – la vraie – commence.", "La guerre – la vraie – commence"),
        ("MANDEL NGAN / AFP\n© AFP\nLe texte est adopté.", "Le texte est adopté"),
        ("MANDEL NGAN / AFP", "MANDEL NGAN / AFP"),
        ("WASHINGTON (AP) –", "WASHINGTON (AP) –"),
        (".", "."),
        ("Deux\t mots", "Deux mots"),
        ("mot " * 25 + "fin.", "mot " * 24 + "mot…"),
        ("A" * 150, "A" * 100 + "…"),
    ],
)  # fmt: skip
def test_a_lead_makes_a_title(body: str, title: str) -> None:
    assert lead_title(body) == title


@given(st.text())
def test_a_title_is_one_short_line(text: str) -> None:
    made = to_article(RawArticle("a.txt", "/a.txt", text))
    if isinstance(made, Article):
        assert made.title.strip()
        assert made.title.splitlines() == [made.title]
        assert len(made.title) <= 301


@pytest.mark.parametrize(
    ("text", "metadata", "title", "is_lead"),
    [
        ("Texte.", {"title": "Été"}, "Été", False),
        ("Texte.", {"title": "  "}, "Texte", True),
        ("Texte.", {"title": "mot " * 100}, "mot " * 74 + "mot…", False),
        ("Trois mots ici\nTrois mots ici\nTexte.", {}, "Trois mots ici", False),
        ("Trois mots ici\nTrois mots ici\nTexte.", {"title": "Été"}, "Été", False),
    ],
)
def test_a_title_that_is_given_comes_first(
    text: str, metadata: dict[str, str], title: str, is_lead: bool
) -> None:
    made = article(text, **metadata)
    assert (made.title, made.title_is_lead) == (title, is_lead)


# Authors


@pytest.mark.parametrize(
    ("values", "authors"),
    [
        (["Anne Durand"], ("Anne Durand",)),
        (["Anne Durand, Paul Martin"], ("Anne Durand", "Paul Martin")),
        (["Anne Durand; Paul Martin"], ("Anne Durand", "Paul Martin")),
        (["Anne Durand et Paul Martin"], ("Anne Durand", "Paul Martin")),
        (["Anne Durand and Paul Martin"], ("Anne Durand", "Paul Martin")),
        (["A. Un, B. Deux, et C. Trois"], ("A. Un", "B. Deux", "C. Trois")),
        (["Par Anne Durand"], ("Anne Durand",)),
        (["par Anne Durand", "By Paul Martin"], ("Anne Durand", "Paul Martin")),
        (["Anne Durand", "Anne Durand"], ("Anne Durand",)),
        (["Paridine Durand", "Byron Etienne"], ("Paridine Durand", "Byron Etienne")),
        ([" ", ",", "Par"], ("Par",)),
        ([], ()),
    ],
)
def test_authors_are_split(values: list[str], authors: tuple[str, ...]) -> None:
    assert split_authors(values) == authors


def test_authors_that_are_given_come_before_the_credit_line() -> None:
    text = "Le texte est adopté, a dit la présidente.\nAnne Durand et Paul Martin, Le Monde"
    assert article(text).authors == ("Anne Durand", "Paul Martin")
    assert article(text, authors=("Par Zoé Petit",)).authors == ("Zoé Petit",)
    assert article(text).body == text


# Dates


@pytest.mark.parametrize(
    "text",
    [
        "2024-11-20",
        "2024-11-20T08:15:00",
        "2024-11-20T23:59:59.123Z",
        "2024-11-20T00:30:00+01:00",
        "2024-11-20 08:15:00+01:00",
        "20241120",
        "20241120T081500Z",
        "20/11/2024",
        "20.11.2024",
        "20-11-2024",
        "20/11/2024 08:15",
        "20/11/2024 à 8h15",
        "20 novembre 2024",
        "20 Novembre 2024",
        "20 nov. 2024",
        "mercredi 20 novembre 2024",
        "Mercredi 20 novembre 2024 à 8h15",
        "le 20 novembre 2024",
        "  20 novembre 2024, 08:15 ",
        "Wed, 20 Nov 2024 08:15:00 +0100",
        "20 Nov 2024 08:15:00 GMT",
    ],
)
def test_dates(text: str) -> None:
    assert parse_date(text) == date(2024, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er mars 2024", date(2024, 3, 1)),
        ("1er août 2024", date(2024, 8, 1)),
        ("3 févr. 2024", date(2024, 2, 3)),
        ("dimanche 1 décembre 2024", date(2024, 12, 1)),
        ("03/04/2024", date(2024, 4, 3)),
        ("29 février 2024", date(2024, 2, 29)),
        ("jeu. 5 déc. 2024", date(2024, 12, 5)),
        ("lundi 14 janvier 2019, 18h30", date(2019, 1, 14)),
        ("14/01/19", date(2019, 1, 14)),
        ("14.01.2019", date(2019, 1, 14)),
        ("2019/01/14", date(2019, 1, 14)),
        ("November 20, 2024", date(2024, 11, 20)),
        ("Fri Apr 28 19:20:36 CEST 2023", date(2023, 4, 28)),
        ("1732060800", date(2024, 11, 20)),
    ],
)
def test_other_dates(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hier",
        "2024",
        "2024-11",
        "novembre 2024",
        "20 novembre",
        "11/20/2024",
        "31/02/2024",
        "29 février 2023",
        "2024-02-30",
        "0000-01-01",
        "20 brumaire 2024",
        "2033-11-20",
        "20 novembre 1699",
        "2024-11-20 ou 21",
        "99 Nov 2024 08:15:00 GMT",
        "Wed, 20 Xyz 2024 08:15:00 GMT",
    ],
)
def test_what_is_not_a_day_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@given(st.text() | st.from_regex(r"[0-9]{1,4}[-/. ][a-z0-9]{1,9}[-/. ][0-9]{1,4}.{0,9}"))
def test_no_date_raises(text: str) -> None:
    parsed = parse_date(text)
    assert parsed is None or f"{parsed.year % 100:02}" in text or text.isdecimal()


@given(st.dates(date(1700, 1, 1), date.today()))
def test_iso_dates_are_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Publié le 14 janvier 2019 à 18h30", date(2019, 1, 14)),
        ("Publié le 14 janvier à 18h30\nMis à jour le 15 janvier 2019", date(2019, 1, 14)),
        ("Par Anne Durand\nPublié le lundi 1er mai 2023, 08:15", date(2023, 5, 1)),
        ("Mis à jour le 15/01/2019 à 10:02", date(2019, 1, 15)),
        ("Publié le 14/01/2019 à 18:30, mis à jour le 15/01/2019", date(2019, 1, 14)),
        ("jeu. 5 déc. 2024", date(2024, 12, 5)),
        ("mercredi 20 novembre 2024 - 10h30", date(2024, 11, 20)),
        ("Article publié le : 12 mars 2020", date(2020, 3, 12)),
        ("PARIS, 20 nov. 2024 (AFP) - Le texte est adopté.", date(2024, 11, 20)),
        ("Posté le 3 mars 2022 par la rédaction", date(2022, 3, 3)),
        # not when it was published
        ("Le 3 mars 2022, la Russie avançait encore vers Kiev.", None),
        ("17 novembre : la première journée rassemble 282 000 personnes", None),
        ("Publié le 14 janvier à 18h30", None),
        ("Publié le 31 février 2019", None),
        ("Publié en 1862, le roman a connu un succès immédiat.", None),
    ],
)
def test_a_date_in_the_text(text: str, day: date | None) -> None:
    assert find_date(f"{text}\nLe texte est adopté.\nIl sera promulgué.".split("\n")) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://www.lemonde.fr/idees/article/2019/01/14/a_5408913_3232.html", date(2019, 1, 14)),
        ("https://www.liberation.fr/2018-12-07-gilets", date(2018, 12, 7)),
        ("https://a.fr/2019/13/45/a", None),
        ("https://a.fr/123456/2019/a", None),
    ],
)
def test_a_date_in_an_address(url: str, day: date | None) -> None:
    assert date_in_url(url) == day


# Articles


def test_an_article(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\nsource: Le Monde avec AFP\ndate: 20 novembre 2024\nauthor: Par Anne Durand\n"
        "url: https://www.lemonde.fr/a\n---\n# L’aide votée\n\nMANDEL NGAN / AFP\n\n"
        "Le texte est adopté.\n\nPublicité\n\nIl sera promulgué lundi.\n",
        encoding="utf-8",
    )
    [file] = find_files(tmp_path)
    assert not isinstance(file, Problem)
    [record] = read_records(Part(file))
    assert isinstance(record, Record)
    assert list(read_article(record)) == [
        Article(
            id="a.md",
            path=str(path),
            title="L’aide votée",
            body="Le texte est adopté.\nIl sera promulgué lundi.",
            source="Le Monde",
            recognised_by="metadata",
            authors=("Anne Durand",),
            date=date(2024, 11, 20),
            url="https://www.lemonde.fr/a",
            title_is_lead=False,
        )
    ]


def test_debris_alone_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"body": "Lire la vidéo"}\n{"body": "Texte."}\n')
    (tmp_path / "b.txt").write_text("Publicité\n", encoding="utf-8")
    items = [
        item
        for file in find_files(tmp_path)
        if not isinstance(file, Problem)
        for record in read_records(Part(file))
        if isinstance(record, Record)
        for item in read_article(record)
    ]
    assert items == [
        Problem(f"{tmp_path / 'a.jsonl'}#1", "nothing but page debris"),
        Article("a.jsonl#2", str(tmp_path / "a.jsonl"), "Texte", "Texte.", title_is_lead=True),
        Problem(str(tmp_path / "b.txt"), "nothing but page debris"),
    ]
