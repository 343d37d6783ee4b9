"""Two or three words: all of them first. A long question: by the weight of its words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.whoosh_store.folder import open_index
from search.cli.text import Window, results_text
from search.local.archive import LocalArchive
from search.local.lookup import Lookup
from search.local.partial import FEW, MOST, distinct, match
from search.local.snapshot import Snapshot
from search.model import Request, Results
from search.query import Word, keys, parse
from tests.support.archives import update

FILLER = "Le vent se lève sur la plaine et chacun rentre chez soi avant la nuit. "
ARTICLES = {
    "retraites": "Le Sénat a voté la réforme des retraites. Les syndicats annoncent une grève.",
    "budget": "Le Sénat examine le budget. Une réforme de la fiscalité, et rien des pensions.",
    "greve": "Grève des cheminots : les syndicats appellent à manifester contre la réforme.",
    "cheminots": "Les cheminots de Limoges bloquent les voies contre la fermeture de leur ligne.",
    "recette": "Le chef dévoile une recette de tarte aux pommes.",
    "tout": f"Limoges : un chef. {FILLER}Plus loin, des cheminots ; {FILLER}ailleurs, le Sénat."
    f" La réforme se fait attendre. {FILLER}Un budget de grève, dit-on, et les syndicats du lieu. "
    + 9
    * FILLER,
}

# A query; the articles found, in order, with a ? where they lack words; total and partial.
CASES = {
    "one word": ("grève", "greve retraites tout", 3, 0),
    "two words: all have both": ("syndicats grève", "retraites greve tout", 3, 0),
    "three words: the complete one first, though it has them far apart": (
        "réforme cheminots Limoges",
        "tout cheminots? greve?",
        1,
        2,
    ),
    "three words that no article has: two of them, or a rare one": (
        "retraites sénat tarte",
        "retraites? recette?",
        0,
        2,
    ),
    "five words: the more and the rarer the better": (
        "fermeture ligne cheminots Limoges budget",
        "cheminots? tout?",
        0,
        2,
    ),
    "a sentence: what has but small words of it is not found": (
        "les cheminots bloquent les voies de leur ligne à Limoges contre la réforme",
        "cheminots?",
        0,
        1,
    ),
    "a sentence: what is about it comes before what has all its words far apart": (
        "le chef de Limoges, les cheminots et le Sénat",
        "cheminots? tout",
        1,
        1,
    ),
    "a phrase stays required": (
        '"les syndicats" cheminots ligne manifester Limoges',
        "greve? tout?",
        0,
        2,
    ),
    "a phrase that nothing has: its words, with the others": (
        "Cheminots : « bloquer les lignes de Limoges » est annoncé",
        "cheminots?",
        0,
        1,
    ),
    "a phrase that nothing has, and no other word": (
        '"les cheminots bloquent des lignes de Limoges"',
        "cheminots?",
        0,
        1,
    ),
    "what has all its words has not the phrase": (
        '"les voies de Limoges, les cheminots, leur ligne"',
        "cheminots?",
        0,
        1,
    ),
    "a sentence: what has not its phrase is found, too": (
        'le chef de Limoges voit partir des cheminots, "la réforme se fait attendre", la grève, le'
        " budget, les syndicats, les voies et la ligne",
        "cheminots? tout?",
        0,
        2,
    ),
    "a sentence: what has its words and its phrase is complete": (
        'Limoges, un chef, plus loin des cheminots, ailleurs le Sénat : "la réforme se fait'
        ' attendre", un budget de grève, les syndicats du lieu',
        "tout",
        1,
        0,
    ),
    "a sentence: what has its words, but not its phrase, is not": (
        'Limoges, un chef, plus loin des cheminots, ailleurs le Sénat : "attendre la réforme",'
        " un budget de grève, les syndicats du lieu",
        "tout?",
        0,
        1,
    ),
    "a short phrase that nothing has stays one": ('cheminots "ligne Limoges"', "", 0, 0),
    "an exclusion holds beside a phrase that nothing has": (
        '"les cheminots bloquent des lignes de Limoges" -fermeture',
        "tout? greve?",
        0,
        2,
    ),
    "AND asks for a phrase that nothing has": (
        'cheminots AND "bloquent des lignes de Limoges"',
        "",
        0,
        0,
    ),
    "an exclusion holds": (
        "fermeture ligne cheminots manifester Limoges -bloquent",
        "greve? tout?",
        0,
        2,
    ),
    "AND still asks for all": ("fermeture AND ligne AND cheminots AND budget", "", 0, 0),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalArchive]:
    folder = tmp_path_factory.mktemp("long")
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    update(folder / "index", [folder])
    with LocalArchive(folder / "index") as opened:
        yield opened


def shown(results: Results) -> str:
    return " ".join(Path(hit.head.path).stem + "?" * (not hit.complete) for hit in results.hits)


@pytest.mark.parametrize(("query", "expected", "total", "partial"), CASES.values(), ids=CASES)
def test_order_and_totals(
    archive: LocalArchive, query: str, expected: str, total: int, partial: int
) -> None:
    results = archive.search(Request(query))
    assert (shown(results), results.total, results.partial) == (expected, total, partial)


def test_quotes_left_out_are_told_and_their_words_marked(archive: LocalArchive) -> None:
    quoted = "Cheminots : « bloquer les lignes de Limoges » est annoncé"
    results = archive.search(Request(quoted))
    assert [note.kind for note in results.notes] == ["quotes"]
    best = results.hits[0]
    reading = archive.read(best.head.id, quoted)
    body = reading.article.body
    marked = ["cheminots", "Limoges", "bloquent", "ligne"]
    assert [body[start:end] for start, end in reading.body_matches] == marked
    snippet = best.snippets[0]
    assert [snippet.text[start:end] for start, end in snippet.matches] == marked
    kept = archive.search(Request('"les syndicats" cheminots ligne manifester Limoges'))
    assert not kept.notes


def test_facets_count_all_that_are_ranked_together(archive: LocalArchive) -> None:
    few = archive.search(Request("réforme cheminots Limoges"))
    assert [(count.value, count.count) for count in few.facets.sources] == [("unknown", 1)]
    long = archive.search(Request("le chef de Limoges, les cheminots et le Sénat"))
    assert [(count.value, count.count) for count in long.facets.sources] == [("unknown", 2)]


def test_only_few_words_set_partial_matches_apart(archive: LocalArchive) -> None:
    rule = "── some of the words ──"
    for query, sort, apart in (
        ("réforme cheminots Limoges", "relevance", True),
        ("le chef de Limoges, les cheminots et le Sénat", "relevance", False),
        ("le chef de Limoges, les cheminots et le Sénat", "title", True),
    ):
        request = Request(query, sort=sort)  # type: ignore[arg-type]
        results = archive.search(request)
        assert results.apart is apart
        assert (rule in results_text(results, request, Window())) is apart
        if apart:
            complete = [hit.complete for hit in results.hits]
            assert complete == sorted(complete, reverse=True)


WORDS = [
    "budget",
    "chef",
    "cheminots",
    "grève",
    "lieu",
    "ligne",
    "pommes",
    "réforme",
    "Sénat",
    "vent",
]


@pytest.fixture(scope="module")
def lookup(tmp_path_factory: pytest.TempPathFactory) -> Lookup:
    """Articles of few words, some of them frequent."""
    folder = tmp_path_factory.mktemp("drawn")
    random_ = random.Random(1)
    for number in range(60):
        words = [word for i, word in enumerate(WORDS) if random_.random() < 0.9 / (i + 1)]
        (folder / f"{number}.txt").write_text(
            f"Texte {number}. {' '.join(words)}", encoding="utf-8"
        )
    update(folder / "index", [folder])
    return Lookup(Snapshot(open_index(folder / "index")))


@given(st.lists(st.sampled_from([*WORDS, "inconnu"]), min_size=FEW + 1, unique=True))
@settings(deadline=None, max_examples=200)
def test_what_a_long_question_finds_is_what_the_rule_says(lookup: Lookup, words: list[str]) -> None:
    """However many articles are passed over unseen: weighed one by one they are the same."""
    query = parse(" ".join(words)).query
    found = match(lookup, query, 10, None)  # the page does not matter here
    asked = distinct(clause for clause in query.clauses if isinstance(clause, Word))
    having = [lookup.any_of("text", keys(word)).keys() for word in asked]
    by_rarity = sorted(having, key=len)  # sums are rounded alike in the same order
    weights = {
        number: sum(lookup.rarity(len(each)) for each in by_rarity if number in each)
        for number in set().union(*having)
    }
    heaviest = max(weights.values(), default=0.0)
    enough = {number for number, weight in weights.items() if weight >= MOST * heaviest}
    assert found.complete == set.intersection(*map(set, having))
    assert found.partial == enough - found.complete
    assert not found.apart
