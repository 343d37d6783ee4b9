"""The same dispatch, reprinted by several outlets, takes one place in the list."""

from __future__ import annotations

import json
import random
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.reading import SegmentReader

from index.analysis import CHUNK
from index.analysis.resemblance import groups, rows
from index.analysis.sketch import SIZE, sketches
from index.analysis.vocabulary import Vocabulary
from index.whoosh_store.commit import WhooshDraft
from index.whoosh_store.groups import Groups, find_groups
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
    "shortened, and a line of the outlet's own": DISPATCH.split(".")[0] + ".\nAvec AFP",
}
UNLIKE = {
    "another article": OTHER,
    "its first sentence quoted": DISPATCH.split(".")[0]
    + ". "
    + OTHER
    + MORE
    + OTHER.replace("hiver", "été").replace("demandé", "réclamé").replace("dans les", "des"),
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


def sketches_of(texts: Sequence[str]) -> list[bytes]:
    vocabulary, chunks = Vocabulary(), array("i")
    ends = array("q", [0])
    for text in texts:
        chunks += vocabulary.chunks(text)
        ends.append(len(chunks))
    return sketches(chunks, ends[:-1], ends[1:], vocabulary.hashes)


def sketch_of(text: str) -> list[int]:
    """The sketch of `text`, as numbers."""
    (sketch,) = sketches_of([text])
    return [int.from_bytes(sketch[i : i + 4], "little") for i in range(0, len(sketch), 4)]


def grouped(texts: Sequence[str]) -> list[list[int]]:
    """Which of `texts` are one, by their numbers."""
    found = sketches_of(texts)
    return groups(rows(b"".join(found), [*map(len, found)]))


@given(st.lists(st.sampled_from(["un", "deux", "Trois", "quatre", "œuf", "l’été"]), max_size=120))
def test_a_sketch_is_of_the_smallest_runs_of_words(words: list[str]) -> None:
    text = " ".join(words)
    hashes = [crc32(chunk.lower().encode()) for chunk in CHUNK.findall(text)]
    runs = set()
    for i in range(len(hashes) - 4 if len(hashes) >= 20 else 0):
        run = 0
        for hashed in hashes[i : i + 5]:
            run = (run + hashed) * 0x9E3779B97F4A7C15 % 2**64
        runs.add(run >> 32)
    assert sketch_of(text) == sorted(runs)[:SIZE]


def words(number: int, length: int = 400) -> list[str]:
    """The words of an article; different ones for each number."""
    random_ = random.Random(number)
    return [f"mot{random_.randrange(3_000)}" for _ in range(length)]


def changed(text: list[str], share: float, seed: int = 0) -> str:
    """`text` with a share of its words replaced."""
    random_ = random.Random(seed)
    return " ".join(w if random_.random() > share else f"autre{n}" for n, w in enumerate(text))


CREDITS = "Retrouvez toute l’actualité sur notre site et abonnez-vous à notre lettre du matin pour "
CREDITS += "ne rien manquer des nouvelles de la journée, dès six heures"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (lambda t: " ".join(t), lambda t: changed(t, 0.02), 200),  # a few corrections
        (lambda t: " ".join(t), lambda t: " ".join(t[:200]), 200),  # its first half
        (lambda t: " ".join(t), lambda t: f"{' '.join(t[:200])} {CREDITS}", 200),
        (lambda t: " ".join(t), lambda t: " ".join(t[:60]), 0),  # quoted, or a brief
        (
            lambda t: f"{' '.join(t[:60])} {CREDITS}",
            lambda t: f"{' '.join(t[60:120])} {CREDITS}",
            0,
        ),
        (lambda t: " ".join(t), lambda t: changed(t, 0.5), 0),
    ],
    ids=["corrected", "half", "half and credits", "brief", "only credits", "rewritten"],
)
def test_what_the_sketches_of_long_texts_tell(
    one: Callable[[list[str]], str], other: Callable[[list[str]], str], expected: int
) -> None:
    """Of 200 pairs, how many are found to be one; sketches are samples, so nearly all or none."""
    texts = [make(words(number)) for number in range(200) for make in (one, other)]
    found = grouped(texts)
    if expected:
        assert len(found) >= 0.97 * expected
    else:
        assert len(found) <= 2
    assert all(a + 1 == b and a % 2 == 0 for a, b in found)


