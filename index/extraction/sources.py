"""Recognising who published an article. The names and patterns are in `sources.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from ..analysis.folding import in_ascii
from ..article import UNKNOWN_SOURCE
from ..formats.lines import plain, prose_span, split_lines
from .authors import are_names, split_authors

_ARTICLE = re.compile(r"(?:l'|le |la |les |the )")
_NOT_A_LETTER = re.compile("[^a-z0-9]+")
_PARTS = re.compile(r"\s+(?:avec|with|via)\s+|\s+[-–—]\s+|\s*[/,|(]\s*")
_HEAD_LINES = 6  # where bylines and datelines stand
_TAIL_LINES = 8  # where signatures and credits stand, above what a page puts under them
_MARGIN_LINES = 20  # of a margin, those next to the prose: beyond are the menus of the page
# A longer line is a paragraph: only its start can be a dateline, its end a signature.
_LONGEST_MARK = 400
_LONGEST_LABEL = 60  # « Voir aussi sur HuffPost : » stands alone on its line; longer ones are text
_LONGEST_PHOTO_CREDIT = 150  # names of a photographer, an agency and a place; longer ones are text
_LONGEST_NAME = 50  # of a source; the longest of the table has 28 characters


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line by which an article says where it comes from."""

    kind: str
    source: str
    """Empty when the line names authors only."""
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pattern:
    kind: str
    where: str
    regex: re.Pattern[str]
    has: str
    """What every line has that the pattern matches: looked for first, as it is found sooner."""


@dataclass(frozen=True, slots=True)
class _Tables:
    names: dict[str, str]
    """From folded names and aliases."""
    domains: dict[str, str]
    patterns: tuple[_Pattern, ...]
    photo_credit: re.Pattern[str]


def recognise_source(metadata: str, url: str, text: str) -> tuple[str, str]:
    """Name the source of an article, and the kind of evidence that tells.

    `metadata` is what the file gives as the source, `text` the article before cleaning. Without
    evidence the source is unknown: it is never guessed.
    """
    given = " ".join(metadata.split())
    if given and given.casefold() != UNKNOWN_SOURCE:
        return canonical(given) or given, "metadata"
    if source := _source_of_url(url):
        return source, "url"
    for evidence in find_evidence(text, "source"):
        if evidence.source:
            return evidence.source, evidence.kind
    return UNKNOWN_SOURCE, ""


def canonical(name: str) -> str | None:
    """Find the usual name of a source: `LE MONDE`, `lemonde.fr`, `Le Monde avec AFP` → `Le Monde`.

    None when no source of the table goes by that name.
    """
    if source := exact_source(name):
        return source
    if "." in name and (source := _source_of_url(name)):
        return source
    return next(filter(None, map(exact_source, _PARTS.split(name))), None)


def exact_source(name: str) -> str | None:
    """Find the source whose name or alias this is, and nothing more."""
    if len(name) > _LONGEST_NAME:
        return None
    names = _tables().names
    folded = _fold(name)
    return names.get(_key(folded)) or names.get(_key(_ARTICLE.sub("", folded, count=1)))


def find_evidence(text: str, of: Literal["source", "authors"]) -> Iterator[Evidence]:
    """Find the lines by which an article names its source or authors, the most telling first."""
    lines = [plain(line) for line in split_lines(text)]
    regions: dict[str, Sequence[int]] = {}
    for pattern in _tables().patterns:
        if of not in pattern.regex.groupindex:
            continue
        if pattern.where not in regions:
            regions[pattern.where] = _region(pattern.where, lines)
        for number in regions[pattern.where]:
            line = lines[number]
            # Most lines do not have the letters that every match has, and are done with at once.
            if pattern.has in line and (evidence := _match(pattern, line)):
                yield evidence


def credited_authors(text: str) -> tuple[str, ...]:
    """Find the authors an article names in a byline or in a credit line."""
    found = (evidence.authors for evidence in find_evidence(text, "authors"))
    return next(filter(None, found), ())


def is_photo_credit(line: str) -> bool:
    """Whether a line credits a photograph: `MANDEL NGAN / AFP`."""
    if len(line) > _LONGEST_PHOTO_CREDIT:
        return False
    return bool(_tables().photo_credit.fullmatch(plain(line)))


def dateline_end(line: str) -> int:
    """Find where the text begins after a dateline such as `WASHINGTON (AP) – `."""
    dateline = next(pattern for pattern in _tables().patterns if pattern.kind == "dateline")
    match = dateline.regex.fullmatch(plain(line[:_LONGEST_MARK]))
    return match.end("dateline") if match else 0


def name_lines(lines: list[str]) -> list[int]:
    """Find the lines in the margins that are only the name of the article's source.

    Names that differ are a list of media, not a source.
    """
    found = {number: source for number in _margin(lines) if (source := exact_source(lines[number]))}
    return list(found) if len(set(found.values())) == 1 else []


def _region(where: str, lines: list[str]) -> Sequence[int]:
    """Tell which lines the `where` of a pattern means, by their numbers."""
    every = range(len(lines))
    match where:
        case "head":
            return every[:_HEAD_LINES]
        case "tail":
            return every[-_TAIL_LINES:]
        case "margin":
            return _margin(lines)
        case "alone":
            return name_lines(lines)
    return [number for number in every if len(lines[number]) <= _LONGEST_LABEL]  # anywhere


def _margin(lines: list[str]) -> list[int]:
    start, end = prose_span(lines)
    every = range(len(lines))
    return [*every[:start][:_MARGIN_LINES], *every[end:][-_MARGIN_LINES:]]


def _match(pattern: _Pattern, line: str) -> Evidence | None:
    part = line[-_LONGEST_MARK:] if pattern.where == "tail" else line[:_LONGEST_MARK]
    match = pattern.regex.fullmatch(part)
    if not match or is_photo_credit(line):
        return None
    named = match.groupdict()
    source = exact_source(named.get("source", "")) or ""
    authors = split_authors([named.get("authors", "")])
    if "source" in named and not source:
        return None
    if "authors" in named and (not are_names(authors) or any(map(exact_source, authors))):
        return None
    return Evidence(pattern.kind, source, authors)


def _source_of_url(url: str) -> str | None:
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:  # an unclosed [ of an IPv6 address
        return None
    labels = host.split(".")
    domains = (".".join(labels[number:]) for number in range(len(labels) - 1))
    return next(filter(None, map(_tables().domains.get, domains)), None)


def _fold(name: str) -> str:
    return in_ascii(name).casefold().strip()


def _key(folded: str) -> str:
    return _NOT_A_LETTER.sub("", folded)


@cache
def _tables() -> _Tables:
    with Path(__file__).with_name("sources.toml").open("rb") as stream:
        data = tomllib.load(stream)
    names = {}
    domains = {}
    for source, other in data["sources"].items():
        names.update({_key(_fold(name)): source for name in (source, *other.get("aliases", ()))})
        domains.update(dict.fromkeys(other.get("domains", ()), source))
    return _Tables(
        names,
        domains,
        tuple(
            _Pattern(
                entry["kind"], entry["where"], re.compile(entry["pattern"]), entry.get("has", "")
            )
            for entry in data["evidence"]
        ),
        re.compile("|".join(data["photo_credits"]["patterns"])),
    )
