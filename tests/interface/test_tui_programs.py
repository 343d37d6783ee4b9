"""Other programs: the editor and the browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from search.archive import update_at
from tests.support.screen import WIDE, running, settled, text_of, until
from tui import outside


def test_the_path_is_one_argument_of_the_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "my editor"
    editor.write_text("#!/bin/sh\n")
    editor.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{editor}' --wait")
    path = "/tmp/a; rm -rf $HOME.txt"
    assert outside.editor_command(path) == [str(editor), "--wait", path]
    assert outside.editor_command(path, 12) == [str(editor), "--wait", path]  # who knows its ways?
    monkeypatch.setenv("VISUAL", "no-such-editor-anywhere")
    with pytest.raises(outside.NoProgram):
        outside.editor_command(path)


@pytest.mark.parametrize(
    ("editor", "arguments"),
    [
        ("vim", ["+12", "/a b.jsonl"]),
        ("nano", ["+12", "/a b.jsonl"]),
        ("hx", ["/a b.jsonl:12"]),
        ("code", ["--goto", "/a b.jsonl:12"]),
        ("gedit", ["/a b.jsonl"]),
    ],
)
def test_the_editor_opens_at_the_line(
    editor: str, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / editor).write_text("#!/bin/sh\n")
    (tmp_path / editor).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("VISUAL", editor)
    assert outside.editor_command("/a b.jsonl", 12) == [editor, *arguments]
    assert outside.editor_command("/a b.jsonl") == [editor, "/a b.jsonl"]


async def test_an_article_among_many_is_edited_and_copied_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = '{{"title": "Kherson {0}", "body": "Le pont {0} de Kherson a tenu."}}\n'
    file = tmp_path / "presse.jsonl"
    file.write_text(line.format("un") + "\n" + line.format("deux"), encoding="utf-8")
    update_at(str(tmp_path / "index"), [file])
    edited: list[list[str]] = []
    monkeypatch.setattr(outside, "edit", edited.append)
    monkeypatch.setattr("tui.screens.article_actions.ArticleActions._lend_terminal", run_at_once)
    monkeypatch.setenv("VISUAL", "vi")
    monkeypatch.setattr("shutil.which", lambda name: name)
    async with running(tmp_path / "index", "deux", size=WIDE) as pilot:
        screen = await settled(pilot)
        screen.go("results")
        await pilot.press("c", "e")
        assert pilot.app.clipboard == f"{file}#3"
        assert edited == [["vi", "+3", str(file)]]


def run_at_once(_: object, run: Callable[[], None]) -> None:
    run()


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://example.org/ --profile", False),
        ("https://[", False),
        ("https://example.org/\x1b]8;;", False),
        ("https://example.org/\x9c", False),
        ("", False),
    ],
)
def test_only_web_addresses_open(url: str, opens: bool) -> None:
    assert outside.is_web_address(url) is opens


async def test_an_article_without_address_opens_no_browser(
    archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "browse", lambda url: pytest.fail(f"opened {url}"))
    async with running(archive_folder, "missiles", size=WIDE) as pilot:
        screen = await settled(pilot)
        screen.go("results")
        await pilot.press("o")
        await until(pilot, lambda: "no web address" in text_of(pilot))
