"""Export: results as data for other programs. Version 1 of the objects may be relied on."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from index.article import Article

from ..model import FacetCount, Hit, Results, Span, Status

if TYPE_CHECKING:
    from index.report import Report  # a search has no use for the rest of it

VERSION = 1

# What JSON leaves as it is although it can steer a terminal or end a line; and lone surrogates.
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


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
        "elapsed_ms": results.elapsed_ms,
        "suggestion": results.suggestion,
        "facets": {name: _counts(counts) for name, counts in results.facets.items()},
        "hits": [hit_object(hit) for hit in results.hits],
    }


def hit_object(hit: Hit) -> dict[str, Any]:
    """One of the `hits`; a line of `search --jsonl`."""
    article = hit.article
    return {
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "source": article.source,
        "authors": list(article.authors),
        "date": _day(article),
        "score": hit.score,
        "complete": hit.complete,
        "snippets": [{"text": s.text, "matches": list(map(list, s.matches))} for s in hit.snippets],
        "also": [{"id": r.id, "path": r.path, "source": r.source} for r in hit.also],
    }


def error_object(query: str, error: str) -> dict[str, Any]:
    """What stands in the place of the results of a query that cannot be read."""
    return {"version": VERSION, "query": query, "error": error}


def article_object(article: Article, matches: Iterable[Span]) -> dict[str, Any]:
    """The object that `show --json` prints; `matches` are offsets in the body."""
    return {
        "version": VERSION,
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "source": article.source,
        "recognised_by": article.recognised_by,
        "authors": list(article.authors),
        "date": _day(article),
        "url": article.url,
        "body": article.body,
        "matches": [list(match) for match in matches],
    }


def status_object(status: Status, folder: str) -> dict[str, Any]:
    """The object that `status --json` prints."""
    return {
        "version": VERSION,
        "folder": folder,
        "articles": status.articles,
        "sources": _counts(status.sources),
        "first": status.first and status.first.isoformat(),
        "last": status.last and status.last.isoformat(),
        "bytes": status.bytes,
        "roots": list(status.roots),
        "schema": status.schema,
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
    return b"".join(os.fsencode(path) + end for path in dict.fromkeys(h.article.path for h in hits))


def _counts(counts: Iterable[FacetCount]) -> list[dict[str, Any]]:
    return [{"value": count.value, "count": count.count} for count in counts]


def _day(article: Article) -> str | None:
    return article.date.isoformat() if article.date else None
