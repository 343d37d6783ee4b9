"""What the last commit knows of the files that it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .files import ArticleFile


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it was when its articles were read."""

    id: str
    size: int
    mtime_ns: int
    digest: str
    """Of its content, hexadecimal; empty when not all of it was read yet."""
    articles: int
    """How many it gave."""

    def stamped(self, file: ArticleFile) -> bool:
        """Whether the file is the same as far as it can be told without opening it."""
        same_stamp = (self.id, self.size, self.mtime_ns) == (file.id, file.size, file.mtime_ns)
        return same_stamp and bool(self.digest)


Manifest = Mapping[str, FileRecord]
"""By absolute path. Files that gave no article are not in it: they are tried again."""
