"""Finding what has changed: the files in the folders against those of the last commit.

A file with the size and modification time it had is the same, and not opened. One with another time
is read, and is the same if its content is. (One that has moved looks like one file that is gone and
another that is new: `update` finds out when both are dealt with.)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..article import Problem
from ..report import OnProgress, Progress
from .digests import read_digest
from .files import ArticleFile, find_files
from .known import FileRecord, Manifest


@dataclass(slots=True)
class Changes:
    """What is to be done so that the store has what the folders have."""

    to_read: list[ArticleFile] = field(default_factory=list)
    """New, or changed."""
    gone: list[str] = field(default_factory=list)
    """Paths of files that are no longer there."""
    touched: dict[str, FileRecord] = field(default_factory=dict)
    """Files with another modification time and the same content, as they are now."""
    files: int = 0
    """Looked at."""
    unchanged: int = 0
    """Articles of the files that are neither to be read nor gone."""
    problems: list[Problem] = field(default_factory=list)


def find_changes(roots: Iterable[Path], known: Manifest, progress: OnProgress | None) -> Changes:
    """Compare the files under `roots` with those that are `known`."""
    changes = Changes()
    seen: set[str] = set()
    not_looked_at: list[str] = []  # not taken for removed
    for root in roots:
        if not root.exists():
            what = "its articles are kept" if known else "nothing is indexed of it"
            changes.problems.append(Problem(str(root), f"not found: {what}", skipped=False))
            not_looked_at.append(str(root))
            continue
        for found in find_files(root):
            if isinstance(found, Problem):
                changes.problems.append(found)
                not_looked_at.append(found.path)
                continue
            seen.add(found.path)
            _compare(found, known.get(found.path), changes)
            changes.files += 1
            if progress and changes.files % 100 == 0:
                progress(Progress(changes.files))
    inside_roots, inside_unseen = _inside(roots), _inside(not_looked_at)
    gone = [path for path in known if path not in seen and inside_roots(path)]
    changes.gone = [path for path in gone if not inside_unseen(path)]
    return changes


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
        changes.touched[file.path] = replace(before, mtime_ns=file.mtime_ns)
        changes.unchanged += before.articles
    else:
        changes.to_read.append(file)


def _inside(folders: Iterable[str | Path]) -> Callable[[str], bool]:
    """Whether a path is one of `folders`, or in one of them."""
    paths = tuple(map(str, folders))
    within = tuple(path if path.endswith(os.sep) else path + os.sep for path in paths)
    return lambda path: path.startswith(within) or path in paths
