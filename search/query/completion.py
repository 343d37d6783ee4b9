"""Completion: what is being typed at the end of a query, and how it would be typed to its end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from index.analysis import fold

from ..model import Completion
from ..wording.dates import FRENCH_MONTHS
from .fields import FIELDS, USUAL

Kind = Literal["source", "author", "date", "field", "word"]

_KINDS: dict[str, Kind] = {"source": "source", "author": "author"}
_KINDS |= dict.fromkeys(("date", "before", "since"), "date")

_VALUE = re.compile(
    rf"""
    (?<![^\s(|!-]) (?P<field> {"|".join(FIELDS)} ) : (?P<start>)
    (?P<quote> ["“«]? ) \s* (?P<value> [^"“”«»():|]* ) $
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}$")
_ALONE = re.compile(r"(?:^|[\s(|!-])$")  # what stands before a word that may be a field
_LONGEST = 500  # characters
_DOTS = re.compile(r".*\.\.\s*")

_RELATIVE = ["hier", "aujourd'hui", "avant-hier", "cette semaine", "la semaine dernière"]
_RELATIVE += ["ce mois", "le mois dernier", "cette année", "l'année dernière"]


@dataclass(frozen=True, slots=True)
class Begun:
    """What is being typed at the end of a query."""

    kind: Kind
    query: str
    start: int
    """Where it begins in the query."""
    typed: str
    """What of it is there; without the quote before it, which is there as well if `quoted`."""
    quoted: bool = False

    def completed(self, whole: str, rest: str | None = None) -> Completion:
        """The query with `whole` in its place; `rest` is what is shown of that."""
        if self.kind in ("source", "author") and (self.quoted or " " in whole):
            whole = f'"{whole}"'
        if rest is None:
            rest = whole[len(self.typed) :]
        return Completion(rest, self.query[: self.start] + whole)


def begun(query: str) -> Iterator[Begun]:
    """What may be being typed at the end of `query`, the likelier first; a page is pasted."""
    if len(query) > _LONGEST:
        return
    if found := _VALUE.search(query):
        yield from _values(query, found)
    if word := _WORD.search(query):
        if _ALONE.search(query[: word.start()]):
            yield Begun("field", query, word.start(), word.group())
        yield Begun("word", query, word.start(), word.group())


def _values(query: str, found: re.Match[str]) -> Iterator[Begun]:
    kind = _KINDS.get(FIELDS[found["field"].lower()])
    value, quoted = found["value"], bool(found["quote"])
    if kind == "author" and " " in value and not quoted:
        return  # without quotes a name is one word, and this is another one
    if kind == "date" and (dots := _DOTS.match(value)):
        yield Begun(kind, query, found.start("value") + dots.end(), value[dots.end() :])
    elif kind:
        yield Begun(kind, query, found.start("start"), value, quoted)


def field(begun: Begun) -> Completion | None:
    """The field whose name is being typed: a usual one, or one that is nearly typed."""
    typed = begun.typed.lower()
    for name in (*USUAL, *FIELDS):
        if name.startswith(typed) and (name in USUAL or len(name) - len(typed) < 2):
            return begun.completed(f"{name}:", f"{name}:"[len(typed) :])
    return None


def named(begun: Begun, names: Iterable[str]) -> Completion | None:
    """The first of some names that begins as is typed, or else one of whose words does.

    Case and accents aside; what has a quote inside cannot be typed.
    """
    typed = _shared(begun.typed)
    inside = None
    for name in names:
        shared = _shared(name)
        if '"' in name or shared == typed:
            continue
        if shared.startswith(typed):
            return begun.completed(name, name[_length(name, begun.typed) :])
        if inside is None and f" {typed}" in shared:
            inside = name
    return begun.completed(inside, f" → {inside}") if inside and typed.strip() else None


def dated(begun: Begun, months: Iterable[str]) -> Completion | None:
    """The date that is being typed: one of the `months` (2024-11), the newest first, or its year;
    in words, if that is how it begins."""
    typed = _shared(begun.typed)
    known = list(months)
    written: Iterable[str]
    if not typed or typed[0].isdecimal():
        written = (*dict.fromkeys(month[:4] for month in known), *known)
    else:
        named = (f"{FRENCH_MONTHS[int(month[5:]) - 1]} {month[:4]}" for month in known)
        written = (*named, *_RELATIVE)
    for each in written:
        if _shared(each).startswith(typed) and _shared(each) != typed:
            return begun.completed(each, each[_length(each, begun.typed) :])
    return None


def word(begun: Begun, spelt: str) -> Completion:
    """The word that is being typed, with the accents of `spelt` and the capitals that it has."""
    typed = begun.typed
    rest = spelt[_length(spelt, typed) :].lower()
    if typed.isupper():
        return begun.completed(spelt.upper(), rest.upper())
    first = spelt[:1].upper() if typed[0].isupper() else spelt[:1].lower()
    return begun.completed(first + spelt[1:].lower(), rest)


def _shared(text: str) -> str:
    """What two ways to type a name share; a space at the end stays: the word is over."""
    shared = " ".join("".join(filter(str.isalnum, fold(word))) for word in text.split())
    return f"{shared} " if shared and text[-1:].isspace() else shared


def _length(whole: str, typed: str) -> int:
    """How much of `whole` is typed already."""
    shared = _shared(typed)
    fitting = [end for end in range(len(whole) + 1) if _shared(whole[:end]) == shared]
    return len(typed) if len(typed) in fitting else min(fitting, default=len(whole))
