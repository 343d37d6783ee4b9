"""Keeping an index in step with folders: what is added, updated, removed, kept and reported."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from whoosh.index import open_dir

from index.errors import DamagedIndex, IndexLocked, OutdatedIndex, Unavailable
from index.extraction.reading import read_article
from index.formats import Record
from index.intake import files, records
from index.report import Progress, Report
from index.whoosh_store import schema
from index.whoosh_store.folder import newest_generation, read_roots
from index.whoosh_store.lock import write_lock
from search.errors import NoSuchArticle
from search.local.archive import LocalArchive
from search.model import Request
from tests.support.archives import update


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files; a file that is there already gets another modification time for certain."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        later = path.stat().st_mtime_ns + 1_000_000_000 if path.exists() else None
        path.write_text(text, encoding="utf-8")
        if later:
            os.utime(path, ns=(later, later))


def jsonl(*bodies: str) -> str:
    return "\n".join(json.dumps({"title": f"Titre {n}", "body": b}) for n, b in enumerate(bodies))


def counts(report: Report) -> tuple[int, int, int, int, int]:
    """Added, updated, removed, unchanged, total."""
    return report.added, report.updated, report.removed, report.unchanged, report.total


def ids(folder: Path, query: str = "", **options: object) -> list[str]:
    with LocalArchive(folder) as archive:
        hits = archive.search(Request(query, limit=1000, **options)).hits  # type: ignore[arg-type]
        return sorted(hit.head.id for hit in hits if hit.complete)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "presse"
    write(root, {"a.txt": "Un missile.", "b.md": "Un obus.", "2024/c.txt": "Une mine."})
    return root


def test_a_first_update(index: Path, root: Path) -> None:
    report = update(index, [root])
    assert counts(report) == (3, 0, 0, 0, 3)
    assert report.problems == ()
    assert report.elapsed_s > 0
    assert ids(index) == ["2024/c.txt", "a.txt", "b.md"]
    assert read_roots(index) == [root]


def test_nothing_changed(index: Path, root: Path) -> None:
    update(index, [root])
    before = newest_generation(index)
    assert counts(update(index)) == (0, 0, 0, 3, 3)
    assert counts(update(index, [root])) == (0, 0, 0, 3, 3)
    assert newest_generation(index) == before
    assert read_roots(index) == [root]


def test_added_changed_and_removed_files(index: Path, root: Path) -> None:
    update(index, [root])
    write(root, {"d.txt": "Un char.", "a.txt": "Un drone."})
    (root / "b.md").unlink()
    assert counts(update(index)) == (1, 1, 1, 1, 3)
    assert ids(index, "drone") == ["a.txt"]
    assert ids(index, "missile*") == []
    assert ids(index, "obus*") == []
    assert ids(index) == ["2024/c.txt", "a.txt", "d.txt"]


def test_a_touched_file_is_unchanged(index: Path, root: Path) -> None:
    update(index, [root])
    write(root, {"a.txt": "Un missile."})
    before = newest_generation(index)
    assert counts(update(index)) == (0, 0, 0, 3, 3)
    assert newest_generation(index) == before
    assert ids(index, "missile") == ["a.txt"]


def test_untouched_files_are_not_opened(
    index: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    read = records.read_records

    def reading(part: records.Part) -> Iterator[object]:
        opened.append(part.file.id)
        return read(part)

    for place in ("index.intake.digests.read_records", "index.intake.writing.read_records"):
        monkeypatch.setattr(place, reading)
    update(index, [root])
    assert sorted(opened) == ["2024/c.txt", "a.txt", "b.md"]
    opened.clear()
    write(root, {"a.txt": "Un missile."})  # touched
    update(index)
    assert opened == ["a.txt"]
    update(index)
    assert opened == ["a.txt"]


def test_lines_that_are_known_are_not_read_again(
    index: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, {"d.jsonl": jsonl("Un char.", "Un drone.")})
    update(index, [root])
    articles: list[str] = []
    read = read_article

    def reading(record: Record) -> Iterator[object]:
        articles.append(record.id)
        return read(record)

    monkeypatch.setattr("index.intake.writing.read_article", reading)
    write(root, {"d.jsonl": jsonl("Un char.", "Un autre drone.", "Une mine.")})
    assert counts(update(index)) == (1, 1, 0, 4, 6)
    assert articles == ["d.jsonl#2", "d.jsonl#3"]
    assert ids(index, "drone") == ["d.jsonl#2"]
    assert ids(index, "char") == ["d.jsonl#1"]


def test_a_change_of_the_same_length_is_seen(index: Path, root: Path) -> None:
    update(index, [root])
    write(root, {"a.txt": "Un mixxile."})
    assert counts(update(index)) == (0, 1, 0, 2, 3)
    assert ids(index, "mixxile") == ["a.txt"]


def test_a_moved_file_is_known_again(index: Path, root: Path) -> None:
    write(root, {"d.jsonl": jsonl("Un char.", "Un drone.")})
    update(index, [root])
    (root / "a.txt").rename(root / "2024" / "z.txt")
    (root / "d.jsonl").rename(root / "e.jsonl")
    report = update(index)
    assert counts(report) == (0, 0, 0, 2, 5)
    assert report.moved == 3
    assert ids(index, "missile") == ["2024/z.txt"]
    assert ids(index, "drone") == ["e.jsonl#2"]
    with LocalArchive(index) as archive, pytest.raises(NoSuchArticle):
        archive.read("a.txt")


def test_a_file_that_is_moved_and_changed_is_another(index: Path, root: Path) -> None:
    update(index, [root])
    (root / "a.txt").unlink()
    write(root, {"z.txt": "Un missile de plus."})
    report = update(index)
    assert (report.moved, *counts(report)) == (0, 1, 0, 1, 2, 3)


def test_copies_of_a_file_that_is_gone(index: Path, root: Path) -> None:
    update(index, [root])
    write(root, {"y.txt": "Un missile.", "z.txt": "Un missile."})
    (root / "a.txt").unlink()
    report = update(index)
    assert (report.moved, *counts(report)) == (1, 1, 0, 0, 2, 4)


def test_a_folder_that_is_emptied(index: Path, root: Path) -> None:
    update(index, [root])
    shutil.rmtree(root / "2024")
    (root / "a.txt").unlink()
    (root / "b.md").unlink()
    assert counts(update(index, prune=True)) == (0, 0, 3, 0, 0)
    assert ids(index) == []
    write(root, {"a.txt": "Un missile."})
    assert counts(update(index)) == (1, 0, 0, 0, 1)


def test_lines_of_a_file(index: Path, tmp_path: Path) -> None:
    root = tmp_path / "lignes"
    write(root, {"a.jsonl": jsonl("Un missile.", "Un obus.", "Une mine.")})
    assert counts(update(index, [root])) == (3, 0, 0, 0, 3)
    write(root, {"a.jsonl": jsonl("Un missile.", "Un drone.", "Une mine.", "Un char.")})
    assert counts(update(index)) == (1, 1, 0, 2, 4)
    assert ids(index, "drone") == ["a.jsonl#2"]
    assert ids(index, "obus*") == []
    write(root, {"a.jsonl": jsonl("Un missile.")})
    assert counts(update(index)) == (0, 0, 3, 1, 1)
    (root / "a.jsonl").unlink()
    assert counts(update(index, prune=True)) == (0, 0, 1, 0, 0)


def test_many_small_updates(index: Path, root: Path) -> None:
    update(index, [root])
    for n in range(25):
        write(root, {f"n{n}.txt": f"Le numéro {n} parle d’un canon."})
        assert counts(update(index)) == (1, 0, 0, 3 + n, 4 + n)
    (root / "n7.txt").unlink()
    update(index)
    expected = sorted(f"n{n}.txt" for n in range(25) if n != 7)
    assert ids(index, "canon") == expected
    segments = {path.name.split(".")[0] for path in index.glob("*.seg")}
    assert len(segments) < 20


# Large inputs, made small


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of one or two articles, and parts of a few lines."""
    monkeypatch.setattr("index.update._BATCH", 4_500)
    monkeypatch.setattr("index.intake.records._PART", 200)


