"""The pane of the article: the reader, its heading, and what belongs to it beside the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.message import Message

from search.model import Head, Hit, Reading, Reprint
from search.wording.counts import counted
from search.wording.dates import day
from search.wording.language import _
from search.wording.values import source

from ..marking import MUTED, plain
from .bars import Heading, clickable
from .beside import WIDTH, Beside
from .find_bar import FindBar
from .reader import Reader

_LEAST_TEXT = 76  # cells that the text keeps when something is to stand beside it


class ArticlePane(Vertical):
    """An article, and above it where it is from, its place among the results, how far one is."""

    @dataclass
    class Alone(Message):
        """There is room beside the text, and nothing there: what is like this article?"""

        head: Head

    def __init__(self, id: str, widest: int) -> None:
        super().__init__(id=id)
        self._widest = widest
        self._reading: Reading | None = None
        self._reprints: Sequence[Reprint] = ()
        self._place = ""

    def compose(self) -> ComposeResult:
        yield Heading("article-heading")
        with Horizontal(id="article-body"):
            yield Reader("reader", self._widest)
            yield Beside("beside")
        yield FindBar(id="find")

    @property
    def reader(self) -> Reader:
        """The text."""
        return self.query_one(Reader)

    @property
    def _beside(self) -> Beside:
        return self.query_one(Beside)

    def expect(self, head: Head, reprints: Sequence[Reprint], place: str, *, at_once: bool) -> None:
        """An article is on its way: see `Reader.expect`. `place` is its own among the results."""
        self._reprints, self._place = reprints, place
        if head != self.reader.head:
            self.query_one(FindBar).close()
        self.reader.expect(head, reprints, at_once=at_once)
        self._show_heading()

    def show(self, reading: Reading) -> None:
        """Show an article."""
        self._reading = reading
        self.reader.show(reading)
        self._show_beside()

    def clear(self) -> None:
        """Show nothing."""
        self._reading, self._place = None, ""
        self.reader.clear()
        self._beside.clear()

    def on_resize(self, event: Resize) -> None:
        roomy = self.size.width >= _LEAST_TEXT + WIDTH
        if self._beside.display != roomy:
            self._beside.display = roomy
            self._show_beside()

    def _show_beside(self) -> None:
        """What is known already, and ask for the rest."""
        reading = self._reading
        if not reading or not self._beside.display:
            return
        if self._beside.head != Head.of(reading.article):
            self.show_similar(Head.of(reading.article), ())
            self.post_message(self.Alone(Head.of(reading.article)))

    def show_similar(self, head: Head, hits: Sequence[Hit]) -> None:
        """Show what is like an article, if that is the one that is read."""
        reading = self._reading
        if reading and Head.of(reading.article) == head:
            self._beside.show(reading.article, reading.body_matches, self._reprints, hits)

    @on(Beside.Passage)
    def _go_to_match(self, event: Beside.Passage) -> None:
        event.stop()
        reader = self.reader
        reader.find("")
        self.query_one(FindBar).close()
        number = event.number + 1 + reader.total - len(self._reading.body_matches)  # type: ignore[union-attr]
        reader.go_to(number)
        reader.focus()

    def speak(self) -> None:
        """Say everything in the language of the moment."""
        self.query_one(FindBar).speak()
        self._show_heading()
        self._beside.head = None
        self._show_beside()

    # Finding words in it

    def find(self) -> None:
        """Ask for words to find in the article."""
        if self.reader.article:
            self.query_one(FindBar).open()

    def end_finding(self) -> bool:
        """Find nothing any more; whether anything was to be found."""
        was_open = bool(self.reader.finding)
        self.query_one(FindBar).close()
        self.reader.find("")
        return was_open

    @on(FindBar.Typed)
    def _find(self, event: FindBar.Typed) -> None:
        event.stop()
        self.reader.find(event.words)

    @on(FindBar.Ended)
    def _found(self, event: FindBar.Ended) -> None:
        event.stop()
        self.reader.focus()
        if not event.words.strip():
            self.end_finding()

    # The heading

    @on(Reader.Moved)
    def _moved(self, event: Reader.Moved) -> None:
        event.stop()
        self._show_heading()

    def _show_heading(self) -> None:
        reader = self.reader
        if not reader.head:
            self.query_one(Heading).show(Content(""))
            return
        when = f" · {day(reader.head.date)}" if reader.head.date else ""
        left = plain(source(reader.head.source) + when)
        parts = [plain(self._place, MUTED)] if self._place else []
        if reader.read is not None:
            parts.append(plain(_("{number}%").format(number=reader.read), MUTED))
        if matches := self._matches():
            parts.append(clickable(plain(matches, "$accent"), "next_match"))
        self.query_one(Heading).show(left, plain(" · ", MUTED).join(parts))

    def _matches(self) -> str:
        """`match 2/18`, `18 matches`, or of what is to be found `found 2/3`."""
        reader = self.reader
        if reader.finding and not reader.total:
            return _("not found")
        if reader.finding:
            words = _("found {number}/{total}")
            return words.format(number=reader.at, total=reader.total)
        if reader.at:
            return _("match {number}/{total}").format(number=reader.at, total=reader.total)
        return counted(reader.total, "match", "matches") if reader.total else ""
