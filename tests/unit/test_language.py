"""The language of messages: which one is spoken, and whether its catalogue is all it should be."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.numbers import format_decimal
from rich.cells import cell_len

from index.language import NO_BREAK, _, figures, language, ngettext, pgettext, prefer, use
from search.cli.completion import SCRIPTS
from search.model import NO_DATE, DateRange, NoteKind
from search.wording.counts import ago, counted, human_size
from search.wording.dates import between, day, month
from search.wording.syntax import SYNTAX
from tests.support.messages import CATALOGUE, FIELD, PACKAGES, forms, french, marked
from tests.support.places import ROOT


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """No language is asked for, until the test asks for one; English afterwards."""
    for name in ("DEPECHE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    yield monkeypatch
    prefer(None)
    use("en")


@pytest.mark.parametrize(
    ("variables", "spoken"),
    [
        ("", "en"),
        ("LANG=fr_FR.UTF-8", "fr"),
        ("LANG=fr_CA", "fr"),
        ("LANG=fr", "fr"),
        ("LANG=FR@euro", "fr"),
        ("LANG=frp_IT.UTF-8", "en"),  # Franco-Provençal
        ("LANG=frr_DE", "en"),  # North Frisian
        ("LANG=de_CH.UTF-8", "en"),
        ("LANG=C.UTF-8", "en"),
        ("LANG=en_US.UTF-8 LC_MESSAGES=fr_FR.UTF-8", "fr"),
        ("LANG=fr_FR.UTF-8 LC_MESSAGES=C", "en"),
        ("LANG=fr_FR.UTF-8 LC_ALL=C", "en"),
        ("LANG=fr_FR.UTF-8 LC_ALL= LC_MESSAGES=", "fr"),
        ("LANG=en_US.UTF-8 LC_ALL=fr_BE.UTF-8", "fr"),
        ("LC_ALL=fr_FR.UTF-8 DEPECHE_LANG=en", "en"),
        ("LC_ALL=C DEPECHE_LANG=fr", "fr"),
        ("LANG=fr_FR.UTF-8 DEPECHE_LANG=", "fr"),
    ],
)
def test_the_environment_decides(
    environment: pytest.MonkeyPatch, variables: str, spoken: str
) -> None:
    for variable in variables.split():
        environment.setenv(*variable.split("=", 1))
    use(None)
    assert language() == spoken


def test_a_preference_stands_between(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LC_ALL", "C")
    prefer("fr")
    assert language() == "fr"
    environment.setenv("DEPECHE_LANG", "en")
    use(None)
    assert language() == "en"


def test_what_is_chosen_now_stands_above_all_and_is_handed_on(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("DEPECHE_LANG", "en")
    use("fr")
    assert language() == "fr"
    code = "from index.language import language; print(language())"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    assert ran.stdout == b"fr\n"


def test_nothing_is_loaded_for_english() -> None:
    code = "import sys; from index.language import _; _('a'); print('gettext' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    assert ran.stdout == b"False\n"


@pytest.mark.usefixtures("french")
def test_french_is_spoken() -> None:
    assert _("try again") == "réessayez"
    assert pgettext("source", "unknown") == "inconnue"
    assert [ngettext("file", "files", number) for number in (0, 1, 2)] == [
        "fichier",
        "fichier",
        "fichiers",
    ]
    assert _("nobody has said this yet") == "nobody has said this yet"


# What the catalogue holds.


def test_every_message_is_in_it() -> None:
    here = {(m.context or "", forms(m.id)[0]) for m in french() if m.id}
    assert not marked() - here, "run `make messages`, and translate what is new in fr.po"
    assert not here - marked(), "run `make messages`: these are said no more"
    assert len(here) > 200


def test_every_message_is_translated() -> None:
    missing = [m.id for m in french() if m.id and (m.fuzzy or not all(forms(m.string)))]
    assert not missing


def test_translations_have_the_fields_of_their_messages() -> None:
    for message in french():
        wanted = sorted(FIELD.findall(forms(message.id)[-1])) if message.id else []
        for string in forms(message.string) if message.id else ():
            assert sorted(FIELD.findall(string)) == wanted, message.id


def test_what_is_read_is_made_of_what_is_written() -> None:
    made = io.BytesIO()
    write_mo(made, french())
    assert (CATALOGUE / "fr.mo").read_bytes() == made.getvalue(), "run `make messages`"


CODE = re.compile(r"`[^`]*`|^  .*$", re.MULTILINE)  # what may be typed stays as it is


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (r"\w'\w", "’ is the apostrophe"),
        (r" [;:!?»]", "a no-break space goes before ; : ! ? »"),
        (r"[^\W\d_][;!?»]|[\w)}»]:(?=[ \n]|$)", "a no-break space goes before ; : ! ? »"),
        (r"«[^\u00a0]", "a no-break space goes after «"),
        (r"\.\.\.", "… is one character"),
        (r"[“”]", "quotes are « »"),
        (r"\u202f", "no-break spaces are U+00A0"),
        (r"\S  \w", "one space is enough"),
        (r"\b(?:Etat|Ecri|Etes|A l)", "capitals have their accents"),
    ],
)
def test_typography(wrong: str, why: str) -> None:
    for message in french():
        for string in forms(message.string) if message.id else ():
            found = re.search(wrong, CODE.sub("x", string))
            assert not found, f"{string!r}: {why}"


# Whether all that is said is marked.

A_SENTENCE = re.compile(r"[^\W\d_]{2,},? [a-zà-ÿ]{2,}\b")
A_PATTERN = re.compile(r"[$\\]|\(\?|\[\w+\]|\bh2\b")  # of text, of a page, or a style
DATA = {  # modules of French words
    ROOT / "index/analysis/dictionary/build.py",
    ROOT / "index/analysis/stopwords.py",
    ROOT / "index/extraction/months.py",
    ROOT / "index/formats/fields.py",
    ROOT / "search/query/completion.py",
    ROOT / "search/query/dates.py",
}
NOT_SAID = {
    *get_args(NoteKind),
    *(example for row in SYNTAX for example in row.examples),
    *SCRIPTS.values(),
    NO_DATE,  # shown by `month`
    "no space",  # looked for in what the system says …
    "en ligne",  # … in articles …
    "unexpected end of data",  # … and Python …
    "not take",  # … and Typer
    "no dictionary of terms",  # looked for in what was found to be damaged
    "not what was written",
    "no question: ",  # a fault of the program
    "news of results",  # names of a task, of a format
    "factiva text",
    "from tui.session.serving import serve",
    "import sys; sys.path[:] = ",
}
MARKS = {"_", "N_", "ngettext", "pgettext"}


def unmarked(file: Path) -> Iterator[str]:
    """The strings of a module that look like something said, and are not marked."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))  # a docstring
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in MARKS | {"counted", "Damage", "compile"}:
                passed.update(map(id, ast.walk(node)))
        elif isinstance(node, ast.keyword) and node.arg == "also":
            passed.update(map(id, ast.walk(node)))  # what the palette finds a command by
        elif isinstance(node, ast.Assert) or (
            isinstance(node, ast.Subscript) and getattr(node.value, "id", "") == "Literal"
        ):
            passed.update(map(id, ast.walk(node)))
    for node in ast.walk(tree):
        place = f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = id(node) not in passed and node.value not in NOT_SAID
            if said and not A_PATTERN.search(node.value) and A_SENTENCE.search(node.value):
                yield f"{place}: {node.value!r}"
        elif isinstance(node, ast.JoinedStr):
            calls = [part for part in ast.walk(node) if isinstance(part, ast.Call)]
            marks = [call.args[0] for call in calls if getattr(call.func, "id", "") in MARKS]
            if any(isinstance(message, ast.Constant) for message in marks):
                yield f"{place}: not found inside an f-string"