@pytest.mark.usefixtures("small_batches")
def test_a_file_read_in_parts(index: Path, tmp_path: Path) -> None:
    root = tmp_path / "lignes"
    bodies = [f"Le numéro {n} parle d’un canon." for n in range(40)]
    write(root, {"a.jsonl": jsonl(*bodies)})
    assert counts(update(index, [root])) == (40, 0, 0, 0, 40)
    assert ids(index, "canon") == sorted(f"a.jsonl#{n}" for n in range(1, 41))
    assert counts(update(index)) == (0, 0, 0, 40, 40)
    bodies[3], bodies[30] = "Un drone.", "Un obus."
    write(root, {"a.jsonl": jsonl(*bodies, "Un char.", *bodies[:9])})
    assert counts(update(index)) == (10, 2, 0, 38, 50)
    assert ids(index, "drone") == ["a.jsonl#4", "a.jsonl#45"]
    assert ids(index, "char") == ["a.jsonl#41"]
    write(root, {"a.jsonl": jsonl(*bodies[:35])})
    assert counts(update(index)) == (0, 0, 15, 35, 35)
    (root / "a.jsonl").rename(root / "b.jsonl")
    report = update(index)
    assert (report.moved, *counts(report)) == (35, 0, 0, 0, 0, 35)
    write(root, {"b.jsonl": "pas du JSON\n" * 100})
    report = update(index)
    assert counts(report) == (0, 0, 35, 0, 0)
    assert [problem.path[-5:] for problem in report.skipped[::99]] == ["onl#1", "l#100"]


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("kind", ["files", "lines"])
def test_what_was_committed_stays(index: Path, tmp_path: Path, kind: str) -> None:
    """An interrupted run keeps whole batches, and the next one reads the others only."""
    root = tmp_path / "presse"
    bodies = [f"Le numéro {n} parle d’un canon.{' Et alors ?' * 80}" for n in range(12)]
    files = {f"{n:02}.txt": body for n, body in enumerate(bodies)}
    write(root, files if kind == "files" else {"a.jsonl": jsonl(*bodies)})
    seen: list[float] = []

    def interrupted(progress: Progress) -> None:
        seen.append(progress.share or 0.0)
        if progress.share and progress.share > 0.6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(index, [root], progress=interrupted)
    assert seen == sorted(seen)
    kept = len(ids(index, "canon"))
    assert 0 < kept < 12
    assert counts(update(index)) == (12 - kept, 0, 0, kept, 12)
    assert len(ids(index, "canon")) == 12
    assert counts(update(index)) == (0, 0, 0, 12, 12)


