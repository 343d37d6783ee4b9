"""What is removed from an article, and above all what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.extraction.cleaning import clean
from index.formats.lines import split_lines
from tests.support.places import ROOT, SEEDS

P1 = "Le Congrès américain a adopté mercredi une nouvelle aide à l’Ukraine."
P2 = "Le texte doit encore être promulgué par le président Joe Biden."
COOKIES = (
    "La lecture de ce contenu peut entraîner le dépôt de cookies par l’opérateur tiers qui "
    "l’héberge. Compte tenu des choix que vous avez exprimés concernant le dépôt de cookies, nous "
    "avons bloqué l’affichage de ce contenu. Si vous souhaitez y accéder, vous devez accepter la "
    "catégorie de cookies « Contenu tiers » en cliquant sur le bouton ci-dessous."
)

HEADLINE = "Biden autorise l’Ukraine à utiliser des armes américaines à longue portée en Russie"
DROPPED = {
    "000_7d785c1d3ce55bdc.txt": [],
    "001_789a309e50bf0c45.txt": [],
    "002_7994467c8e022512.txt": [],
    "003_c51898415781cb4d.txt": [
        HEADLINE,
        HEADLINE,
        HEADLINE,
        "CNN",
        "For Latest Updates Follow us on Google\xa0News",
        "PREV qu’est-ce qu’Emma a pensé de Nikos Aliagas ? Ses conseils en espèces",
        "NEXT « Pour l’instant, j’ai fait des choses décentes. Je veux reconquérir les "
        "supporters” – Forzarom.info – Dernières actualités football de l’As Roma – Interviews, "
        "photos et vidéos",
    ],
    "004_0d24c68b57ff9135.txt": [
        "MANDEL NGAN / AFP",
        "Voir aussi sur HuffPost :",
        COOKIES,
        "Lire la vidéo",
        "Related News :",
    ],
}


@pytest.mark.parametrize("name", sorted(DROPPED))
def test_of_a_seed_exactly_the_debris_is_dropped(name: str) -> None:
    lines = split_lines((SEEDS / name).read_text(encoding="utf-8"))
    cleaned = clean("\n".join(lines))
    dropped = list(DROPPED[name])
    kept = []
    for line in lines:
        if line in dropped:
            dropped.remove(line)
        else:
            kept.append(line)
    assert dropped == []
    assert cleaned.body.split("\n") == kept
    assert cleaned.headline == (HEADLINE if name.startswith("003") else "")


@pytest.mark.parametrize("name", sorted(DROPPED))
@pytest.mark.parametrize("word", ["Aliagas", "Forzarom", "cookies", "Google News"])
def test_debris_of_the_seeds_cannot_be_found(name: str, word: str) -> None:
    body = clean((SEEDS / name).read_text(encoding="utf-8")).body.replace("\xa0", " ")
    assert word not in body


@pytest.mark.parametrize(
    "line",
    [
        "For Latest Updates Follow us on Google News",
        "For Latest Updates, follow us on Telegram",
        COOKIES,
        COOKIES.replace("’", "'"),
        "Ce contenu est bloqué car vous n’avez pas accepté les cookies.",
        "Ce contenu est bloqué car vous n'avez pas accepté les traceurs. En cliquant sur "
        "« J’accepte », les cookies et autres traceurs seront déposés.",
        "En cliquant sur « J’accepte », les cookies et autres traceurs seront déposés et vous "
        "pourrez visualiser les contenus.",
        "Lire la vidéo",
        "Voir aussi sur HuffPost :",
        "Voir aussi sur Le HuffPost",
        "À lire aussi : Ukraine, mille jours de guerre",
        "A LIRE AUSSI : Ukraine, mille jours de guerre",
        "→ À lire également : Ukraine, mille jours de guerre",
        "Lire aussi | Ukraine : mille jours de guerre",
        "À lire aussi",
        "Publicité",
        "PUBLICITÉ",
        "La suite après cette publicité",
        "La suite après la publicité",
        "Article réservé aux abonnés",
        "Article réservé à nos abonnés",
    ],
)
def test_debris_is_dropped_wherever_it_stands(line: str) -> None:
    assert clean(f"{line}\n{P1}\n\n {line} \n{P2}\n{line}").body == f"{P1}\n{P2}"


@pytest.mark.parametrize(
    "line",
    [
        # About cookies, videos, advertising
        "La CNIL inflige 150 millions d’euros d’amende à Google pour sa gestion des cookies.",
        "La lecture de ce contenu peut entraîner le dépôt de cookies, avertit la CNIL, qui a "
        "recensé deux cents sites.",
        "« La lecture de ce contenu peut entraîner le dépôt de cookies par l’opérateur tiers qui "
        "l’héberge. » C’est par ces mots que le site accueille ses lecteurs.",
        "En cliquant sur « J’accepte », l’internaute ne sait pas toujours à quoi il consent.",
        "« Lire la vidéo », propose le bouton, mais rien ne se passe.",
        "Lire la vidéo de l’attaque demande un cœur bien accroché, a prévenu le procureur.",
        "Publicité mensongère : le groupe est condamné à deux millions d’euros d’amende.",
        "La publicité",
        "Voir aussi bien les forces que les faiblesses de l’armée russe reste un exercice ardu.",
        "Voir aussi sur place les dégâts des bombardements, c’est ce qu’ont voulu les députés.",
        "À lire aussi bien dans le texte que dans une traduction, ce roman a reçu le Goncourt.",
        "Lire aussi vite que possible : tel est le défi proposé aux élèves.",
        "Article réservé aux abonnés de la salle, le billet coûte douze euros.",
        # Brands and sources
        "NEXT, la marque de prêt-à-porter britannique, ferme dix magasins.",
        "NEXT a annoncé mardi la fermeture de dix magasins en France.",
        "NEXT",
        "Next ferme dix magasins",
        "PREVENTION : les pompiers multiplient les visites avant l’été.",
        "CNN a suivi le convoi jusqu’à Koursk.",
        "Le Monde, Le Figaro",
        "Les Related News de Google sont contestées par les éditeurs.",
        "Follow us on Google News, répétait la bannière.",
        # The article itself
        "Kyiv s’engage à limiter les risques",
        "Lolita C. Baldor et Matthew Lee, l’Associated Press",
    ],
)
@pytest.mark.parametrize(
    "place", ["{line}\n{P1}\n{P2}", "{P1}\n{line}\n{P2}", "{P1}\n{P2}\n{line}"]
)
def test_paragraphs_stay(line: str, place: str) -> None:
    text = place.format(line=line, P1=P1, P2=P2)
    assert clean(text).body == text


@pytest.mark.parametrize(
    ("tail", "kept"),
    [
        (["PREV Un titre", "NEXT Un autre"], []),
        (["PREV Un titre. Avec un point.", "NEXT Un autre. Avec un point."], []),
        (["PREV", "NEXT"], []),
        (["PREV Un titre"], []),
        (["For Latest Updates Follow us on Google News", "NEXT Un titre"], []),
        (["PREV Un titre", "NEXT Un autre", "Publicité"], []),
        (["NEXT Un titre"], ["NEXT Un titre"]),
        (["PREV Un titre", "Autre chose."], ["PREV Un titre", "Autre chose."]),
        (["Publicité", "Prev Un titre"], ["Prev Un titre"]),
        (["Related News :"], []),
        (["Related News", "Séisme au Japon", "Qui sera le prochain pape ?"], []),
        (["Sur le même sujet", "Séisme au Japon"], []),
        (["Intertitre", "Related News", "Séisme au Japon"], ["Intertitre"]),
        (["Related News", "Séisme au Japon", P2], ["Related News", "Séisme au Japon", P2]),
        (["CNN"], []),
        (["Le Monde", "Le Figaro"], ["Le Monde", "Le Figaro"]),
    ],
)
def test_the_tail_of_a_page(tail: list[str], kept: list[str]) -> None:
    assert clean("\n".join([P1, P2, *tail])).body.split("\n") == [P1, P2, *kept]


@pytest.mark.parametrize(
    ("lines", "title", "headline", "body"),
    [
        (["L’été sera chaud", "L’été sera chaud", P1], "", "L’été sera chaud", [P1]),
        (["L’été sera chaud", "", "L'ÉTÉ  sera chaud", P1], "", "L’été sera chaud", [P1]),
        (["L’été sera chaud", "Publicité", "L’été sera chaud", P1], "", "L’été sera chaud", [P1]),
        (["L’été sera chaud", "CNN", "L’été sera chaud", P1], "", "L’été sera chaud", [P1]),
        (["L’été sera chaud", P1], "", "", ["L’été sera chaud", P1]),
        (["L’été sera chaud", P1, "L’été sera chaud"], "", "", None),
        # The title is known already
        (["L’été sera chaud", P1], "L’été sera chaud", "", [P1]),
        (["L'été sera chaud", "L’été sera chaud", P1], "L’été  sera CHAUD", "", [P1]),
        (["L’été sera chaud", P1], "L’hiver sera froid", "", ["L’été sera chaud", P1]),
        (["Deux fois", "Deux fois", P1], "L’hiver sera froid", "", None),
        # Not headlines
        (["© Ludovic MARIN et autres.", "© Ludovic MARIN et autres.", P1], "", "", None),
        (["Non, non", "Non, non", P1], "", "", None),
        ([P1 * 5, P1 * 5, P2], "", "", None),
        # A flash that is no more than its title
        (["Séisme au Japon", "Séisme au Japon"], "", "", None),
        (["Séisme au Japon"], "Séisme au Japon", "", ["Séisme au Japon"]),
        (["Séisme au Japon", "Séisme au Japon"], "Séisme au Japon", "", ["Séisme au Japon"]),
    ],
)
def test_headlines(lines: list[str], title: str, headline: str, body: list[str] | None) -> None:
    cleaned = clean("\n".join(lines), title)
    assert cleaned.headline == headline
    assert cleaned.body.split("\n") == (lines if body is None else body)


@pytest.mark.parametrize("text", ["", "\n \n", "Publicité", "Lire la vidéo\nRelated News :", "CNN"])
def test_debris_alone_leaves_nothing(text: str) -> None:
    assert clean(text).body == ""


DEBRIS = [line for lines in DROPPED.values() for line in lines]


@given(st.lists(st.sampled_from([P1, P2, "Intertitre", "AFP", "NEXT", *DEBRIS]) | st.text()))
def test_cleaning_only_drops_whole_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    remaining = iter(split_lines(text))
    body = clean(text).body
    assert all(line in remaining for line in body.split("\n") if line)
    assert "\n\n" not in body


@given(st.lists(st.sampled_from([P1, P2, *DEBRIS])))
def test_no_paragraph_is_ever_dropped(lines: list[str]) -> None:
    paragraphs = [line for line in lines if line in (P1, P2)]
    kept = [line for line in clean("\n".join(lines)).body.split("\n") if line in (P1, P2)]
    # Two paragraphs that are the same, at the head, are a repeated headline.
    assert kept == paragraphs or len(set(paragraphs[:2])) == 1


PARAGRAPHS = (ROOT / "tests" / "golden" / "paragraphs.txt").read_text("utf-8").splitlines()


def test_paragraphs_that_look_like_debris_stay() -> None:
    assert len(PARAGRAPHS) > 200
    dropped = [
        line for line in PARAGRAPHS if clean(f"{PROSE}\n{line}\n{PROSE}").body.count("\n") < 2
    ]
    assert not dropped


PROSE = "Le Congrès américain a adopté mercredi une aide de soixante milliards de dollars."


@pytest.mark.parametrize(
    "line",
    [
        "Lire aussi",
        "À lire aussi",
        "» LIRE AUSSI - «Gilets jaunes»: le point de bascule?",
        "Lire aussi Coignard - Gilets jaunes : et maintenant, la facture !",
        "►Lire aussi: Edito : l’agression antisémite contre Finkielkraut",
        "À VOIR AUSSI - «Gilets jaunes»: Macron doit-il reculer? - Regarder sur Figaro Live",
        "» ENQUÊTE - Dans les coulisses d’un revirement",
        "» Suivez notre direct sur la mobilisation",
        "Consultez notre dossier : La colère des Gilets jaunes",
        "Crédits photo : JEFF PACHOUD/AFP",
        "Crédit photo: Getty Images",
        "Photo d’illustration",
        "Photo : Thibault Camus, Associated Press",
        "Illustration : Dusault pour « Le Point »",
        "MANDEL NGAN / AFP",
        "STEPHANE MAHE/REUTERS",
        "Jacques Witt/SIPA",
        "AFP/ANNE CHRISTINE POUJOULAT",
        "© 2019 AFP",
        "© Belga",
        "Publicité",
        "S’abonner",
        "S’abonner à partir de 1 €",
        "Déjà abonné ? Se connecter",
        "Il vous reste 62.5% de cet article à lire. La suite est réservée aux abonnés.",
        "Cet article est réservé aux abonnés.",
        "Partager",
        "Partager sur Facebook",
        "Facebook Twitter WhatsApp",
        "Copier le lien",
        "12 commentaires",
        "Newsletter",
        "Recevez chaque matin l’essentiel de l’actualité dans votre boîte mail",
        "Vidéo.",
        "Temps de lecture : 3 min",
        "Mis à jour le 14 janvier 2019 à 18h30",
        "Publié le 14/01/2019 à 18:30, mis à jour le 15/01/2019",
        "Tous droits réservés",
    ],
)
def test_debris_of_real_pages(line: str) -> None:
    assert clean(f"{PROSE}\n{line}\n{PROSE} Bis.").body == f"{PROSE}\n{PROSE} Bis."
