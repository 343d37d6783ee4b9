"""The query language: what is read from what was typed, and what is said of what cannot be."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.errors import QueryError
from search.query import (
    AllOf,
    AnyOf,
    ByAuthor,
    Compound,
    Dated,
    FromSource,
    Fuzzy,
    InTitle,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    Word,
    terms,
)
from search.query import parse as parsed
from search.query.fields import FIELDS
from search.query.lexer import MOST_EXPANSIONS, MOST_WORDS
from search.query.parser import Parsed
from search.wording.notes import notes_line

TODAY = date(2024, 11, 20)
"""A Wednesday."""

HELD = ("Le Monde", "Le Figaro", "CNN", "Le Monde diplomatique")


def has_source(name: str, unfinished: bool) -> bool:
    name = name.lower()
    return any(name == s.lower() or (unfinished and f" {name}" in f" {s.lower()}") for s in HELD)


def read(text: str, typing: bool = False) -> Parsed:
    return parsed(text, typing, TODAY, has_source)


def parse(text: str, typing: bool = False) -> AllOf | AnyOf:
    return read(text, typing).query


def shape(node: Node) -> str:
    """A parsed query on one line: `&` between what must all be there, `|` between alternatives.

    A lax sequence, of which most of the words may do, is in square brackets.
    """
    match node:
        case Word():
            return node.token.form + "…" * node.unfinished
        case Near(clauses, distance):
            return f"{distance}<{' '.join(map(shape, clauses))}>"
        case Compound(words):
            return "-".join(map(shape, words))
        case Phrase(words):
            return f'"{" ".join(map(shape, words))}"'
        case Prefix(prefix):
            return f"{prefix}*"
        case Fuzzy(form):
            return f"{form}~"
        case InTitle(clause):
            return f"title:{shape(clause)}"
        case ByAuthor(names):
            return f"author:{'+'.join(names)}"
        case FromSource(name, unfinished):
            return f"source:[{name}]" if " " in name else f"source:{name}{'…' * unfinished}"
        case Dated(first, last):
            return f"date:{first or ''}..{last or ''}"
        case Not(clause):
            return f"-{shape(clause)}"
        case AnyOf(clauses):
            return f"({' | '.join(map(shape, clauses))})"
        case AllOf(clauses, strict):
            inside = (" & " if strict else " ").join(map(shape, clauses))
            return f"({inside})" if strict else f"[{inside}]"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # Words
        ("missiles", "[missiles]"),
        ("missiles longue portée", "[missiles longue portee]"),
        ("  missiles\t\n longue  ", "[missiles longue]"),
        ("Élysée", "[elysee]"),
        ("l’Ukraine", "[ukraine]"),
        ("États-Unis", "[etats-unis]"),
        ("300 000 soldats", "[300000 soldats]"),
        ("soldats 300\u202f000", "[soldats 300000]"),
        ("missiles, soldats; obus!", "[missiles soldats obus]"),
        ("missiles - soldats", "[missiles soldats]"),
        ("missiles -", "[missiles]"),
        ("!!! missiles ???", "[missiles]"),
        ("un_mot", "[un-mot]"),
        ("https://www.lemonde.fr/", "[https www lemonde fr]"),
        # Stop words
        ("la guerre de la Russie", "[guerre russie]"),
        ("le la les", "[le la les]"),
        ("à la", "[a la]"),
        ("la -guerre", "[la -guerre]"),
        ("la source:cnn", "[la source:cnn]"),
        ("or an us été son", "[or an us ete son]"),
        ("Kiev est attaquée", "[kiev attaquee]"),
        ("à l’est de Kiev", "[est kiev]"),
        ("sud-est", "[sud-est]"),
        # Nothing asked
        ("", "[]"),
        ("   ", "[]"),
        ("\x00\x01", "[]"),
        # Phrases
        ('"longue portée"', '["longue portee"]'),
        ('"la guerre de Russie"', '["la guerre de russie"]'),
        ("« longue portée »", '["longue portee"]'),
        ("“longue portée”", '["longue portee"]'),
        ("”longue portée”", '["longue portee"]'),
        ("„longue portée“", '["longue portee"]'),
        ('«longue "portée" »', '["longue portee"]'),
        ('"missiles"', "[missiles]"),
        ('missiles"longue portée"', '[missiles "longue portee"]'),
        ('"" missiles', "[missiles]"),
        ('"..." missiles', "[missiles]"),
        ("missiles »", "[missiles]"),
        ('"(missiles OR obus) -soldats"', '["missiles or obus soldats"]'),
        ('"300 000 hommes"', '["300000 hommes"]'),
        # Prefixes and near words
        ("approvision*", "[approvision*]"),
        ("Événem*", "[evenem*]"),
        ("l’approv*", "[approv*]"),
        ("œuv*", "[oeuv*]"),
        ("contre-offens*", "[((contre & offens*) | contreoffens*)]"),
        ("missile~", "[missile~]"),
        ("Zélenski~ obus", "[zelenski~ obus]"),
        ("obus missil* soldats", "[obus missil* soldats]"),
        ("*missile", "[missile]"),
        ("mis*sile", "[mis sile]"),
        ("missile~1", "[missile~]"),
        # Operators, in English and French
        ("missiles AND obus", "(missiles & obus)"),
        ("missiles ET obus", "(missiles & obus)"),
        ("missiles OR obus", "([missiles] | [obus])"),
        ("missiles OU obus OR mines", "([missiles] | [obus] | [mines])"),
        ("missiles NOT obus", "[missiles -obus]"),
        ("missiles SAUF obus", "[missiles -obus]"),
        ("missiles AND NOT obus", "(missiles & -obus)"),
        ("missiles -obus", "[missiles -obus]"),
        ("missiles -obus mines", "[missiles -obus mines]"),
        ("-obus", "[-obus]"),
        ("--obus", "[obus]"),
        ("NOT NOT obus", "[obus]"),
        ("NOT -obus mines", "[obus mines]"),
        ('-"longue portée"', '[-"longue portee"]'),
        ("-approv*", "[-approv*]"),
        ("-(missiles obus)", "[-(missiles & obus)]"),
        ("-nord-coréen", "[-nord-coreen]"),
        ("-source:cnn", "[-source:cnn]"),
        ("missiles et obus", "[missiles obus]"),
        ("missiles ou obus", "[missiles obus]"),
        ("missiles and or obus", "[missiles and or obus]"),
        ("sauf missiles", "[sauf missiles]"),
        # Groups; AND binds tighter than OR
        ("(missiles)", "[missiles]"),
        ("(missiles OR obus) Kiev", "[([missiles] | [obus]) kiev]"),
        ("a1 b1 OR c1 d1", "([a1 b1] | [c1 d1])"),
        ("a1 AND b1 OR c1", "((a1 & b1) | [c1])"),
        ("() missiles", "[missiles]"),
        ("(!) missiles", "[missiles]"),
        # Fields
        ("title:missiles obus", "[title:missiles obus]"),
        ("TITLE: missiles", "[title:missiles]"),
        ('title:"longue portée"', '[title:"longue portee"]'),
        ("title:(missiles obus)", "[title:(missiles & obus)]"),
        ("title:missil*", "[title:missil*]"),
        ("title:missile~", "[title:missile~]"),
        ("title:nord-coréen", "[title:nord-coreen]"),
        ("source:cnn", "[source:cnn]"),
        ("Source:CNN", "[source:CNN]"),
        ('source:"Le Monde"', "[source:[Le Monde]]"),
        ("source:« Le Monde »", "[source:[Le Monde]]"),
        ("author:Blinken", "[author:blinken]"),
        ('author:"Jean d’Ormesson"', "[author:jean+ormesson]"),
        ("date:2024", "[date:2024-01-01..2024-12-31]"),
        ("date:2024-11", "[date:2024-11-01..2024-11-30]"),
        ("date:2024-2", "[date:2024-02-01..2024-02-29]"),
        ("date:2023-02", "[date:2023-02-01..2023-02-28]"),
        ("date:2024-12", "[date:2024-12-01..2024-12-31]"),
        ("date:2024-11-20", "[date:2024-11-20..2024-11-20]"),
        ("date:2024-01..2024-06", "[date:2024-01-01..2024-06-30]"),
        ("date:2024-11-20..2024-11-22", "[date:2024-11-20..2024-11-22]"),
        ("date:2023..", "[date:2023-01-01..]"),
        ("date:..2023", "[date:..2023-12-31]"),
        ('date:"2024-11"', "[date:2024-11-01..2024-11-30]"),
        ("update:2024", "[update 2024]"),
        ("rendez-vous: demain", "[rendez demain]"),
        ("subtitle:missiles", "[subtitle missiles]"),
    ],
)
def test_what_a_query_asks(query: str, expected: str) -> None:
    assert shape(parse(query)) == expected


# What is pasted, and what is not closed: how it is read, and what is said of it


@pytest.mark.parametrize(
    ("query", "expected", "kinds"),
    [
        # Quotes
        ('"longue portée', '["longue portee"]', "unclosed quote"),
        ('missiles "longue portée', '[missiles "longue portee"]', "unclosed quote"),
        ('"longue portée OU obus', '(["longue portee"] | [obus])', "unclosed quote"),
        ("« longue portée", '["longue portee"]', "unclosed quote"),
        ("“longue", "[longue]", "unclosed quote"),
        ('("longue portée) obus', '["longue portee" obus]', "unclosed quote"),
        ('titre:"longue portée', '[title:"longue portee"]', "unclosed quote"),
        ('source:"le monde', "[source:[le monde]]", "unclosed quote"),
        (
            'Macron : "nous allons réformer le pays et',
            "[macron allons reformer pays]",
            "stray quote",  # seven words: a sentence that was cut
        ),
        ('missiles"', "[missiles]", "stray quote"),
        ("missiles »", "[missiles]", "stray quote"),
        ('missiles" longue "portée" obus', "[missiles longue portee obus]", "stray quote"),
        (
            '"Gilets jaunes": "on ne peut pas',
            '["gilets jaunes" "on ne peut pas"]',
            "unclosed quote",
        ),
        # … for apostrophes
        ('qu"il pleuve', "[pleuve]", "apostrophe"),
        ('l"Ukraine et "longue portée"', '[ukraine "longue portee"]', "apostrophe"),
        ('aujourd"hui', "[aujourdhui]", "apostrophe"),
        ('missiles"longue portée', '[missiles "longue portee"]', "unclosed quote"),
        # Parentheses
        ("les tribunaux sont)elles", "[tribunaux elles]", "stray parenthesis"),
        (") missiles", "[missiles]", "stray parenthesis"),
        ("1) missiles 2) obus", "[1 missiles 2 obus]", "stray parenthesis"),
        ("(a1 OU b1", "[([a1] | [b1])]", "unclosed parenthesis"),
        (
            "obus (missiles OU (mines Kiev",
            "[obus ([missiles] | [mines kiev])]",
            "unclosed parenthesis",
        ),
        ("missiles (obus", "[missiles obus]", "unclosed parenthesis"),
        ("bravo :)", "[bravo]", "stray parenthesis"),
        # Operators
        ("missiles ET", "[missiles]", "operator"),
        ("ET missiles", "[missiles]", "operator"),
        ("missiles AND AND obus", "(missiles & obus)", "operator"),
        ("missiles AND OR obus", "([missiles] | [obus])", "operator"),
        ("missiles OU", "[missiles]", "operator"),
        ("OR missiles", "[missiles]", "operator"),
        ("missiles OR () ", "[missiles]", "operator"),
        ("(missiles OR) obus", "[missiles obus]", "operator"),
        ("missiles SAUF", "[missiles]", "operator"),
        ("missiles NOT OR obus", "([missiles] | [obus])", "operator"),
        ("missiles |", "[missiles]", "operator"),
        ("PRÈS Kiev", "[kiev]", "operator"),
        ("missiles PRÈS", "[missiles]", "operator"),
        ("missiles PRÈS source:cnn", "[missiles source:cnn]", "operator"),
        ("OR", "[or]", ""),  # nothing but operators: the metal
        ("NOT", "[not]", ""),
        ("ET OU", "[et ou]", ""),
        # Signs
        ("obus *", "[obus]", "sign"),
        ("~ obus", "[obus]", "sign"),
        ("obus !*", "[obus]", "sign"),
        ("*missile", "[missile]", "sign"),
        ("mis*sile", "[mis sile]", "sign"),
        ("~50 % des obus", "[50 obus]", "sign"),
        ("missiles - obus : !", "[missiles obus]", ""),  # punctuation
        ("les (pro)-russes", "[pro russes]", ""),
        # Fields
        ("missiles source: ", "[missiles]", "empty field"),
        ("titre:! missiles", "[missiles]", "empty field"),
        ("source:source:cnn", "[source:cnn]", "empty field"),
        ("date:impossible", "[impossible]", "no date"),
        ("Avant: rien", "[rien]", "no date"),
        ("auteurs:dupont", "[auteurs dupont]", "unknown field"),
        ("Auteurs:dupont", "[auteurs dupont]", "unknown field"),
        ('rubrique:"longue portée"', '[rubrique "longue portee"]', "unknown field"),
        ("subtitle:missiles", "[subtitle missiles]", "unknown field"),
        ("Paris: la grève", "[paris greve]", ""),
        ("Paris:grève", "[paris greve]", ""),
        ("à 12:30", "[12 30]", ""),
        ("https://www.lemonde.fr/", "[https www lemonde fr]", ""),
        # Several at once
        (
            '(missiles "longue OU',
            "[missiles longue]",
            "unclosed parenthesis, unclosed quote, operator",
        ),
    ],
)
def test_what_is_pasted_is_read(query: str, expected: str, kinds: str) -> None:
    found = read(query)
    assert shape(found.query) == expected
    assert ", ".join(note.kind for note in found.notes) == kinds
    for note in found.notes:
        assert note.place
        assert 0 <= note.place[0] < note.place[1] <= len(query)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"réforme', "[reforme…]"),
        ('"réforme des', "[reforme]"),
        ('"longue portée du miss', '["longue portee du" miss…]'),
        ("(a1 OU b", "[([a1] | [b…])]"),
        ("(", "[]"),
        ('"', "[]"),
        ("retraites ET", "[retraites]"),
        ("retraites ET ", "[retraites]"),
        ("retraites -", "[retraites]"),
        ("retraites SAUF", "[retraites]"),
        ("retraites |", "[retraites]"),
        ("retraites PRÈS", "[retraites]"),
        ("retraites PRÈS gr", "[retraites gr…]"),
        ("source:", "[]"),
        ("source:mon", "[source:mon…]"),
        ("source:le mon", "[source:[le mon]]"),
        ('source:"le mon', "[source:[le mon]]"),
        ("titre:mis", "[title:mis…]"),
        ("date:", "[]"),
        ("date:202", "[]"),
        ("date:2024-13", "[]"),
        ("date:12 ma", "[]"),
        ("(date:12 ma", "[]"),
        ("date:2024..", "[date:2024-01-01..]"),
        ("missiles depuis:20", "[missiles]"),
        ("*", "[]"),
        ("missiles ~", "[missiles]"),
    ],
)
def test_nothing_unfinished_is_wrong_while_typing(query: str, expected: str) -> None:
    found = read(query, typing=True)
    assert shape(found.query) == expected
    assert found.notes == ()


@pytest.mark.parametrize(
    ("name", "near", "sure"),
    [
        ("auteurs", "auteur", True),
        ("autor", "author", True),
        ("tittre", "titre", True),
        ("sources", "source", True),
        ("dates", "date", True),
        ("rubrique", "titre auteur source date avant depuis", False),
    ],
)
def test_a_field_that_there_is_not_may_be_another(name: str, near: str, sure: bool) -> None:
    (note,) = read(f"{name}:x").notes
    assert (note.what, " ".join(note.near), note.sure) == (name, near, sure)


# Groups and prose


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("réforme (environ 64 % des Français)", "[reforme environ 64 francais]"),
        ("(la réforme) des retraites", "[reforme retraites]"),
        ('missiles ("longue portée")', '[missiles "longue portee"]'),
        ("(source:cnn) missiles", "[source:cnn missiles]"),
        ("(missiles OU obus) Kiev", "[([missiles] | [obus]) kiev]"),
        ("(missiles ET obus) Kiev", "[(missiles & obus) kiev]"),
        ("-(missiles obus)", "[-(missiles & obus)]"),
        ("Kiev ET (missiles obus)", "(kiev & missiles & obus)"),
        ("député(e)s", "[depute e]"),
    ],
)
def test_parentheses_without_operators_are_prose(query: str, expected: str) -> None:
    assert shape(parse(query)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("missiles | obus", "([missiles] | [obus])"),
        ("missiles|obus", "([missiles] | [obus])"),
        ("missiles || obus", "([missiles] | [obus])"),
        ("!irak", "[-irak]"),
        ("missiles !irak", "[missiles -irak]"),
        ("missiles (!irak)", "[missiles -irak]"),
        ("missiles !source:cnn", "[missiles -source:cnn]"),
        ("obus! missiles", "[obus missiles]"),
        ("Bravo ! Kiev", "[bravo kiev]"),
        # Near
        ('"missiles portée"~5', "[5<missiles portee>]"),
        ('"les missiles de portée"~5', "[5<missiles portee>]"),
        ('"missiles portée Kiev obus"~1', "[3<missiles portee kiev obus>]"),
        ('"missiles portée"~', "[10<missiles portee>]"),
        ('"missiles"~', "[missiles~]"),
        ('"missiles"~5', "[missiles]"),
        ("« missiles portée »~5 Kiev", "[5<missiles portee> kiev]"),
        ('titre:"missiles portée"~5', "[title:5<missiles portee>]"),
        ('-"missiles portée"~5', "[-5<missiles portee>]"),
        ("missiles PRÈS portée", "[10<missiles portee>]"),
        ("missiles PRES portée", "[10<missiles portee>]"),
        ("missiles NEAR portée", "[10<missiles portee>]"),
        ("missiles près portée", "[missiles pres portee]"),
        ("Kiev missiles PRÈS de la portée obus", "[kiev 10<missiles portee> obus]"),
        ("missiles PRÈS portée PRÈS Kiev", "[10<missiles portee kiev>]"),
        ('"longue portée" PRÈS missil*', '[10<"longue portee" missil*>]'),
        ("contre-offensive PRÈS zelenski~", "[10<contre-offensive zelenski~>]"),
        ("(missiles OU obus) PRÈS Kiev", "[10<([missiles] | [obus]) kiev>]"),
    ],
)
def test_operators_as_people_type_them(query: str, expected: str) -> None:
    found = read(query)
    assert shape(found.query) == expected
    assert found.notes == ()


# Fields in French, and dates as people write them; today is Wednesday, 20 November 2024


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("titre:Biden", "[title:biden]"),
        ("Titre: Biden", "[title:biden]"),
        ("auteur:Bertrand", "[author:bertrand]"),
        ("source:cnn, missiles", "[source:cnn missiles]"),
        ("source:le monde missiles", "[source:[le monde] missiles]"),
        ("source:le monde diplomatique missiles", "[source:[le monde diplomatique] missiles]"),
        ("source:la croix missiles", "[source:la croix missiles]"),  # there is none
        ('source:(cnn OU "le monde")', "[(source:cnn | source:[le monde])]"),
        ("source:(le monde, cnn)", "[(source:[le monde] | source:cnn)]"),
        ("auteur:(Bertrand ET Lillis)", "[(author:bertrand & author:lillis)]"),
    ],
)
def test_fields_have_french_names(query: str, expected: str) -> None:
    assert shape(parse(query)) == expected


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2023", "2023-01-01..2023-12-31"),
        ("mars 2023", "2023-03-01..2023-03-31"),
        ("Mars 2023", "2023-03-01..2023-03-31"),
        ("03/2023", "2023-03-01..2023-03-31"),
        ("3/2023", "2023-03-01..2023-03-31"),
        ("03-2023", "2023-03-01..2023-03-31"),
        ("12 mars 2023", "2023-03-12..2023-03-12"),
        ("le 12 mars 2023", "2023-03-12..2023-03-12"),
        ("1er août 2023", "2023-08-01..2023-08-01"),
        ("1 aout 2023", "2023-08-01..2023-08-01"),
        ("12/03/2023", "2023-03-12..2023-03-12"),
        ("12/3/23", "2023-03-12..2023-03-12"),
        ("12.03.2023", "2023-03-12..2023-03-12"),
        ("12-03-2023", "2023-03-12..2023-03-12"),
        ("février 2024", "2024-02-01..2024-02-29"),
        ("fevrier 2023", "2023-02-01..2023-02-28"),
        ("févr. 2023", "2023-02-01..2023-02-28"),
        ("déc 2023", "2023-12-01..2023-12-31"),
        ("DÉCEMBRE 2023", "2023-12-01..2023-12-31"),
        ("mars", "2024-03-01..2024-03-31"),
        ("décembre", "2023-12-01..2023-12-31"),
        ("3 novembre", "2024-11-03..2024-11-03"),
        ("25 novembre", "2023-11-25..2023-11-25"),
        ("aujourd'hui", "2024-11-20..2024-11-20"),
        ("aujourd’hui", "2024-11-20..2024-11-20"),
        ("hier", "2024-11-19..2024-11-19"),
        ("avant-hier", "2024-11-18..2024-11-18"),
        ("cette semaine", "2024-11-18..2024-11-24"),
        ("la semaine dernière", "2024-11-11..2024-11-17"),
        ("semaine derniere", "2024-11-11..2024-11-17"),
        ("ce mois", "2024-11-01..2024-11-30"),
        ("ce mois-ci", "2024-11-01..2024-11-30"),
        ("le mois dernier", "2024-10-01..2024-10-31"),
        ("cette année", "2024-01-01..2024-12-31"),
        ("l’année dernière", "2023-01-01..2023-12-31"),
        ("l'an dernier", "2023-01-01..2023-12-31"),
        ("today", "2024-11-20..2024-11-20"),
        ("yesterday", "2024-11-19..2024-11-19"),
        ("mars 2023..juin 2023", "2023-03-01..2023-06-30"),
        ("mars 2023 .. juin 2023", "2023-03-01..2023-06-30"),
        ("mars..juin 2023", "2023-03-01..2023-06-30"),
        ("octobre..mars 2023", "2022-10-01..2023-03-31"),
        ("12/03/2023..15/03/2023", "2023-03-12..2023-03-15"),
        ("..hier", "..2024-11-19"),
        ("hier..", "2024-11-19.."),
        ("mars 2023..", "2023-03-01.."),
    ],
)
def test_dates_as_people_write_them(written: str, days: str) -> None:
    for query in (f"date:{written} macron", f"date: {written} macron", f'date:"{written}" macron'):
        assert shape(parse(query)) == f"[date:{days} macron]"
    assert shape(parse(f"macron (date:{written})")) == f"[macron date:{days}]"
    assert shape(parse(f"date:{written}", typing=True)) == f"[date:{days}]"


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("depuis:mars 2023", "2023-03-01.."),
        ("depuis:hier", "2024-11-19.."),
        ("après:2023", "2023-01-01.."),
        ("apres:2023", "2023-01-01.."),
        ("since:2023-03-12", "2023-03-12.."),
        ("after:2023-03-12", "2023-03-12.."),
        ("avant:2023", "..2022-12-31"),
        ("avant:12 mars 2023", "..2023-03-11"),
        ("before:2023-03", "..2023-02-28"),
    ],
)
def test_before_and_since(query: str, days: str) -> None:
    assert shape(parse(query)) == f"[date:{days}]"


# What truly means nothing


@pytest.mark.parametrize(
    ("query", "problem", "position"),
    [
        ("source:", "source: needs a value after it", 0),
        ("titre:", "titre: needs a value after it", 0),
        ("author:!", "author: needs a value after it", 0),
        ("date:..", "date: takes a day, a month or a year", 5),
        ("date:24", "date: takes a day, a month or a year", 5),
        ("date:2024-13", "date: takes a day, a month or a year", 5),
        ("date:2023-02-29", "date: takes a day, a month or a year", 5),
        ("date:31/02/2023", "date: takes a day, a month or a year", 5),
        ("date:32 mars 2023", "date: takes a day, a month or a year", 5),
        ("date:0000", "date: takes a day, a month or a year", 5),
        ("avant:0001", "avant: takes a day, a month or a year", 6),
        ("date:2024..2025..2026", "date: takes a day, a month or a year", 5),
        ("obus date:2024-1-1-1", "date: takes a day, a month or a year", 10),
        ("*", "no word to search for", 0),
        ("!", "no word to search for", 0),
        ("-", "no word to search for", 0),
        ("|", "no word to search for", 0),
        ("()", "no word to search for", 0),
        (")", "no word to search for", 0),
        ('""', "no word to search for", 0),
        ('"', "no word to search for", 0),
        ("\u200b", "no word to search for", 0),
        ("(" * 51 + "a" + ")" * 51, "too many parentheses inside each other", 50),
    ],
)
def test_what_cannot_be_read_says_where(query: str, problem: str, position: int) -> None:
    with pytest.raises(QueryError) as raised:
        parse(query)
    assert str(raised.value).startswith(problem)
    assert raised.value.position == position
    assert str(raised.value).endswith(f" at {position + 1}")  # people count from 1
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("query", ["date:2024-00", "date:2024-11-00", "date:2024-00-05"])
def test_no_month_and_no_day_is_zero(query: str) -> None:
    with pytest.raises(QueryError):
        parse(query)


@pytest.mark.parametrize(
    ("query", "expected"),
    [("-300 000 soldats", "[-300000 soldats]"), ("title:300 000", "[title:300000]")],
)
def test_a_number_is_one_word_after_an_operator(query: str, expected: str) -> None:
    assert shape(parse(query)) == expected


@pytest.mark.parametrize(
    "query",
    [
        "missiles l’Ukraine d’obus",
        '"longue portée" (États-Unis OR nord-coréens) -300 title:armée',
        "300 000 soldats",
        "\x00 missiles \x1b[31m obus",
    ],
)
def test_a_word_tells_where_it_stands_in_the_query(query: str) -> None:
    words = [word for word in terms(parse(query)) if isinstance(word, Word)]
    assert words
    for word in words:
        (alone,) = terms(parse(query[word.start : word.end]))
        assert isinstance(alone, Word)
        assert alone.token.form == word.token.form


@pytest.mark.parametrize(
    ("query", "joined"),
    [
        ("anti-personnel", [("antipersonnel",), ("antipersonnel",)]),
        ("anti personnel", [("antipersonnel",), ("antipersonnel",)]),
        ("obus anti personnel", [("obusanti",), ("antipersonnel", "obusanti"), ("antipersonnel",)]),
        ("par terre", [()]),  # « par » is a stop word, and this no `parterre`
        ("2024 2025", [(), ()]),
        ("antipersonnel", [()]),
    ],
)
def test_neighbours_may_be_one_word(query: str, joined: list[tuple[str, ...]]) -> None:
    assert [word.joined for word in terms(parse(query)) if isinstance(word, Word)] == joined


def test_exclusions_and_filters_are_not_looked_for() -> None:
    query = parse('missiles -obus "longue portée" author:x source:y date:2024 title:mines')
    forms = [word.token.form for word in terms(query) if isinstance(word, Word)]
    assert forms == ["missiles", "longue", "portee", "mines"]


def test_dates_are_dates() -> None:
    assert parse("date:2024-11").clauses == (Dated(date(2024, 11, 1), date(2024, 11, 30)),)


def test_fifty_levels_of_parentheses_are_read() -> None:
    assert list(terms(parse("(" * 50 + "missiles" + ")" * 50)))


# Properties

_SYNTAX = """
a missiles l’Ukraine 300 000 le est - * ~ ( ) " « » “ ” „ AND OR NOT ET OU SAUF title: source:
author: date: 2024 .. 2024-02-30 ! É | PRÈS NEAR titre: avant: mars hier le monde ~5 auteurs:x qu'
"""
SYNTAX = st.lists(
    st.sampled_from([" ", "  ", "\x00", "\ud800", *_SYNTAX.split()]), max_size=25
).map("".join)
SPACED = st.lists(
    st.sampled_from(["a", "b*", "c~", "AND", "OR", "NOT", "NEAR", "(", ")", "-", '"', "|", "!x"])
)


ANY = st.text(max_size=60) | SYNTAX | SPACED.map(" ".join)


@given(ANY, st.booleans())
@example("\ud800", False)
@example("date:٢٠٢٤", False)
@example("title:title:title:a", False)
@example("date:99999", False)
def test_any_text_is_a_query_or_says_where_it_is_not(text: str, typing: bool) -> None:
    found = None
    position = 0
    try:
        found = read(text, typing)
    except QueryError as error:
        position = error.position
    if found is None:
        assert 0 <= position < len(text)
        return
    assert isinstance(found.query, AllOf | AnyOf)
    for word in terms(found.query):
        if isinstance(word, Word):
            assert 0 <= word.start < word.end <= len(text)
    for note in found.notes:
        assert note.place
        assert 0 <= note.place[0] < note.place[1] <= len(text)


A_FIELD = re.compile(rf"({'|'.join(FIELDS)}):", re.IGNORECASE)


@given(ANY.filter(lambda text: any(map(str.isalnum, text)) and not A_FIELD.search(text)))
@example("AND")
@example("OR NOT")
@example('qu"il')
@example("a)")
@example("~5")
@example("-(a")
@example("a PRÈS -b")
@example("PRÈS NEAR")
def test_a_letter_or_a_digit_is_enough(text: str) -> None:
    assert parse(text).clauses


@given(ANY)
def test_reading_is_the_same_while_typing_but_for_the_end(text: str) -> None:
    try:
        expected = shape(parse(f"{text} "))
    except QueryError:
        return  # it may not be over
    assert shape(parse(f"{text} ", typing=True)) == expected


@pytest.mark.parametrize(
    "query",
    [
        " ".join(f"mot{n}" for n in range(10_000)),
        "missiles " * 10_000,
        "nord-coréens " * 10_000,
        "-obus " * 10_000,
        "l’est " * 10_000,
        "approv* " * 10_000,
        "a1 OR " * 10_000 + "b1",
        "a1 AND " * 10_000 + "b1",
        "NOT " * 10_000 + "a1",
        "-" * 10_000 + "a1",
        "(a1) " * 10_000,
        '"a b" ' * 10_000,
        "x" * 1_000_000,
        '"' + "missiles " * 10_000 + '"',
        "»" * 10_000 + "a1",
        "AND " * 10_000,
        "a1 PRÈS " * 10_000 + "b1",
        "“a1 " * 10_001,
        '"a1 ' * 10_001,
        ") a1 " * 10_000,
        "rubrique:a1 " * 10_000,
        'l"a1 ' * 10_001,
    ],
    ids=lambda query: query[:12],
)
def test_endless_queries_are_read(query: str) -> None:
    assert parse(query).clauses


@pytest.mark.parametrize(
    "query",
    [
        "(" * 10_000,
        ")" * 10_000,
        "(" * 10_000 + "a" + ")" * 10_000,
        '"' * 10_001,
        "source:" * 10_000,
        "-(" * 10_000,
        "title:(" * 10_000,
        "* " * 10_000,
        "“" * 10_001,
    ],
    ids=lambda query: query[:8],
)
def test_endless_nonsense_is_refused(query: str) -> None:
    with pytest.raises(QueryError):
        parse(query)


@pytest.mark.parametrize(
    ("text", "read", "note"),
    [
        (" ".join(["missile"] * MOST_WORDS), MOST_WORDS, None),
        (" ".join(["missile"] * 20_000), MOST_WORDS, "Only the first 500 words were read"),
        ("-".join(["missile"] * 20_000), MOST_WORDS, "Only the first 500 words were read"),
        (
            " ".join(["missile~"] * 300),
            300,
            "Only the first 50 words with * or ~ were expanded",
        ),
    ],
)
def test_what_is_too_long_is_read_in_part(text: str, read: int, note: str | None) -> None:
    whole = parsed(text)
    found = list(terms(whole.query))
    assert len(found) == read
    assert sum(isinstance(term, Fuzzy) for term in found) <= MOST_EXPANSIONS
    assert notes_line(whole.notes) == note