@pytest.mark.usefixtures("small_batches")
def test_a_rebuild_is_one_commit(index: Path, tmp_path: Path) -> None:
    root = tmp_path / "presse"
    write(root, {f"{n:02}.txt": f"Le numéro {n} parle d’un canon." for n in range(30)})
    update(index, [root])
    before = newest_generation(index)
    assert before > 10
    write(root, {"00.txt": "Un drone."})

    def still(progress: Progress) -> None:
        assert len(ids(index, "canon")) == 30

    assert counts(update(index, rebuild=True, progress=still)) == (30, 0, 0, 0, 30)
    assert newest_generation(index) == before + 1
    assert len(ids(index, "canon")) == 29
    assert len(list(index.glob("*.seg"))) <= 10


def test_names_of_all_kinds(index: Path, tmp_path: Path) -> None:
    root = tmp_path / "l’été"
    composed, decomposed = "\u00e9t\u00e9.txt", "e\u0301te\u0301.txt"
    names = [composed, decomposed, "deux mots.txt", "deux\nlignes.txt", "tab\t.txt", "“#1”.txt"]
    write(root, dict.fromkeys(names, "Un missile."))
    (root / "boucle").symlink_to(root, target_is_directory=True)
    assert counts(update(index, [root])) == (6, 0, 0, 0, 6)
    assert ids(index, "missile", duplicates=True) == sorted(names)
    assert counts(update(index)) == (0, 0, 0, 6, 6)
    (root / decomposed).unlink()
    assert counts(update(index)) == (0, 0, 1, 5, 5)
    with LocalArchive(index) as archive:
        assert [archive.read(name).article.id for name in names if name != decomposed]


# Roots


def test_several_roots(index: Path, root: Path, tmp_path: Path) -> None:
    other = tmp_path / "autre"
    write(other, {"z.txt": "Un traité."})
    update(index, [root])
    assert counts(update(index, [other])) == (1, 0, 0, 3, 4)
    assert read_roots(index) == [root, other]
    assert ids(index, "traité") == ["z.txt"]
    write(other, {"y.txt": "Un accord."})
    assert counts(update(index)) == (1, 0, 0, 4, 5)


