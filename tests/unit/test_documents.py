"""Documents that programs write: what is taken from each, and what is said of damaged ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from index.article import Problem
from index.formats import RawArticle, Record, parse
from index.intake.files import find_files
from index.intake.records import Part, parts, read_records

P = "Le Congrès américain a adopté mercredi une aide à l’Ukraine, après des mois de blocage."
Q = "Le texte doit encore être promulgué par le président, qui s’y est engagé."


def read(root: Path, name: str, data: str | bytes) -> list[RawArticle | Problem]:
    (root / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    [file] = find_files(root / name)
    assert not isinstance(file, Problem)
    found: list[RawArticle | Problem] = []
    for item in read_records(Part(file)):
        found += parse(item) if isinstance(item, Record) else [item]
    return found


def said(items: list[RawArticle | Problem]) -> list[str]:
    """Ids with titles, or reasons."""
    return [
        f"{item.id}: {item.title}" if isinstance(item, RawArticle) else item.reason
        for item in items
    ]


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def pdf(*pages: str, title: str = "") -> bytes:
    """A PDF with these pages, each a stream of drawing operators."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        data = page.encode("cp1252")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R"
            b" >> >> /Contents %d 0 R >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data))
    objects.append(
        f"<< /Title ({title}) /CreationDate (D:20240424081500+02'00') >>".encode("cp1252")
    )
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R /Info %d 0 R >>\n"
        b"startxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(objects), len(out))
    )


def column(lines: list[str], x: int = 50, y: int = 700, size: int = 10) -> str:
    shown = "".join(f"({line}) Tj 0 -{size + 2} Td\n" for line in lines)
    return f"BT /F1 {size} Tf {x} {y} Td\n{shown}ET\n"


LEFT = [
    "Le Congrès américain a adopté mercredi une aide à l'Ukraine,",
    "après des mois de blocage. Les missiles à longue portée font par-",
    "tie de l'envoi. La contre-offensive attendait ces muni-",
    "tions depuis le printemps.",
]
RIGHT = [
    "Le texte doit encore être promulgué par le président, qui s'y",
    "est engagé. Il le fera dans les prochaines heures, dit-on.",
]
JOINED = [
    "Le Congrès américain a adopté mercredi une aide à l'Ukraine, après des mois de blocage. "
    "Les missiles à longue portée font partie de l'envoi. La contre-offensive attendait ces "
    "munitions depuis le printemps.",
    "Le texte doit encore être promulgué par le président, qui s'y est engagé. Il le fera dans "
    "les prochaines heures, dit-on.",
]


def test_pdf_in_two_columns(tmp_path: Path) -> None:
    page = column(["L'aide votée"], y=780, size=24) + column(LEFT) + column(RIGHT, x=320)
    [article] = read(tmp_path, "a.pdf", pdf(page, title="Microsoft Word - a.doc"))
    assert isinstance(article, RawArticle)
    assert article.title == "L'aide votée"
    assert article.made == "2024-04-24"
    assert article.text.split("\n") == ["L'aide votée", *JOINED]


def test_pdf_says_its_title_and_page_numbers_are_no_text(tmp_path: Path) -> None:
    pages = [
        column(["Le Monde, 24 avril 2024"], y=820)
        + column([f"{n}. {LEFT[0]}", *LEFT[1:3], f"{LEFT[3][:-1]} {n}."])
        + column([str(n)], y=20)
        for n in range(1, 5)
    ]
    [article] = read(tmp_path, "a.pdf", pdf(*pages, title="L'aide votée"))
    assert isinstance(article, RawArticle)
    assert article.title == "L'aide votée"
    assert article.text.split("\n") == [f"{n}. {JOINED[0][:-1]} {n}." for n in range(1, 5)]


DOCX = f"""<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:pPr><w:pStyle w:val="Titre1"/></w:pPr><w:r><w:t>L’aide </w:t></w:r>
<w:r><w:t>votée</w:t></w:r></w:p>
<w:p><w:r><w:t>{P}</w:t></w:r><w:del><w:r><w:delText>Effacé.</w:delText></w:r></w:del></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{Q}</w:t><w:tab/><w:instrText>PAGE</w:instrText></w:r></w:p>
</w:tc></w:tr></w:tbl>
</w:body></w:document>"""
CORE = """<c:coreProperties xmlns:c="urn:core"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
<dc:title>Sans intérêt</dc:title><dcterms:created>2026-04-24T08:15:00Z</dcterms:created>
</c:coreProperties>"""
ODT = f"""<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>
<text:tracked-changes><text:p>Effacé.</text:p></text:tracked-changes>
<text:h>L’aide<text:s/>votée</text:h><text:p>{P}<text:note><text:p>Note.</text:p></text:note></text:p>
<text:list><text:list-item><text:p>Le texte <text:span>doit</text:span> encore être promulgué par
le président, qui s’y est engagé.</text:p></text:list-item></text:list>
</office:text></office:body></office:document-content>"""
OPF = """<package><metadata><dc:title>Le Monde du 24 avril</dc:title>
<dc:publisher>Le Monde</dc:publisher>
<dc:date>2024-04-24</dc:date></metadata><manifest><item id="c" href="couv.xhtml"/>
<item id="b" href="b.xhtml"/><item id="a" href="a%20a.xhtml"/></manifest>
<spine><itemref idref="c"/><itemref idref="a"/><itemref idref="b"/></spine></package>"""
CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/p.opf"/></rootfiles></container>'
CHAPTER = f"<html><body><h1>{{}}</h1><p>{P}</p><ul><li><p>{Q}</p></li></ul><p>{P}</p></body></html>"


