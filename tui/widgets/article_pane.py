"""The pane of the article: the reader, with a heading."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from search.wording.counts import counted
from search.wording.language import _

from ..dates import day
from ..marking import MUTED, plain
from .bars import Heading, clickable
from .reader import Reader


class ArticlePane(Vertical):
    """An article, and above it where it is from and how often the query matches in it."""

    def compose(self) -> ComposeResult:
        yield Heading("article-heading")
        yield Reader("reader")

    @property
    def reader(self) -> Reader:
        """The text."""
        return self.query_one(Reader)

    @on(Reader.Moved)
    def _show_heading(self, event: Reader.Moved) -> None:
        event.stop()
        reader = self.reader
        left = right = Content("")
        if reader.head:
            when = f" · {day(reader.head.date)}" if reader.head.date else ""
            left = plain(reader.head.source + when, f"bold {MUTED}")
        if reader.at:
            right = plain(
                _("match {number}/{total}").format(number=reader.at, total=reader.total), "$accent"
            )
        elif reader.total:
            right = plain(counted(reader.total, "match", "matches"), "$accent")
        self.query_one(Heading).show(left, clickable(right, "next_match"))