@pytest.mark.parametrize("outer_first", [True, False])
def test_a_root_inside_another_is_indexed_once(index: Path, root: Path, outer_first: bool) -> None:
    roots = [root, root / "2024"] if outer_first else [root / "2024", root]
    update(index, roots[:1])
    report = update(index, roots[1:])
    assert report.total == 3
    assert ids(index) == ["2024/c.txt", "a.txt", "b.md"]
    assert read_roots(index) == [root]
    assert counts(update(index)) == (0, 0, 0, 3, 3)


def test_a_root_named_twice(index: Path, root: Path) -> None:
    assert counts(update(index, [root, root, root / ".." / root.name])) == (3, 0, 0, 0, 3)


def test_the_same_ids_in_two_roots(index: Path, root: Path, tmp_path: Path) -> None:
    other = tmp_path / "autre"
    write(other, {"a.txt": "Un autre missile."})
    update(index, [root, other])
    assert ids(index, "missile") == ["a.txt", "a.txt"]
    with LocalArchive(index) as archive, pytest.raises(NoSuchArticle):
        archive.read("a.txt")
    (other / "a.txt").unlink()
    assert counts(update(index, prune=True)) == (0, 0, 1, 3, 3)
    with LocalArchive(index) as archive:
        assert archive.read("a.txt").article.body == "Un missile."


def test_a_root_that_is_one_file(index: Path, root: Path) -> None:
    assert counts(update(index, [root / "a.txt"])) == (1, 0, 0, 0, 1)
    assert ids(index, "missile") == ["a.txt"]


def test_a_root_that_vanished_keeps_its_articles(index: Path, root: Path, tmp_path: Path) -> None:
    other = tmp_path / "autre"
    write(other, {"z.txt": "Un traité."})
    update(index, [root, other])
    root.rename(tmp_path / "ailleurs")
    write(other, {"y.txt": "Un accord."})
    report = update(index)
    assert (report.added, report.removed, report.total) == (1, 0, 5)
    (problem,) = report.problems
    assert problem.path == str(root)
    assert "not found" in problem.reason
    assert ids(index, "missile") == ["a.txt"]
    (tmp_path / "ailleurs").rename(root)
    assert counts(update(index)) == (0, 0, 0, 5, 5)


def said(report: Report) -> list[tuple[str, str]]:
    return [(Path(problem.path).name, problem.reason) for problem in report.problems]


PRUNES = "(--prune removes them)"
LEAVES = "a link that leads out of the folder: not followed (--follow does)"


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_a_folder_that_may_not_be_mounted_keeps_its_articles(
    index: Path, root: Path, how: str
) -> None:
    update(index, [root])
    root.rename(root.with_name("ailleurs"))
    if how == "empty":
        root.mkdir()
    report = update(index)
    assert counts(report) == (0, 0, 0, 3, 3)
    nothing = "no articles in this folder: those it had are kept "
    reason = "not found: its articles are kept " if how == "gone" else nothing
    assert said(report) == [("presse", reason + PRUNES)]
    with pytest.raises(
        Unavailable, match=r"3 articles .* cannot be seen now \(.*presse\): .*prune"
    ):
        update(index, rebuild=True)
    assert len(ids(index)) == 3
    assert counts(update(index, prune=True)) == (0, 0, 3, 0, 0)
    assert read_roots(index) == ([] if how == "gone" else [root])


def many(folder: Path, number: int) -> None:
    write(folder, {f"{n}.txt": f"Une dépêche numéro {n}." for n in range(number)})


@pytest.mark.parametrize(
    ("number", "what", "kept"),
    [
        (30, "unmounted", True),
        (30, "unmounted, it had folders of its own", True),
        (5, "unmounted", False),  # as when the last articles of a folder were removed
        (30, "removed", False),
        (30, "moved", False),
        (30, "all but one removed", False),
    ],
)
def test_a_folder_inside_that_may_not_be_mounted(
    tmp_path: Path, number: int, what: str, kept: bool
) -> None:
    root, inside = tmp_path / "racine", tmp_path / "racine" / "disque"
    many(root, 100)
    many(inside / "2023" if "its own" in what else inside, number)
    update(tmp_path / "index", [root])
    if what == "moved":
        inside.rename(root / "autre")
    elif what != "all but one removed":
        shutil.rmtree(inside)
    for path in [*inside.glob("*.txt")][1:]:
        path.unlink()
    if what != "removed":
        inside.mkdir(exist_ok=True)
    report = update(tmp_path / "index")
    assert report.total == 100 + number * (kept or what == "moved") + (what.startswith("all but"))
    nothing = f"nothing in this folder, which had {number} articles: they are kept "
    assert said(report) == ([("disque", nothing + PRUNES)] if kept else [])
    if kept:
        assert update(tmp_path / "index", prune=True).total == 100


