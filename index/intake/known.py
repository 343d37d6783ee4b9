"""What the last commit knows of the files that it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

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
    ctime_ns: int
    inode: int
    """These two are not shared by a file that is put in the place of another, even if its size and
    time are those of the other."""

    def stamped(self, file: ArticleFile) -> bool:
        """Whether the file is the same as far as it can be told without opening it."""
        return (
            self.mtime_ns == file.mtime_ns
            and self.ctime_ns == file.ctime_ns
            and self.inode == file.inode
            and self.size == file.size
            and self.id == file.id
            and bool(self.digest)
        )

    def restamped(self, file: ArticleFile) -> FileRecord:
        """The same content in a file as it is now."""
        return replace(self, mtime_ns=file.mtime_ns, ctime_ns=file.ctime_ns, inode=file.inode)


Manifest = Mapping[str, FileRecord]
"""By absolute path. Files that gave no article are not in it: they are tried again."""
