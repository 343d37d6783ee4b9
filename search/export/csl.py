"""CSL-JSON: what Zotero and pandoc exchange (https://citationstyles.org)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..model import Head, Hit
from .people import outlet, people


def written(hits: Iterable[Hit]) -> Iterator[str]:
    """One array, an item a line."""
    before = "[\n"
    for hit in hits:
        yield before + json.dumps(_item(hit.head), ensure_ascii=False)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def _item(head: Head) -> dict[str, Any]:
    found: dict[str, Any] = {"id": head.id, "type": "article-newspaper", "title": head.title}
    found["author"] = [
        {"family": p.family, "given": p.given} if p.given else {"literal": p.family}
        for p in people(head)
    ]
    found["container-title"] = outlet(head)
    if head.date:
        found["issued"] = {"date-parts": [[head.date.year, head.date.month, head.date.day]]}
    found |= {"URL": head.url, "language": "fr"}
    return {name: value for name, value in found.items() if value}
