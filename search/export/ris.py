"""RIS: what reference managers exchange (Zotero, EndNote). The tags are those that Zotero reads:
https://github.com/zotero/translators/blob/master/RIS.js"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Head, Hit
from .people import outlet, people


def written(hits: Iterable[Hit]) -> Iterator[str]:
    """A newspaper article (NEWS) for each hit."""
    for hit in hits:
        lines = (f"{tag}  - {' '.join(value.split())}" for tag, value in _fields(hit.head) if value)
        yield "\r\n".join(("TY  - NEWS", *lines, "ER  - ")) + "\r\n\r\n"


def _fields(head: Head) -> Iterator[tuple[str, str]]:
    for one in people(head):
        yield "AU", f"{one.family}, {one.given}" if one.given else one.family
    yield "TI", head.title
    yield "T2", outlet(head)
    if head.date:
        yield "PY", f"{head.date.year:04}"
        yield "DA", f"{head.date.year:04}/{head.date.month:02}/{head.date.day:02}/"
    yield "UR", head.url
    yield "LA", "fr"
    yield "ID", head.id
