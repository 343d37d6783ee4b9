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

from ..archive import Archive, Location, archive_at
from ..errors import QueryError
from ..model import Request, Results
from ..wording.counts import counted
from . import objects, text
from .failures import FOUND, NOTHING, WRONG, WrongUse
from .output import note, print_json, print_paths
from .text import Window

_LONGEST_LINE = 100_000  # bytes of a query read from a file


class Output(Enum):
    """The forms in which `search` gives its results."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    PATHS = "paths"


def search(location: Location | None, request: Request, output: Output, null: bool = False) -> int:
    """Print the articles that `request` asks for. Raises Unavailable, QueryError."""
    with _opened(location) as archive:
        results = archive.search(request)
        _note_unknown_sources(archive, results)
        found = results.total + results.partial > 0
        if output is Output.JSON:
            print_json(objects.results_object(results))
        elif not found:
            if not _all_unknown(results, request):
                note(_nothing(archive, results, request))
        elif output is Output.JSONL:
            for hit in results.hits:
                print_json(objects.hit_object(hit))
        elif output is Output.PATHS:
            print_paths(objects.paths(results.hits, b"\0" if null else b"\n"))
        else:
            if results.suggestion:
                note(f"Did you mean: {results.suggestion}?")
            sys.stdout.write(text.results_text(results, request, Window.of(sys.stdout)))
        return FOUND if found else NOTHING


def search_all(location: Location | None, file: str, request: Request) -> int:
    """Answer each line of `file` (`-`: standard input) with one JSON object, at once."""
    statuses = set()
    with _opened(location) as archive, _open_lines(file) as lines:
        for number, query in enumerate(_queries(lines, file)):
            try:
                results = archive.search(replace(request, query=query))
            except QueryError as error:
                print_json(objects.error_object(query, str(error)))
                statuses.add(WRONG)
            else:
                if number == 0:
                    _note_unknown_sources(archive, results)
                print_json(objects.results_object(results))
                statuses.add(FOUND if results.total + results.partial else NOTHING)
            sys.stdout.flush()
    if WRONG in statuses:
        return WRONG
    return FOUND if FOUND in statuses else NOTHING


def show(location: Location | None, id: str, query: str, as_json: bool) -> int:
    """Print a whole article with the matches of `query` marked."""
    with _opened(location) as archive:
        reading = archive.read(id, query)
        if as_json:
            print_json(objects.reading_object(reading))
        else:
            sys.stdout.write(text.reading_text(reading, Window.of(sys.stdout)))
        return FOUND


def status(location: Location | None, as_json: bool) -> int:
    """Print what the index holds."""
    with _opened(location) as archive:
        held = archive.status()
        if as_json:
            print_json(objects.status_object(held, archive.place))
        else:
            sys.stdout.write(text.status_text(held, archive.place, Window.of(sys.stdout)))
        return FOUND


@contextmanager
def _opened(location: Location | None) -> Iterator[Archive]:
    with closing(archive_at(location)) as archive:
        if archive.samples:
            articles = counted(archive.status().articles, "sample article")
            note(f"No index yet: these are {articles}. Your own: depeche index DIR")
        yield archive


def _nothing(archive: Archive, results: Results, request: Request) -> str:
    if archive.status().articles:
        return text.nothing_text(results, request)
    return "Nothing: the index is empty. Add articles to it: depeche index DIR"


def _all_unknown(results: Results, request: Request) -> bool:
    """Whether none of the sources that were asked for is here: then that is all there is to say."""
    return bool(request.sources) and len(results.unknown_sources) >= len(request.sources)


def _note_unknown_sources(archive: Archive, results: Results) -> None:
    """Say which of the sources asked for the archive does not have."""
    if results.unknown_sources:
        sources = [count.value for count in archive.status().sources]
        for name in results.unknown_sources:
            note(f"No source “{name}” here: {_alternatives(name, sources)}")


def _alternatives(name: str, sources: Sequence[str]) -> str:
    from difflib import get_close_matches

    folded = {source.casefold(): source for source in sources}
    if close := get_close_matches(name.casefold(), folded, n=3):
        return f"did you mean {' or '.join(folded[each] for each in close)}?"
    listed = ", ".join(sources[:10]) + ", …" * (len(sources) > 10)
    return f"there are {listed}." if sources else "the index is empty."


def _open_lines(file: str) -> BinaryIO:
    if file == "-":
        # A stream of its own, that may be closed without closing standard input.
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb") if sys.stdin else io.BytesIO()
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise WrongUse(f"cannot read {file}: {error.strerror}") from None


def _queries(lines: BinaryIO, file: str) -> Iterator[str]:
    """The lines, in UTF-8 with or without BOM; what is not is kept as lone surrogates."""
    for number, line in enumerate(iter(lambda: lines.readline(_LONGEST_LINE + 1), b"")):
        if len(line) > _LONGEST_LINE:
            raise WrongUse(f"line {number + 1} of {file} is too long for a query")
        text = line.rstrip(b"\r\n").decode("utf-8", "surrogateescape")
        yield text.removeprefix("\ufeff") if number == 0 else text
