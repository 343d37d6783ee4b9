"""Two texts, word by word."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.model import Piece
from search.passages.comparison import LONGEST_COMPARED, compare


def told(text: str, other: str) -> str:
    """The comparison as `wdiff` writes it, with one space between words."""
    parts = []
    for piece in compare(text, other):
        if piece.kind == "same":
            parts.append(other[slice(*piece.other)])
        elif piece.kind == "cut":
            parts.append(f"[-{text[slice(*piece.one)]}-]")
        else:
            parts.append(f"{{+{other[slice(*piece.other)]}+}}")
    return " ".join(parts)


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("", "", ""),
        ("Un mot.", "", "[-Un mot.-]"),
        ("", "Un mot.", "{+Un mot.+}"),
        ("Le président a parlé.", "Le président a parlé.", "Le président a parlé."),
        (
            "La responsable du Rassemblement national dénonce une répression.",
            "La cheffe du Rassemblement national dénonce une répression.",
            "La [-responsable-] {+cheffe+} du Rassemblement national dénonce une répression.",
        ),
        (
            "Il est sorti jeudi de garde à vue, à deux jours d’un samedi.",
            "Il est sorti de garde à vue, à deux jours d’un samedi.",
            "Il est sorti [-jeudi-] de garde à vue, à deux jours d’un samedi.",
        ),
        (
            "WASHINGTON | Donald Trump a mis la pression sur Emmanuel Macron.",
            "Donald Trump a mis la pression sur Emmanuel Macron.",
            "[-WASHINGTON |-] Donald Trump a mis la pression sur Emmanuel Macron.",
        ),
        (  # « de » alone is no agreement
            "Une hausse de prix importante frappe de nombreux foyers cette année.",
            "Une baisse de coûts soudaine aide de rares foyers cette année.",
            "Une [-hausse de prix importante frappe de nombreux-]"
            " {+baisse de coûts soudaine aide de rares+} foyers cette année.",
        ),
        (  # set by each outlet in its own way
            "« L’État » : 84.000 manifestants – aujourd’hui",
            "\"L'Etat\" : 84\u202f000 manifestants - aujourd'hui",
            "\"L'Etat\" : 84\u202f000 manifestants - aujourd'hui",
        ),
        (
            "Il a été élu hier soir",
            "Il a ete élu hier soir",
            "Il a [-été-] {+ete+} élu hier soir",
        ),
        (
            "Un paragraphe entier.\nUn deuxième.\nUn troisième, le même.",
            "Un paragraphe entier.\nUn troisième, le même.",
            "Un paragraphe entier. [-Un deuxième.-] Un troisième, le même.",
        ),
    ],
)
def test_what_was_cut_and_added(text: str, other: str, expected: str) -> None:
    assert told(text, other) == expected


WORDS = st.lists(
    st.sampled_from(["le", "la", "de", "chat", ",", ".", "dort", "«", "»"]), max_size=30
)


@given(WORDS, WORDS)
def test_both_texts_are_in_the_pieces(words: list[str], others: list[str]) -> None:
    text, other = " ".join(words), "\n".join(others)
    pieces = compare(text, other)

    def read(kind: str, of: str, span: str) -> str:
        parts = [of[slice(*getattr(p, span))] for p in pieces if p.kind in ("same", kind)]
        return re.sub(r"\s+", " ", " ".join(parts))

    assert read("cut", text, "one") == " ".join(words)
    assert read("added", other, "other") == " ".join(others)
    assert all(piece.one[0] == piece.one[1] for piece in pieces if piece.kind == "added")
    assert all(a.kind != b.kind for a, b in pairwise(pieces))


def test_a_text_that_is_too_long_is_compared_up_to_a_word() -> None:
    text = "mot " * LONGEST_COMPARED
    same, cut = compare(text + "fin", text)
    assert (same.kind, cut.kind, text[slice(*cut.one)]) == ("same", "cut", "")
    assert compare(text, text + "fin")[1] == Piece(
        "added", (len(text) - 1,) * 2, (len(text), len(text) + 3)
    )