def docx() -> bytes:
    return zipped({"word/document.xml": DOCX, "docProps/core.xml": CORE})


def test_docx(tmp_path: Path) -> None:
    [article] = read(tmp_path, "a.docx", docx())
    assert isinstance(article, RawArticle)
    assert (article.title, article.made) == ("L’aide votée", "")
    assert article.text.split("\n") == ["L’aide votée", P, Q]


def test_odt(tmp_path: Path) -> None:
    [article] = read(tmp_path, "a.odt", zipped({"content.xml": ODT}))
    assert isinstance(article, RawArticle)
    assert article.title == "L’aide votée"
    assert article.text.split("\n") == ["L’aide votée", P, Q]


def test_epub(tmp_path: Path) -> None:
    book = zipped(
        {
            "META-INF/container.xml": CONTAINER,
            "OEBPS/p.opf": OPF,
            "OEBPS/couv.xhtml": "<html><body><p>Couverture</p></body></html>",
            "OEBPS/a a.xhtml": CHAPTER.format("L’aide votée"),
            "OEBPS/b.xhtml": CHAPTER.format("Kiev attend"),
        }
    )
    articles = read(tmp_path, "a.epub", book)
    assert said(articles) == [
        "a.epub#OEBPS/a a.xhtml: L’aide votée",
        "a.epub#OEBPS/b.xhtml: Kiev attend",
    ]
    assert isinstance(articles[0], RawArticle)
    assert articles[0].text.split("\n") == ["L’aide votée", P, Q, P]
    assert (articles[0].source, articles[0].date) == ("Le Monde", "2024-04-24")


def test_rtf(tmp_path: Path) -> None:
    picture = "{\\pict\\pngblip " + "0123456789abcdef" * 200 + "}"
    data = (
        r"{\rtf1\ansi\ansicpg1252{\info{\creatim\yr2024\mo4\dy24}}\b L\rquote aide\b0\par "
        + picture
        + r"Adopt\'e9e mercredi.\par}"
    )
    [article] = read(tmp_path, "a.rtf", data)
    assert isinstance(article, RawArticle)
    assert article.text.split() == ["L’aide", "Adoptée", "mercredi."]


EML = f"""From: =?utf-8?q?Le_Monde?= <newsletter@lemonde.fr>
Subject: =?utf-8?q?L=E2=80=99aide_vot=C3=A9e?=
Date: Wed, 24 Apr 2024 08:15:00 +0200
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="x"

--x
Content-Type: text/html; charset=utf-8

<html><body><table><tr><td><p>{P}</p><p>{Q}</p></td></tr></table></body></html>
--x--
"""


def test_mail(tmp_path: Path) -> None:
    [article] = read(tmp_path, "a.eml", EML)
    assert isinstance(article, RawArticle)
    assert article.title == "L’aide votée"
    assert article.source == "Le Monde"
    assert article.date == "Wed, 24 Apr 2024 08:15:00 +0200"
    assert article.text.split("\n") == [P, Q]


def test_mbox(tmp_path: Path) -> None:
    message = f"From a@b Wed Apr 24 08:15:00 2024\n{EML}\nFrom Kiev, on attend.\n"
    articles = read(tmp_path, "a.mbox", f"{message}\n{message}\n{message}")
    assert said(articles) == [f"a.mbox#{number}: L’aide votée" for number in (1, 2, 3)]


def test_a_page_saved_in_one_file(tmp_path: Path) -> None:
    page = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://www.lemonde.fr/a.html
Subject: x
MIME-Version: 1.0
Content-Type: multipart/related; boundary="x"

--x
Content-Type: text/html
Content-Location: https://www.lemonde.fr/a.html

