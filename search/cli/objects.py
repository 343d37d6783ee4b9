"""Objects: results as JSON for other programs. Version 1 of the objects may be relied on."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from typing import Any

from ..model import (
    Article,
    Checked,
    FacetCount,
    Facets,
    Head,
    Hit,
    Reading,
    Report,
    Results,
    Status,
)
from ..wording.notes import notes_line
from ..wording.safe import UNSAFE

VERSION = 1

_ESCAPED = re.compile(f"[{UNSAFE}]")  # what JSON leaves as it is although it can steer a terminal


def dumps(value: object) -> str:
    """`value` as JSON on one line, in Unicode, safe to print and to encode."""
    text = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def results_object(results: Results) -> dict[str, Any]:
    """The object that `search --json` prints."""
    return {
        "version": VERSION,
        "query": results.query,
        "total": results.total,
        "partial": results.partial,
        "next_offset": results.next_offset,
        "elapsed_ms": results.elapsed_ms,
        "suggestion": results.suggestion,
        "note": notes_line(results.notes),
        "facets": _facets_object(results.facets),
        "hits": [hit_object(hit) for hit in results.hits],
    }


def hit_object(hit: Hit) -> dict[str, Any]:
    """One of the `hits`; a line of `search --jsonl`."""
    head = hit.head
    return {
        "id": head.id,
        "path": head.path,
        "title": head.title,
        "source": head.source,
        "authors": list(head.authors),
        "date": _day(head),
        "score": hit.score,
        "complete": hit.complete,
        "snippets": [{"text": s.text, "matches": list(map(list, s.matches))} for s in hit.snippets],
        "also": [{"id": r.id, "path": r.path, "source": r.source} for r in hit.also],
    }


def error_object(query: str, error: str) -> dict[str, Any]:
    """What stands in the place of the results of a query that cannot be read."""
    return {"version": VERSION, "query": query, "error": error}


def reading_object(reading: Reading) -> dict[str, Any]:
    """The object that `show --json` prints; `matches` are offsets in the body."""
    article = article_object(reading.article)
    return {"version": VERSION, **article, "matches": list(map(list, reading.body_matches))}


def article_object(article: Article) -> dict[str, Any]:
    """A whole article."""
    return {
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "source": article.source,
        "recognised_by": article.recognised_by,
        "authors": list(article.authors),
        "date": _day(article),
        "url": article.url,
        "page": article.page,
        "body": article.body,
    }


def status_object(status: Status, folder: str, checked: Checked | None = None) -> dict[str, Any]:
    """The object that `status --json` prints; `checked` is there with `--check`."""
    found = {"checked": {"segments": checked.segments, "bytes": checked.bytes}} if checked else {}
    return {
        "version": VERSION,
        "folder": folder,
        "articles": status.articles,
        "sources": _counts(status.sources),
        "first": status.first and status.first.isoformat(),
        "last": status.last and status.last.isoformat(),
        "undated": status.undated,
        "bytes": status.bytes,
        "roots": list(status.roots),
        "schema": status.schema,
        **found,
    }


def report_object(report: Report) -> dict[str, Any]:
    """The object that `index --json` prints."""
    return {
        "added": report.added,
        "updated": report.updated,
        "moved": report.moved,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "total": report.total,
        "elapsed_s": round(report.elapsed_s, 3),
        "skipped": [{"path": p.path, "reason": p.reason} for p in report.skipped],
    }


def paths(hits: Iterable[Hit], end: bytes) -> bytes:
    """The paths of the files that hold the hits, each once, each followed by `end`."""
    return b"".join(os.fsencode(path) + end for path in dict.fromkeys(h.head.path for h in hits))


def _facets_object(facets: Facets) -> dict[str, Any]:
    found = {"source": _counts(facets.sources)}
    if facets.months is not None:
        found["month"] = _counts(facets.months)
    return found


def _counts(counts: Iterable[FacetCount]) -> list[dict[str, Any]]:
    return [{"value": count.value, "count": count.count} for count in counts]


def _day(article: Article | Head) -> str | None:
    return article.date.isoformat() if article.date else None
