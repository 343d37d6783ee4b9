"""The query language: what is read from what was typed, and what is said of what cannot be."""

from __future__ import annotations

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
    Node,
    Not,
    Phrase,
    Prefix,
    Word,
    parse,
    terms,
)


def shape(node: Node) -> str:
    """A parsed query on one line: `&` between what must all be there, `|` between alternatives.

    A lax sequence, of which most of the words may do, is in square brackets.
    """
    match node:
        case Word():
            return node.token.form
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
        case FromSource(name):
            return f"source:{name}"
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
        ("missile~1", "[missile 1]"),
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
        ("(missiles)", "[(missiles)]"),
        ("(missiles OR obus) Kiev", "[((missiles) | (obus)) kiev]"),
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
        ('source:"Le Monde"', "[source:Le Monde]"),
        ("source:« Le Monde »", "[source:Le Monde]"),
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


@pytest.mark.parametrize(
    ("query", "problem", "position"),
    [
        ('"longue portée', "closing quote missing", 0),
        ('missiles "longue', "closing quote missing", 9),
        ('missiles"', "closing quote missing", 8),
        ("« longue", "closing quote missing", 0),
        ("“longue", "closing quote missing", 0),
        ("(missiles", "closing parenthesis missing", 0),
        ("obus (missiles (a b)", "closing parenthesis missing", 5),
        ("missiles)", "nothing to close", 8),
        (")", "nothing to close", 0),
        ("(a)) b", "nothing to close", 3),
        ("AND", "AND needs a word on both sides", 0),
        ("missiles AND", "AND needs a word on both sides", 9),
        ("ET missiles", "ET needs a word on both sides", 0),
        ("missiles AND AND obus", "AND needs a word on both sides", 9),
        ("missiles AND OR obus", "AND needs a word on both sides", 9),
        ("OR", "OR needs a word on both sides", 0),
        ("missiles OU", "OU needs a word on both sides", 9),
        ("OR missiles", "OR needs a word on both sides", 0),
        ("missiles OR () ", "OR needs a word on both sides", 9),
        ("(missiles OR) obus", "OR needs a word on both sides", 10),
        ("NOT", "NOT needs a word after it", 0),
        ("missiles SAUF", "SAUF needs a word after it", 9),
        ("missiles NOT OR obus", "NOT needs a word after it", 9),
        ("(missiles NOT)", "NOT needs a word after it", 10),
        ("source:", "source: needs a value after it", 0),
        ("missiles source: ", "source: needs a value after it", 9),
        ("title:", "title: needs a value after it", 0),
        ("title:!", "title: needs a word after it", 0),
        ("author:", "author: needs a value after it", 0),
        ("author:!", "author: needs a name after it", 0),
        ("source:(a b)", "source: takes one word or a quoted one", 0),
        ("source:source:cnn", "source: needs a value after it", 0),
        ("date:", "date: needs a value after it", 0),
        ("date:..", "date: needs a date after it", 5),
        ("date:hier", "date: takes YYYY", 5),
        ("date:24", "date: takes YYYY", 5),
        ("date:2024-13", "date: takes YYYY", 5),
        ("date:2023-02-29", "date: takes YYYY", 5),
        ("date:0000", "date: takes YYYY", 5),
        ("date:2024..2025..2026", "date: takes YYYY", 5),
        ("date:20/11/2024", "date: takes YYYY", 5),
        ("obus date:2024-1-1-1", "date: takes YYYY", 10),
        ("*", "* needs a word before it", 0),
        ("obus ~", "~ needs a word before it", 5),
        ("obus !*", "* needs a word before it", 5),
        ("!", "no word to search for", 0),
        ("-", "no word to search for", 0),
        ("()", "no word to search for", 0),
        ('""', "no word to search for", 0),
        ("NOT !", "no word to search for", 0),
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
author: date: 2024 .. 2024-02-30 ! É
"""
SYNTAX = st.lists(
    st.sampled_from([" ", "  ", "\x00", "\ud800", *_SYNTAX.split()]), max_size=25
).map("".join)
SPACED = st.lists(st.sampled_from(["a", "b*", "c~", "AND", "OR", "NOT", "(", ")", "-", '"']))


@given(st.text(max_size=60) | SYNTAX | SPACED.map(" ".join))
@example("\ud800")
@example("date:٢٠٢٤")
@example("title:title:title:a")
@example("date:99999")
def test_any_text_is_a_query_or_says_where_it_is_not(text: str) -> None:
    query = None
    position = 0
    try:
        query = parse(text)
    except QueryError as error:
        position = error.position
    if query is None:
        assert 0 <= position < len(text)
        return
    assert isinstance(query, AllOf | AnyOf)
    for word in terms(query):
        if isinstance(word, Word):
            assert 0 <= word.start < word.end <= len(text)


@given(st.text(max_size=60) | SYNTAX | SPACED.map(" ".join))
def test_reading_is_the_same_while_typing_but_for_the_end(text: str) -> None:
    try:
        expected = shape(parse(f"{text} "))
    except QueryError:
        with pytest.raises(QueryError):
            parse(f"{text} ", typing=True)
        return
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
        "AND " * 10_000,
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
