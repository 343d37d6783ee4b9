"""What is exported is what other programs read: each format is read back by its own parser."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from itertools import islice, repeat
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.bparser import BibTexParser
from hypothesis import given, settings
from hypothesis import strategies as st

from search.export import FORMATS, Format, exported
from search.export.citation import citation
from search.export.people import Person, person
from search.model import Head, Hit, Snippet

HEAD = Head(
    id="2024/atacms.html",
    path="/archive/2024/atacms.html",
    title="Des missiles « ATACMS » livrés à Kiev",
    source="Le Monde",
    authors=("Anne-Marie de La Tour", "Paul Roy"),
    date=date(2024, 11, 14),
    url="https://www.lemonde.fr/a_1.html?x=1&y=2",
)
BARE = Head(id="b.txt", path="/archive/b.txt", title="Sans rien", source="unknown")


def hit(head: Head, *snippets: Snippet) -> Hit:
    return Hit(head, 1.0, True, snippets)


def text_of(format: Format, *hits: Hit) -> str:
    return "".join(exported(hits, format))


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Anne Durand", "Durand", "Anne"),
        ("Jean-Baptiste de La Tour", "de La Tour", "Jean-Baptiste"),
        ("Élise Le Goff", "Le Goff", "Élise"),
        ("J. Dupont", "Dupont", "J."),
        ("J.-P. Martin", "Martin", "J.-P."),
        ("Maria Elena d’Agostino", "Elena d’Agostino", "Maria"),
        ("AFP", "AFP", ""),
        ("Le Monde", "Le Monde", ""),
        ("Le Monde avec AFP", "Le Monde avec AFP", ""),
        ("La rédaction", "La rédaction", ""),
        ("AFP Factuel", "AFP Factuel", ""),
        ("Anne Durand et Paul Roy", "Anne Durand et Paul Roy", ""),
        ("Rédaction / Reuters", "Rédaction / Reuters", ""),
        ("Madonna", "Madonna", ""),
    ],
)
def test_names_of_people(name: str, family: str, given: str) -> None:
    assert person(name) == Person(family, given)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            HEAD,
            "Anne-Marie de La Tour et Paul Roy, «\xa0Des missiles « ATACMS » livrés à Kiev\xa0»,"
            " *Le Monde*, 14\xa0novembre 2024, https://www.lemonde.fr/a_1.html?x=1&y=2",
        ),
        (BARE, "«\xa0Sans rien\xa0»."),
        (
            replace(BARE, source="AFP", date=date(2019, 3, 1), authors=("A", "B", "C")),
            "A, B et C, «\xa0Sans rien\xa0», *AFP*, 1er\xa0mars 2019.",
        ),
    ],
)
def test_citations(head: Head, expected: str) -> None:
    assert citation(head) == expected


def test_ris() -> None:
    full, bare = rispy.loads(text_of("ris", hit(HEAD), hit(BARE)))
    assert full == {
        "type_of_reference": "NEWS",
        "authors": ["de La Tour, Anne-Marie", "Roy, Paul"],
        "title": HEAD.title,
        "secondary_title": "Le Monde",
        "year": "2024",
        "date": "2024/11/14/",
        "urls": [HEAD.url],
        "language": "fr",
        "id": HEAD.id,
    }
    assert bare["title"] == "Sans rien"
    assert "secondary_title" not in bare


def entries(text: str) -> list[dict[str, str]]:
    parser = BibTexParser(common_strings=False)
    found: list[dict[str, str]] = bibtexparser.loads(text, parser).entries
    return found


def test_bibtex() -> None:
    full, again, bare = entries(text_of("bibtex", hit(HEAD), hit(HEAD), hit(BARE)))
    assert full == {
        "ENTRYTYPE": "article",
        "ID": "delatour2024missiles",
        "author": "de La Tour, Anne-Marie and Roy, Paul",
        "title": "{Des missiles « ATACMS » livrés à Kiev}",
        "journal": "Le Monde",
        "year": "2024",
        "month": "11",
        "day": "14",
        "url": HEAD.url,
        "langid": "french",
    }
    assert again["ID"] == "delatour2024missiles-2"
    assert (bare["ID"], bare["title"]) == ("sans", "{Sans rien}")


def test_what_latex_would_act_upon() -> None:
    head = replace(BARE, title=r"100 % des \n {coûts} & 5 $ #1 a_b ~ ^", source="R&D")
    (entry,) = entries(text_of("bibtex", hit(head)))
    assert entry["title"] == (
        r"{100 \% des \textbackslash{}n \textbraceleft{}coûts\textbraceright{} \& 5 \$ \#1 a\_b"
        r" \textasciitilde{} \textasciicircum{}}"
    )
    assert entry["journal"] == r"R\&D"


def test_csl_json() -> None:
    assert json.loads(text_of("csl-json")) == []
    full, bare = json.loads(text_of("csl-json", hit(HEAD), hit(BARE)))
    assert full == {
        "id": HEAD.id,
        "type": "article-newspaper",
        "title": HEAD.title,
        "author": [
            {"family": "de La Tour", "given": "Anne-Marie"},
            {"family": "Roy", "given": "Paul"},
        ],
        "container-title": "Le Monde",
        "issued": {"date-parts": [[2024, 11, 14]]},
        "URL": HEAD.url,
        "language": "fr",
    }
    assert bare == {
        "id": "b.txt",
        "type": "article-newspaper",
        "title": "Sans rien",
        "language": "fr",
    }


def rows(text: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv() -> None:
    snippets = Snippet("Un « mot », deux."), Snippet("… trois")
    (row,) = rows(text_of("csv", hit(HEAD, *snippets)))
    assert row == {
        "id": HEAD.id,
        "title": HEAD.title,
        "source": "Le Monde",
        "authors": "Anne-Marie de La Tour; Paul Roy",
        "date": "2024-11-14",
        "url": HEAD.url,
        "path": HEAD.path,
        "passages": "Un « mot », deux. … trois",
    }


@pytest.mark.parametrize("text", ["=1+1", "+33 1 42", "-5 %", "@depeche", "\tx"])
def test_no_cell_is_a_formula(text: str) -> None:
    (row,) = rows(text_of("csv", hit(replace(BARE, title=text))))
    assert row["title"] == f"'{text}"


def test_markdown() -> None:
    snippet = Snippet("Des *missiles* et [ATACMS](x).", ((5, 13),))
    assert text_of("markdown", hit(replace(HEAD, title="A_b", authors=()), snippet), hit(BARE)) == (
        "- «\xa0A\\_b\xa0», *Le Monde*, 14\xa0novembre 2024, <https://www.lemonde.fr/a_1.html?x=1&y=2>\n"
        "\n"
        "  > Des \\***missiles**\\* et \\[ATACMS\\](x).\n"
        "\n"
        "- «\xa0Sans rien\xa0».\n"
    )


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), min_size=1)


@settings(deadline=None, max_examples=50)
@given(TEXTS.filter(str.strip), TEXTS)
def test_any_title_comes_back(title: str, source: str) -> None:
    head = replace(HEAD, title=" ".join(title.split()), source=source)
    one = hit(head)
    assert json.loads(text_of("csl-json", one))[0]["title"] == head.title
    (row,) = rows(text_of("csv", one))
    assert row["title"].removeprefix("'") == head.title.removeprefix("'")
    assert len(rispy.loads(text_of("ris", one))) == 1
    assert len(entries(text_of("bibtex", one))) == 1


@pytest.mark.parametrize("format", FORMATS)
def test_hits_are_written_one_by_one(format: Format) -> None:
    endless = repeat(hit(HEAD))
    assert len(list(islice(exported(endless, format), 5))) == 5
