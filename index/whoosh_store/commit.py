"""Commits: segments, manifest and groups that are the index from one moment to the next.

A commit is a table of contents renamed into place: whoever opens the index finds the state
before or after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from whoosh.codec.base import Segment
from whoosh.reading import SegmentReader

from ..intake.digests import DIGEST_BYTES
from ..intake.known import FileRecord
from ..store import NewWriter
from . import disk
from .codec.opened import OpenSegment
from .codec.pickles import Damage
from .contents import file_of, write_contents
from .facets import find_facets, write_facets
from .folder import newest_contents, newest_generation, open_segments, reading
from .groups import Groups, find_groups, read_groups, write_groups
from .manifest import read_manifest, write_manifest

if TYPE_CHECKING:
    from .segment import SegmentBuilder

_MOST_ALIKE = 10
"""Segments of about the same size. Each query looks into all of them; fewer are merged more often.
Lucene's merge factor, too."""

_LARGE, _MOST_LARGE = 10_000, 50
"""Of segments with so many articles there may be more, as a million articles have when they come in
at once: to merge eleven takes minutes, to look into one more a tenth of a millisecond."""


class WhooshDraft:
    """A Draft: what the index will be, from the newest commit on or, with `anew`, from nothing.

    For whoever holds the write lock.
    """

    def __init__(self, folder: Path, *, anew: bool) -> None:
        """Made `anew`, nothing is read of the commit before: it may be a stranger's."""
        self._folder = folder
        self._generation = newest_generation(folder)
        self._segments: list[Segment] = []
        self.files: dict[str, FileRecord] = {}
        """The manifest, as it will be."""
        self._starts_empty = anew or not self._generation
        self._groups = Groups()
        """Those of the newest commit, where its documents still have their numbers."""
        self._committed: set[str] | None = None
        """The files of the segments of the newest commit, where that is known."""
        if not self._starts_empty:
            with reading(folder):
                contents = newest_contents(folder)
                self._segments = contents.segments
                self.files = read_manifest(folder, self._generation)
                if contents.sealed:  # another program writes none
                    self._groups = read_groups(folder, self._generation, contents.documents)
            self._committed = set(map(file_of, self._segments))
            with self._readers():  # raises DamagedIndex, although nothing may have changed
                pass
        self.replaces: dict[str, FileRecord] = self._replaced()

    def _replaced(self) -> dict[str, FileRecord]:
        if not self._starts_empty:
            return dict(self.files)
        with suppress(OSError, Damage):  # there is none, or none that can be read
            return read_manifest(self._folder, self._generation)
        return {}

    @property
    def starts_empty(self) -> bool:
        """Whether it does not go on from a commit."""
        return self._starts_empty

    @property
    def articles(self) -> int:
        """How many there will be."""
        return sum(segment.doc_count() for segment in self._segments)

    @property
    def new_writer(self) -> NewWriter:
        """Makes what writes a segment."""
        return partial(_new_writer, self._folder)

    @contextmanager
    def _readers(self) -> Iterator[list[SegmentReader]]:
        with reading(self._folder):
            readers = open_segments(self._folder, self._segments)
            try:
                yield readers
            finally:
                for reader in readers:
                    reader.close()

    def digests(self, paths: Collection[str]) -> dict[str, dict[str, bytes]]:
        """The digests of the articles of some files, by path and id."""
        found: dict[str, dict[str, bytes]] = {path: {} for path in paths}
        if paths:
            with self._readers() as readers:
                for reader in readers:
                    for path, _, id, digest in _articles(reader, paths):
                        found[path][id] = digest
        return found

    def remove(self, articles: Mapping[str, Collection[str] | None]) -> int:
        """Remove the articles with these ids from the files with these paths, or (None) all that
        a file has; the number of those removed."""
        removed = 0
        if articles:
            with self._readers() as readers:
                for reader, segment in zip(readers, self._segments, strict=True):
                    for path, number, id, _ in _articles(reader, articles):
                        ids = articles[path]
                        if ids is None or id in ids:
                            segment.delete_document(number)
                            removed += 1
        return removed

    def add(self, written: Sequence[Segment | None]) -> None:
        """Add written segments."""
        self._segments += filter(None, written)

    @property
    def unfinished(self) -> bool:
        """Whether it goes on from a commit that does not know all of its groups."""
        return not self._groups.complete

    def commit(self, *, more: bool = False) -> None:
        """Make this the index. A merge that is due comes after, in a commit of its own.

        With `more`, or before a merge, the groups stay those that were known before: to find them
        takes a second for 50,000 articles.
        """
        due = bool(to_merge(self._segments))
        self._commit(more or due)
        if due:
            self._merge()
            self._commit(more)

    def settle(self) -> None:
        """Merge segments, if there are too many."""
        self._merge()

    def _merge(self) -> None:
        if merged := to_merge(self._segments):
            from .merge import merge  # NumPy: only when there is something to merge

            at = min(map(self._segments.index, merged))
            with reading(self._folder):
                segment = merge(self._folder, merged)
            self._segments = [each for each in self._segments if each not in merged]
            self._segments[at:at] = [segment] if segment else []
            self._groups = Groups(complete=False)

    def _commit(self, more: bool) -> None:
        folder = self._folder
        self._segments = [segment for segment in self._segments if segment.doc_count()]
        self._generation += 1
        write_manifest(folder, self._generation, self.files)
        with self._readers() as readers:
            documents = sum(reader.doc_count_all() for reader in readers)
            known = replace(self._groups, complete=False)
            self._groups = known if more else find_groups(readers)
            write_groups(folder, self._generation, documents, self._groups)
            write_facets(folder, self._generation, find_facets(readers))
        # What the table of contents names has its name before the table has its own.
        disk.sync_folder(folder)
        write_contents(folder, self._generation, self._segments)
        disk.sync_folder(folder)
        self._committed = set(map(file_of, self._segments))
        self.sweep()

    def restamp(self) -> None:
        """Write the manifest of the newest commit anew: nothing but stamps has changed."""
        write_manifest(self._folder, self._generation, self.files)
        disk.sync_folder(self._folder)

    def sweep(self) -> None:
        """Delete what is of no commit any more, or was never of one."""
        if self._committed is not None:
            disk.sweep(self._folder, self._generation, self._committed)


