"""Who published an article, and how it is known."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.extraction import sources
from index.extraction.sources import canonical, credited_authors, is_photo_credit, recognise_source
from index.formats.lines import plain
from tests.support.places import ROOT

PARAGRAPH = "Le Congrès américain a adopté mercredi une nouvelle aide à l’Ukraine."
MIDDLE = "\n".join([PARAGRAPH] * 12)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("le monde", "Le Monde"),
        ("LE MONDE", "Le Monde"),
        ("Le Monde.fr", "Le Monde"),
        ("lemonde.fr", "Le Monde"),
        ("www.lemonde.fr", "Le Monde"),
        ("Le Monde diplomatique", "Le Monde diplomatique"),
        ("LeHuffPost", "HuffPost"),
        ("Le HuffPost", "HuffPost"),
        ("Huffington Post", "HuffPost"),
        ("liberation", "Libération"),
        ("l'Associated Press", "AP"),
        ("L’Associated Press", "AP"),
        ("The Associated Press", "AP"),
        ("l’AFP", "AFP"),
        ("Agence France Presse", "AFP"),
        ("BFM TV", "BFMTV"),
        ("bfm-tv", "BFMTV"),
        ("LEquipe", "L'Équipe"),
        ("L’Équipe", "L'Équipe"),
        ("Les Échos", "Les Echos"),
        ("la Libre Belgique", "La Libre"),
        ("voa afrique", "VOA"),
        ("Radio Canada", "Radio-Canada"),
        # With others
        ("Orange avec AFP", "AFP"),
        ("Le Monde avec AFP", "Le Monde"),
        ("Le Figaro / AFP", "Le Figaro"),
        ("AFP, Reuters", "AFP"),
        ("franceinfo avec AFP et Reuters", "franceinfo"),
        ("Le Parisien - Sports", "Le Parisien"),
        # No source of the table
        ("La Gazette de Nulle-Part", None),
        ("Mondeo", None),
        ("Monde", None),
        ("notlemonde.fr", None),
        ("", None),
        ("  …  ", None),
    ],
)
def test_canonical_names(name: str, source: str | None) -> None:
    assert canonical(name) == source


MAIN_SOURCES = """AP|AFP|Reuters|CNN|BBC|HuffPost|Euronews|Le Monde|Le Figaro|Libération|franceinfo|
BFMTV|20 Minutes|Le Parisien|Ouest-France|Les Echos|La Croix|L'Humanité|L'Express|Le Point|L'Obs|
Marianne|Mediapart|RFI|France 24|TF1 Info|RTL|Europe 1|CNEWS|Sud Ouest|La Dépêche|La Voix du Nord|
Le Progrès|Courrier international|Le Monde diplomatique|Slate|Atlantico|L'Équipe|TV5Monde|RTBF|
Le Soir|La Libre|Belga|RTS|Le Temps|Tribune de Genève|Keystone-ATS|Radio-Canada|Le Devoir|La Presse|
Jeune Afrique|VOA|Deutsche Welle|Bloomberg|Xinhua|Anadolu|EFE|dpa"""


def test_the_main_sources_go_by_their_own_names() -> None:
    names = MAIN_SOURCES.replace("\n", "").split("|")
    assert [canonical(name) for name in names] == names


def test_no_alias_or_domain_belongs_to_two_sources() -> None:
    table = tomllib.loads((ROOT / "index/extraction/sources.toml").read_text(encoding="utf-8"))[
        "sources"
    ]
    assert all(canonical(name) == name for name in table)
    aliases = [(name, alias) for name in table for alias in table[name].get("aliases", [])]
    domains = [(name, domain) for name in table for domain in table[name].get("domains", [])]
    assert [canonical(alias) for _, alias in aliases] == [name for name, _ in aliases]
    assert [canonical(domain) for _, domain in domains] == [name for name, _ in domains]


@pytest.mark.parametrize(
    ("metadata", "url", "source", "kind"),
    [
        ("le monde", "", "Le Monde", "metadata"),
        ("Orange avec AFP", "", "AFP", "metadata"),
        ("  Le Petit\n Bleu ", "https://www.lemonde.fr/a", "Le Petit Bleu", "metadata"),
        ("", "https://www.lemonde.fr/a", "Le Monde", "url"),
        ("unknown", "https://www.lemonde.fr/a", "Le Monde", "url"),
        ("", "http://abonnes.lemonde.fr:80/a?b=c", "Le Monde", "url"),
        ("", "lemonde.fr/international", "Le Monde", "url"),
        ("", "https://WWW.LEMONDE.FR", "Le Monde", "url"),
        ("", "https://www.bbc.co.uk/afrique", "BBC", "url"),
        ("", "https://www.huffingtonpost.fr/a", "HuffPost", "url"),
        ("", "https://notlemonde.fr/a", "AP", "dateline"),
        ("", "https://lemonde.fr.example.com/a", "AP", "dateline"),
        ("", "https://example.com/?u=lemonde.fr", "AP", "dateline"),
        ("", "https://example.com@[::1", "AP", "dateline"),
    ],
)
def test_metadata_come_first_then_the_url(metadata: str, url: str, source: str, kind: str) -> None:
    text = f"WASHINGTON (AP) – {PARAGRAPH}"
    assert recognise_source(metadata, url, text) == (source, kind)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("WASHINGTON (AP) – Les États-Unis livreront quatre systèmes.", "AP"),
        ("WASHINGTON (AP) - Les États-Unis livreront quatre systèmes.", "AP"),
        ("WASHINGTON (AP) — Les États-Unis livreront quatre systèmes.", "AP"),
        ("Paris (AFP) – Le gouvernement a présenté son budget.", "AFP"),
        ("PARIS, 20 novembre (Reuters) - Le gouvernement a présenté son budget.", "Reuters"),
        ("Paris, 20 nov. 2024 (AFP) – Le gouvernement a présenté son budget.", "AFP"),
        ("Aix-en-Provence, le 1er mars (AFP) – Le festival est annulé.", "AFP"),
        ("BEIJING, 3 mars (Xinhua) -- Le Premier ministre a reçu son homologue.", "Xinhua"),
        ("Kiev (Ukraine) (AFP) – Une attaque a visé la capitale.", "AFP"),
        ("La Haye (dpa) – La cour a rendu son arrêt.", "dpa"),
    ],
)
def test_datelines(line: str, source: str) -> None:
    assert recognise_source("", "", f"{line}\n{MIDDLE}") == (source, "dateline")
    # Anywhere else it is a quotation.
    assert recognise_source("", "", f"{MIDDLE}\n{line}\n{MIDDLE}") == ("unknown", "")


@pytest.mark.parametrize(
    ("line", "source", "kind"),
    [
        ("CNN", "CNN", "name line"),
        ("Ouest-France", "Ouest-France", "name line"),
        ("Par Anne Durand et Paul Martin, Le Monde", "Le Monde", "byline"),
        ("Par Le Figaro avec AFP", "Le Figaro", "byline"),
        ("Par AFP", "AFP", "byline"),
        ("Le Monde avec AFP", "Le Monde", "signature"),
        ("Orange avec AFP", "AFP", "signature"),
    ],
)
def test_evidence_at_the_head(line: str, source: str, kind: str) -> None:
    assert recognise_source("", "", f"Un titre\n{line}\n{MIDDLE}") == (source, kind)
    assert recognise_source("", "", f"{MIDDLE}\n{line}\n{MIDDLE}") == ("unknown", "")


@pytest.mark.parametrize(
    ("line", "source", "kind"),
    [
        ("CNN", "CNN", "name line"),
        ("Lolita C. Baldor et Matthew Lee, l’Associated Press", "AP", "credit"),
        ("Lolita C. Baldor et Matthew Lee, l'Associated Press", "AP", "credit"),
        (
            "Jean-Pierre d’Ormesson, Anne de La Tour et Éric Ó Briain, Le Monde",
            "Le Monde",
            "credit",
        ),
        ("Anne Durand, pour Le Temps.", "Le Temps", "credit"),
        ("Gawon Bae de CNN a contribué à ce rapport.", "CNN", "contributors"),
        ("Jack Forrest et Gawon Bae de CNN ont contribué à ce rapport.", "CNN", "contributors"),
        ("Des journalistes de la BBC ont contribué à cet article.", "BBC", "contributors"),
        ("Voir aussi sur HuffPost :", "HuffPost", "see also"),
        ("Voir aussi sur Le HuffPost", "HuffPost", "see also"),
        ("(avec AFP)", "AFP", "signature"),
        ("(AFP)", "AFP", "name line"),
        ("(Avec l’AFP et Reuters)", "AFP", "signature"),
        ("L’enquête se poursuit, a-t-il conclu. (Belga)", "Belga", "signature"),
        ("« L’enquête se poursuit », a-t-il conclu. (avec AFP)", "AFP", "signature"),
        ("Avec AFP", "AFP", "signature"),
        ("Europe 1 avec AFP", "Europe 1", "signature"),
        ("Anne Durand avec AFP", "AFP", "signature"),
    ],
)
def test_evidence_at_the_end(line: str, source: str, kind: str) -> None:
    assert recognise_source("", "", f"{MIDDLE}\n{line}") == (source, kind)


@pytest.mark.parametrize(
    "line",
    [
        # A medium that is quoted
        "Comme l’a révélé mardi le Washington Post et confirmé par le BBC ce mercredi.",
        "Un commandant ukrainien avait précédemment déclaré à CNN que le front tenait.",
        "Le ministre l’a confirmé à l’AFP (Agence France-Presse) – sans autre précision.",
        "Selon une source citée par l’agence (AFP) – qui a requis l’anonymat –, il est parti.",
        "« Le front tient », a assuré le général, Le Monde",
        "Il l’a dit à l’agence (AFP)",
        "Il a dîné avec Marianne",
        "Par Toutatis, le ciel leur est tombé sur la tête.",
        # A photograph
        "MANDEL NGAN / AFP",
        "Ludovic Marin/AFP",
        "© Ludovic MARIN, AFP",
        "Ludovic MARIN, AFP",
        "Emmanuel Macron à Kiev. © AFP",
        "Photo AFP",
        "Photo : AFP",
        "(Photo AFP)",
        "Crédit photo : AFP",
        "Sergei Supinsky / AFP via Getty Images",
        # Words that are also names
        "Le monde change",
        "La libération des otages",
        "Next",
        "NEXT",
    ],
)
def test_no_evidence(line: str) -> None:
    for text in (f"{line}\n{MIDDLE}", f"{MIDDLE}\n{line}\n{MIDDLE}", f"{MIDDLE}\n{line}"):
        assert recognise_source("", "", text) == ("unknown", "")


def test_a_list_of_media_is_no_evidence() -> None:
    assert recognise_source("", "", f"{MIDDLE}\nLe Monde\nLe Figaro") == ("unknown", "")
    assert recognise_source("", "", f"Le Monde\n{MIDDLE}\nLe Monde") == ("Le Monde", "name line")
    # An intertitle between two paragraphs is not in the margin.
    assert recognise_source("", "", f"{PARAGRAPH}\nLibération\n{PARAGRAPH}") == ("unknown", "")


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["PARIS (AFP) – Bref.", "CNN", PARAGRAPH, "Voir aussi sur HuffPost :"], "dateline"),
        (["CNN", PARAGRAPH, "Anne Durand, Le Monde", "(avec AFP)"], "name line"),
        ([PARAGRAPH, "Voir aussi sur HuffPost :", "Anne Durand, Le Monde"], "credit"),
    ],
)
def test_the_most_telling_evidence_wins(lines: list[str], kind: str) -> None:
    assert recognise_source("", "", "\n".join(lines))[1] == kind


@pytest.mark.parametrize(
    ("name", "source", "kind", "authors"),
    [
        ("000_7d785c1d3ce55bdc.txt", "AP", "dateline", ("Lolita C. Baldor", "Matthew Lee")),
        ("001_789a309e50bf0c45.txt", "unknown", "", ()),
        ("002_7994467c8e022512.txt", "unknown", "", ()),
        (
            "003_c51898415781cb4d.txt",
            "CNN",
            "name line",
            (
                "Jack Forrest",
                "Katie Bo Lillis",
                "Natasha Bertrand",
                "Kylie Atwood",
                "Helen Regan",
                "Gawon Bae",
            ),
        ),
        ("004_0d24c68b57ff9135.txt", "HuffPost", "see also", ()),
    ],
)
def test_the_seeds(name: str, source: str, kind: str, authors: tuple[str, ...]) -> None:
    text = (ROOT / "seeds" / name).read_text(encoding="utf-8")
    assert recognise_source("", "", text) == (source, kind)
    assert credited_authors(text) == authors


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Par Anne Durand", ("Anne Durand",)),
        ("Par Anne Durand et Paul Martin, Le Monde", ("Anne Durand", "Paul Martin")),
        ("Par Le Monde", ()),
        ("Par ailleurs", ()),
        ("Par la rédaction", ()),
    ],
)
def test_authors_of_a_byline(line: str, authors: tuple[str, ...]) -> None:
    assert credited_authors(f"Un titre\n{line}\n{MIDDLE}") == authors


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("MANDEL NGAN / AFP", True),
        ("© Ludovic MARIN, AFP", True),
        ("Photo AFP", True),
        ("Photo de famille au sommet de Vilnius", False),
        ("Photographe de guerre, elle a couvert l’Ukraine.", False),
        ("Paris, le 20/11/2024", False),
        ("AFP", False),
        ("", False),
    ],
)
def test_photo_credits(line: str, expected: bool) -> None:
    assert is_photo_credit(line) is expected


@given(st.text(), st.text(), st.text())
def test_nothing_raises(metadata: str, url: str, text: str) -> None:
    source, kind = recognise_source(metadata, url, text)
    assert source
    assert bool(kind) == (source != "unknown") or metadata
    assert "\n" not in source


PIECES = """
AFP|l'Associated Press|CNN|HuffPost|Reuters|Le Figaro|Anne Durand|Paul Martin|WASHINGTON|Paris
20 nov. 2024|Par |Par|Voir aussi sur | :
, | et | (|)|) – |– |- |/| avec |de |d'|pour | a contribué à ce rapport.
 ont contribué à cet article|contribué à|© |Source : |.|Texte
