"""Syntax: what may be typed as a query, as rows of a table.

`depeche help query` and the interface's help are made of it; the table in the README is checked
against it, and each example is a test.
"""

from __future__ import annotations

from typing import NamedTuple

from .language import N_, _
from .wrap import wrap


class Row(NamedTuple):
    """One thing that may be typed."""

    examples: tuple[str, ...]
    """How it is typed, in all its ways; each can be tried as it is."""
    meaning: str
    """In English: to be translated where it is shown."""


SYNTAX = (
    Row(
        ("missiles longue portée",),
        N_(
            "articles with all the words, in any form; when they are fewer than ten, those with"
            " most of them follow, marked as such"
        ),
    ),
    Row(
        ("livraison de missiles longue portée à Kiev",),
        N_(
            "of four words or more, small words aside: what has the most of them, the rare ones"
            " above all, in one order"
        ),
    ),
    Row(("contre-offensive",), N_("its parts next to each other, or written in one")),
    Row(
        ('"longue portée"', "« longue portée »"), N_("the words in this order, stop words included")
    ),
    Row(('"portée missiles"~5',), N_("the words within five words of each other, in any order")),
    Row(("missiles PRÈS portée", "missiles NEAR portée"), N_("both within ten words")),
    Row(("approvision*",), N_("words that begin so")),
    Row(("zelenski~",), N_("words at one edit: a letter more, less, other, or two swapped")),
    Row(
        ("missiles -mines", "missiles !mines", "missiles SAUF mines", "missiles NOT mines"),
        N_("without"),
    ),
    Row(
        ("drones OU mines", "drones OR mines", "drones | mines"),
        N_("one or the other; capitals make operators: `ou` and `et` are words"),
    ),
    Row(
        ("(drones OU mines) ET Biden", "(drones OR mines) AND Biden"),
        N_("both; parentheses without an operator in them are prose"),
    ),
    Row(("titre:Biden", 'title:"longue portée"'), N_("in the title")),
    Row(
        ("source:huffpost", "source:le monde", "source:(cnn OU ap)"),
        N_(
            "from a source, under any of its names; several are alternatives, and narrow those"
            " ticked or given with `--source`"
        ),
    ),
    Row(("auteur:Bertrand", 'author:"Natasha Bertrand"'), N_("by an author")),
    Row(
        ("date:2024-11", "date:12 mars 2023", "date:03/2023", "date:hier", "date:cette semaine"),
        N_("published then: a day, a week, a month or a year"),
    ),
    Row(("date:2024-01..2024-06", "date:mars 2023..juin 2023", "date:2023.."), N_("in or between")),
    Row(("depuis:mars 2023", "après:2023", "since:2023-03-12"), N_("from its first day on")),
    Row(("avant:mars 2023", "before:2023"), N_("until the day before it")),
)

FORGIVEN = (
    N_(
        "Names of fields may be French or English, months with or without accents; `date:mars` is"
        " the latest March."
    ),
    N_(
        "What is pasted never fails: a quote or a parenthesis without its other half, an operator"
        " without a word, a stray `*` or `~` are read in the most likely way, and one line says"
        " how."
    ),
    N_(
        "Nothing found, or a rare word that is nearly a common one? A correction is offered, never"
        " applied."
    ),
)
"""What else there is to know."""

_WIDTH = 78  # columns of the page: a terminal's 80, less a margin
_NAME = 4  # columns before an example, and twice that before its meaning


def query_page() -> str:
    """The table as a page of a manual: plain text, 78 columns."""
    lines = [_("QUERIES"), ""]
    for row in SYNTAX:
        lines += [" " * _NAME + example for example in row.examples]
        lines += [*_wrapped(_(row.meaning), 2 * _NAME), ""]
    lines += [_("NOTES"), ""]
    for paragraph in FORGIVEN:
        lines += [*_wrapped(_(paragraph), _NAME), ""]
    return "\n".join(lines[:-1]) + "\n"


def _wrapped(text: str, indent: int) -> list[str]:
    spans = wrap(text, _WIDTH - indent)
    return [" " * indent + text[start:end] for start, end in spans]
