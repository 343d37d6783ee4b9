"""Commands: what each one does once its arguments are known. They return the exit status.

Results go to standard output, everything else to standard error. Imported only to run.
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from index.whoosh_store.folder import NoIndex, default_folder

from ..local.archive import Archive, NoSuchArticle
from ..local.facets import matching_sources
from ..model import Request, Results
from ..query.parser import QueryError
from ..samples import open_archive
from ..wording.safe import safe
from . import objects as export
from . import text as terminal
from .text import Window

if TYPE_CHECKING:
    from index.article import Problem
    from index.report import Progress, Report

FOUND, NOTHING, WRONG, NO_INDEX, LOCKED = 0, 1, 2, 3, 75
"""Exit statuses: 2 is a usage or query error, 75 the system's “try again later”."""

_MOST_PROBLEMS = 20  # lines about files on a terminal


class Failure(Exception):
    """A command cannot go on: one line that says why, and the exit status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Output(Enum):
    """The forms in which `search` gives its results."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    PATHS = "paths"


def search(folder: Path | None, request: Request, output: Output, null: bool = False) -> int:
    """Print the articles that `request` asks for. Raises UnusableIndex, QueryError."""
    with _opened(folder) as archive:
        sources_known = _note_unknown_sources(archive, request.sources)
        results = archive.search(request)
        found = results.total + results.partial > 0
        if output is Output.JSON:
            _print_json(export.results_object(results))
        elif not found:
            if sources_known:
                note(_nothing(archive, results, request))
        elif output is Output.JSONL:
            for hit in results.hits:
                _print_json(export.hit_object(hit))
        elif output is Output.PATHS:
            _print_paths(export.paths(results.hits, b"\0" if null else b"\n"))
        else:
            if results.suggestion:
                note(f"Did you mean: {results.suggestion}?")
            sys.stdout.write(terminal.results_text(results, request, Window.of(sys.stdout)))
        return FOUND if found else NOTHING


def search_all(folder: Path | None, file: str, request: Request) -> int:
    """Answer each line of `file` (`-`: standard input) with one JSON object, at once."""
    statuses = set()
    with _opened(folder) as archive, _open_lines(file) as lines:
        _note_unknown_sources(archive, request.sources)
        for query in _queries(lines):
            try:
                results = archive.search(replace(request, query=query))
            except QueryError as error:
                _print_json(export.error_object(query, str(error)))
                statuses.add(WRONG)
            else:
                _print_json(export.results_object(results))
                statuses.add(FOUND if results.total + results.partial else NOTHING)
            sys.stdout.flush()
    if WRONG in statuses:
        return WRONG
    return FOUND if FOUND in statuses else NOTHING


def show(folder: Path | None, id: str, query: str, as_json: bool) -> int:
    """Print a whole article with the matches of `query` marked."""
    with _opened(folder) as archive:
        try:
            article = archive.article(id)
        except NoSuchArticle as error:
            raise Failure(str(error), NOTHING) from None
        matches = archive.matches(article.body, query)
        if as_json:
            _print_json(export.article_object(article, matches))
        else:
            title_matches = archive.matches(article.title, query)
            window = Window.of(sys.stdout)
            sys.stdout.write(terminal.article_text(article, title_matches, matches, window))
        return FOUND


def status(folder: Path | None, as_json: bool) -> int:
    """Print what the index holds."""
    with _opened(folder) as archive:
        held, place = archive.status(), str(archive.folder)
        if as_json:
            _print_json(export.status_object(held, place))
        else:
            sys.stdout.write(terminal.status_text(held, place, Window.of(sys.stdout)))
        return FOUND


def index(folder: Path | None, roots: Sequence[Path], rebuild: bool, as_json: bool) -> int:
    """Bring the index up to date with its folders and `roots`, and print what was done."""
    from index.whoosh_store.folder import read_roots

    place = folder or default_folder()
    for root in roots:
        if not root.exists():
            raise Failure(f"no such folder: {root}", WRONG)
    if not roots and not read_roots(place):
        raise Failure("no folder to index is known yet: name one, `depeche index DIR`", WRONG)
    _print_report(_update(place, roots, rebuild), as_json)
    _note_empty(roots)
    return FOUND


def watch(folder: Path | None, roots: Sequence[Path], rebuild: bool, as_json: bool) -> NoReturn:
    """Bring the index up to date, and again whenever an article arrives, changes or goes."""
    from watchfiles import watch as changes_of

    from index.whoosh_store.folder import read_roots

    index(folder, roots, rebuild, as_json)
    place = (folder or default_folder()).resolve()
    watched = [root for root in read_roots(place) if root.exists()]
    note(f"Watching {terminal.counted(len(watched), 'folder')}; Ctrl-C ends it.")

    def matters(_: object, path: str) -> bool:
        return not Path(path).is_relative_to(place)  # what we write there is no news

    # Half a second of quiet, at most five seconds of noise: a batch is one update.
    for _ in changes_of(*watched, watch_filter=matters, step=500, debounce=5000):
        try:
            report = _update(place, [], rebuild=False)
        except Failure as failure:
            note(str(failure))  # locked or full for now: the next change tries again
            continue
        if report.added or report.updated or report.removed or report.problems:
            _print_report(report, as_json)
    raise KeyboardInterrupt


