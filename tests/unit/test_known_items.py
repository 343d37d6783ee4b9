"""What the evaluation of the ranking asks is withheld from the articles, and in other words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks.known_items import OtherForms, lead, read_known_items, withheld


@pytest.mark.parametrize(
    ("sentence", "body", "left"),
    [
        ("Le Sénat vote", "Le Sénat vote\nLe texte passe.", "\nLe texte passe."),
        ("« Le Sénat vote »", "LE SÉNAT VOTE. Le texte passe.", ". Le texte passe."),
        ("Le Sénat vote", "Hier le Sénat\nvote ; le Sénat votera.", "Hier  ; le Sénat votera."),
        ("", "Le texte passe.", "Le texte passe."),
        ("…", "Le texte passe.", "Le texte passe."),
    ],
)
def test_a_sentence_is_withheld_wherever_it_stands(sentence: str, body: str, left: str) -> None:
    assert withheld(body, sentence) == left


@pytest.mark.parametrize(
    ("body", "first"),
    [
        (
            "REPORTAGE\nLes cheminots de Limoges bloquent les voies depuis mardi. Ils attendent.",
            "Les cheminots de Limoges bloquent les voies depuis mardi.",
        ),
        (
            "Le projet de M. Dupont et J. Martin passe au Sénat ! Il attend.",
            "Le projet de M. Dupont et J. Martin passe au Sénat !",
        ),
        ("Une brève. Une autre.", ""),
        ("mot " * 100, ""),
    ],
)
def test_the_lead_is_the_first_sentence_of_some_length(body: str, first: str) -> None:
    assert lead(body) == first


def test_other_forms_are_used_ones_and_never_of_names() -> None:
    bodies = ["Le conflit oppose Pierre et Jean. Les élus attendent.", "Pierre attend, une pierre."]
    in_other_words = OtherForms(bodies)
    assert in_other_words.of("Conflits : Pierre et l’élu attend") == (
        "conflit : Pierre et l’élus attendent"
    )
    assert in_other_words.of("Pierre et le conflit") == ""  # no article has `conflits`


def test_sets_of_an_archive(tmp_path: Path) -> None:
    """Equal headlines are asked once, and each of their articles is right."""
    lead_ = "Les cheminots de Limoges bloquent les voies depuis mardi matin."
    articles = [
        {"title": "Le rail en grève", "body": f"Le rail en grève\n{lead_} Ils attendent."},
        {"title": "Le rail en grève", "body": f"{lead_}\nLa direction se tait."},
        {"title": "Trois mots seulement", "body": "Rien."},
    ]
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    headlines, leads, _ = read_known_items(path)
    assert headlines.asked == [("Le rail en grève", frozenset({0, 1}))]
    assert leads.asked == [(lead_, frozenset({0, 1}))]
    assert not any("title" in article for article in headlines.articles)
    assert "rail" not in headlines.articles[0]["body"]
    assert "Limoges" not in leads.articles[1]["body"]
    assert "Ils attendent" in leads.articles[0]["body"]