def test_a_rebuild_leaves_out_what_is_gone_on_demand(index: Path, root: Path) -> None:
    other = root.with_name("autre")
    write(other, {"z.txt": "Un traité."})
    update(index, [root, other])
    shutil.rmtree(root)
    assert counts(update(index, rebuild=True, prune=True)) == (1, 0, 0, 0, 1)
    assert read_roots(index) == [other]


@pytest.mark.parametrize("name", ["a.txt", "liens"])
def test_a_dangling_link_keeps_its_articles(index: Path, tmp_path: Path, name: str) -> None:
    root, away = tmp_path / "presse", tmp_path / "ailleurs"
    write(away, {"a.txt": "Un missile."})
    write(root, {"b.txt": "Un obus."})
    (root / name).symlink_to(away / name if name == "a.txt" else away)
    assert update(index, [root], follow=True).total == 2
    assert counts(update(index)) == (0, 0, 0, 2, 2)  # what was followed stays followed
    write(away, {"a.txt": "Un drone."})
    assert counts(update(index)) == (0, 1, 0, 1, 2)
    away.rename(tmp_path / "démonté")
    report = update(index)
    assert counts(report) == (0, 0, 0, 2, 2)
    assert said(report) == [(name, "dangling link: what was known of it is kept")]
    assert len(ids(index, "drone")) == 1
    assert counts(update(index, prune=True)) == (0, 0, 1, 1, 1)


def test_links_out_of_the_folder_are_reported(index: Path, root: Path, tmp_path: Path) -> None:
    write(tmp_path, {"ailleurs/a.txt": "Un drone."})
    (root / "liens").symlink_to(tmp_path / "ailleurs")
    report = update(index, [root])
    assert (report.total, said(report)) == (3, [("liens", LEAVES)])
    assert said(update(index, rebuild=True)) == [("liens", LEAVES)]
    assert counts(update(index, follow=True)) == (1, 0, 0, 3, 4)
    assert said(update(index)) == []
    assert update(index, rebuild=True).total == 4


def test_a_touched_file_that_is_closed_keeps_its_articles(
    index: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, {"d.jsonl": jsonl("Un char.", "Un drone.")})
    update(index, [root])
    write(root, {"a.txt": "Un autre missile.", "d.jsonl": jsonl("Un char.", "Une fusée.")})
    real = files.open_file

    def closed(path: str) -> object:
        if path.endswith(("a.txt", "d.jsonl")):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(records, "open_file", closed)
        for _ in range(2):
            report = update(index)
            assert counts(report) == (0, 0, 0, 5, 5)
            reason = "permission denied: what was known of it is kept"
            assert said(report) == [("a.txt", reason), ("d.jsonl", reason)]
    assert ids(index, "missile") == ["a.txt"]
    assert counts(update(index)) == (0, 2, 0, 3, 5)


def test_half_of_an_archive_is_not_dropped_unasked(index: Path, tmp_path: Path) -> None:
    root = tmp_path / "presse"
    write(root, {f"{n}/{n}.txt": f"Le numéro {'x' * n} parle d’un canon." for n in range(50)})
    update(index, [root])
    for n in range(25):
        shutil.rmtree(root / str(n))
    assert counts(update(index)) == (0, 0, 25, 25, 25)
    write(root, {f"{n}/{n}.txt": f"Le numéro {'x' * n} parle d’un canon." for n in range(25)})
    update(index)
    (root / "0").rename(root / "ailleurs")
    for n in range(1, 40):
        shutil.rmtree(root / str(n))
    for gone in ("39 of 50", "40 of 51"):  # one may have moved, until its new place is known, too
        report = update(index)
        assert (report.removed, report.total) == (0, 51)
        assert said(report) == [("presse", f"{gone} articles are gone: they are kept {PRUNES}")]
    with pytest.raises(Unavailable, match="cannot be seen now"):
        update(index, rebuild=True)
    assert update(index, prune=True).total == 11
    assert update(index, rebuild=True).total == 11


