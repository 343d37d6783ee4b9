"""What is read from each file format."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.article import Problem
from index.formats import FORMATS, RawArticle, parse
from index.intake.files import ArticleFile, find_files
from index.intake.records import Part, Unseen, read_records

FRONT_MATTER = """---
title: "Kiev : l’aide arrive"
source: Le Monde
date: 2024-11-20
authors: [Anne Durand, Paul Martin]
url: https://www.lemonde.fr/a.html
---

Premier paragraphe.
"""

# A page such as newspapers make them: metadata in the head, navigation around the text.
PAGE = """<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE html><html lang="fr"><head>
<title>L’aide à l’Ukraine votée - Le Monde</title>
<meta property="og:title" content="L’aide à l’Ukraine votée">
<meta property="og:site_name" content="Le Monde.fr">
<meta property="article:published_time" content="2024-11-20T08:15:00+01:00">
<meta name="author" content="Anne Durand">
<link rel="canonical" href="https://www.lemonde.fr/international/article/aide.html">
</head><body>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>L’aide à l’Ukraine votée</h1>
<p>Le Cong&shy;rès américain a adopté mercredi une aide de soixante et un milliards de dollars
destinée à l’Ukraine, après des mois de blocage par une partie des élus républicains.</p>
<p>Le texte, promis de longue date à Kiev, doit encore être promulgué par le président, qui s’est
engagé à le signer dès qu’il arrivera sur son bureau, dans les prochaines heures.</p>
</article>
<footer><p>Mentions légales – Gérer les cookies</p></footer></body></html>"""


def read(root: Path, name: str, content: str | bytes) -> list[RawArticle | Problem]:
    data = content if isinstance(content, bytes) else content.encode()
    (root / name).write_bytes(data)
    [file] = find_files(root / name)
    assert not isinstance(file, Problem)
    return list(read_file(file))


def read_file(file: ArticleFile) -> Iterator[RawArticle | Problem]:
    try:
        for item in read_records(Part(file)):
            yield from [item] if isinstance(item, Problem) else parse(item)
    except Unseen as unseen:
        yield Problem(file.path, unseen.reason)


def read_one(root: Path, name: str, content: str | bytes) -> RawArticle:
    [article] = read(root, name, content)
    assert isinstance(article, RawArticle)
    return article


def reasons(root: Path, name: str, content: str | bytes) -> list[str]:
    """Give the problems of a file, as `name#line: reason`."""
    return [
        f"{Path(item.path).name}: {item.reason}"
        for item in read(root, name, content)
        if isinstance(item, Problem)
    ]


# Plain text and Markdown


def test_plain_text(tmp_path: Path) -> None:
    assert read_one(tmp_path, "a.txt", "# Un\r\n\r\nDeux\n") == RawArticle(
        "a.txt", str(tmp_path / "a.txt"), "# Un\n\nDeux\n"
    )


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_front_matter(tmp_path: Path, name: str) -> None:
    assert read_one(tmp_path, name, "\ufeff" + FRONT_MATTER) == RawArticle(
        id=name,
        path=str(tmp_path / name),
        text="\n\nPremier paragraphe.\n",
        title="Kiev : l’aide arrive",
        source="Le Monde",
        date="2024-11-20",
        authors=("Anne Durand", "Paul Martin"),
        url="https://www.lemonde.fr/a.html",
    )


@pytest.mark.parametrize(
    ("front_matter", "field", "value"),
    [
        ("author: Anne Durand", "authors", ("Anne Durand",)),
        ("authors: Anne Durand, Paul Martin", "authors", ("Anne Durand, Paul Martin",)),
        ("authors:\n  - Anne Durand\n  - [Paul]", "authors", ("Anne Durand",)),
        ("authors: {nom: Durand}", "authors", ()),
        ("Title: Été", "title", "Été"),
        ("title: >\n  Sur deux\n  lignes", "title", "Sur deux lignes"),
        ('title: "\\0Deux\\nlignes\\uD800"', "title", "Deux lignes"),
        ("title: 2024", "title", "2024"),
        ("title: null", "title", ""),
        ("title:", "title", ""),
        ("source: Non", "source", "Non"),  # False, says YAML
        ("date: 2024-02-31", "date", "2024-02-31"),  # an exception, says YAML
        ("date: 2024-11-20 08:15:00+01:00", "date", "2024-11-20 08:15:00+01:00"),
        ("? [a]\n: b\ntitle: Été", "title", "Été"),
        ("", "title", ""),
    ],
)
def test_values_of_front_matter(
    tmp_path: Path, front_matter: str, field: str, value: object
) -> None:
    article = read_one(tmp_path, "a.txt", f"---\n{front_matter}\n---\nTexte.")
    assert getattr(article, field) == value
    assert article.text == "\nTexte."


BILLION_LAUGHS = "a: &a [x, x, x]\n" + "\n".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = "a: &a {x: y}\n" + "\n".join(
    f"{b}: &{b} {{<<: [{', '.join([f'*{a}'] * 9)}]}}"
    for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize("bomb", [BILLION_LAUGHS, MERGES])
def test_aliases_do_not_explode(tmp_path: Path, bomb: str) -> None:
    article = read_one(tmp_path, "a.txt", f"---\n{bomb}\ntitle: Été\n---\nTexte.")
    assert article.title == "Été"


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("---\ntitle: [\n---\nTexte.", "front matter that is not YAML fields, kept as text"),
        ("---\n- un\n- deux\n---\nTexte.", "front matter that is not YAML fields, kept as text"),
        ("---\nUn dialogue.\n---\n", "front matter that is not YAML fields, kept as text"),
        ('---\ntitle: "\\UFFFFFFFF"\n---\n', "front matter that is not YAML fields, kept as text"),
        (f"---\n{'[' * 4000}\n---\nTexte.", "front matter that is not YAML fields, kept as text"),
        ("---\ntitle: Été\n\nTexte.", "front matter without an end, kept as text"),
        (f"---\nx: {'y' * 20000}\n---\nTexte.", "front matter without an end, kept as text"),
    ],
)
def test_bad_front_matter_is_kept_as_text(tmp_path: Path, text: str, warning: str) -> None:
    path = str(tmp_path / "a.txt")
    assert read(tmp_path, "a.txt", text) == [
        Problem(path, warning, skipped=False),
        RawArticle("a.txt", path, text),
    ]


@pytest.mark.parametrize("text", ["Texte.\n---\ntitle: Été\n---\n", "----\nTexte.", "--- Fin ---"])
def test_a_rule_is_not_front_matter(tmp_path: Path, text: str) -> None:
    assert read_one(tmp_path, "a.txt", text).text == text


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("# L’été\n\nTexte.", "L’été", "L’été\n\nTexte."),
        ("\n\n#  L’été ##\nTexte.", "L’été", "L’été\nTexte."),
        ("---\nsource: AFP\n---\n\n# L’été\nTexte.", "L’été", "L’été\nTexte."),
        ("---\ntitle: Juin\n---\n# L’été\nTexte.", "Juin", "L’été\nTexte."),
        ("## Intertitre\nTexte.", "", "## Intertitre\nTexte."),
        ("#Ukraine, le mot-dièse\nTexte.", "", "#Ukraine, le mot-dièse\nTexte."),
        ("Texte.\n# L’été", "", "Texte.\n# L’été"),
    ],
)
def test_a_markdown_heading_is_a_title(tmp_path: Path, text: str, title: str, body: str) -> None:
    article = read_one(tmp_path, "a.md", text)
    assert (article.title, article.text) == (title, body)


# HTML


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_html(tmp_path: Path, encoding: str) -> None:
    article = read_one(tmp_path, "a.html", PAGE.encode(encoding))
    assert article.title == "L’aide à l’Ukraine votée"
    assert article.source == "Le Monde.fr"
    assert article.date == "2024-11-20T08:15:00+01:00"
    assert article.authors == ("Anne Durand",)
    assert article.url == "https://www.lemonde.fr/international/article/aide.html"
    assert "Le Congrès américain a adopté mercredi" in article.text
    assert "dans les prochaines heures." in article.text
    assert "Accueil" not in article.text
    assert "Mentions légales" not in article.text


def test_a_date_in_the_text_is_not_the_date_of_the_page(tmp_path: Path) -> None:
    paragraph = "<p>Le 3 mars 2022, la Russie avançait encore vers Kiev, à en croire Moscou.</p>"
    page = f"<html><body><article>{paragraph * 3}</article></body></html>"
    assert read_one(tmp_path, "a.html", page).date == ""


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<html><body><nav><a href='/'>Accueil</a> <a href='/une'>À la une</a></nav></body></html>",
        "<script>alert(1)</script>",
        "<" * 50_000,
    ],
)
def test_a_page_without_an_article_is_a_problem(
    tmp_path: Path, page: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert reasons(tmp_path, "a.html", page) == ["a.html: no main text in the page"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "page",
    ["<div>" * 20_000 + "Texte.", PAGE[:900], PAGE.replace(">", ""), "<p>&#0;&#xD800;&#x110000;x"],
)
def test_broken_html_is_read_or_reported(tmp_path: Path, page: str) -> None:
    assert len(read(tmp_path, "a.html", page)) == 1


# JSON Lines


def test_jsonl(tmp_path: Path) -> None:
    fields = {
        "title": "L’été",
        "source": "AFP",
        "date": "2024-11-20",
        "authors": ["Anne Durand"],
        "url": "https://a.fr",
    }
    lines = [{**fields, "body": "Un."}, {"text": "Deux."}, {"content": "Trois.", "author": "Moi"}]
    text = "\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    path = str(tmp_path / "a.jsonl")
    expected = [
        RawArticle(
            "a.jsonl#1",
            path,
            "Un.",
            "L’été",
            "AFP",
            "2024-11-20",
            ("Anne Durand",),
            "https://a.fr",
        ),
        RawArticle("a.jsonl#3", path, "Deux."),
        RawArticle("a.jsonl#5", path, "Trois.", authors=("Moi",)),
    ]
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert read(tmp_path, "a.jsonl", text.encode(encoding)) == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"body": "Coupé', "not JSON"),
        ("texte", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"body": "Un.", "n": ' + "9" * 5000 + "}", "not JSON"),
        ('["Un."]', "not a JSON object"),
        ("null", "not a JSON object"),
        ("{}", "no body"),
        ('{"title": "Été"}', "no body"),
        ('{"body": " ", "text": null}', "no body"),
        ('{"body": "\\u0000\\ud800"}', "no body"),
        ('{"body": ["Un."]}', "body is not a string"),
        ('{"body": 12, "text": "Un."}', "body is not a string"),
        ('{"body": "Un."}\0', "binary file"),
    ],
)
def test_a_bad_line_is_a_problem_and_the_others_are_read(
    tmp_path: Path, line: str, reason: str
) -> None:
    text = f'{{"body": "Avant."}}\n{line}\n{{"body": "Après."}}'
    before, problem, after = read(tmp_path, "a.jsonl", text)
    assert problem == Problem(f"{tmp_path / 'a.jsonl'}#2", reason)
    assert isinstance(before, RawArticle)
    assert isinstance(after, RawArticle)
    assert (before.text, after.id, after.text) == ("Avant.", "a.jsonl#3", "Après.")


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ('{"body": "", "text": "Un."}', "text", "Un."),
        ('{"Body": "Un."}', "text", "Un."),
        ('{"body": "Un.\\r\\nDeux.\\u0007"}', "text", "Un.\nDeux."),
        ('{"body": "Un.\u2028Deux."}', "text", "Un.\nDeux."),
        ('{"body": "Un.", "title": true}', "title", ""),
        ('{"body": "Un.", "title": {"fr": "Été"}}', "title", ""),
        ('{"body": "Un.", "title": " L\\u0027\\n\\té\\u0000té "}', "title", "L' été"),
        ('{"body": "Un.", "date": 20241120}', "date", "20241120"),
        ('{"body": "Un.", "authors": ["Anne", null, 3.5, []]}', "authors", ("Anne", "3.5")),
        ('{"body": "Un.", "authors": [], "author": "Anne"}', "authors", ("Anne",)),
    ],
)
def test_values_of_json(tmp_path: Path, line: str, field: str, value: object) -> None:
    assert getattr(read_one(tmp_path, "a.jsonl", line), field) == value


def test_too_long_a_line_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, ".jsonl", FORMATS[".jsonl"]._replace(largest=100))
    long = json.dumps({"body": "Un." * 100})
    items = read(tmp_path, "a.jsonl", f'{{"body": "Avant."}}\n{long}\n{{"body": "Après."}}')
    assert [item.reason if isinstance(item, Problem) else item.id for item in items] == [
        "a.jsonl#1",
        "too large for one article",
        "a.jsonl#3",
    ]


# Any format


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.HTM"])
@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "empty file"), (b"\n ", "empty file"), (b"\0\1", "binary file")]
)
def test_a_file_without_text_is_a_problem(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    assert reasons(tmp_path, name, data) == [f"{name}: {reason}"]


def test_too_large_a_file_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, ".html", FORMATS[".html"]._replace(largest=10))
    assert reasons(tmp_path, "a.html", PAGE) == ["a.html: too large for one article"]


@pytest.mark.parametrize(
    ("bytes_", "characters", "text"),
    [(25, 1_000, "Un missile. Un obus. Une"), (1_000, 20, "Un missile. Un obus."), (48, 48, "")],
)
def test_of_too_long_a_text_the_beginning_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bytes_: int, characters: int, text: str
) -> None:
    monkeypatch.setitem(FORMATS, ".txt", FORMATS[".txt"]._replace(largest=bytes_))
    monkeypatch.setattr("index.formats.LONGEST_TEXT", characters)
    whole = "Un missile. Un obus. Une mine. Un drone et char."
    items = read(tmp_path, "a.txt", whole)
    assert [item.text for item in items if isinstance(item, RawArticle)] == [text or whole]
    warning = Problem(
        str(tmp_path / "a.txt"), f"only its first {len(text)} characters are kept", False
    )
    assert [item for item in items if isinstance(item, Problem)] == ([warning] if text else [])


@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace("<article>", "<p>" * 60_000 + "<article>"),
        PAGE.replace("<article>", "<article " + " ".join(f"a{n}=1" for n in range(9_000)) + ">"),
        PAGE.replace("<article>", "<article " + " ".join(f"a{n}='x'" for n in range(9_000)) + ">"),
    ],
)
def test_a_page_that_would_take_minutes_is_a_problem(tmp_path: Path, page: str) -> None:
    reason = "too many elements or attributes for a page"
    assert reasons(tmp_path, "a.html", page) == [f"a.html: {reason}"]


def test_a_picture_in_a_page_is_none(tmp_path: Path) -> None:
    image = f"<article><img src='data:image/png;base64,{'abcd' * 50_000}'>"
    page = PAGE.replace("<article>", image)
    assert read_one(tmp_path, "a.html", page).title == "L’aide à l’Ukraine votée"


def test_what_has_become_a_fifo_is_a_problem(tmp_path: Path) -> None:
    """It is not waited for: nobody may ever write to it."""
    for name in ("a.txt", "a.jsonl"):
        (tmp_path / name).write_text("Texte.")
        [file] = find_files(tmp_path / name)
        assert not isinstance(file, Problem)
        (tmp_path / name).unlink()
        os.mkfifo(tmp_path / name)
        assert list(read_file(file)) == [Problem(str(tmp_path / name), "not a regular file")]


def test_what_is_written_meanwhile_is_for_the_next_time(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"body": "Un."}\n')
    [file] = find_files(tmp_path / "a.jsonl")
    assert not isinstance(file, Problem)
    for encoding in ("utf-8", "utf-16"):
        text = '{"body": "Un."}\n'
        size = len(text.encode(encoding))
        (tmp_path / "a.jsonl").write_bytes((text * 3).encode(encoding))
        assert len(list(read_file(replace(file, size=size)))) == 1


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl"])
def test_a_file_that_vanished_is_a_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Texte.")
    [file] = find_files(tmp_path)
    assert not isinstance(file, Problem)
    (tmp_path / name).unlink()
    assert list(read_file(file)) == [Problem(str(tmp_path / name), "no such file or directory")]
    (tmp_path / name).mkdir()
    assert list(read_file(file)) == [Problem(str(tmp_path / name), "is a directory")]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["a.txt", "a.md", "a.html", "a.jsonl"]),
    st.binary()
    | st.builds("---\n{}\n---\n{}".format, st.text(), st.text()).map(str.encode)
    | st.builds('{{"body": {}, "title": {}}}\n'.format, st.text(), st.text()).map(str.encode),
)
@example("a.txt", b'---\n"\\UFFFFFFFF"\n---\n')
@example("a.html", b"<!DOCTYPE html><html><body><p>\xff\x01<article><p>" + b"x" * 300)
def test_no_bytes_raise(name: str, data: bytes) -> None:
    with TemporaryDirectory() as folder:
        for item in read(Path(folder), name, data):
            assert isinstance(item, Problem) or item.text.strip() or data.startswith(b"---")
