"""The exports of press databases, in the markup of several years."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from index.article import Article, Problem
from index.extraction.reading import read_article
from index.formats import Record
from index.intake.files import find_files
from index.intake.records import Part, read_records


def read(root: Path, name: str, content: str | bytes) -> list[Article | Problem]:
    (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    [file] = find_files(root / name)
    assert not isinstance(file, Problem)
    found: list[Article | Problem] = []
    for item in read_records(Part(file)):
        found += read_article(item) if isinstance(item, Record) else [item]
    return found


def said(articles: list[Article | Problem]) -> list[tuple[object, ...]]:
    """What is known of each article, or why it could not be read."""
    return [
        (item.title, item.source, item.date, item.authors, item.page)
        if isinstance(item, Article)
        else (item.reason,)
        for item in articles
    ]


P = "Le Congrès américain a adopté mercredi une aide à l’Ukraine, après des mois de blocage."
Q = "Le texte doit encore être promulgué par le président, qui s’y est engagé."


def europresse(publication: str, header: str, title: str, author: str = "", body: str = P) -> str:
    """An article as Europresse exports them since 2022."""
    signed = f'<p class="sm-margin-bottomNews">{author}</p>' if author else ""
    return f"""<article><header>
      <div class="rdp__DocPublicationName"><span class="DocPublicationName"> {publication}
        <br/></span></div>
      <div><span class="DocHeader">{header}</span></div>
      <div class="titreArticle"><p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">
        {title} </p></div>{signed}</header>
      <section><div class="DocText clearfix"><div class="docOcurrContainer"><p>{body}</p>
        <p>{Q} <mark>Kiev</mark> attend.</p></div></div></section>
      <aside><p>Encadré(s) : rien</p></aside>
      <footer><small>© 2024 {publication}. Tous droits réservés.</small>
        <p>Numéro de document : news·20240911·LC·043018</p></footer></article>"""


MODERN = [
    (
        europresse(
            "La Croix, no. 43018",
            "France, mercredi 11 septembre 2024 134 mots, p. 11",
            "L’aide votée",
            "Anne Durand",
        ),
        ("L’aide votée", "La Croix", date(2024, 9, 11), ("Anne Durand",), "11"),
    ),
    (
        europresse(
            "Le Monde.fr (site web)", "jeu. 5 déc. 2024 - 18:30 UTC +0100, 1240 mots", "Kiev attend"
        ),
        ("Kiev attend", "Le Monde", date(2024, 12, 5), (), ""),
    ),
    (
        europresse(
            "Le Figaro, no. 24 000",
            "lundi 14 janvier 2019, p. 93_T_17",
            "Le budget",
            "DURAND, Anne ; MARTIN, Paul",
        ),
        ("Le budget", "Le Figaro", date(2019, 1, 14), ("Anne Durand", "Paul Martin"), "93_T_17"),
    ),
    (
        europresse("Ouest-France", "Votre ville, vendredi 1er mars 2024", "Le pont", ""),
        ("Le pont", "Ouest-France", date(2024, 3, 1), (), ""),
    ),
    (
        europresse("The New York Times", "World, Friday, November 13, 2015", "Paris", ""),
        ("Paris", "New York Times", date(2015, 11, 13), (), ""),
    ),
]


def test_europresse(tmp_path: Path) -> None:
    page = f"<html><body>{''.join(article for article, _ in MODERN)}</body></html>"
    articles = read(tmp_path, "export.HTML", page)
    assert said(articles) == [expected for _, expected in MODERN]
    assert [item.id for item in articles if isinstance(item, Article)] == [
        f"export.HTML#{number}" for number in range(1, len(MODERN) + 1)
    ]
    assert {item.body for item in articles if isinstance(item, Article)} == {
        f"{P}\n{Q} Kiev attend."
    }


def test_europresse_of_2013(tmp_path: Path) -> None:
    page = f"""<html><body><article><header><div><span class='DocPublicationName'>Libération,
      no. 9876</span></div><div><span class='DocHeader'>Monde, lundi 28 janvier 2013, p. 4</span>
      </div><p class='titreArticleVisu'>Le Mali</p><div>Anne Durand</div></header>
      <div class='docOcurrContainer'><p>{P}</p><p>{Q}</p></div><footer><small>© 2013</small><p>x</p>
      </footer></article></body></html>"""
    [article] = read(tmp_path, "a.html", page)
    assert said([article])[0][:3] == ("Le Mali", "Libération", date(2013, 1, 28))


def test_europresse_of_2006(tmp_path: Path) -> None:
    """A table; nothing is marked but publication, date and title."""
    cells = "".join(
        f"""<tr><td><span class="DocPublicationName">{source}</span><br>
        <span class="DocHeader">{section}, {day}, p. {page}</span><br><br>
        <span class="TitreArticleVisu">{title}</span><br><br>Anne Durand<br><br>{P}<br><br>{Q}<br>
        <br>© 2006 {source}. Tous droits réservés.<br></td></tr>
        <tr><td align="center">news·20060413·LE·106702</td></tr>"""
        for source, section, day, page, title in [
            ("Les Echos, no. 19647", "Une", "jeudi 13 avril 2006", "1", "Le CPE retiré"),
            ("Le Monde", "France", "14 avril 2006", "8", "La jeunesse"),
        ]
    )
    articles = read(tmp_path, "a.html", f"<html><body><table>{cells}</table></body></html>")
    assert said(articles) == [
        ("Le CPE retiré", "Les Echos", date(2006, 4, 13), ("Anne Durand",), "1"),
        ("La jeunesse", "Le Monde", date(2006, 4, 14), ("Anne Durand",), "8"),
    ]
    assert {item.body for item in articles if isinstance(item, Article)} == {f"{P}\n{Q}"}


def test_a_europresse_article_without_text_is_one_line(tmp_path: Path) -> None:
    page = MODERN[0][0] + "<article><header><span class='DocPublicationName'>X</span></article>"
    articles = read(tmp_path, "a.html", page)
    assert said(articles) == [MODERN[0][1], ("an article without a text",)]


FACTIVA_CODES = f"""<html><head><title>Factiva</title></head><body>
<div class="article frArticle"><table>
<tr><td><b>SE</b></td><td>France</td></tr>
<tr><td><b>HD</b></td><td><span class='frHeadline'>L’aide votée</span></td></tr>
<tr><td><b>BY</b></td><td>Par Anne Durand</td></tr><tr><td><b>WC</b></td><td>512 mots</td></tr>
<tr><td><b>PD</b></td><td>14 janvier 2019</td></tr><tr><td><b>SN</b></td><td>Le Figaro</td></tr>
<tr><td><b>SC</b></td><td>FIG</td></tr><tr><td><b>PG</b></td><td>12</td></tr>
<tr><td><b>LP</b></td><td><p class="articleParagraph frarticleParagraph">{P}</p></td></tr>
<tr><td><b>TD</b></td><td><p class="articleParagraph frarticleParagraph">{Q}</p></td></tr>
<tr><td><b>AN</b></td><td>Document FIGARO0020190114ef1e00001</td></tr></table></div>
<div class="article frArticle"><p></p><div id="hd"><span class='frHeadline'>Kiev attend</span></div>
<div class="author">Par Paul Martin</div><div>1 024 mots</div><div>15 janvier 2019</div>
<div>08:15</div><div>Le Monde</div><div>LEMOND</div><div>3</div><div>Français</div>
<div>Copyright Le Monde 2019. Tous droits réservés.</div>
<p class="articleParagraph frarticleParagraph">{P}</p>
<p class="articleParagraph frarticleParagraph">{Q}</p>
<p>Document LEMOND0020190115ef1f00002</p></div></body></html>"""

FACTIVA = [
    ("L’aide votée", "Le Figaro", date(2019, 1, 14), ("Anne Durand",), "12"),
    ("Kiev attend", "Le Monde", date(2019, 1, 15), ("Paul Martin",), "3"),
]


def test_factiva(tmp_path: Path) -> None:
    articles = read(tmp_path, "Factiva.html", FACTIVA_CODES)
    assert said(articles) == FACTIVA
    assert {item.body for item in articles if isinstance(item, Article)} == {f"{P}\n{Q}"}


def rtf(lines: list[str]) -> bytes:
    """Rich text with these paragraphs."""
    escaped = "".join(
        "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in line) + "\\par\n" for line in lines
    )
    return b"{\\rtf1\\ansi\\ansicpg1252\\deff0 " + escaped.encode() + b"}"


def test_factiva_as_rich_text(tmp_path: Path) -> None:
    lines = [
        *("France", "L’aide votée", "Par Anne Durand", "512 mots", "14 janvier 2019", "Le Figaro"),
        *("FIG", "12", "Français", "Copyright 2019 Le Figaro. Tous droits réservés.", P, Q),
        "Document FIGARO0020190114ef1e00001",
        *("Kiev attend", "Paul Martin", "1024 mots", "15 janvier 2019", "08:15", "Le Monde"),
        *("LEMOND", "3", "Français", "Copyright Le Monde", P, Q),
        "Document LEMOND0020190115ef1f00002",
    ]
    articles = read(tmp_path, "Factiva.rtf", rtf(lines))
    assert said(articles)[0] == FACTIVA[0]
    assert said(articles)[1][:3] == FACTIVA[1][:3]
    assert {item.body for item in articles if isinstance(item, Article)} == {f"{P}\n{Q}"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.html",
            f"<html><body><article><h1>Le mot Factiva</h1><p>{P}</p></article></body></html>",
        ),
        ("a.rtf", rtf(["Document FIGARO n’est rien", P])),
    ],
)
def test_others_are_articles_like_any(tmp_path: Path, name: str, content: str | bytes) -> None:
    [article] = read(tmp_path, name, content)
    assert isinstance(article, Article)
    assert article.id == name
