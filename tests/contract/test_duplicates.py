"""The same dispatch, reprinted by several outlets, takes one place in the list."""

from __future__ import annotations

import json
import random
from array import array
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import shingles, sketch_terms
from index.analysis.sketch import sketches
from index.analysis.vocabulary import Vocabulary
from search.local.archive import LocalArchive
from search.model import Request
from tests.support.archives import update

DISPATCH = (
    "Les États-Unis livreront bientôt à l’Ukraine quatre autres systèmes de roquettes avancés "
    "reconnus pour avoir aidé l’armée du pays à prendre de l’ampleur dans sa guerre avec la "
    "Russie. Les systèmes feront partie d’un nouveau programme d’aide de 624 millions de dollars "
    "qui devrait être annoncé mardi, selon des responsables américains.\n"
)
MORE = (
    "Cette décision marque la première fois que les États-Unis envoient plus de systèmes en "
    "Ukraine depuis fin juillet, et cela portera le nombre total livré à 20.\n"
)
OTHER = (
    "Le président ukrainien a demandé à ses alliés de livrer des systèmes de défense avant "
    "l’hiver, car les frappes russes sur les centrales se multiplient et les coupures de courant "
    "durent de plus en plus longtemps dans les grandes villes du pays.\n"
)

ALIKE = {
    "the same": DISPATCH,
    "capitals and spaces": DISPATCH.upper().replace(" ", "  "),
    "a paragraph more": DISPATCH + MORE,
    "a word changed": DISPATCH.replace("mardi", "mercredi"),
}
UNLIKE = {
    "another article": OTHER,
    "its first sentence quoted": DISPATCH.split(".")[0]
    + ". "
    + OTHER
    + OTHER.replace("hiver", "été"),
    "a short text": "Les États-Unis livreront bientôt à l’Ukraine quatre autres systèmes.",
}


@pytest.mark.parametrize(
    ("text", "same"),
    [(text, True) for text in ALIKE.values()] + [(text, False) for text in UNLIKE.values()],
    ids=[*ALIKE, *UNLIKE],
)
def test_what_is_the_same_article(tmp_path: Path, text: str, same: bool) -> None:
    (tmp_path / "a.txt").write_text(DISPATCH, encoding="utf-8")
    (tmp_path / "b.txt").write_text(text, encoding="utf-8")
    update(tmp_path / "index", [tmp_path])
    with LocalArchive(tmp_path / "index") as archive:
        results = archive.search(Request("ukraine"))
    assert results.total == 2 - ("Ukraine" not in text and "UKRAINE" not in text)
    assert [len(hit.also) for hit in results.hits] == ([1] if same else [0] * results.total)


@pytest.fixture(scope="module")
def reprinted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three outlets print one dispatch, a fourth another; one is added later."""
    root = tmp_path_factory.mktemp("reprinted")
    articles = [("AFP", DISPATCH), ("CNN", DISPATCH + MORE), ("Le Monde", OTHER)]
    lines = [json.dumps({"source": source, "body": body}) for source, body in articles]
    (root / "old.jsonl").write_text("\n".join(lines), encoding="utf-8")
    update(root / "index", [root])
    (root / "new.md").write_text(f"---\nsource: HuffPost\n---\n{DISPATCH}", encoding="utf-8")
    update(root / "index", [root])
    return root / "index"


def test_one_place_and_where_else(reprinted: Path) -> None:
    with LocalArchive(reprinted) as archive:
        results = archive.search(Request("systèmes livrer"))
        places = [{h.head.source, *(r.source for r in h.also)} for h in results.hits]
        assert sorted(places, key=len) == [{"Le Monde"}, {"AFP", "CNN", "HuffPost"}]
        assert results.total == 4
        assert {f.value: f.count for f in results.facets.sources} == {
            "AFP": 1,
            "CNN": 1,
            "HuffPost": 1,
            "Le Monde": 1,
        }


def test_every_one_on_demand(reprinted: Path) -> None:
    with LocalArchive(reprinted) as archive:
        hits = archive.search(Request("systèmes livrer", duplicates=True)).hits
        assert len(hits) == 4
        assert not any(hit.also for hit in hits)


def test_a_chosen_source_is_shown_itself(reprinted: Path) -> None:
    with LocalArchive(reprinted) as archive:
        (hit,) = archive.search(Request("systèmes", sources=("CNN",))).hits
        assert hit.head.source == "CNN"
        assert {reprint.source for reprint in hit.also} == {"AFP", "HuffPost"}


def test_pages_hold_each_place_once(reprinted: Path) -> None:
    with LocalArchive(reprinted) as archive:
        pages = [archive.search(Request("systèmes", limit=1, offset=n)) for n in range(3)]
        assert [len(page.hits) for page in pages] == [1, 1, 0]
        assert pages[0].hits != pages[1].hits
        # Four articles in two places: what comes next cannot be reckoned from the total.
        assert [page.next_offset for page in pages] == [1, None, None]
        everything = Request("systèmes", limit=3, duplicates=True)
        assert archive.search(everything).next_offset == 3
        assert archive.search(replace(everything, offset=3)).next_offset is None
        assert archive.search(replace(everything, limit=0)).next_offset is None


def test_a_removed_reprint_is_gone(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(DISPATCH, encoding="utf-8")
    update(tmp_path / "index", [tmp_path])
    (tmp_path / "b.txt").unlink()
    update(tmp_path / "index", [tmp_path])
    with LocalArchive(tmp_path / "index") as archive:
        (hit,) = archive.search(Request("ukraine")).hits
        assert hit.also == ()


def terms_of(*texts: str) -> list[list[bytes]]:
    """The terms of the sketch of each text."""
    vocabulary, chunks = Vocabulary(), array("i")
    ends = array("q", [0])
    for text in texts:
        chunks += vocabulary.chunks(text)
        ends.append(len(chunks))
    return [*map(sketch_terms, sketches(chunks, ends[:-1], ends[1:], vocabulary.hashes))]


def near(text: Callable[[int], str], share: float) -> int:
    """Of 200 texts and their copies with `share` of the words changed, how many share a sketch."""
    texts, copies = [text(number) for number in range(200)], []
    for number, original in enumerate(texts):
        random_ = random.Random(number)
        changed = [
            word if random_.random() > share else f"autre{n}"
            for n, word in enumerate(original.split())
        ]
        copies.append(" ".join(changed))
    pairs = zip(terms_of(*texts), terms_of(*copies), strict=True)
    return sum(not set(one).isdisjoint(other) for one, other in pairs)


def test_sketches_find_what_is_alike() -> None:
    some_words = [f"mot{n}" for n in range(3000)]

    def text(number: int) -> str:
        return " ".join(random.Random(-number).choices(some_words, k=300))

    assert near(text, 0.02) >= 195  # nine of ten shingles in common
    assert near(text, 1.0) == 0


@given(st.lists(st.sampled_from(["un", "deux", "Trois", "quatre", "œuf", "l’été"]), max_size=60))
def test_a_sketch_is_of_the_smallest_shingles(words: list[str]) -> None:
    text = " ".join(words)
    assert terms_of(text) == [[n.to_bytes(8, "big") for n in sorted(shingles(text))[:4]]]


def test_short_texts_have_no_sketch() -> None:
    assert terms_of("Une brève de cinq mots.") == [[]]
    assert shingles("") == set()