<html><head><meta property="og:title" content="L’aide votée"></head><body><article>
<p>{P}</p><p>{Q}</p></article></body></html>
--x
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--x--
"""
    [article] = read(tmp_path, "a.mhtml", page)
    assert isinstance(article, RawArticle)
    assert article.title == "L’aide votée"
    assert article.url == "https://www.lemonde.fr/a.html"
    assert article.text.split("\n") == [P, Q]


FEED = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>
<title>Le Monde.fr - Actualités</title><lastBuildDate>{}</lastBuildDate>{}</channel></rss>"""
ITEM = """<item><title>{}</title><link>https://www.lemonde.fr/{}</link><guid>{}</guid>
<pubDate>Wed, 24 Apr 2024 08:15:00 +0200</pubDate>
<description><![CDATA[<p>{}</p>]]></description></item>"""


def test_feed(tmp_path: Path) -> None:
    items = [ITEM.format(f"Titre {n}", n, f"id-{n}", P) for n in range(3)]
    first = read(tmp_path, "a.rss", FEED.format("hier", "".join(items[:2])))
    later = read(tmp_path, "a.rss", FEED.format("aujourd’hui", "".join(items[::-1])))
    assert later[::-1][:2] == first  # under the same ids, whatever came before them
    assert isinstance(first[0], RawArticle)
    assert (first[0].title, first[0].source, first[0].text) == ("Titre 0", "Le Monde.fr", P)
    assert first[0].url == "https://www.lemonde.fr/0"


def test_atom(tmp_path: Path) -> None:
    feed = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Le Temps</title><entry>
    <title>L’aide votée</title><id>x</id><link href="https://www.letemps.ch/a"/>
    <author><name>Anne Durand</name></author><published>2024-04-24T08:15:00Z</published>
    <content type="html">&lt;p&gt;{P}&lt;/p&gt;</content></entry></feed>"""
    [article] = read(tmp_path, "a.atom", feed)
    assert isinstance(article, RawArticle)
    assert (article.title, article.source, article.text) == ("L’aide votée", "Le Temps", P)
    assert (article.authors, article.date) == (("Anne Durand",), "2024-04-24T08:15:00Z")
    assert article.url == "https://www.letemps.ch/a"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_table(tmp_path: Path, separator: str, encoding: str) -> None:
    rows = [
        ["Titre", "Journal", "Date", "Auteur", "Texte"],
        ["L’aide", "Le Monde", "24/04/2024", "Anne Durand", f'"{P}\n\n{Q} ""Oui."""'],
        ["Kiev", "Libération", "25/04/2024", "", "Court."],
    ]
    table = "\n".join(separator.join(row) for row in rows)
    one, two = read(tmp_path, "a.csv", table.encode(encoding))
    assert isinstance(one, RawArticle)
    assert isinstance(two, RawArticle)
    assert (one.id, one.title, one.source) == ("a.csv#1", "L’aide", "Le Monde")
    assert (one.date, one.authors) == ("24/04/2024", ("Anne Durand",))
    assert one.text == f'{P}\n\n{Q} "Oui."'
    assert (two.title, two.text) == ("Kiev", "Court.")


def test_a_table_without_a_text(tmp_path: Path) -> None:
    [problem] = read(tmp_path, "a.csv", "nom;âge\nAnne;42\n")
    assert said([problem]) == [
        "no column for the text: name one body or texte (there are: nom, âge)"
    ]


def test_zip_is_read_like_a_folder(tmp_path: Path) -> None:
    inner = zipped({"a.txt": P})
    data = zipped(
        {
            "b/deux.txt": P,
            "a.jsonl": f'{{"body": "{P}"}}\n\n{{"body": "{Q}"}}',
            "image.png": b"\x89PNG",
            "__MACOSX/b.txt": "x",
            "b/.cache.txt": "x",
            "c.zip": inner,
            "d.docx": docx(),
        }
    )
    assert said(read(tmp_path, "a.zip", data)) == [
        "a.zip#a.jsonl#1: ",
        "a.zip#a.jsonl#3: ",
        "a.zip#b/deux.txt: ",
        "an archive in an archive is not read",
        "a.zip#d.docx: L’aide votée",
    ]


def warc(*pages: str) -> bytes:
    out = b""
    for number, page in enumerate(pages):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
        out += (
            (
                "WARC/1.0\r\nWARC-Type: response\r\n"
                f"WARC-Target-URI: https://www.lemonde.fr/{number}\r\n"
                f"WARC-Date: 2024-04-24T08:15:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                f"Content-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n"
            ).encode()
            + http
            + b"\r\n\r\n"
        )
    return out


PAGE = f"<html><body><article><h1>L’aide votée</h1><p>{P}</p><p>{Q}</p></article></body></html>"


