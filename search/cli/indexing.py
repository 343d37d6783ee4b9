"""The command that writes: `depeche index`, once or with every change."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from ..archive import Location, roots_at, update_at, watch_at
from ..model import Problem, Report, UpdateOptions
from ..wording.language import _, figures
from ..wording.reports import report_line, watching_in_words
from . import objects
from .failures import FOUND, WrongUse
from .output import note, print_json
from .progress import ProgressLine

_MOST_PROBLEMS = 20  # lines about files on a terminal


def index(
    location: Location | None, roots: Sequence[Path], options: UpdateOptions, as_json: bool
) -> int:
    """Bring the index up to date with its folders and `roots`, and print what was done."""
    _check_roots(location, roots)
    _check_forgotten(location, options.forget)
    _print_report(_update(location, roots, options), as_json)
    return FOUND


def watch(
    location: Location | None, roots: Sequence[Path], options: UpdateOptions, as_json: bool
) -> NoReturn:
    """Bring the index up to date, and again whenever an article arrives, changes or goes."""
    _check_roots(location, roots)
    _check_forgotten(location, options.forget)
    first, said = True, set[Problem]()
    progress = ProgressLine()
    try:
        for news in watch_at(location, roots, options, progress):
            progress.end()
            if isinstance(news, Report):
                new = [problem for problem in news.problems if problem not in said]
                if first or news.added or news.updated or news.removed or new:
                    _print_report(replace(news, problems=tuple(new)), as_json)
                first, said = False, set(news.problems)
            else:
                note(watching_in_words(news))
    finally:
        progress.end()
    raise KeyboardInterrupt


def _check_roots(location: Location | None, roots: Sequence[Path]) -> None:
    for root in roots:
        if not root.exists():
            raise WrongUse(_("no such folder: {folder}").format(folder=root))
    if not roots and not roots_at(location):
        raise WrongUse(_("no folder to index is known yet: name one, `depeche index DIR`"))


def _check_forgotten(location: Location | None, folders: Sequence[Path]) -> None:
    known = roots_at(location) if folders else []
    for folder in folders:
        if not any(root.is_relative_to(folder.resolve()) for root in known):
            named = ", ".join(map(str, known))
            words = _("{folder} is no folder of this index, which has: {folders}")
            raise WrongUse(words.format(folder=folder, folders=named))


def _update(location: Location | None, roots: Sequence[Path], options: UpdateOptions) -> Report:
    progress = ProgressLine()
    try:
        return update_at(location, roots, options, progress)
    except KeyboardInterrupt:
        progress.end()
        if options.rebuild:
            note(_("Stopped; the index is as it was."))
        else:
            note(_("Stopped; the next run goes on from here."))
        raise
    finally:
        progress.end()


def _print_report(report: Report, as_json: bool) -> None:
    report_problems([p for p in report.problems if not (as_json and p.skipped)])
    if as_json:
        print_json(objects.report_object(report))
    else:
        print(report_line(report))
    sys.stdout.flush()


def report_problems(problems: Sequence[Problem]) -> None:
    """Say which files could not be read, and why; on a terminal, of many only the sums."""
    shown = problems
    if sys.stderr and sys.stderr.isatty() and len(problems) > _MOST_PROBLEMS + 1:
        shown = problems[:_MOST_PROBLEMS]
    for problem in shown:
        note(_("{path}: {reason}").format(path=problem.path, reason=problem.reason))
    if rest := Counter(problem.reason for problem in problems[len(shown) :]):
        sums = ", ".join(f"{reason} {figures(count)}" for reason, count in rest.most_common(5))
        sums += ", …" * (len(rest) > 5)
        note(_("and {number} more: {sums}").format(number=figures(rest.total()), sums=sums))
