"""Snippets: which passages are shown, and what is marked in them."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis import analyze, beginnings
from search.local.archive import LocalArchive
from search.local.lookup import Lookup
from search.local.page import highlighter_of
from search.model import Request, Snippet
from search.passages.highlight import Match
from search.passages.snippets import snippets
from search.query import parse
from tests.support.archives import update
from tests.support.marks import matches
from tests.support.places import SEEDS


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> LocalArchive:
    folder = tmp_path_factory.mktemp("seeds") / "index"
    update(folder, [SEEDS])
    return LocalArchive(folder)


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.matches]


def of_text(archive: LocalArchive, text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in matches(text, query)]


# What is marked


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Pour l’Ukraine et d'Ukraine.", "ukraine", ["Ukraine", "Ukraine"]),
        ("L’ARMÉE avance.", "armee", ["ARMÉE"]),
        ("Des missiles, un missile.", "missile", ["missiles", "missile"]),
        ("Les approvisionnées.", "approvisionner", ["approvisionnées"]),
        ("Ses yeux, son œil.", "oeil", ["yeux", "œil"]),
        ("Il ira, ils vont ; allez !", "aller", ["ira", "vont", "allez"]),
        ("Les Nord-Coréens.", "nord coreennes", ["Nord-Coréens"]),
        ("Mines antipersonnel.", "anti-personnel", ["antipersonnel"]),
        ("Mines anti-personnel.", "antipersonnel", ["anti-personnel"]),
        ("Les 300\u202f000 hommes.", "300000", ["300\u202f000"]),
        (
            "Un appro\u00advision\u00adnement.",
            "approvisionnement",
            ["appro\u00advision\u00adnement"],
        ),
        ("Le siège de l’O.N.U. ferme.", "onu", ["O.N.U."]),
        ("Cœur et coeur.", "coeur", ["Cœur", "coeur"]),
        ("E\u0301lyse\u0301e.", "élysée", ["E\u0301lyse\u0301e"]),
        # Phrases: the whole of them, and only them
        (
            "La longue route. Une longue portée. La portée.",
            '"longue portée"',
            ["longue portée"],
        ),
        ("Une longue\nportée.", '"longue portée"', ["longue\nportée"]),
        ("À longue, très longue portée.", '"longue portée"', ["longue portée"]),
        ("La guerre de Russie, la Russie.", '"guerre de russie"', ["guerre de Russie"]),
        ("Une contre-offensive surprise.", '"contreoffensive surprise"', None),
        ("Une longue portée, portée.", '"longue portée" portée', ["longue portée", "portée"]),
        ("Une portée longue.", '"longue portée"', []),
        # Prefixes, near words, operators, fields
        ("Missile et missionnaire.", "miss*", ["Missile", "missionnaire"]),
        ("Kiev et Kief.", "kiev OR kief", ["Kiev", "Kief"]),
        ("Kiev et Moscou.", "kiev -moscou", ["Kiev"]),
        ("Kiev et Moscou.", "(kiev OR moscou)", ["Kiev", "Moscou"]),
        ("Kiev sur CNN.", "kiev source:cnn author:kiev date:2024", ["Kiev"]),
        ("La guerre de Kiev.", "la guerre de", ["guerre"]),
        ("La guerre.", "la", ["La"]),
        ("La guerre.", "", []),
        ("", "guerre", []),
    ],
)
def test_what_is_marked(
    archive: LocalArchive, text: str, query: str, expected: list[str] | None
) -> None:
    if expected is None:
        expected = [text[4:-1]]
    assert of_text(archive, text, query) == expected


def test_near_words_are_those_of_the_articles(archive: LocalArchive) -> None:
    text = "Des missiles et des missives."
    highlighter = highlighter_of(Lookup(archive._snapshot), parse("missilas~").query)
    assert [text[start:end] for start, end, _ in highlighter.matches(text)] == ["missiles"]


@given(st.from_regex(r"[a-zA-Z]\w{0,20}", fullmatch=True))
@example("Yeux")
@example("œuvre")
@example("quai")
def test_the_first_letter_of_a_word_is_told_by_its_key(word: str) -> None:
    """Most words of a text are told from those looked for by it, without being analyzed."""
    if word.isalpha() and word[0].isascii():
        (token,) = analyze(word)
        assert word[0].lower() in {start[0] for start in beginnings([token.stem])}
        assert token.form[0] == word[0].lower()


# Where passages are cut


def body(count: int) -> str:
    return " ".join(
        f"La phrase numéro {n} parle de choses et d’autres sans rien dire." for n in range(count)
    )


@pytest.mark.parametrize(
    "query", ["Ukraine", "missiles longue portée", '"Maison Blanche"', "Biden"]
)
def test_snippets_of_the_seeds(archive: LocalArchive, query: str) -> None:
    hits = archive.search(Request(query)).hits
    assert hits
    for hit in hits:
        assert 1 <= len(hit.snippets) <= 3
        assert any(snippet.matches for snippet in hit.snippets)
        for snippet in hit.snippets:
            assert 60 <= len(snippet.text) <= 260
            assert "\n" not in snippet.text
            passage = snippet.text.strip("… ")
            whole = archive.read(hit.head.id).article.body.replace("\n", " ")
            assert passage in whole
            at = whole.index(passage)
            assert at == 0 or not whole[at - 1].isalnum()
            assert not whole[at + len(passage) : at + len(passage) + 1].isalnum()


def find(text: str, *words: str) -> list[Match]:
    """Every occurrence of `words`, the first of them term 0."""
    found = []
    for term, word in enumerate(words):
        at = text.find(word)
        while at >= 0:
            found.append(Match(at, at + len(word), term))
            at = text.find(word, at + 1)
    return sorted(found)


def test_a_sentence_is_shown_whole() -> None:
    text = body(30)
    (snippet,) = snippets(text, find(text, "numéro 17"), [1.0])
    assert marked(snippet) == ["numéro 17"]
    assert snippet.text.startswith("La phrase numéro 17")
    assert snippet.text.endswith("dire.")
    assert 60 <= len(snippet.text) <= 260


def test_a_long_sentence_is_cut_at_words() -> None:
    text = "mot " * 200 + "missile " + "mot " * 200
    (snippet,) = snippets(text, find(text, "missile"), [1.0])
    assert marked(snippet) == ["missile"]
    assert set(snippet.text.split()) == {"…", "mot", "missile"}
    assert snippet.text.startswith("… ")
    assert snippet.text.endswith(" …")
    assert 150 <= len(snippet.text) <= 260


def test_the_passage_with_the_most_terms_comes_first() -> None:
    text = f"Un missile. {body(10)} Une mine et un missile. {body(10)} Une mine."
    first, *others = snippets(text, find(text, "missile", "mine"), [1.0, 1.0])
    assert sorted(marked(first)) == ["mine", "missile"]
    assert others == []  # they would show nothing more


def test_terms_that_are_far_apart_have_a_passage_each() -> None:
    text = f"Un missile. {body(10)} Une mine. {body(10)} Un obus. {body(10)} Un char. {body(3)}"
    found = snippets(text, find(text, "missile", "mine", "obus", "char"), [1.0, 4.0, 3.0, 2.0])
    assert [marked(snippet) for snippet in found] == [["mine"], ["obus"], ["char"]]


def test_without_a_match_the_beginning_is_shown() -> None:
    text = body(30)
    (snippet,) = snippets(text, [], [])
    assert text.startswith(snippet.text.removesuffix(" …"))
    assert snippet.matches == ()
    assert 60 <= len(snippet.text) <= 260


def test_a_passage_stays_in_its_paragraph() -> None:
    text = f"{body(3)}\nUn missile tombe.\n{body(3)}"
    (snippet,) = snippets(text, find(text, "missile"), [1.0])
    assert snippet.text == "Un missile tombe."


def test_a_passage_is_on_one_line() -> None:
    text = "Un\tmissile\nest\n\ntombé\nici\n" * 3
    for snippet in snippets(text, find(text, "missile", "tombé"), [1.0, 1.0]):
        assert not {"\n", "\t"} & set(snippet.text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("a", ("a",)),
        ("x" * 5_000, ()),
        ("x" * 5_000, ("x" * 5_000,)),
        ("x" * 3_000 + " missile " + "x" * 3_000, ("missile",)),
        ("missile" + "," * 1_000 + "missile", ("missile",)),
        ("漢字" * 500, ("漢",)),
        ("\n\n\n", ()),
        ("mot\n" * 300, ("mot",)),
        ("! " * 500, ("!",)),
    ],
)
def test_texts_that_are_hard_to_cut(text: str, words: tuple[str, ...]) -> None:
    found = snippets(text, find(text, *words), [1.0] * len(words))
    assert 1 <= len(found) <= 3
    for snippet in found:
        assert len(snippet.text) <= max(260, max(map(len, words), default=0) + 260)
        assert set(marked(snippet)) <= set(words)
        assert "\n" not in snippet.text
    assert not words or marked(found[0])


# Properties

BODIES = st.lists(
    st.sampled_from(["missile", "missiles", "l’Ukraine", "longue", "portée", "nord-coréen", "a"])
    | st.text(max_size=12),
    max_size=60,
).flatmap(lambda words: st.sampled_from([" ", "\n", ". ", ""]).map(lambda gap: gap.join(words)))
QUERIES = st.sampled_from(
    [
        "missile",
        "ukraine missile",
        '"longue portée"',
        '"longue portée" portée longue',
        '"nord-coréen missile"',
        "nord coréen",
        "l’ukraine OR portée",
        "a*",
        "misile~",
        "a",
        "-a",
        "",
    ]
)


@settings(deadline=None)
@given(BODIES, st.sampled_from(["missile", "ukraine longue", "coréen", "onu portée missiles"]))
@example("l’Ukraine_ukraine\u200bUkraine “Ukraine”", "ukraine")
@example("O.N.U. l’O.N.U. 300 000 onu", "onu")
@example("Œuvre d’œuvres chefs-d’œuvre oeuvres un œil", "oeuvre")
@example("F-16 F16 f\u00ad16 le F 16", "f16")
@example("É.N.A. E\u0301.N.A. e\u0301na l’e\u200bna épais", "ena")
@example("à côté d’A_b a-b ab", "ab")
def test_words_alone_are_found_as_in_phrases(archive: LocalArchive, text: str, query: str) -> None:
    """Without a phrase most of a text is passed over; with one, which is not in it, nothing is."""
    assert matches(text, query) == matches(text, f'{query} "introuvable mot"')


@given(BODIES, QUERIES)
@example("nord-coréen-missile", '"nord-coréen missile"')
@example("longue portée longue portée", '"longue portée" portée longue')
def test_offsets_are_sorted_and_inside(archive: LocalArchive, text: str, query: str) -> None:
    spans = matches(text, query)
    check(text, spans)
    for start, end in spans:
        assert text[start].isalnum() or not text[start].isascii()
        assert not text[start:end].startswith(("l’", "l'"))


def check(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(text)
        last = end


@given(
    BODIES,
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 30), st.integers(0, 3)), max_size=15),
)
def test_any_text_and_matches_make_snippets(text: str, places: list[tuple[int, int, int]]) -> None:
    matches = sorted(
        Match(start, start + length, term)
        for start, length, term in places
        if start + length <= len(text) and not re.search(r"\A\s|\s\Z", text[start : start + length])
    )
    found = snippets(text, matches, [1.0, 2.0, 3.0, 0.0])
    assert 1 <= len(found) <= 3
    for snippet in found:
        assert len(snippet.text) <= 300
        assert "\n" not in snippet.text
        check(snippet.text, snippet.matches)
    if matches:
        assert found[0].matches