def test_a_file_of_lines_that_is_cut_short_keeps_them(index: Path, tmp_path: Path) -> None:
    root = tmp_path / "presse"
    whole = jsonl(*[f"Le numéro {n} parle d’un canon." for n in range(50)])
    write(root, {"a.jsonl": whole, "b.txt": "Un char."})
    update(index, [root])
    write(root, {"a.jsonl": ""})  # the disk was full when it was written anew
    report = update(index)
    assert counts(report) == (0, 0, 0, 51, 51)
    assert said(report) == [("presse", f"50 of 51 articles are gone: they are kept {PRUNES}")]
    write(root, {"a.jsonl": whole})
    assert counts(update(index)) == (0, 0, 0, 51, 51)
    write(root, {"a.jsonl": jsonl("Un canon.")})
    assert counts(update(index, prune=True)) == (0, 1, 49, 1, 2)


def test_a_folder_that_moves_is_not_half_an_archive_gone(index: Path, root: Path) -> None:
    write(root, {f"vieux/{n}.txt": f"Le numéro {n} parle d’un canon." for n in range(50)})
    update(index, [root])
    (root / "vieux").rename(root / "neuf")
    report = update(index)
    assert (report.moved, report.removed, report.total, report.problems) == (50, 0, 53, ())


def test_a_file_put_in_the_place_of_another_is_read(index: Path, root: Path) -> None:
    """Of the same size and time: as `mv`, `rsync -t` and archives do it."""
    update(index, [root])
    was = (root / "a.txt").stat()
    write(root, {"neuf": "Un mixxile."})
    os.utime(root / "neuf", ns=(was.st_atime_ns, was.st_mtime_ns))
    (root / "neuf").replace(root / "a.txt")
    assert (root / "a.txt").stat().st_size == was.st_size
    assert counts(update(index)) == (0, 1, 0, 2, 3)
    assert ids(index, "mixxile") == ["a.txt"]


@pytest.mark.parametrize("named", [True, False])
def test_an_empty_folder_is_said_when_it_is_named(index: Path, tmp_path: Path, named: bool) -> None:
    (tmp_path / "vide").mkdir()
    update(index, [tmp_path / "vide"])
    nothing = "no articles in this folder"
    report = update(index, [tmp_path / "vide"] if named else [])
    assert said(report) == ([("vide", nothing)] if named else [])


def test_lines_that_shift_have_other_ids(index: Path, tmp_path: Path) -> None:
    root = tmp_path / "lignes"
    write(root, {"a.jsonl": jsonl("Un missile.", "Un obus.") + "\n"})
    update(index, [root])
    write(root, {"a.jsonl": "\n" + jsonl("Un missile.", "Un obus.")})  # of the same size
    update(index)
    assert ids(index, "missile") == ["a.jsonl#2"]
    assert ids(index) == ["a.jsonl#2", "a.jsonl#3"]


def test_a_root_that_was_never_there(index: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="absent"):
        update(index, [tmp_path / "absent"])
    assert not index.exists()


def test_a_damaged_list_of_roots_removes_nothing(index: Path, root: Path) -> None:
    update(index, [root])
    (index / "depeche.json").write_text('{"roots": [')
    try:
        report = update(index)
    except Unavailable:
        pass
    else:
        assert report.removed == 0
    assert len(ids(index)) == 3


