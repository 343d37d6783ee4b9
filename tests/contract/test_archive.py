"""The engine end to end: small archives, and what queries find in them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest

from index.analysis import analyze
from index.errors import NoIndex, OutdatedIndex, Unavailable
from search.errors import NoSuchArticle, QueryError
from search.local.archive import LocalArchive
from search.local.lexicon import forms_within
from search.local.snapshot import Snapshot
from search.model import Request, Results
from search.passages.highlight import phrase_spans
from search.query import Phrase, parse
from tests.support.archives import update
from tests.support.marks import matches
from tests.support.places import SEEDS

ArchiveOf = Callable[[Mapping[str, str]], LocalArchive]


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def archive_of(tmp_path_factory: pytest.TempPathFactory) -> ArchiveOf:
    """Index files of these names and texts, and open the index; the same files only once."""
    made: dict[frozenset[tuple[str, str]], Path] = {}

    def make(files: Mapping[str, str]) -> LocalArchive:
        content = frozenset(files.items())
        if content not in made:
            made[content] = index_of(files, tmp_path_factory.mktemp("archive"))
        return LocalArchive(made[content])

    return make


@pytest.fixture
def own_archive_of(tmp_path: Path) -> ArchiveOf:
    """The same for one test, which may change the files and the index."""
    return lambda files: LocalArchive(index_of(files, tmp_path))


def index_of(files: Mapping[str, str], folder: Path) -> Path:
    write(folder / "articles", files)
    update(folder / "index", [folder / "articles"])
    return folder / "index"


@pytest.fixture(scope="module")
def seeds_archive(tmp_path_factory: pytest.TempPathFactory) -> LocalArchive:
    folder = tmp_path_factory.mktemp("seeds") / "index"
    update(folder, [SEEDS])
    return LocalArchive(folder)


def complete(results: Results) -> list[str]:
    return [Path(hit.head.id).stem for hit in results.hits if hit.complete]


def found(archive: LocalArchive, query: str, **options: object) -> list[str]:
    """The names of the articles that match completely, best first."""
    return complete(archive.search(Request(query, limit=1000, **options)))  # type: ignore[arg-type]


def sources(results: Results) -> dict[str, int]:
    return {facet.value: facet.count for facet in results.facets.sources}


def md(text: str, **fields: str) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\n{lines}---\n{text}\n"


# Spellings of the same thing


@pytest.mark.parametrize(
    "spellings",
    [
        ["États-Unis", "etats unis", "Etats-Unis", "ETATS-UNIS", "états unis"],
        ["l’Ukraine", "l'Ukraine", "d’Ukraine", "qu'Ukraine", "ukraine", "UKRAINE"],
        ["nord-coréens", "nord coreennes", "Nord-Coréenne", "NORD COREEN"],
        ["anti-personnel", "antipersonnel", "antipersonnels", "Anti-Personnels"],
        ["contre-offensive", "contreoffensive", "contreoffensives", "CONTRE‑OFFENSIVE"],
        ["kilomètres", "kilometre", "Kilomètre"],
        ["cœur", "coeur", "CŒURS"],
        ["300 000", "300000", "300\u00a0000", "300\u202f000"],
        ["E\u0301lyse\u0301e", "Élysée", "elysee", "ELYSEE", "Elysée"],
        ["aujourd'hui", "aujourd’hui", "Aujourd’hui"],
        ["N'Djamena", "n’djamena"],
        ["Mbappé", "M'Bappe"],
        ["O.N.U.", "onu", "l’ONU"],
        ["F-16", "F16", "f16"],
        ["approvisionnées", "approvisionner", "approvisionné"],
    ],
)
def test_spellings_find_the_same_articles(archive_of: ArchiveOf, spellings: list[str]) -> None:
    files = {f"{n}.txt": f"Il est question de {each} ici." for n, each in enumerate(spellings)}
    archive = archive_of({**files, "autre.txt": "Le vent souffle sur la plaine ; rien de plus."})
    everything = sorted(str(n) for n in range(len(spellings)))
    assert {typed: sorted(found(archive, typed)) for typed in spellings} == dict.fromkeys(
        spellings, everything
    )


@pytest.mark.parametrize(
    ("typed", "text", "is_found"),
    [
        ("guerre", "La guerre continue.", True),
        ("approvisionnees", "Des troupes approvisionnées.", True),
        ("approvisionnees", "Il faut approvisionner.", True),
        ("approvisionnées", "TROUPES APPROVISIONNEES", True),
        ("anti personnel", "Des mines antipersonnel.", True),
        ("anti personnel", "Des mines anti-personnel.", True),
        ("nord coreennes", "La Nord-Coréenne.", True),
        ("nordcoréen", "Un Nord-Coréen.", True),
        ("contre offensives", "La contreoffensive.", True),
        ("f 16", "Un F-16.", True),
        ("f 16", "Un F16.", True),
        ("guerres", "La guerre continue.", True),
        ("la guerre", "Guerre et paix.", True),
        ("guerre", "Le guerrier dort.", False),
        ("aujourd", "Il pleut aujourd’hui.", False),
        ("hui", "Il pleut aujourd’hui.", False),
        ("300", "Ils sont 300 000 hommes.", False),
        ("été", "Un bel été en ville.", True),
        ("l’est", "Ils vont vers l’est du pays.", True),
        ("son", "Le son du canon.", True),
        ("or", "Le cours de l’or monte.", True),
        ("an", "Il y a un an déjà.", True),
        ("us", "Les us et coutumes.", True),
        ("parterre", "Il est tombé par terre.", False),
        ("20 novembre", "Le mercredi 20 novembre, à Kiev.", True),
        ("G20", "Le G20 se réunit.", True),
    ],
)
def test_what_finds_what(archive_of: ArchiveOf, typed: str, text: str, is_found: bool) -> None:
    assert bool(found(archive_of({"a.txt": text}), typed)) is is_found


# Ranking


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("armée", "armée"),
        ("arme", "arme"),
        ("Amérique", "Amérique"),
        ("amer", "amer"),
        ("missile", "missile"),
        ("missiles", "missiles"),
    ],
)
def test_the_form_as_typed_comes_first(archive_of: ArchiveOf, typed: str, best: str) -> None:
    words = ["armée", "arme", "Amérique", "amer", "missile", "missiles"]
    archive = archive_of({f"{word}.txt": f"Voici le mot {word} dans un texte." for word in words})
    assert found(archive, typed)[0] == best


def test_what_stands_together_comes_first(archive_of: ArchiveOf) -> None:
    filler = "Ensuite le temps passe et rien de neuf ne se produit dans la plaine. " * 3
    archive = archive_of(
        {
            "loin.txt": f"Des missiles. {filler} Une longue attente. {filler} Une portée.",
            "pres.txt": f"{filler} Des missiles de longue portée. {filler} Une attente.",
        }
    )
    assert found(archive, "missiles longue portée") == ["pres", "loin"]


def test_scores_go_down_and_a_rare_word_weighs_more(archive_of: ArchiveOf) -> None:
    archive = archive_of(
        {f"{n}.txt": f"Un budget est voté{' au sénat' * (n == 3)}, texte {n}." for n in range(6)}
    )
    hits = archive.search(Request("budget OR sénat")).hits
    assert hits[0].head.id == "3.txt"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


# All of the words, or most of them


def test_what_stands_early_comes_first(archive_of: ArchiveOf) -> None:
    rest = " ".join(f"Le vent souffle sur la plaine {n}." for n in range(40))
    other = " ".join(f"Chacun rentre chez soi la nuit {n}." for n in range(40))
    archive = archive_of(
        {
            "a_fin.txt": f"{other} Les missiles de Kiev.",
            "b_debut.txt": f"Les missiles de Kiev. {rest}",
        }
    )
    assert found(archive, "missiles Kiev") == ["b_debut", "a_fin"]


@pytest.mark.parametrize(
    ("query", "best"),
    [
        # As rare and as early each, and the article with the first number is the first of equals
        ("le discours de berlin", "a"),
        ("le discours de Berlin", "b"),
        ("quel discours à berlin", "b"),
        ("quel est le discours, berlin", "b"),
        ("quelle ville, discours ou berlin", "a"),
    ],
)
def test_names_weigh_more_and_what_is_asked_for_less(
    archive_of: ArchiveOf, query: str, best: str
) -> None:
    archive = archive_of({"a.txt": "Un discours fini.", "b.txt": "Un Berlin fini."})
    hits = archive.search(Request(query)).hits
    assert hits[0].head.id == f"{best}.txt"


def test_partial_matches_follow_the_complete_ones(archive_of: ArchiveOf) -> None:
    archive = archive_of(
        {
            "tout.txt": "Des missiles de longue portée pour Kiev.",
            "presque.txt": "Des missiles de longue durée pour Kiev.",
            "un.txt": "Une longue histoire.",
            "rien.txt": "Le vent souffle.",
        }
    )
    results = archive.search(Request("missiles longue portée Kiev"))
    assert (results.total, results.partial) == (1, 1)
    assert [(hit.head.id, hit.complete) for hit in results.hits] == [
        ("tout.txt", True),
        ("presque.txt", False),
    ]


def test_no_partial_matches_when_a_page_is_complete(own_archive_of: ArchiveOf) -> None:
    files = {f"{n}.txt": f"Missiles et obus, numéro {n}." for n in range(10)}
    archive = own_archive_of({**files, "partiel.txt": "Missiles et mines, obus."})
    assert archive.search(Request("missiles obus numéro")).partial == 0
    shutil.rmtree(archive.folder.parent / "articles")
    few = own_archive_of(
        {**dict(list(files.items())[:9]), "partiel.txt": "Missiles et mines, obus."}
    )
    results = few.search(Request("missiles obus numéro"))
    assert (results.total, results.partial) == (9, 1)


@pytest.mark.parametrize(
    "query",
    [
        "missiles",
        "missiles AND sénat",
        "missiles OR sénat",
        "(missiles ET sénat)",
        '"missiles sénat"~5',
        "missiles PRÈS sénat",
        '"missiles sénat"',
        'missiles "sénat budget"',
        "missiles sénat*",
        "missiles sénat~",
        "missiles title:sénat",
    ],
)
def test_what_is_written_out_is_required(archive_of: ArchiveOf, query: str) -> None:
    archive = archive_of({"a.txt": "Des missiles, dit-on.", "b.txt": "Des chars, dit-on."})
    assert archive.search(Request(query)).partial == 0


def test_exclusions_hold_for_partial_matches(archive_of: ArchiveOf) -> None:
    archive = archive_of({"a.txt": "Missiles, obus, mines.", "b.txt": "Missiles, obus, chars."})
    hits = archive.search(Request("missiles obus sénat -mines")).hits
    assert [hit.head.id for hit in hits] == ["b.txt"]


# Operators, fields, expansions

CORPUS = {
    "armes.md": md(
        "Biden autorise des missiles de longue portée. L’armée se tait.",
        title="Les armes de Washington",
        source="CNN",
        authors="Natasha Bertrand",
        date="2024-11-17",
    ),
    "mines.md": md(
        "Washington fournira des mines antipersonnel. Kiev remercie.",
        title="Des mines pour Kiev",
        source="Le HuffPost",
        authors="[Jean-Pierre Élie, Léa d’Ormesson]",
        date="2024-11-20",
    ),
    "senat.md": md(
        "Le budget est voté. La portée du vote est longue à comprendre.",
        title="Le Sénat vote",
        source="Le Monde",
        date="2023-06-30",
    ),
    "nu.txt": "Un texte sans titre ni date, sur les missiles et le budget du pays.",
}
ALL = {"armes", "mines", "senat", "nu"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("missiles", {"armes", "nu"}),
        ("missiles AND budget", {"nu"}),
        ("missiles ET budget", {"nu"}),
        ("mines OR budget", {"mines", "senat", "nu"}),
        ("mines OU budget", {"mines", "senat", "nu"}),
        ("missiles NOT budget", {"armes"}),
        ("missiles SAUF budget", {"armes"}),
        ("missiles -budget", {"armes"}),
        ("-missiles", {"mines", "senat"}),
        ("NOT missiles NOT budget", {"mines"}),
        ("missiles AND NOT budget", {"armes"}),
        ("(mines OR budget) -missiles", {"mines", "senat"}),
        ("(mines OR (budget missiles)) -Kiev", {"nu"}),
        ("-(mines OR budget)", {"armes"}),
        ("mines OR budget missiles", {"mines", "nu"}),
        ("", ALL),
        # Phrases
        ('"longue portée"', {"armes"}),
        ('"portée longue"', set()),
        ('"missiles de longue portée"', {"armes"}),
        ('"missile de longues portées"', {"armes"}),
        ('"missiles longue portée"', set()),
        ('"missiles à longue portée"', set()),
        ('"mines anti-personnel"', {"mines"}),
        ('"mines anti personnel"', {"mines"}),
        ('"antipersonnel Kiev"', {"mines"}),
        ('-"longue portée" portée', {"senat"}),
        ('"Les armes"', {"armes"}),
        # Prefixes and near words
        ("miss*", {"armes", "nu"}),
        ("antipers*", {"mines"}),
        ("Armé*", {"armes"}),
        ("xyz*", set()),
        ("misile~", set()),  # the form is `missiles`: two edits
        ("misiles~", {"armes", "nu"}),
        ("mimes~", {"mines"}),
        ("mniès~", {"mines"}),
        ("budgett~ pays", {"nu"}),
        # Fields
        ("title:mines", {"mines"}),
        ("title:missiles", {"nu"}),  # its title is its first sentence
        ("title:portée", set()),
        ("title:(Kiev mines)", {"mines"}),
        ('title:"mines pour Kiev"', {"mines"}),
        ('title:"Kiev pour mines"', set()),
        ("title:wash*", {"armes"}),
        ("title:washingtom~", {"armes"}),
        ("title:senat OR title:mine", {"mines", "senat"}),
        ("-title:sénat", {"armes", "mines", "nu"}),
        ("source:cnn", {"armes"}),
        ("source:CNN missiles", {"armes"}),
        ("source:huffpost", {"mines"}),
        ("source:LeHuffPost", {"mines"}),
        ('source:"Huffington Post"', {"mines"}),
        ('source:"le monde"', {"senat"}),
        ("source:lemonde.fr", {"senat"}),
        ("source:unknown", {"nu"}),
        ("source:nulle", set()),
        ("-source:cnn missiles", {"nu"}),
        ("source:cnn OR source:unknown", {"armes", "nu"}),
        ("author:bertrand", {"armes"}),
        ("author:BERTRAND missiles", {"armes"}),
        ("author:elie", {"mines"}),
        ("author:ormesson", {"mines"}),
        ("-author:bertrand missiles", {"nu"}),
        ("author:personne", set()),
        ("date:2024", {"armes", "mines"}),
        ("date:2024-11", {"armes", "mines"}),
        ("date:2024-11-20", {"mines"}),
        ("date:2024-11-18..", {"mines"}),
        ("date:..2024-11-17", {"armes", "senat"}),
        ("date:2023-06..2023-06", {"senat"}),
        ("date:2023..2024", {"armes", "mines", "senat"}),
        ("date:2024..2023", set()),
        ("-date:2024", {"senat", "nu"}),
        ("date:2022", set()),
    ],
)
def test_operators_and_fields(archive_of: ArchiveOf, query: str, names: set[str]) -> None:
    assert set(found(archive_of(CORPUS), query)) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ('author:"Natasha Bertrand"', {"armes"}),
        ("author:Jean-Pierre", {"mines"}),
        ('author:"Léa d’Ormesson"', {"mines"}),
        ('author:"Léa Bertrand"', set()),
    ],
)
def test_authors_of_several_words(archive_of: ArchiveOf, query: str, names: set[str]) -> None:
    assert set(found(archive_of(CORPUS), query)) == names


def test_the_name_of_an_author_is_that_of_one(archive_of: ArchiveOf) -> None:
    assert found(archive_of(CORPUS), 'author:"Jean-Pierre d’Ormesson"') == []


@pytest.mark.parametrize("typed", ["le telegramme de brest", "LE TELEGRAMME DE BREST"])
def test_a_source_that_is_not_in_the_table(archive_of: ArchiveOf, typed: str) -> None:
    text = md("Un texte.", title="Titre", source="Le Télégramme de Brest")
    assert found(archive_of({"a.md": text}), f'source:"{typed}"') == ["a"]


# Facets


def facet_corpus() -> dict[str, str]:
    rows = [("CNN", "missiles obus", 3), ("AP", "missiles", 2), ("Le Monde", "missiles obus", 1)]
    return {
        f"{source}{n}.md": md(f"Des {words}, article {n}.", title=f"T{n}", source=source)
        for source, words, count in rows
        for n in range(count)
    }


def test_facets_count_all_matches_not_the_page(archive_of: ArchiveOf) -> None:
    results = archive_of(facet_corpus()).search(Request("missiles", limit=1))
    assert sources(results) == {"CNN": 3, "AP": 2, "Le Monde": 1}
    assert [facet.value for facet in results.facets.sources] == ["CNN", "AP", "Le Monde"]
    assert results.total == 6


@pytest.mark.parametrize(
    ("query", "chosen", "total"),
    [
        ("missiles", ("AP",), 2),
        ("missiles", ("associated press",), 2),
        ("missiles", ("AP", "CNN"), 5),
        ("missiles", ("nulle part",), 0),
        ("missiles source:ap", (), 2),
        ("source:lemonde missiles", (), 1),
    ],
)
def test_choosing_a_source_keeps_the_counts_of_the_others(
    archive_of: ArchiveOf, query: str, chosen: tuple[str, ...], total: int
) -> None:
    results = archive_of(facet_corpus()).search(Request(query, sources=chosen))
    assert results.total == total == len(results.hits)
    assert sources(results) == {"CNN": 3, "AP": 2, "Le Monde": 1}


def test_facets_count_only_what_matches(archive_of: ArchiveOf) -> None:
    assert sources(archive_of(facet_corpus()).search(Request("obus"))) == {"CNN": 3, "Le Monde": 1}


def test_facets_count_partial_matches_when_there_are_no_others(archive_of: ArchiveOf) -> None:
    results = archive_of(facet_corpus()).search(Request("missiles obus sénat"))
    assert (results.total, results.partial) == (0, 4)
    assert sources(results) == {"CNN": 3, "Le Monde": 1}


def test_facets_leave_partial_matches_out_beside_complete_ones(archive_of: ArchiveOf) -> None:
    results = archive_of(facet_corpus()).search(Request("missiles obus article"))
    assert results.total == 4
    assert results.partial == 2
    assert sources(results) == {"CNN": 3, "Le Monde": 1}


@pytest.mark.parametrize(
    ("query", "chosen", "total"),
    [
        ("source:cnn missiles", ("CNN",), 3),
        ("source:cnn missiles", ("AP",), 0),
        ("source:cnn source:ap missiles", ("AP", "Le Monde"), 2),
        ("source:cnn source:ap missiles", (), 5),
        ("source:(cnn OU ap) missiles", (), 5),
        ("source:cnn OU source:ap", (), 5),
        ("(source:cnn) missiles", (), 3),
        ("(source:cnn OU source:ap) missiles", ("AP",), 2),
        ("source:le monde missiles", (), 1),
        ("source:lemonde missiles", ("le monde",), 1),
    ],
)
def test_sources_in_the_query_and_beside_it_narrow_each_other(
    archive_of: ArchiveOf, query: str, chosen: tuple[str, ...], total: int
) -> None:
    results = archive_of(facet_corpus()).search(Request(query, sources=chosen))
    assert results.total == total == len(results.hits)
    assert sources(results) == {"CNN": 3, "AP": 2, "Le Monde": 1}
    assert (results.notes, results.unknown_sources) == ((), ())


@pytest.mark.parametrize(
    ("query", "chosen", "unknown", "near", "sure"),
    [
        ("source:monde", (), ("monde",), ("Le Monde",), True),
        ("missiles", ("monde",), ("monde",), ("Le Monde",), True),
        ("missiles OU source:monde", (), ("monde",), ("Le Monde",), True),
        ("-source:monde", (), ("monde",), ("Le Monde",), True),
        ("source:xqz", (), ("xqz",), ("CNN", "AP", "Le Monde"), False),
        ("source:monde", ("monde",), ("monde",), ("Le Monde",), True),
    ],
)
def test_a_source_that_there_is_not_may_be_another(
    archive_of: ArchiveOf,
    query: str,
    chosen: tuple[str, ...],
    unknown: tuple[str, ...],
    near: tuple[str, ...],
    sure: bool,
) -> None:
    results = archive_of(facet_corpus()).search(Request(query, sources=chosen))
    assert results.unknown_sources == unknown
    (note,) = results.notes
    assert (note.kind, note.what, note.near, note.sure) == ("unknown source", *unknown, near, sure)


def test_a_source_is_chosen_while_it_is_typed(archive_of: ArchiveOf) -> None:
    archive = archive_of(facet_corpus())
    totals = {"source:": 6, "source:c": 3, "source:cn": 3, "source:mon": 1, "source:le mo": 1}
    for query, total in {**totals, "source:x": 6, "missiles source:ap": 2}.items():
        results = archive.search(Request(query, typing=True))
        assert (query, results.total, results.notes) == (query, total, ())


# Near


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ('"missiles portée"~5', {"pres", "autre"}),
        ('"missiles portée"~4', {"pres"}),  # « autre » has them at five, « dix » at ten
        ('"missiles portée"~9', {"pres", "autre"}),
        ('"missiles portée"~10', {"pres", "autre", "dix"}),
        ('"portée missile"~3', {"pres"}),
        ("missiles PRÈS portée", {"pres", "autre", "dix"}),
        ("missiles NEAR portées", {"pres", "autre", "dix"}),
        ('missiles PRÈS "longue portée"', {"pres"}),
        ('"longue portée" PRÈS missil*', {"pres"}),
        ("misile~ PRÈS portee~", set()),
        ("misiles~ PRÈS portee~", {"pres", "autre", "dix"}),
        ("(obus OU missiles) PRÈS portée", {"pres", "autre", "dix", "obus"}),
        ("missiles PRÈS portée PRÈS Kiev", {"pres"}),
        ("contre-offensive PRÈS Kiev", {"pres"}),
        ('titre:"missiles portée"~5', {"pres"}),
        ('-"missiles portée"~5 missiles', {"dix", "loin"}),
        ("missiles portée", {"pres", "autre", "dix", "loin"}),
    ],
)
def test_what_stands_near_each_other(archive_of: ArchiveOf, query: str, names: set[str]) -> None:
    archive = archive_of(
        {
            "pres.txt": "Missiles de longue portée à Kiev.\n\nLa contreoffensive à Kiev.",
            "autre.md": md("La portée de ces très nouveaux missiles.", title="Rien"),
            "dix.md": md("Missiles, " + "et encore " * 4 + "leur portée.", title="Rien"),
            "loin.md": md("Missiles, " + "et encore " * 9 + "leur portée.", title="Rien"),
            "obus.md": md("Des obus d’une portée rare.", title="Rien"),
        }
    )
    assert set(found(archive, query)) == names


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ('"missiles portée"~2', ["missiles", "portée"]),
        ("missile PRÈS portées", ["missiles", "portée", "portée", "missile"]),
        ('"longue portée" PRÈS missil*', ["missiles", "longue portée"]),
        ("(obus OU kiev) PRÈS missiles", []),
        ('titre:"missiles portée"~2', ["missiles", "portée"]),
        ('"missiles portée"~2 portée', ["missiles", "portée", "portée"]),
    ],
)
def test_what_is_near_is_marked_and_nothing_else(query: str, marked: list[str]) -> None:
    text = "Les missiles longue portée. " + "Rien. " * 12 + "La portée d’un bien petit missile."
    spans = matches(text, query)
    assert [text[start:end] for start, end in spans] == marked


# Suggestion

ZELENSKY = {
    "a.txt": "Volodymyr Zelensky a remercié ses alliés. Le président Zelensky parle.",
    "b.txt": "Un missile est tombé sur Koursk. L’Élysée condamne.",
}


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        ("Zelensqy", "Zelensky"),
        ("zelenskj", "Zelensky"),
        ("Zelenskyy", None),  # a spelling of it, which is found
        ("missille", "missile"),
        ("l’élisée", "l’Élysée"),
        ("missille Zelensqy", "missile Zelensky"),
        ('"missille tombé"', '"missile tombé"'),
        ("koursc -alliés", "Koursk -alliés"),
        ("title:missille", "title:missile"),
        ("xqzwvk", None),
        ("missile", None),
        ("missile Zelensky", None),  # each is known, though no article has both
        ("missile -missile", None),
        ("xy", None),
        ("2025", None),
        ("missilx*", None),
        # As it sounds
        ("l’oriflame", None),
        ("zélanski", "Zelensky"),
        ("condane", "condamne"),
        ("Coursk", "Koursk"),
        # A phrase that nothing has, without its quotes
        ('"missile Koursk"', "missile Koursk"),
        ('l’"alliés remercié" "missile est"', 'l’alliés remercié "missile est"'),
        ("« missile Koursk", "missile Koursk"),
        ('"missile Zelensky"', None),  # no article has both
        ('titre:"missile Koursk"', None),
    ],
)
def test_suggestion(archive_of: ArchiveOf, query: str, suggested: str | None) -> None:
    results = archive_of(ZELENSKY).search(Request(query))
    assert results.suggestion == suggested


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        ("le pen", None),  # no « le en »
        ("aves", None),  # no « avec »
        ("peau", "beau"),
    ],
)
def test_a_stop_word_is_no_correction(
    archive_of: ArchiveOf, query: str, suggested: str | None
) -> None:
    archive = archive_of({"a.txt": "Il en parle le jour, avec tout ce qui est beau."})
    assert archive.search(Request(query)).suggestion == suggested


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        ("Bairou", "Bayrou"),  # one article has it: a slip
        ("budget Bairou", "budget Bayrou"),
        ("glyfosate", "glyphosate"),
        ("Bayrou", None),
        ("Bayron", None),  # two articles: that is a name
        ("Bairou deux trois quatre cinq six", None),  # nobody types that
    ],
)
def test_a_rare_word_may_be_a_frequent_one(
    archive_of: ArchiveOf, query: str, suggested: str | None
) -> None:
    lines = [{"body": f"Bayrou et le glyphosate, un budget, numéro {n}."} for n in range(120)]
    lines += [{"body": "Bairou parle du glyfosate et du budget. Bayron aussi."}]
    lines += [{"body": "Bayron, deux trois quatre cinq six."}]
    archive = archive_of({"a.jsonl": "\n".join(map(json.dumps, lines))})
    results = archive.search(Request(query))
    assert results.suggestion == suggested
    assert results.total or len(query.split()) > 2


def test_a_suggestion_is_not_applied(archive_of: ArchiveOf) -> None:
    results = archive_of(ZELENSKY).search(Request("missille"))
    assert (results.total, results.partial, results.hits) == (0, 0, ())
    assert results.query == "missille"


def test_no_suggestion_where_something_is_found(archive_of: ArchiveOf) -> None:
    archive = archive_of({**ZELENSKY, "c.txt": "Il a écrit missille, avec une faute."})
    assert archive.search(Request("missille")).suggestion is None


def test_no_suggestion_of_a_word_that_is_gone(own_archive_of: ArchiveOf) -> None:
    files = {f"{n}.txt": f"Le budget numéro {n} est annoncé." for n in range(20)}
    archive = own_archive_of({**files, "m.txt": "Un missile est tombé."})
    (archive.folder.parent / "articles" / "m.txt").unlink()
    update(archive.folder)
    archive.refresh()
    assert archive.search(Request("missille")).suggestion is None


# Order and pages


def test_sorting(archive_of: ArchiveOf) -> None:
    archive = archive_of(
        {
            "1.md": md("Un texte.", title="L’été", date="2024-01-02"),
            "2.md": md("Un texte.", title="Zoo", date="2024-11-02"),
            "3.md": md("Un texte.", title="école", date="2022-05-05"),
            "4.md": md("Un texte.", title="Âge"),
        }
    )
    assert found(archive, "texte", sort="date") == ["2", "1", "3", "4"]
    assert found(archive, "texte", sort="title") == ["4", "3", "1", "2"]
    assert found(archive, "", sort="relevance") == ["2", "1", "3", "4"]


@pytest.mark.parametrize("sort", ["relevance", "date", "title"])
@pytest.mark.parametrize("query", ["missiles", "missiles obus", "missiles OR budget", ""])
def test_pages_cover_every_hit_once_in_order(archive_of: ArchiveOf, query: str, sort: str) -> None:
    words = ["missiles", "missiles et obus", "budget", "obus"]
    archive = archive_of(
        {
            f"{n}.md": md(f"Des {words[n % 4]}.", title=f"T{n % 5}", date=f"2024-01-{n % 3 + 1:02}")
            for n in range(23)
        }
    )
    request = {"query": query, "sort": sort}
    whole = archive.search(Request(**request, limit=100))  # type: ignore[arg-type]
    expected = [(hit.head.id, hit.score, hit.complete) for hit in whole.hits]
    assert len(expected) == whole.total + whole.partial
    assert len({id for id, *_ in expected}) == len(expected)
    for size in (1, 4, 10):
        pages = []
        for offset in range(0, 40, size):
            page = archive.search(Request(**request, limit=size, offset=offset))  # type: ignore[arg-type]
            assert (page.total, page.partial) == (whole.total, whole.partial)
            assert len(page.hits) <= size
            pages += [(hit.head.id, hit.score, hit.complete) for hit in page.hits]
        assert pages == expected


# The sample articles


@pytest.mark.parametrize("query", ["Aliagas", "Forzarom", "cookies", '"Google News"'])
def test_debris_of_the_seeds_is_not_found(seeds_archive: LocalArchive, query: str) -> None:
    results = seeds_archive.search(Request(query))
    assert (results.total, results.partial) == (0, 0)


def test_sources_of_the_seeds(seeds_archive: LocalArchive) -> None:
    expected = {"AP": 1, "CNN": 1, "HuffPost": 1, "unknown": 2}
    assert sources(seeds_archive.search(Request("Ukraine"))) == expected
    assert {facet.value: facet.count for facet in seeds_archive.status().sources} == expected


@pytest.mark.parametrize(
    ("query", "total"),
    [("etats unis", 5), ("nord coreennes", 1), ("antipersonnel", 1), ("contreoffensive", 3)],
)
def test_words_of_the_seeds(seeds_archive: LocalArchive, query: str, total: int) -> None:
    assert seeds_archive.search(Request(query)).total == total


# Articles by id


def test_an_article_by_its_id_or_the_start_of_it(seeds_archive: LocalArchive) -> None:
    article = seeds_archive.read("003_c51898415781cb4d.txt").article
    assert seeds_archive.read("003").article == article
    assert article.source == "CNN"


@pytest.mark.parametrize("id", ["999", "00", "", "003_c51898415781cb4d.txt#1"])
def test_no_article_or_several(seeds_archive: LocalArchive, id: str) -> None:
    with pytest.raises(NoSuchArticle):
        seeds_archive.read(id)


def test_where_a_query_matches_in_a_text(seeds_archive: LocalArchive) -> None:
    text = "Dans l’Ukraine, l'armée ukrainienne et les États-Unis."
    spans = matches(text, "ukraine armees etats-unis")
    assert [text[start:end] for start, end in spans] == ["Ukraine", "armée", "États-Unis"]


# The index under the archive


def test_refresh_sees_a_new_commit(own_archive_of: ArchiveOf) -> None:
    archive = own_archive_of({"a.txt": "Un missile."})
    assert not archive.refresh()
    write(archive.folder.parent / "articles", {"b.txt": "Deux missiles."})
    update(archive.folder)
    assert found(archive, "missile") == ["a"]
    assert archive.refresh()
    assert sorted(found(archive, "missile")) == ["a", "b"]
    assert not archive.refresh()


def test_refresh_sees_an_index_made_anew(own_archive_of: ArchiveOf) -> None:
    archive = own_archive_of({"a.txt": "Un missile."})
    shutil.rmtree(archive.folder)
    write(archive.folder.parent / "articles", {"b.txt": "Deux missiles."})
    update(archive.folder, [archive.folder.parent / "articles"])
    archive.refresh()
    assert sorted(found(archive, "missile")) == ["a", "b"]


def test_no_index(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(NoIndex):
            LocalArchive(folder)


def test_an_empty_index_is_searched(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    update(tmp_path / "index", [tmp_path / "articles"])
    results = LocalArchive(tmp_path / "index").search(Request("missile"))
    assert (results.total, results.partial, results.suggestion) == (0, 0, None)
    assert LocalArchive(tmp_path / "index").status().articles == 0


def test_an_index_of_another_version(
    own_archive_of: ArchiveOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = own_archive_of({"a.txt": "Un missile."})
    monkeypatch.setattr("index.whoosh_store.schema.VERSION", 1_000)
    with pytest.raises(OutdatedIndex):
        LocalArchive(archive.folder)


def index_files(folder: Path) -> list[Path]:
    """Whoosh's own files: the table of contents and the segments."""
    files = [path for path in folder.iterdir() if path.suffix in (".toc", ".seg")]
    assert len(files) >= 2
    return files