def test_web_archive(tmp_path: Path) -> None:
    articles = read(tmp_path, "a.warc", warc(PAGE, PAGE))
    assert said(articles) == ["a.warc#1: L’aide votée", "a.warc#2: L’aide votée"]
    assert isinstance(articles[1], RawArticle)
    assert articles[1].url == "https://www.lemonde.fr/1"
    packed = zipped({"archive/a.warc": warc(PAGE), "pages/pages.jsonl": "{}"})
    assert said(read(tmp_path, "a.wacz", packed)) == ["a.wacz#1: L’aide votée"]


LARGE: list[tuple[str, Callable[[int], bytes]]] = [
    ("a.mbox", lambda n: f"From a@b Wed Apr 24 08:15:00 2024\n{EML}\n".encode() * n),
    ("a.csv", lambda n: b"titre;texte\n" + f'"Titre";"{P}\n{Q}"\n'.encode() * n),
    ("a.warc", lambda n: warc(*[PAGE] * n)),
    ("a.jsonl", lambda n: f'{{"body": "{P}"}}\n'.encode() * n),
    ("a.zip", lambda n: zipped({f"{i:05}.txt": P * 10 for i in range(n)})),
]


@pytest.mark.parametrize(("name", "make"), LARGE, ids=[name for name, _ in LARGE])
def test_a_large_file_is_read_in_parts_that_are_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, make: Callable[[int], bytes]
) -> None:
    monkeypatch.setattr("index.intake.records._PART", 2_000)
    (tmp_path / name).write_bytes(make(30))
    [file] = find_files(tmp_path / name)
    assert not isinstance(file, Problem)
    found = parts(file)
    assert 1 < len(found) < 31
    assert list(_records(found)) == list(_records([Part(file)]))
    assert len({record.id for record in _records(found)}) == 30


def _records(found: list[Part]) -> Iterator[Record]:
    for part in found:
        for record in read_records(part):
            assert isinstance(record, Record)
            yield record


BOMB = (
    "<!DOCTYPE a [<!ENTITY a 'a'>"
    + "".join(
        f"<!ENTITY {b} '{('&' + a + ';') * 10}'>"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><w:document>&i;</w:document>"
)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", b"%PDF-1.4 rien", "not a PDF, or a damaged one"),
        ("a.pdf", pdf("0 0 m"), "a PDF without text: scanned pages need OCR first"),
        ("a.docx", b"rien", "a damaged archive"),
        ("a.docx", docx()[:-300], "a damaged archive"),
        ("a.docx", zipped({"a": "x"}), "not a document of this kind, or an encrypted one"),
        ("a.docx", zipped({"word/document.xml": "<a>"}), "a damaged document"),
        (
            "a.docx",
            zipped({"word/document.xml": BOMB}),
            "a document with definitions of its own",
        ),
        ("a.docx", zipped({"word/document.xml": b" " * 17_000_000}), "too large for one article"),
        (
            "a.odt",
            zipped({"META-INF/manifest.xml": "<encryption-data/>", "content.xml": "x"}),
            "encrypted",
        ),
        ("a.epub", zipped({"a": "x"}), "not a book"),
        ("a.zip", zipped({"a.txt": b"a" * 60_000_000}), "an archive that unpacks to too much"),
        ("a.zip", b"PK\x03\x04", "a damaged archive"),
        ("a.rtf", "rien", "not rich text"),
        ("a.eml", "rien", "not a message"),
        ("a.eml", "From: a@b\nSubject: x\n\nVoir", "a message without a text"),
        ("a.mht", "Subject: x\n\nTexte.", "no page in this file"),
        ("a.xml", "<sitemap/>", "not a feed"),
        ("a.html", "<div>" * 40_000 + P, "too many elements inside each other for a page"),
    ],
)
def test_what_cannot_be_read_is_one_line(
    tmp_path: Path, name: str, data: str | bytes, reason: str
) -> None:
    assert said(read(tmp_path, name, data)) == [reason]


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.epub", "a.rtf", "a.eml", "a.mht", "a.rss"])
@pytest.mark.parametrize("cut", [0, 1, 50, 200, 400])
def test_damaged_files_are_read_or_reported(tmp_path: Path, name: str, cut: int) -> None:
    whole = {
        "a.pdf": pdf(column(LEFT)),
        "a.docx": docx(),
        "a.epub": zipped({"META-INF/container.xml": CONTAINER, "OEBPS/p.opf": OPF}),
        "a.rtf": b"{\\rtf1 Un missile, dit-on. {\\b gras",
        "a.eml": EML.encode(),
        "a.mht": EML.encode(),
        "a.rss": FEED.format("", ITEM.format("x", "y", "z", P)).encode(),
    }[name]
    damaged = whole[: len(whole) - cut] + b"\xff\x00" * (cut // 10)
    for item in read(tmp_path, name, damaged):
        assert isinstance(item, RawArticle | Problem)
