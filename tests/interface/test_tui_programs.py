"""Other programs: the editor and the browser."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    monkeypatch.setenv("VISUAL", "no-such-editor-anywhere")
    with pytest.raises(outside.NoProgram):
        outside.editor_command(path)


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