def test_a_folder_that_cannot_be_read_keeps_its_articles(
    index: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(index, [root])
    real = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("2024"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    (root / "a.txt").unlink()
    report = update(index)
    assert (report.removed, report.total) == (1, 2)
    assert [(Path(p.path).name, p.reason) for p in report.problems] == [
        ("2024", "permission denied: what was known of it is kept")
    ]
    assert ids(index) == ["2024/c.txt", "b.md"]


def test_two_indexes_know_nothing_of_each_other(tmp_path: Path, root: Path) -> None:
    one, two = tmp_path / "un", tmp_path / "deux"
    update(one, [root])
    update(two, [root / "2024"])
    assert ids(one) == ["2024/c.txt", "a.txt", "b.md"]
    assert ids(two) == ["c.txt"]
    assert counts(update(one)) == (0, 0, 0, 3, 3)


# What is skipped


def test_skipped_files_are_reported_with_reasons(index: Path, root: Path) -> None:
    write(root, {"vide.txt": "  \n", "mal.jsonl": f"{jsonl('Un char.')}\npas du JSON\n"})
    write(root, {"entete.md": "---\n: [\n---\nUn texte avec un canon.\n"})
    (root / "binaire.txt").write_bytes(b"\0\1\2" * 100)
    report = update(index, [root])
    assert (report.added, report.total) == (5, 5)
    reasons = {Path(problem.path).name: problem.reason for problem in report.skipped}
    assert reasons == {
        "vide.txt": "empty file",
        "binaire.txt": "binary file",
        "mal.jsonl#2": "not JSON",
    }
    warnings = [problem for problem in report.problems if not problem.skipped]
    assert [Path(problem.path).name for problem in warnings] == ["entete.md"]
    assert ids(index, "canon") == ["entete.md"]
    assert {Path(problem.path).name for problem in update(index).skipped} >= {"vide.txt"}


def test_a_file_that_becomes_unreadable_is_removed_and_reported(index: Path, root: Path) -> None:
    update(index, [root])
    write(root, {"a.txt": "\n"})
    report = update(index)
    assert counts(report) == (0, 0, 1, 2, 2)
    assert [problem.reason for problem in report.skipped] == ["empty file"]
    assert ids(index, "missile*") == []


# Rebuilding, locking, failing


def test_a_rebuilt_index_answers_alike(index: Path, root: Path) -> None:
    update(index, [root])
    for n in range(12):
        write(root, {f"n{n}.txt": f"Numéro {n}. {'Un missile. ' * (n + 1)} Longue portée."})
        update(index)
    (root / "n3.txt").unlink()
    update(index)

    def answers() -> list[list[tuple[str, bool, object]]]:
        with LocalArchive(index) as archive:
            return [
                [(hit.head.id, hit.complete, hit.snippets) for hit in results.hits]
                for results in map(archive.search, map(Request, queries))
            ]

    queries = ["missile", "missile numéro", '"longue portée"', "obus", "miss* -mine", "numéro 7"]
    before = answers()
    report = update(index, rebuild=True)
    assert (report.total, report.removed) == (14, 0)
    assert answers() == before
    assert all(before)
    assert counts(update(index)) == (0, 0, 0, 14, 14)


def test_deleted_articles_do_not_lengthen_the_others(index: Path, root: Path) -> None:
    write(root, {"long.txt": "mot " * 5_000} | {f"n{n}.txt": f"Texte {n}." for n in range(10)})
    update(index, [root])
    with LocalArchive(index) as archive:
        before = archive._snapshot.average_length
    (root / "n1.txt").unlink()
    (root / "long.txt").unlink()
    update(index)
    with LocalArchive(index) as archive:
        assert archive._snapshot.average_length <= before


def test_an_open_archive_answers_from_its_commit(index: Path, root: Path) -> None:
    update(index, [root])
    with LocalArchive(index) as archive:
        (root / "a.txt").unlink()
        update(index)
        update(index, rebuild=True)
        assert archive.search(Request("missile")).total == 1
        assert archive.refresh()
        assert archive.search(Request("missile")).total == 0


def test_an_outdated_index_is_rebuilt_on_demand(
    index: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(index, [root])
    monkeypatch.setattr("index.whoosh_store.schema.VERSION", 1_000)
    with pytest.raises(OutdatedIndex):
        update(index)
    assert update(index, rebuild=True).total == 3
    assert ids(index, "missile") == ["a.txt"]


def test_an_index_whose_classes_have_moved_is_outdated(
    index: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until version 4 of the schema its pickles named `index.schema`, which is not there now."""
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "index.schema", schema)
        for name in ("FrenchAnalyzer", "Stems", "Forms"):
            patch.setattr(getattr(schema, name), "__module__", "index.schema")
        update(index, [root])
        assert b"index.schema" in b"".join(path.read_bytes() for path in index.glob("*.toc"))
    with pytest.raises(OutdatedIndex, match="is of another version: `depeche index --rebuild`"):
        update(index)
    with pytest.raises(OutdatedIndex):
        LocalArchive(index)
    assert update(index, rebuild=True).total == 3
    assert ids(index, "missile") == ["a.txt"]


def test_an_index_without_articles_is_one(index: Path, tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    assert counts(update(index, [tmp_path / "vide"])) == (0, 0, 0, 0, 0)
    assert ids(index) == []
    before = newest_generation(index)
    assert counts(update(index)) == (0, 0, 0, 0, 0)
    assert newest_generation(index) == before


@pytest.mark.parametrize("damage", [b"", b"\0" * 500, b"rien de tel"])
def test_a_damaged_index_is_rebuilt_on_demand(index: Path, root: Path, damage: bytes) -> None:
    update(index, [root])
    (contents,) = index.glob("*.toc")
    contents.write_bytes(damage)
    with pytest.raises(DamagedIndex):
        update(index)
    assert update(index, rebuild=True).total == 3
    assert ids(index, "missile") == ["a.txt"]


def test_a_second_writer_is_refused(
    index: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(index, [root])
    monkeypatch.setattr("index.whoosh_store.lock._PATIENCE", 0.0)
    write(root, {"d.txt": "Un char."})
    with write_lock(index):
        with pytest.raises(IndexLocked, match=rf"process {os.getpid()} on .* since \d\d:\d\d is"):
            update(index)
        assert ids(index, "missile") == ["a.txt"]
    lock = open_dir(str(index)).lock("WRITELOCK")  # as a writer of Whoosh's would
    assert lock.acquire()
    try:
        with pytest.raises(IndexLocked, match="another process is"):
            update(index)
    finally:
        lock.release()
    assert counts(update(index)) == (1, 0, 0, 3, 4)


def test_an_update_that_fails_changes_nothing(
    index: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(index, [root])
    write(root, {"d.txt": "Un char.", "e.txt": "Un drone."})
    (root / "a.txt").unlink()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("index.intake.writing.read_article", full)
        with pytest.raises(OSError, match="No space"):
            update(index)
    assert ids(index) == ["2024/c.txt", "a.txt", "b.md"]
    assert counts(update(index)) == (2, 0, 1, 2, 4)


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path, root: Path) -> None:
    index = tmp_path / "documents"
    write(index, {"lettre.txt": "À garder."})
    with pytest.raises(Unavailable):
        update(index, [root])
    assert (index / "lettre.txt").read_text(encoding="utf-8") == "À garder."
    assert [path.name for path in index.iterdir()] == ["lettre.txt"]


@pytest.mark.parametrize("damage", ["gone", "empty", "noise"])
def test_a_rebuild_heals_damaged_postings(index: Path, root: Path, damage: str) -> None:
    total = update(index, [root]).total
    for segment in index.glob("*.seg"):
        segment.unlink()
        if damage != "gone":
            segment.write_bytes(b"" if damage == "empty" else b"\xff" * 5000)
    with pytest.raises(DamagedIndex):
        update(index)
    assert update(index, rebuild=True).total == total
    with LocalArchive(index) as archive:
        assert archive.search(Request("")).total == total


# Forgetting a folder


def test_a_folder_is_forgotten_with_its_articles(index: Path, root: Path, tmp_path: Path) -> None:
    write(tmp_path / "autre", {"d.txt": "Un drone."})
    update(index, [root, tmp_path / "autre"])
    report = update(index, forget=(root,))
    assert counts(report) == (0, 0, 3, 1, 1)
    assert ids(index) == ["d.txt"]
    assert read_roots(index) == [tmp_path / "autre"]
    assert counts(update(index)) == (0, 0, 0, 1, 1)
    assert (root / "a.txt").exists()
    assert counts(update(index, [root])) == (3, 0, 0, 1, 4)


def test_a_folder_that_is_gone_can_be_forgotten(index: Path, root: Path) -> None:
    write(root, {f"{number}.txt": f"Un obus, numéro {number}." for number in range(40)})
    update(index, [root])
    shutil.rmtree(root)
    assert counts(update(index))[2] == 0  # it may come back
    assert update(index, forget=(root,)).removed == 43
    assert (ids(index), read_roots(index)) == ([], [])


def test_a_rebuild_forgets_as_well(index: Path, root: Path, tmp_path: Path) -> None:
    write(tmp_path / "autre", {"d.txt": "Un drone."})
    update(index, [root, tmp_path / "autre"])
    update(index, forget=(root,), rebuild=True)
    assert ids(index) == ["d.txt"]
    assert read_roots(index) == [tmp_path / "autre"]