def _new_writer(folder: Path) -> SegmentBuilder:
    from .segment import SegmentBuilder  # NumPy: only in a process that writes

    return SegmentBuilder(folder)


def to_merge(segments: Sequence[Segment]) -> list[Segment]:
    """Which segments are to be made one.

    Those that consist mostly of deleted articles; and those of about the same size, if there are
    more than `_MOST_ALIKE`, the smallest such first. Sizes are about the same that have the same
    number of digits (as in Lucene's `LogMergePolicy`). So an article is not written again before
    there are ten times as many, and a few new articles never have a large segment written again.
    """
    worn = [s for s in segments if 2 * s.deleted_count() > s.doc_count_all()]
    alike: defaultdict[int, list[Segment]] = defaultdict(list)
    for segment in segments:
        alike[len(str(segment.doc_count()))].append(segment)
    many = next((alike[size] for size in sorted(alike) if len(alike[size]) > _most(size)), [])
    return [segment for segment in segments if segment in many or segment in worn]


def _most(digits: int) -> int:
    """How many segments there may be whose number of articles has so many digits."""
    return _MOST_ALIKE if digits < len(str(_LARGE)) else _MOST_LARGE


def _articles(
    reader: SegmentReader, paths: Collection[str]
) -> Iterator[tuple[str, int, str, bytes]]:
    """Path, document number, id and digest of the articles of some files in a segment."""
    segment = OpenSegment(reader, 0)
    for path in paths:
        entry = segment.entry("file", path.encode(errors="surrogatepass"))
        for block in segment.blocks(entry) if entry else ():
            for number in block.numbers:
                if number not in segment.deleted:
                    record = segment.value("record", number)
                    yield path, number, record[DIGEST_BYTES:].decode(), record[:DIGEST_BYTES]
