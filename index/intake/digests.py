"""Digests: what tells content that has changed from content that has not.

A tree: a file has the digest of those of its parts, in their order, and a part has the digest of
those of its records and of their numbers, which are in the ids of articles. So a file is known
again by one number, wherever it is; the records that are new in it by theirs; and its parts can be
read in several processes. A digest is good for as long as `records` divides files in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from ..article import Problem
from ..formats import Record
from .files import ArticleFile
from .records import Part, Unseen, parts, read_records

DIGEST_BYTES = 8
_NUMBER_BYTES = 8


def record_digest(data: bytes) -> bytes:
    """The digest of the bytes of a record."""
    return blake2b(data, digest_size=DIGEST_BYTES).digest()


def digest_of(record: Record) -> bytes:
    """The digest of a record: of its bytes and of its name, where that is not its number."""
    named = record.name if record.name != str(record.number or "") else ""
    return record_digest(named.encode("utf-8", "surrogatepass") + record.data)


def part_digest(of_records: Iterable[tuple[int, bytes]]) -> bytes:
    """The digest of a part of a file that has records of these numbers with these digests."""
    return record_digest(
        b"".join(number.to_bytes(_NUMBER_BYTES, "big") + digest for number, digest in of_records)
    )


def file_digest(of_parts: Iterable[bytes]) -> bytes:
    """The digest of a file that has parts with these digests, in this order."""
    return record_digest(b"".join(of_parts))


def read_digest(file: ArticleFile) -> bytes | None:
    """The digest of a file, which is read for it; None when some of it cannot be read."""
    of_parts = []
    for part in parts(file):
        digest = _read_part(part)
        if digest is None:
            return None
        of_parts.append(digest)
    return file_digest(of_parts)


def _read_part(part: Part) -> bytes | None:
    of_records = []
    try:
        for record in read_records(part):
            if isinstance(record, Problem):
                return None
            of_records.append((record.number, digest_of(record)))
    except Unseen:
        return None
    return part_digest(of_records)