def _update(place: Path, roots: Sequence[Path], rebuild: bool) -> Report:
    from index.errors import IndexLocked
    from index.store import store_at
    from index.update import update

    progress = _Progress()
    try:
        return update(store_at(str(place)), roots, rebuild=rebuild, progress=progress)
    except KeyboardInterrupt:
        progress.end()
        stays = "the index is as it was" if rebuild else "the next run goes on from here"
        note(f"Stopped; {stays}.")
        raise
    except IndexLocked as error:
        raise Failure(str(error), LOCKED) from None
    except NoIndex as error:
        raise Failure(f"{error}", NO_INDEX) from None
    except OSError as error:
        raise Failure(_unwritable(place, error), NO_INDEX) from error
    finally:
        progress.end()


def _print_report(report: Report, as_json: bool) -> None:
    _report_problems([p for p in report.problems if not (as_json and p.skipped)])
    if as_json:
        _print_json(export.report_object(report))
    else:
        print(_report_text(report))
    sys.stdout.flush()


def _opened(folder: Path | None) -> Archive:
    try:
        archive, of_samples = open_archive(folder)
    except OSError as error:
        place = folder or default_folder()
        reason = error.strerror or type(error).__name__
        raise Failure(f"cannot read the index in {place}: {reason}", NO_INDEX) from error
    if of_samples:
        articles = terminal.counted(archive.status().articles, "sample article")
        note(f"No index yet: these are {articles}. Your own: depeche index DIR")
    return archive


def note(message: str) -> None:
    """Say something to the person, beside the results."""
    if sys.stdout and not sys.stdout.closed:
        sys.stdout.flush()
    with suppress(OSError):  # nobody listens
        lines = Window.of(sys.stderr).lines(message)
        print("\n".join(lines), file=sys.stderr, flush=True)


def _nothing(archive: Archive, results: Results, request: Request) -> str:
    if archive.status().articles:
        return terminal.nothing_text(results, request)
    return "Nothing: the index is empty. Add articles to it: depeche index DIR"


def _note_unknown_sources(archive: Archive, names: Sequence[str]) -> bool:
    """Say which of the sources asked for the index does not have; False if it has none of them."""
    if not names:
        return True
    sources = [count.value for count in archive.status().sources]
    unknown = [name for name in names if not matching_sources(name, sources)]
    for name in unknown:
        note(f"No source “{name}” here: {_alternatives(name, sources)}")
    return len(unknown) < len(names)


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
        raise Failure(f"cannot read {file}: {error.strerror}", WRONG) from None


def _queries(lines: BinaryIO) -> Iterator[str]:
    """The lines, in UTF-8 with or without BOM; what is not is kept as lone surrogates."""
    for number, line in enumerate(iter(lines.readline, b"")):
        text = line.rstrip(b"\r\n").decode("utf-8", "surrogateescape")
        yield text.removeprefix("\ufeff") if number == 0 else text


def _print_json(value: object) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.encoding != "utf-8":
        sys.stdout.reconfigure(encoding="utf-8")  # whatever the locale: it is part of the format
    sys.stdout.write(export.dumps(value) + "\n")


def _print_paths(paths: bytes) -> None:
    """Write the paths as the system has them; on a terminal, what is safe of them."""
    if sys.stdout.isatty():
        lines = os.fsdecode(paths).replace("\0", "\n").splitlines()
        sys.stdout.write("".join(f"{safe(line)}\n" for line in lines))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(paths)


class _Progress:
    """How far an update is, on a line of the terminal that is written over and then removed."""

    def __init__(self) -> None:
        self._shown = bool(
            sys.stderr and sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"
        )
        self._next = 0.0
        self._reading_since: float | None = None

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.share is not None and self._reading_since is None:
            self._reading_since = now
        if not self._shown or now < self._next:
            return
        self._next = now + 0.1
        text = f"{terminal.counted(progress.files, 'file')} looked at …"
        if progress.share is not None and self._reading_since is not None:
            elapsed = now - self._reading_since
            text = terminal.progress_text(progress.articles, progress.share, elapsed)
        print(f"\r{text}", end="\x1b[K", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _report_problems(problems: Sequence[Problem]) -> None:
    """Say which files could not be read, and why; on a terminal, of many only the sums."""
    shown = problems
    if sys.stderr and sys.stderr.isatty() and len(problems) > _MOST_PROBLEMS + 1:
        shown = problems[:_MOST_PROBLEMS]
    for problem in shown:
        note(f"{problem.path}: {problem.reason}")
    if rest := Counter(problem.reason for problem in problems[len(shown) :]):
        sums = ", ".join(f"{reason} {count:,}" for reason, count in rest.most_common(5))
        note(f"and {rest.total():,} more: {sums}{', …' * (len(rest) > 5)}")


def _note_empty(roots: Iterable[Path]) -> None:
    from index.formats import SUFFIXES
    from index.intake.files import find_files

    for root in roots:
        if next(find_files(root), None) is None:
            note(f"{root}: no articles ({' '.join(SUFFIXES)}) in this folder")


def _report_text(report: Report) -> str:
    """`5 articles: 5 added, 0 updated, 0 removed, 0 unchanged, 1 skipped in 0.1 s`"""
    done = (
        (report.added, "added"),
        (report.updated, "updated"),
        (report.moved, "moved"),
        (report.removed, "removed"),
        (report.unchanged, "unchanged"),
        (len(report.skipped), "skipped"),
    )
    said = [(number, what) for number, what in done if number or what != "moved"]
    counts = ", ".join(f"{number:,} {what}" for number, what in said)
    return f"{terminal.counted(report.total, 'article')}: {counts} in {report.elapsed_s:.1f} s"


def _unwritable(folder: Path, error: OSError) -> str:
    reason = (error.strerror or type(error).__name__).lower()
    return (
        f"cannot write the index in {folder} ({reason}): it is as it was;"
        " make room or rights, or name another folder with --index"
    )