def broken(data: bytes, how: str) -> bytes:
    if how == "half":
        return data[: len(data) // 2]
    if how == "zeros":
        return bytes(len(data))
    if how == "noise":
        return bytes((i * 197 + 91) % 256 for i in range(len(data)))
    return b""


@pytest.mark.parametrize("how", ["empty", "half", "zeros", "noise", "gone"])
def test_a_damaged_index_says_so(own_archive_of: ArchiveOf, how: str) -> None:
    archive = own_archive_of({**CORPUS, "z.txt": "Encore des missiles."})
    folder = archive.folder
    queries = ["missiles", '"longue portée"', "miss*", "date:2024", "source:cnn", "missilles"]
    expected = [(query, found(archive, query)) for query in queries]
    archive.close()
    for path in index_files(folder):
        data = path.read_bytes()
        path.unlink()
        if how != "gone":
            path.write_bytes(broken(data, how))
        answers = []
        message = ""
        try:
            with LocalArchive(folder) as opened:
                answers += [(query, found(opened, query)) for query in queries]
        except Unavailable as error:
            message = str(error)
        assert message or answers == expected
        assert "\n" not in message
        path.write_bytes(data)
    with LocalArchive(folder) as opened:
        assert [(query, found(opened, query)) for query in queries] == expected


def test_a_byte_changed_anywhere_never_surprises(own_archive_of: ArchiveOf) -> None:
    archive = own_archive_of(CORPUS)
    folder = archive.folder
    archive.close()
    for path in index_files(folder):
        data = path.read_bytes()
        for at in range(0, len(data), max(1, len(data) // 60)):
            path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
            try:
                with LocalArchive(folder) as opened:
                    opened.search(Request("missiles portée"))
            except Unavailable:
                pass
        path.write_bytes(data)


# Endless queries


@pytest.mark.parametrize(
    "query",
    [
        "missile " * 10_000,
        " ".join(f"mot{n}" for n in range(10_000)) + " xqzwvkxqzwvk",
        " OR ".join(f"mot{n}" for n in range(10_000)),
        " ".join(f"-mot{n}" for n in range(10_000)),
        "miss* " * 10_000,
    ],
    ids=lambda query: query[:10],
)
def test_endless_queries_are_answered(archive_of: ArchiveOf, query: str) -> None:
    archive = archive_of(ZELENSKY)
    archive.search(Request(query))


def test_corrections_are_bounded(archive_of: ArchiveOf, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []

    def counted(snapshot: Snapshot, form: str, edits: int) -> dict[str, int]:
        looked_up.append(form)
        return forms_within(snapshot, form, edits)

    monkeypatch.setattr("search.local.suggestion.forms_within", counted)
    archive = archive_of({"a.txt": "Un texte avec motif."})
    archive.search(
        Request(" ".join(f"moti{chr(97 + n % 5)}{chr(103 + n % 20)}" for n in range(200)))
    )
    assert len(looked_up) <= 20


def test_a_phrase_of_compounds_is_marked_in_time() -> None:
    text = "nord-coréens " * 4
    (phrase,) = parse(f'"{text}"').query.clauses
    assert isinstance(phrase, Phrase)
    assert len(phrase_spans(list(analyze(text)), phrase.words)) <= 12


NONSENSE = ['"', "(", ")", "AND", "source:", "*", "~", "-", "\x00", "\ud800", "title:\x00", "''"]


@pytest.mark.parametrize("query", [*NONSENSE, "a" * 100_000, "é" * 5_000, "😀", "%00", "../../etc"])
def test_nonsense_is_searched_or_refused(seeds_archive: LocalArchive, query: str) -> None:
    try:
        results = seeds_archive.search(Request(query))
    except QueryError as error:
        assert str(error)  # noqa: PT017
    else:
        assert results.total in (0, 5)


def test_many_articles_of_one_file(archive_of: ArchiveOf) -> None:
    lines = [
        {"title": f"Titre {n}", "body": f"Le texte {n} sur les missiles.", "source": "AFP"}
        for n in range(30)
    ]
    archive = archive_of({"a.jsonl": "\n".join(map(json.dumps, lines))})
    results = archive.search(Request("missiles", limit=5))
    assert results.total == 30
    assert sources(results) == {"AFP": 30}
    assert archive.read("a.jsonl#7").article.title == "Titre 6"


APART = "Une guerre contre la Russie, malgré de grandes offensives, et rien de plus."


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("contre-offensive", ["hyphen", "joined", "space"]),
        ("contreoffensive", ["hyphen", "joined"]),
        ("contre offensive", ["apart", "hyphen", "joined", "space"]),
        ("contre-offensive Kiev", ["hyphen"]),
        ("-contre-offensive", ["apart"]),
        ('"contre-offensive surprise"', ["hyphen", "joined"]),
    ],
)
def test_a_hyphenated_word_is_one(archive_of: ArchiveOf, query: str, names: list[str]) -> None:
    archive = archive_of(
        {
            "apart.txt": APART,
            "hyphen.txt": "La contre-offensive surprise de Kiev.",
            "joined.txt": "La contreoffensive surprise.",
            "space.txt": "La contre offensive de l’été.",
        }
    )
    complete = [hit for hit in archive.search(Request(query)).hits if hit.complete]
    assert sorted(hit.head.id.removesuffix(".txt") for hit in complete) == names


# Similar articles


def test_an_article_among_others_of_one_file_has_similar_ones(archive_of: ArchiveOf) -> None:
    texts = (
        "Le pont de Kherson a été détruit par des missiles.",
        "Des missiles ont visé le pont de Kherson.",
        "Le Tour de France passe par les Alpes.",
    )
    lines = "\n".join(json.dumps({"title": f"Titre {n}", "body": b}) for n, b in enumerate(texts))
    archive = archive_of({"presse.jsonl": lines})
    similar = [hit.head.id for hit in archive.similar("presse.jsonl#1").hits]
    assert similar[0] == "presse.jsonl#2"
    assert "presse.jsonl#1" not in similar


def test_articles_inside_a_file_are_read_by_their_addresses(tmp_path: Path) -> None:
    (tmp_path / "presse").mkdir()
    with ZipFile(tmp_path / "presse" / "a.zip", "w") as archive:
        archive.writestr("x/b.txt", "Un missile.")
        archive.writestr("x/c.jsonl", '{"body": "Un missile."}\n{"body": "Un obus."}')
    update(tmp_path / "index", [tmp_path / "presse"])
    with closing(LocalArchive(tmp_path / "index")) as opened:
        hits = opened.search(Request("missile OU obus", duplicates=True)).hits
        heads = [hit.head for hit in hits]
        assert {head.id for head in heads} == {
            "a.zip#x/b.txt",
            "a.zip#x/c.jsonl#1",
            "a.zip#x/c.jsonl#2",
        }
        for head in heads:
            assert head.address == f"{tmp_path}/presse/{head.id}"
            assert opened.read(head.address).article.id == head.id
            assert opened.read(head.id).article.id == head.id
