"""What an update did, and what becomes of watching, in words."""

from __future__ import annotations

from ..errors import Unavailable
from ..model import Report, Unheard, Watching
from .counts import counted
from .errors import in_words


def report_line(report: Report) -> str:
    """`5 articles: 5 added, 0 updated, 0 removed, 0 unchanged, 1 skipped in 0.1 s`"""
    done = [
        *((number, what) for number, what in _changes(report) if number or what != "moved"),
        (report.unchanged, "unchanged"),
        (len(report.skipped), "skipped"),
    ]
    counts = ", ".join(f"{number:,} {what}" for number, what in done)
    return f"{counted(report.total, 'article')}: {counts} in {report.elapsed_s:.1f} s"


def news_line(report: Report) -> str:
    """`2 added, 1 updated, 3 removed: 120 articles`, for those who asked for no figures."""
    changes = [f"{number:,} {what}" for number, what in _changes(report) if number]
    words = ", ".join(changes) or "Nothing has changed"
    words += f": {counted(report.total, 'article')}"
    if report.skipped:
        words += f" ({counted(len(report.skipped), 'file')} could not be read)"
    return words


def watching_in_words(news: Unavailable | Watching | Unheard) -> str:
    """What to tell of watching, apart from what an update did."""
    if isinstance(news, Unavailable):
        return f"{in_words(news)} (it is tried again)"
    if isinstance(news, Watching):
        return f"Watching {counted(news.folders, 'folder')}; Ctrl-C ends it."
    remedy = f"; {news.remedy}" if news.remedy else ""
    return f"{news.reason}: the folders are looked at every {news.seconds:.0f} s{remedy}"


def _changes(report: Report) -> list[tuple[int, str]]:
    return [
        (report.added, "added"),
        (report.updated, "updated"),
        (report.moved, "moved"),
        (report.removed, "removed"),
    ]
