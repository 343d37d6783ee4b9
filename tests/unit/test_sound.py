"""The phonetic key: what sounds alike is one, what does not is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import fold
from search.local.sound import first_letters, sound

ALIKE = """
glifosate glyphosate
Bairou Bayrou
missille missile
Zelenskyy Zelensky
Koursc Koursk
élisée Élysée
filosophe philosophe
Makron Macron
Sarcozy Sarkozy
gouvernemant gouvernement
retrète retraite
jilet gilet
kérosène quérosène
Chengen Schengen
opital hôpital
éléfant éléphant
rugbi rugby
Afganistan Afghanistan
Mélanchon Mélenchon
nucléère nucléaire
hidrogène hydrogène
oxigène oxygène
sinagogue synagogue
ritme rythme
exellent excellent
attencion attention
Tchétchénie Chéchénie
bato bateau
pin pain
manifestans manifestants
chomage chômmage
vilage village
élection élexion
coeur cœur
"""

APART = """
chat rat
guerre gare
poisson boisson
vol voile
Trump trempe
mer mur
petit petite
roi roue
manger mangue
Macron Macroneux
Ukraine urine
bon beau
"""


def pairs(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


@pytest.mark.parametrize(("typed", "meant"), pairs(ALIKE))
def test_alike(typed: str, meant: str) -> None:
    assert sound(fold(typed)) == sound(fold(meant))
    assert fold(meant)[0] in first_letters(fold(typed))


@pytest.mark.parametrize(("one", "other"), pairs(APART))
def test_apart(one: str, other: str) -> None:
    assert sound(fold(one)) != sound(fold(other))


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=9)))
def test_many_at_once_have_the_keys_of_each(words: list[str]) -> None:
    assert sound(" ".join(words)) == " ".join(map(sound, words))
