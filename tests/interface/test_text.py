"""Text for a person: wrapping, marking, and the sums below a page."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from search.cli.objects import dumps, paths
from search.cli.text import Window, nothing_text, results_text
from search.model import FacetCount, Facets, Head, Hit, Request, Results
from search.wording.counts import human_size
from search.wording.safe import safe
from search.wording.wrap import wrap

ANYTHING = st.text(st.characters(codec=None))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("   ", 10, [""]),
        ("un deux trois", 20, ["un deux trois"]),
        ("un deux trois", 13, ["un deux trois"]),
        ("un deux trois", 12, ["un deux", "trois"]),
        ("  un  deux ", 20, ["un  deux"]),
        ("un anticonstitutionnellement deux", 10, ["un", "anticonsti", "tutionnell", "ement deux"]),
        ("« un » deux", 6, ["« un »", "deux"]),
        ("日本語 日本", 6, ["日本語", "日本"]),
        ("日本語", 5, ["日本", "語"]),
        ("a日be\u0301", 2, ["a", "日", "be\u0301"]),  # as many cells as characters, in all
        ("300 000 soldats", 9, ["300 000", "soldats"]),
        # Spaces that break no line, though they are ordinary ones.
        ("il a dit « non » hier", 12, ["il a dit", "« non » hier"]),
        ("il a dit « non » hier", 10, ["il a dit", "« non »", "hier"]),
        ("Est-ce vrai ? Oui : non !", 12, ["Est-ce", "vrai ? Oui :", "non !"]),
        ("un : b ; c", 4, ["un :", "b ;", "c"]),
        ("a :-) b", 4, ["a", ":-)", "b"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert [text[start:end] for start, end in wrap(text, width)] == lines


@given(ANYTHING, st.integers(2, 30))
def test_wrap_loses_spaces_only(text: str, width: int) -> None:
    text = safe(text)
    lines = list(wrap(text, width))
    assert all(cell_len(text[start:end]) <= width for start, end in lines)
    assert all(before[1] <= after[0] for before, after in pairwise(lines))
    assert "".join(text[a:b] for a, b in lines).replace(" ", "") == text.replace(" ", "")


@given(ANYTHING)
def test_safe_keeps_offsets(text: str) -> None:
    assert len(safe(text)) == len(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", safe(text))
    safe(text).encode("utf-8")


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (None, ["\x1b[2mune \x1b[0m\x1b[1;31marme russe\x1b[0m\x1b[2m ici\x1b[0m"]),
        (
            9,
            [
                "\x1b[2mune \x1b[0m\x1b[1;31marme\x1b[0m",
                "\x1b[1;31mrusse\x1b[0m\x1b[2m ici\x1b[0m",
            ],
        ),
    ],
)
def test_a_match_goes_on_over_a_line(width: int | None, lines: list[str]) -> None:
    window = Window(colour=True, width=width)
    assert list(window.lines("une arme russe ici", [((4, 14), "1;31")], "2")) == lines


def head(number: int, source: str = "unknown") -> Head:
    return Head(f"{number}.txt", f"/news/{number}.txt", "Titre", source)


def page(
    complete: int,
    partial: int,
    total: int,
    counts: dict[str, int],
    more: int | None = None,
    sources: tuple[str, ...] = (),
) -> Results:
    hits = [Hit(head(n), 1.0, n < complete, ()) for n in range(complete + partial)]
    facets = Facets(tuple(FacetCount(*count) for count in counts.items()))
    return Results(
        "a",
        total,
        partial,
        tuple(hits),
        facets,
        sources=sources,
        next_offset=more,
        elapsed_ms=4.2,
    )


@pytest.mark.parametrize(
    ("results", "request_", "summary"),
    [
        (page(1, 0, 1, {"CNN": 1}), Request("a"), "1 article · CNN 1 · 4 ms"),
        (page(2, 1, 2, {"CNN": 2}), Request("a"), "2 articles, 1 partial · CNN 2 · 4 ms"),
        (page(0, 2, 0, {"AP": 2}), Request("a"), "2 partial · AP 2 · 4 ms"),
        (
            page(10, 0, 1234, {"AP": 1000, "CNN": 234}, more=10),
            Request("a"),
            "1–10 of 1,234 articles · AP 1,000 · CNN 234 · 4 ms · more: --offset 10",
        ),
        (
            page(1, 0, 1, {"AP": 2, "CNN": 1}, sources=("cnn",)),
            Request("a source:cnn"),
            "1 article from cnn · all sources: AP 2 · CNN 1 · 4 ms",
        ),
        (page(4, 0, 14, {}), Request("a", offset=10), "11–14 of 14 articles · 4 ms"),
        (page(0, 0, 14, {}), Request("a", limit=0), "14 articles · 4 ms"),
        (page(0, 0, 14, {}), Request("a", offset=20), "14 articles · 4 ms"),
        (
            page(1, 0, 1, dict.fromkeys("ABCDEFGH", 1)),
            Request("a"),
            "1 article · A 1 · B 1 · C 1 · D 1 · E 1 · F 1 · 2 other sources · 4 ms",
        ),
    ],
)
def test_summary(results: Results, request_: Request, summary: str) -> None:
    assert results_text(results, request_, Window()).split("\n\n")[-1] == summary + "\n"


@pytest.mark.parametrize(
    ("results", "request_", "text"),
    [
        (Results("a", 0, 0, ()), Request("a"), "Nothing for “a”."),
        (Results("", 0, 0, ()), Request(""), "Nothing."),
        (
            Results("a\x1b", 0, 0, (), suggestion="b"),
            Request("a"),
            "Nothing for “a␛”. Did you mean: b?",
        ),
        (
            page(0, 0, 0, {"AP": 2}, sources=("CNN", "AFP")),
            Request("a", ("CNN", "AFP")),
            "Nothing for “a” in CNN or AFP. Elsewhere: AP 2.",
        ),
    ],
)
def test_nothing(results: Results, request_: Request, text: str) -> None:
    assert nothing_text(results, request_) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (285_992, "286 kB"),
        (4_210_000, "4.2 MB"),
        (3_000_000_000_000, "3,000 GB"),
    ],
)
def test_human_size(size: int, text: str) -> None:
    assert human_size(size) == text


@given(ANYTHING)
def test_json_comes_back(text: str) -> None:
    line = dumps({"text": text})
    back = json.loads(line)["text"]  # in which two lone surrogates may have become a pair
    assert back.encode("utf-16", "surrogatepass") == text.encode("utf-16", "surrogatepass")
    assert len(line.encode("utf-8").splitlines()) == 1


def test_paths_once_each_as_the_system_has_them() -> None:
    odd = Head("b", b"/news/\xff\n.txt".decode("utf-8", "surrogateescape"), "", "")
    hits = [Hit(each, 1.0, True, ()) for each in (head(1), odd, head(1))]
    assert paths(hits, b"\0") == b"/news/1.txt\0/news/\xff\n.txt\0"