def test_what_is_said_is_marked() -> None:
    files = [f for package in PACKAGES for f in sorted((ROOT / package).rglob("*.py"))]
    found = [text for file in files if file not in DATA for text in unmarked(file)]
    assert found == []


def test_what_is_not_marked_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    module = tmp_path / "a.py"
    module.write_text('"""A docstring here."""\nraise E(_("it is marked"), f"and {n} is not it")\n')
    assert list(unmarked(module)) == ["a.py:2: ' is not it'"]
    module.write_text("""say(f"{_('in vain')}")\n""")
    assert list(unmarked(module)) == ["a.py:1: not found inside an f-string"]


# Numbers and dates, as the Unicode consortium has them.


@pytest.mark.parametrize("number", [0, 7, 999, 1000, 5_000, 12_345, 1_234_567])
def test_figures(number: int) -> None:
    use("fr")
    try:
        expected = format_decimal(number, locale="fr").replace("\u202f", NO_BREAK)
        assert figures(number) == expected
        assert cell_len(figures(number)) == len(expected)
        decimal = format_decimal(number + 0.5, format="#,##0.0", locale="fr")
        assert figures(number + 0.5, 1) == decimal.replace("\u202f", NO_BREAK)
    finally:
        use("en")
    assert figures(number) == format_decimal(number, locale="en")


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize("number", range(1, 13))
def test_dates(number: int) -> None:
    fourteenth = date(2024, number, 14)
    expected = format_date(fourteenth, "d MMM y", locale="fr").replace(" ", NO_BREAK)
    assert day(fourteenth) == expected
    assert month(f"2024-{number:02}") == expected.partition(NO_BREAK)[2]
    assert all(cell_len(character) == 1 for character in expected)


@pytest.mark.usefixtures("french")
def test_more_of_dates_and_counts() -> None:
    said = [
        day(date(2019, 2, 1)),
        between(DateRange(date(2018, 11, 1), date(2019, 1, 31))),
        between(DateRange(date(2018, 11, 1), date(2018, 11, 30))),
        month("no date"),
        month("sometime"),
        counted(0, "article", "articles"),
        counted(5_000, "article", "articles"),
        human_size(4_210_000),
        human_size(1),
        ago(5),
        ago(7_300),
        ago(3 * 86_400),
    ]
    assert [text.replace(NO_BREAK, " ") for text in said] == [
        "1er févr. 2019",
        "nov. 2018 – janv. 2019",
        "nov. 2018",
        "sans date",
        "sometime",
        "0 article",
        "5 000 articles",
        "4,2 Mo",
        "1 octet",
        "à l’instant",
        "il y a 2 h",
        "il y a 3 jours",
    ]
