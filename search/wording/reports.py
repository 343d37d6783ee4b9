"""What an update did, and what becomes of watching, in words."""

from __future__ import annotations

from ..errors import Unavailable
from ..model import Report, Unheard, Watching
from .counts import counted
from .errors import in_words
from .language import _, figures, ngettext


def report_line(report: Report) -> str:
    """`5 articles: 5 added, 0 updated, 0 removed, 0 unchanged, 1 skipped in 0.1 s`"""
    added, updated, moved, removed = _changes(report)
    unchanged = report.unchanged, ngettext("unchanged", "unchanged", report.unchanged)
    skipped = len(report.skipped), ngettext("skipped", "skipped", len(report.skipped))
    done = [added, updated, *([moved] if moved[0] else []), removed, unchanged, skipped]
    return _("{articles}: {counts} in {seconds} s").format(
        articles=counted(report.total, "article", "articles"),
        counts=", ".join(f"{figures(number)} {what}" for number, what in done),
        seconds=figures(report.elapsed_s, 1),
    )


def news_line(report: Report) -> str:
    """`2 added, 1 updated, 3 removed: 120 articles`, for those who asked for no figures."""
    changes = [f"{figures(number)} {what}" for number, what in _changes(report) if number]
    words = _("{changes}: {articles}").format(
        changes=", ".join(changes) or _("Nothing has changed"),
        articles=counted(report.total, "article", "articles"),
    )
    if skipped := len(report.skipped):
        words += ngettext(
            " ({number} file could not be read)", " ({number} files could not be read)", skipped
        ).format(number=figures(skipped))
    return words


def watching_in_words(news: Unavailable | Watching | Unheard) -> str:
    """What to tell of watching, apart from what an update did."""
    if isinstance(news, Unavailable):
        return _("{reason} (it is tried again)").format(reason=in_words(news))
    if isinstance(news, Watching):
        return _("Watching {folders}; Ctrl-C ends it.").format(
            folders=counted(news.folders, "folder", "folders")
        )
    words = _("{reason}: the folders are looked at every {seconds} s").format(
        reason=news.reason, seconds=figures(news.seconds)
    )
    return f"{words}; {news.remedy}" if news.remedy else words


def _changes(report: Report) -> list[tuple[int, str]]:
    return [
        (report.added, ngettext("added", "added", report.added)),
        (report.updated, ngettext("updated", "updated", report.updated)),
        (report.moved, ngettext("moved", "moved", report.moved)),
        (report.removed, ngettext("removed", "removed", report.removed)),
    ]
