"""Keywords in their context."""

from __future__ import annotations

import pytest

from search.model import Article, Reading
from search.wording.kwic import Occurrence, first_of, last_of, occurrences

BODY = "Le missile est parti.\nUn autre missile, dit-on, a suivi l’été."


def test_each_match_with_what_is_around_it() -> None:
    first, second = BODY.index("missile"), BODY.rindex("missile")
    spans = (first, first + 7), (second, second + 7)
    reading = Reading(Article("a", "/a", "Un titre", BODY), body_matches=spans)
    assert list(occurrences(reading)) == [
        Occurrence("Le ", "missile", " est parti. Un autre missile, dit-on, a suivi l’été."),
        Occurrence("Le missile est parti. Un autre ", "missile", ", dit-on, a suivi l’été."),
    ]


def test_what_sorts_them() -> None:
    occurrence = Occurrence("Dès l’Été, un « ", "missile", " » russe (Kh-101) a")
    assert occurrence.left_key() == ["un", "ete", "l", "des"]
    assert occurrence.right_key() == ["russe", "kh", "101", "a"]


@pytest.mark.parametrize(
    ("width", "last", "first"),
    [
        (99, "un deux trois", "un deux trois"),
        (13, "un deux trois", "un deux trois"),
        (12, "deux trois", "un deux"),
        (10, "deux trois", "un deux"),
        (9, "trois", "un deux"),
        (7, "trois", "un deux"),
        (6, "trois", "un"),
        (4, "", "un"),
        (0, "", ""),
    ],
)
def test_no_word_is_cut(width: int, last: str, first: str) -> None:
    assert last_of("un deux trois", width) == last
    assert first_of("un deux trois", width) == first