""".replace("\n", "|").split("|")


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=7).map("".join))
def test_lines_that_are_not_tried_do_not_match(line: str) -> None:
    """To look for the letters that a match has to have first changes nothing."""
    line = plain(line)
    for pattern in sources._tables().patterns:
        if sources._match(pattern, line):
            assert pattern.has in line, pattern.kind


def test_each_pattern_that_is_tried_first_by_its_letters_matches_some_line() -> None:
    """Without which the test above would say nothing of it."""
    lines = [
        "WASHINGTON (AP) – Texte",
        "Par Anne Durand, CNN",
        "Par Le Figaro avec Reuters",
        "Par Anne Durand",
        "Anne Durand et Paul Martin, l'Associated Press",
        "Paul Martin de CNN a contribué à ce rapport.",
        "Voir aussi sur HuffPost :",
        "(AFP)",
        "Avec AFP",
        "Reuters avec AFP",
        "Le Figaro avec AFP",
    ]
    for pattern in sources._tables().patterns:
        assert not pattern.has or any(sources._match(pattern, line) for line in lines), pattern


def test_hostile_lines_are_matched_in_time() -> None:
    lines = ["A " * 50_000, "A, " * 50_000, "Par " + "A et " * 50_000, "(" * 100_000, "A/" * 50_000]
    assert recognise_source("", "", "\n".join(lines)) == ("unknown", "")


def test_the_table_is_read_once() -> None:
    canonical("AFP")
    before = sources._tables.cache_info().misses
    canonical("Reuters")
    assert sources._tables.cache_info().misses == before
