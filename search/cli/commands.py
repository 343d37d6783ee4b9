"""Commands that ask: what each one does once its arguments are known. They return the exit status.

Imported only to run, and with the engine: help and errors need neither.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from ..archive import Archive, Location, archive_at, check_at
from ..errors import QueryError, explain
from ..model import Checked, Note, Request, Results
from ..wording.counts import counted
from ..wording.language import _, figures
from ..wording.notes import notes_line
from . import objects, text
from .failures import FOUND, NOTHING, WRONG, WrongUse
from .output import note, print_json, print_paths
from .text import Colour, Window

_LONGEST_LINE = 100_000  # bytes of a query read from a file


class Output(Enum):
    """The forms in which `search` gives its results."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    PATHS = "paths"


def search(
    location: Location | None,
    request: Request,
    output: Output,
    colour: Colour = "auto",
    null: bool = False,
) -> int:
    """Print the articles that `request` asks for. Raises Unavailable, QueryError."""
    with opened(location) as archive:
        results = archive.search(request)
        say_notes(results.notes)
        number = results.total + results.partial
        found = bool(results.hits) or (number > 0 and not request.limit)
        if output is Output.JSON:
            print_json(objects.results_object(results))
        elif number and not found:
            note(text.past_the_end(results, request))
        elif not found:
            if not _all_unknown(results, request):
                note(nothing(archive, results, request))
        elif output is Output.JSONL:
            for hit in results.hits:
                print_json(objects.hit_object(hit))
        elif output is Output.PATHS:
            print_paths(objects.paths(results.hits, b"\0" if null else b"\n"))
        else:
            if results.suggestion:
                note(_("Did you mean: {query}?").format(query=results.suggestion))
            window = Window.of(sys.stdout, colour)
            sys.stdout.write(text.results_text(results, request, window))
        return FOUND if found else NOTHING


def search_all(location: Location | None, file: str, request: Request) -> int:
    """Answer each line of `file` (`-`: standard input) with one JSON object, at once."""
    statuses = set()
    with opened(location, lasting=True) as archive, _open_lines(file) as lines:
        for number, query in enumerate(_queries(lines, file)):
            try:
                results = archive.search(replace(request, query=query))
            except QueryError as error:
                print_json(objects.error_object(query, str(error)))
                statuses.add(WRONG)
            else:
                if number == 0:  # what is the same for all; the others are in the objects
                    say_notes([note for note in results.notes if note.what in request.sources])
                print_json(objects.results_object(results))
                statuses.add(FOUND if results.total + results.partial else NOTHING)
            sys.stdout.flush()
    if WRONG in statuses:
        return WRONG
    return FOUND if FOUND in statuses else NOTHING


def show(location: Location | None, id: str, query: str, colour: Colour, as_json: bool) -> int:
    """Print a whole article with the matches of `query` marked."""
    with opened(location) as archive:
        reading = archive.read(id, query)
        if as_json:
            print_json(objects.reading_object(reading))
        else:
            sys.stdout.write(text.reading_text(reading, Window.of(sys.stdout, colour)))
        return FOUND


def status(location: Location | None, check: bool, colour: Colour, as_json: bool) -> int:
    """Print what the index holds and, if that is to be checked, that it is what was written."""
    with opened(location) as archive:
        checked = _checked(archive.place) if check else None
        held = archive.status()
        if as_json:
            print_json(objects.status_object(held, archive.place, checked))
        else:
            window = Window.of(sys.stdout, colour)
            sys.stdout.write(text.status_text(held, archive.place, window, checked))
        return FOUND


def _checked(place: Location) -> Checked:
    from .progress import ProgressLine

    progress = ProgressLine()
    try:
        return check_at(place, progress.checking)
    finally:
        progress.end()


@contextmanager
def opened(location: Location | None, *, lasting: bool = False) -> Iterator[Archive]:
    with closing(archive_at(location, lasting=lasting)) as archive:
        if archive.samples:
            number = archive.status().articles
            articles = counted(number, "sample article", "sample articles")
            said = _("No index yet: these are {articles}. Your own: depeche index DIR")
            note(said.format(articles=articles))
        yield archive


def nothing(archive: Archive, results: Results, request: Request) -> str:
    if archive.status().articles:
        return text.nothing_text(results, request)
    return _("Nothing: the index is empty. Add articles to it: depeche index DIR")


def _all_unknown(results: Results, request: Request) -> bool:
    """Whether none of the sources that were asked for is here: then that is all there is to say."""
    return bool(request.sources) and set(request.sources) <= set(results.unknown_sources)


def say_notes(notes: Sequence[Note]) -> None:
    """Say how the request was read where it does not say so itself: one line."""
    if line := notes_line(notes):
        note(line)


def _open_lines(file: str) -> BinaryIO:
    if file == "-":
        # A stream of its own, that may be closed without closing standard input.
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb") if sys.stdin else io.BytesIO()
    try:
        return Path(file).open("rb")
    except OSError as error:
        reason = explain(error)
        raise WrongUse(_("cannot read {file}: {reason}").format(file=file, reason=reason)) from None


def _queries(lines: BinaryIO, file: str) -> Iterator[str]:
    """The lines, in UTF-8 with or without BOM; what is not is kept as lone surrogates."""
    for number, line in enumerate(iter(lambda: lines.readline(_LONGEST_LINE + 1), b"")):
        if len(line) > _LONGEST_LINE:
            said = _("line {number} of {file} is too long for a query")
            raise WrongUse(said.format(number=figures(number + 1), file=file))
        text = line.rstrip(b"\r\n").decode("utf-8", "surrogateescape")
        yield text.removeprefix("\ufeff") if number == 0 else text
