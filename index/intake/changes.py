"""Finding what has changed: the files in the folders against those of the last commit.

A file with the size, the times and the inode it had is the same, and not opened. One with others is
read, and is the same if its content is. (One that has moved looks like one file that is gone and
another that is new: `update` finds out when both are dealt with.)

Nothing is taken for gone by mistake: not what cannot be seen now, not the many articles of a folder
that is empty (something may not be mounted there), and not more than half of an archive at once.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ..article import Problem
from ..language import _, figures
from ..report import OnProgress, Progress
from .digests import read_digest
from .files import ArticleFile, dangling, find_files
from .known import FileRecord, Manifest
from .records import kept

_WORTH_ASKING = 20  # articles; to lose that many of a small archive is soon mended


@dataclass(slots=True)
class Changes:
    """What is to be done so that the store has what the folders have."""

    to_read: list[ArticleFile] = field(default_factory=list)
    """New, or changed."""
    gone: list[str] = field(default_factory=list)
    """Paths of files that are no longer there."""
    touched: dict[str, FileRecord] = field(default_factory=dict)
    """Files with other times or another inode and the same content, as they are now."""
    files: int = 0
    """Looked at."""
    unchanged: int = 0
    """Articles of the files that are neither to be read nor gone."""
    problems: list[Problem] = field(default_factory=list)
    kept: int = 0
    """Articles that were known and cannot be seen; they are among the unchanged."""
    missing: list[Path] = field(default_factory=list)
    """Roots that are not there."""


def find_changes(
    roots: Sequence[Path],
    known: Manifest,
    progress: OnProgress | None,
    *,
    before: Manifest | None = None,
    named: Collection[Path] = (),
    follow: bool = False,
    prune: bool = False,
) -> Changes:
    """Compare the files under `roots` with those that are `known`.

    `before` are those that were known until now, when they are not to be gone on from. It is said
    of a root that was `named` now, if there is nothing in it. With `prune` whatever is not there
    is gone.
    """
    before = known if before is None else before
    changes = Changes()
    look = _Look(before)
    for root in roots:
        _look_at(root, look, known, changes, progress, named, follow)
    inside_roots = _inside(roots)
    missed = [path for path in before if path not in look.seen and inside_roots(path)]
    if not prune:
        _look_at_emptied(missed, before, look, changes)
    inside_hidden = _inside(look.hidden if prune else [*look.hidden, *look.absent])
    hidden = {path for path in missed if inside_hidden(path)}
    gone = [path for path in missed if path not in hidden]
    if not prune:
        lost = _lost(gone, before, changes.to_read)
        if _is_too_much(sum(lost.values()), before):
            _keep(lost, before, roots, changes)
            hidden.update(gone, lost)
            gone = []
    changes.kept = sum(before[path].articles for path in hidden)
    if before is known:
        changes.unchanged += changes.kept
    changes.gone = [path for path in gone if path in known]
    return changes


class _Look:
    """What was seen of the folders, and what could not be."""

    def __init__(self, before: Manifest) -> None:
        self._before = before
        self.seen: set[str] = set()
        self.hidden: list[str] = []
        """There, but closed to us."""
        self.absent: list[str] = []
        """Perhaps only for now: not mounted, say."""

    @cached_property
    def _paths(self) -> list[str]:
        return sorted(self._before)

    def was_known(self, place: str) -> bool:
        """Whether there were articles in a file or folder."""
        if place in self._before:
            return True
        within = os.path.join(place, "")  # noqa: PTH118
        at = bisect_left(self._paths, within)
        return at < len(self._paths) and self._paths[at].startswith(within)


def _look_at(
    root: Path,
    look: _Look,
    known: Manifest,
    changes: Changes,
    progress: OnProgress | None,
    named: Collection[Path],
    follow: bool,
) -> None:
    place, any_found = str(root), False
    if not os.path.lexists(root):
        reason = (
            _("not found: its articles are kept (--prune removes them)")
            if look.was_known(place)
            else _("not found: nothing is indexed of it")
        )
        changes.problems.append(Problem(place, reason, skipped=False))
        changes.missing.append(root)
        look.absent.append(place)
        return
    for found in find_files(root, follow=follow, known=look.was_known):
        any_found = True
        if isinstance(found, Problem):
            changes.problems.append(_with_fate(found, look.was_known(found.path)))
            (look.absent if found.reason == dangling() else look.hidden).append(found.path)
            continue
        look.seen.add(found.path)
        _compare(found, known.get(found.path), changes)
        changes.files += 1
        if progress and changes.files % 100 == 0:
            progress(Progress(changes.files))
    was_known = not any_found and look.was_known(place)
    if any_found or not (was_known or root in named):
        return
    reason = _("no articles in this folder")
    if was_known:
        reason = _("{reason}: those it had are kept (--prune removes them)").format(reason=reason)
        look.absent.append(place)
    changes.problems.append(Problem(place, reason, skipped=False))


def _look_at_emptied(
    missed: Collection[str], before: Manifest, look: _Look, changes: Changes
) -> None:
    """Tell of folders that had many articles, and in which there is nothing at all now: something
    was mounted there, perhaps."""
    by_folder, lost = Counter[Path](), Counter[str]()
    for path, articles in _lost(missed, before, changes.to_read).items():
        if path not in look.seen:
            by_folder[Path(path).parent] += articles
    for folder, articles in by_folder.items():
        places = (folder, *folder.parents)
        lost[str(next(place for place in places if os.path.lexists(place)))] += articles
    already = _inside([*look.hidden, *look.absent])
    for place, articles in lost.items():
        if articles > _WORTH_ASKING and not already(place) and _is_empty(place):
            look.absent.append(place)
            reason = _(
                "nothing in this folder, which had {number} articles: they are kept"
                " (--prune removes them)"
            ).format(number=figures(articles))
            changes.problems.append(Problem(place, reason, skipped=False))


def _is_empty(folder: str) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except OSError:  # it cannot be seen, which is said elsewhere
        return False


def _with_fate(problem: Problem, was_known: bool) -> Problem:
    reason = kept(problem.reason) if was_known else problem.reason
    return Problem(problem.path, reason, problem.skipped)


def _compare(file: ArticleFile, before: FileRecord | None, changes: Changes) -> None:
    if before is None:
        changes.to_read.append(file)
    elif before.stamped(file):
        changes.unchanged += before.articles
    elif (
        (before.id, before.size) == (file.id, file.size)
        and (content := read_digest(file))
        and content.hex() == before.digest
    ):
        changes.touched[file.path] = before.restamped(file)
        changes.unchanged += before.articles
    else:
        changes.to_read.append(file)


def _lost(gone: Iterable[str], before: Manifest, to_read: Iterable[ArticleFile]) -> dict[str, int]:
    """The files that have lost articles, and how many: those that are gone, unless they may have
    moved (a new file has their size), and those of which less than half is left."""
    sizes = Counter(file.size for file in to_read if file.path not in before)
    lost = {}
    for path in gone:
        if sizes[before[path].size]:
            sizes[before[path].size] -= 1
        else:
            lost[path] = before[path].articles
    for file in to_read:
        was = before.get(file.path)
        if was and was.articles > 1 and file.size < was.size / 2:
            lost[file.path] = int(was.articles * (1 - file.size / was.size))
    return lost


def _is_too_much(lost: int, before: Manifest) -> bool:
    return lost > _WORTH_ASKING and 2 * lost > sum(file.articles for file in before.values())


def _keep(
    lost: Mapping[str, int], before: Manifest, roots: Iterable[Path], changes: Changes
) -> None:
    """Leave the files that have lost articles as they are known."""
    changes.to_read = [file for file in changes.to_read if file.path not in lost]
    total = sum(file.articles for file in before.values())
    root = next(str(root) for root in roots if any(map(_inside([root]), lost)))
    reason = _(
        "{number} of {total} articles are gone: they are kept (--prune removes them)"
    ).format(number=figures(sum(lost.values())), total=figures(total))
    changes.problems.append(Problem(root, reason, skipped=False))


def _inside(folders: Iterable[str | Path]) -> Callable[[str], bool]:
    """Whether a path is one of `folders`, or in one of them."""
    paths = tuple(map(str, folders))
    within = tuple(os.path.join(path, "") for path in paths)  # noqa: PTH118
    return lambda path: path.startswith(within) or path in paths
