"""Which files of a folder are articles."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest

from index.article import Problem
from index.formats import SUFFIXES
from index.intake.files import ArticleFile, find_files


def write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Un article.", encoding="utf-8")


def ids(root: Path, **options: Any) -> list[str]:
    return [file.id for file in find_files(root, **options) if isinstance(file, ArticleFile)]


def problems(root: Path) -> list[tuple[str, str]]:
    found = [item for item in find_files(root) if isinstance(item, Problem)]
    return [(Path(problem.path).name, problem.reason) for problem in found]


def test_articles_are_found_in_the_order_of_their_names(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.md", "2024/11/c.html", "2024/d.HTM", "2023/e.jsonl", "É.TXT")
    assert ids(tmp_path) == [
        "a.md",
        "b.txt",
        "É.TXT",
        "2023/e.jsonl",
        "2024/d.HTM",
        "2024/11/c.html",
    ]
    assert problems(tmp_path) == []


def test_a_file_is_described_without_being_opened(tmp_path: Path) -> None:
    write(tmp_path, "presse/une dépêche.txt")
    path = tmp_path / "presse" / "une dépêche.txt"
    os.utime(path, ns=(5, 1_700_000_000_123_456_789))
    path.chmod(0)
    status = path.stat()
    assert list(find_files(tmp_path)) == [
        ArticleFile(
            str(path),
            "presse/une dépêche.txt",
            11,
            1_700_000_000_123_456_789,
            status.st_ctime_ns,
            status.st_ino,
        )
    ]


def test_other_files_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "photo.jpg", "LISEZMOI", "a.txt~", "notes.txt.bak", ".txt", ".caché.txt")
    write(tmp_path, ".git/a.txt", "txt/b.mp3")
    os.mkfifo(tmp_path / "tube")
    (tmp_path / "nulle part").symlink_to(tmp_path / "absent")
    assert list(find_files(tmp_path)) == []


def test_a_folder_may_be_named_like_an_article(tmp_path: Path) -> None:
    write(tmp_path, "site.html/page.html")
    assert ids(tmp_path) == ["site.html/page.html"]


def test_the_root_may_be_one_file(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.mp3")
    [file] = find_files(tmp_path / "a.txt")
    assert isinstance(file, ArticleFile)
    assert (file.id, file.path) == ("a.txt", str(tmp_path / "a.txt"))
    assert problems(tmp_path / "b.mp3") == [("b.mp3", f"not one of {' '.join(SUFFIXES)}")]
    assert problems(tmp_path / "c.txt") == [("c.txt", "no such file or directory")]


def test_a_relative_root_gives_absolute_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "presse/a.txt")
    monkeypatch.chdir(tmp_path)
    [file] = find_files(Path("presse"))
    assert (file.path, file.id) == (str(tmp_path / "presse/a.txt"), "a.txt")  # type: ignore[union-attr]


def test_links_out_of_the_folder_are_followed_on_demand(tmp_path: Path) -> None:
    archive, root = tmp_path / "archive", tmp_path / "root"
    write(archive, "2024/a.txt")
    write(root, "b.txt")
    (root / "liens").symlink_to(archive)
    (root / "c.txt").symlink_to(archive / "2024/a.txt")
    leaves = "a link that leads out of the folder: not followed (--follow does)"
    assert ids(root) == ["b.txt"]
    assert problems(root) == [("c.txt", leaves), ("liens", leaves)]
    assert ids(root, follow=True) == ["b.txt", "c.txt", "liens/2024/a.txt"]
    known = [str(root / "c.txt")]
    assert ids(root, known=known.__contains__) == ["b.txt", "c.txt"]


def test_a_folder_is_walked_once_and_under_its_own_name(tmp_path: Path) -> None:
    write(tmp_path, "z/a.txt")
    (tmp_path / "a").symlink_to(tmp_path / "z")
    (tmp_path / "b").symlink_to(tmp_path / "z")
    assert ids(tmp_path) == ["z/a.txt"]


def test_loops_end(tmp_path: Path) -> None:
    write(tmp_path, "a/b/c.txt")
    (tmp_path / "a/b/haut").symlink_to(tmp_path)
    (tmp_path / "moi").symlink_to(tmp_path / "moi")
    (tmp_path / "moi.txt").symlink_to(tmp_path / "moi.txt")
    assert ids(tmp_path) == ["a/b/c.txt"]
    assert problems(tmp_path) == [("moi.txt", "too many levels of symbolic links")]


def test_a_dangling_link_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "absent.txt")
    assert problems(tmp_path) == [("a.txt", "dangling link")]
    (tmp_path / "dossier").symlink_to(tmp_path / "absent")
    assert problems(tmp_path) == [("a.txt", "dangling link")]  # it may be of anything, but …
    found = find_files(tmp_path, known=str(tmp_path / "dossier").__eq__)
    assert Problem(str(tmp_path / "dossier"), "dangling link") in list(found)


def test_special_files_are_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "tube.txt")
    (tmp_path / "null.md").symlink_to("/dev/null")
    monkeypatch.chdir(tmp_path)  # the path of a socket may only be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("prise.jsonl")
        assert problems(tmp_path) == [
            ("null.md", "a link that leads out of the folder: not followed (--follow does)"),
            ("prise.jsonl", "not a regular file"),
            ("tube.txt", "not a regular file"),
        ]
        followed = Problem(str(tmp_path / "null.md"), "not a regular file")
        assert next(find_files(tmp_path, follow=True)) == followed
    assert problems(tmp_path / "tube.txt") == [("tube.txt", "not a regular file")]


def test_a_name_that_is_not_utf8_is_a_problem_that_can_be_printed(tmp_path: Path) -> None:
    write(tmp_path, "b.txt")
    try:
        (tmp_path / os.fsdecode(b"\xe9t\xe9.txt")).write_text("L'été.")
        (tmp_path / os.fsdecode(b"dossier \xe9")).mkdir()
    except OSError:
        pytest.skip("this file system accepts UTF-8 only")
    reason = "the name is not valid UTF-8"
    assert problems(tmp_path) == [("dossier \\udce9", reason), ("\\udce9t\\udce9.txt", reason)]
    assert ids(tmp_path) == ["b.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_a_closed_folder_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "fermé/b.txt")
    (tmp_path / "fermé").chmod(0)
    assert problems(tmp_path) == [("fermé", "permission denied")]
    assert ids(tmp_path) == ["a.txt"]
    (tmp_path / "fermé").chmod(0o700)


def test_a_folder_that_cannot_be_listed_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.txt", "fermé/b.txt")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("fermé"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert problems(tmp_path) == [("fermé", "permission denied")]
    assert ids(tmp_path) == ["a.txt"]


def test_what_is_saved_with_a_page_belongs_to_it(tmp_path: Path) -> None:
    for name in (
        "Page.html",
        "Page_files/frame.html",
        "Autre_fichiers/a.html",
        "Page_files.txt",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [file.id for file in find_files(tmp_path) if isinstance(file, ArticleFile)]
    assert found == ["Page.html", "Page_files.txt", "Autre_fichiers/a.html"]
