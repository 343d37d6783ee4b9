"""Notes in words: one line, whatever is in it."""

from __future__ import annotations

from typing import get_args

import pytest

from search.model import Note, NoteKind
from search.wording.notes import notes_line


def test_nothing_to_say() -> None:
    assert notes_line(()) is None


@pytest.mark.parametrize("kind", get_args(NoteKind))
def test_every_kind_has_words(kind: NoteKind) -> None:
    line = notes_line([Note(kind, "chose", (4, 9), ("autre",), sure=True)])
    assert line
    assert "\n" not in line
    assert line[0] == line[0].upper()


@pytest.mark.parametrize(
    ("note", "line"),
    [
        (Note("stray quote", '"', (3, 4)), "The quote at 4 has no other half and was left out"),
        (
            Note("unknown field", "rubrique", (0, 9), ("titre", "auteur")),
            "No field “rubrique” (there are titre:, auteur:): read as words",
        ),
        (Note("unknown source", "x"), "No source “x” here: the index is empty"),
        (
            Note("unknown source", "x", near=("CNN", "AP"), sure=True),
            "No source “x” here: did you mean CNN or AP?",
        ),
        (
            Note("unknown source", "x", near=tuple("abcdefghijkl")),
            "No source “x” here: there are a, b, c, d, e, f, g, h, i, j, …",
        ),
    ],
)
def test_one_note(note: Note, line: str) -> None:
    assert notes_line([note]) == line


def test_of_many_only_the_first() -> None:
    notes = [Note("operator", name, (0, 2)) for name in ("ET", "OU", "SAUF", "NOT")]
    line = notes_line(notes)
    assert line
    assert line.count("; ") == 3
    assert line.endswith("; …")
    assert "NOT" not in line