def test_a_line_that_thousands_share_makes_no_group_and_hides_none() -> None:
    texts = [f"{CREDITS} {' '.join(words(number, 60))}" for number in range(300)]
    assert grouped(texts) == []
    texts.append(texts[17].replace("mot", "mot", 1) + " encore")
    assert grouped(texts) == [[17, 300]]


def test_versions_that_drift_apart_are_not_all_one() -> None:
    """Each day a tenth of an article is new: the first and the last have nothing in common."""
    text = words(1, 2000)
    found = grouped([" ".join(text[40 * day : 40 * day + 400]) for day in range(40)])
    assert len(found) > 3
    assert all(max(group) - min(group) <= 10 for group in found)


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(12)))
def test_groups_are_the_same_in_any_order(order: list[int]) -> None:
    texts = [changed(words(n % 4), 0.01 * (n // 4), n) for n in range(12)]
    found = grouped([texts[n] for n in order])
    assert {frozenset(order[n] for n in group) for group in found} == {
        frozenset(n for n in range(12) if n % 4 == rest) for rest in range(4)
    }


def test_short_texts_have_no_sketch() -> None:
    assert sketch_of("Une brève de cinq mots.") == []
    assert grouped(["Une brève de cinq mots."] * 2) == []


def test_an_update_and_a_rebuild_find_the_same_groups(tmp_path: Path) -> None:
    """Reprints come, change and go; the update before each look saw only what was new."""

    def places() -> set[frozenset[str]]:
        with LocalArchive(tmp_path / "index") as archive:
            hits = archive.search(Request("", limit=50)).hits
        return {frozenset((hit.head.id, *(r.id for r in hit.also))) for hit in hits}

    def write(name: str, text: str) -> None:
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
        update(tmp_path / "index", [tmp_path / "in"])

    (tmp_path / "in").mkdir()
    whole, other = DISPATCH + MORE, OTHER + OTHER.replace("hiver", "printemps")
    write("a.txt", DISPATCH)
    write("b.txt", other)
    write("c.txt", whole)
    assert places() == {frozenset({"a.txt", "c.txt"}), frozenset({"b.txt"})}
    write("d.txt", other.upper())
    write("c.txt", whole.replace("Ukraine", "Moldavie").replace("de", "des"))
    (tmp_path / "in" / "a.txt").unlink()
    write("e.txt", whole)
    expected = {frozenset({"b.txt", "d.txt"}), frozenset({"c.txt"}), frozenset({"e.txt"})}
    assert places() == expected
    update(tmp_path / "index", [tmp_path / "in"], rebuild=True)
    assert places() == expected


def test_a_run_cut_off_between_batches_finds_its_groups_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All groups are found with the last commit of a run, or with that of the next one."""
    (tmp_path / "in").mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / "in" / f"{name}.txt").write_text(DISPATCH, encoding="utf-8")
    sought: list[int] = []

    def found(readers: list[SegmentReader]) -> Groups:
        sought.append(sum(reader.doc_count() for reader in readers))
        return find_groups(readers)

    def reprints() -> list[int]:
        with LocalArchive(tmp_path / "index") as archive:
            return sorted(len(hit.also) for hit in archive.search(Request("")).hits)

    commit, commits = WhooshDraft.commit, 0

    def cut_off(draft: WhooshDraft, *, more: bool = False) -> None:
        nonlocal commits
        commit(draft, more=more)
        commits += 1
        if commits == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("index.whoosh_store.commit.find_groups", found)
    monkeypatch.setattr("index.update._BATCH", 1)  # byte: a batch is a file
    with monkeypatch.context() as patch:
        patch.setattr(WhooshDraft, "commit", cut_off)
        with pytest.raises(KeyboardInterrupt):
            update(tmp_path / "index", [tmp_path / "in"])
    assert (reprints(), sought) == ([0, 0], [])
    update(tmp_path / "index")  # adds the third
    assert (reprints(), sought) == ([2], [3])
    update(tmp_path / "index")
    assert sought == [3]
