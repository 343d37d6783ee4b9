"""The reader: one article as wrapped lines, with its matches and the way from one to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.content import Content, Span
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.visual import RenderOptions

from search.model import Article, Head, Reading
from search.model import Span as Match
from search.wording.safe import safe, safe_lines
from search.wording.wrap import wrap

from ..marking import MATCH, MUTED

Part = Literal["title", "about", "body"]

_WIDEST = 84  # cells: longer lines of prose are hard to read
_MARGIN = 2  # cells at the left and at the right
_HERE = "bold $here on $here-background"
_CONTEXT = 4  # lines kept in sight above a match
_PATIENCE = 0.1  # seconds that the article before stays until the next one is there


@dataclass(frozen=True, slots=True)
class Line:
    """A line on the screen: where in which part of the article it starts."""

    part: Part
    start: int
    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """An article, made safe to show; offsets are those of the article."""

    title: str
    about: tuple[str, ...]
    body: str

    @classmethod
    def of(cls, head: Head, body: str = "") -> Document:
        """What is shown of an article; of one whose text is on its way, only the head."""
        authors = [", ".join(head.authors)] if head.authors else []
        url = [head.url] if head.url else []
        return cls(
            safe(head.title),
            tuple(safe(line) for line in [*authors, head.path, *url]),
            safe_lines(body),
        )

    def lines(self, width: int) -> Iterator[Line]:
        """The document as lines of at most `width` cells."""
        for start, end in wrap(self.title, width):
            yield Line("title", start, self.title[start:end], "bold")
        yield Line("about", 0, "")
        for text in self.about:
            for start, end in wrap(text, width):
                yield Line("about", 0, text[start:end], MUTED)
        offset = 0
        for paragraph in self.body.split("\n"):
            if paragraph.strip():
                yield Line("about", 0, "")
                for start, end in wrap(paragraph, width):
                    yield Line("body", offset + start, paragraph[start:end])
            offset += len(paragraph) + 1
        yield Line("about", 0, "")


class Reader(ScrollView, can_focus=True):
    """The text of an article."""

    ALLOW_SELECT = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "page_down", show=False),
        Binding("left", "screen.back", show=False),
    ]

    class Moved(Message):
        """Another match, another number of matches, or another article."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.head: Head | None = None
        """The article that is shown, or is on its way."""
        self.article: Article | None = None
        """The article that is shown."""
        self.at = 0
        """The match one is at, from 1; 0 before the first."""
        self._document: Document | None = None
        self._lines: list[Line] = []
        self._title_matches: Sequence[Match] = ()
        self._body_matches: Sequence[Match] = ()
        self._counted: list[tuple[Part, Match]] = []

    @property
    def total(self) -> int:
        """How many matches there are to go to."""
        return len(self._counted)

    def expect(self, head: Head, *, at_once: bool) -> None:
        """An article is on its way; `at_once`: nothing else is to be seen until it is there.

        Else what is shown stays for a moment: that most are there within it spares a flash.
        """
        if head == self.head:
            return
        self.head = head
        if at_once:
            self._show_head()
        else:
            self.set_timer(_PATIENCE, self._show_head)

    def show(self, reading: Reading) -> None:
        """Show an article from its start; the one that is shown already stays where it is."""
        if reading.article != self.article:
            self.head, self.article = Head.of(reading.article), reading.article
            self._put(Document.of(self.head, reading.article.body))
        self._mark(reading.title_matches, reading.body_matches)

    def show_unread(self, head: Head, words: str) -> None:
        """Say why an article cannot be read."""
        self.head, self.article = head, None
        self._put(Document.of(head, words))

    def clear(self) -> None:
        """Show nothing."""
        self.head = self.article = None
        self._put(None)

    def _show_head(self) -> None:
        """Show the head of the article that is on its way, unless it is there by now."""
        if self.head and (self.article is None or Head.of(self.article) != self.head):
            self.article = None
            self._put(Document.of(self.head))

    def _put(self, document: Document | None) -> None:
        self._document = document
        self.at = 0
        self._mark((), ())
        self._wrap()
        self.scroll_to(0, 0, animate=False)

    def _mark(self, title: Sequence[Match], body: Sequence[Match]) -> None:
        """Highlight the matches in the title and in the body."""
        if (title, body) != (self._title_matches, self._body_matches):
            self.at = 0
        self._title_matches, self._body_matches = title, body
        # A title that repeats the start of the body has its matches again there.
        is_lead = self.article is not None and self.article.title_is_lead
        first: list[tuple[Part, Match]] = [] if is_lead else [("title", m) for m in title]
        self._counted = [*first, *(("body", m) for m in body)]
        self.refresh()
        self.post_message(self.Moved())

    def go_to_match(self, step: int) -> None:
        """Go to the next match (1) or the one before (-1), round at the ends."""
        if not self._counted:
            return
        if self.at == 0 and step < 0:
            self.at = self.total
        else:
            self.at = (self.at - 1 + step) % self.total + 1
        line = self._line_of(*self._counted[self.at - 1])
        top, height = round(self.scroll_y), max(1, self.size.height)
        if not top <= line < top + height - 1:
            self.scroll_to(y=max(0, line - min(_CONTEXT, height // 3)), animate=False)
        self.refresh()
        self.post_message(self.Moved())

    def _line_of(self, part: Part, match: Match) -> int:
        numbers = [n for n, line in enumerate(self._lines) if line.part == part]
        starts = [self._lines[n].start for n in numbers]
        return numbers[max(0, bisect_right(starts, match[0]) - 1)] if numbers else 0

    def _wrap(self) -> None:
        width = min(_WIDEST, self.scrollable_content_region.width - 2 * _MARGIN)
        if self._document and width > 0:
            self._lines = list(self._document.lines(width))
        else:
            self._lines = []
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def on_resize(self, event: Resize) -> None:
        """Wrap the lines anew, with the same passage at the top."""
        top = self._lines[round(self.scroll_y)] if round(self.scroll_y) < len(self._lines) else None
        self._wrap()
        if top and top.part == "body":
            line = self._line_of("body", (top.start, top.start))
            self.scroll_to(y=line, animate=False)

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        number = round(self.scroll_offset.y) + y
        if number >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[number]
        content = Content(line.text).add_spans(list(self._spans(line)))
        selection = self.text_selection
        if selection and (chosen := selection.get_span(number)):
            end = len(line.text) if chosen[1] == -1 else chosen[1]
            style = self.screen.get_visual_style("screen--selection")
            content = content.stylize(style, chosen[0], end)
        style = self.visual_style
        options = RenderOptions(self._get_style, {})
        strips = content.render_strips(width - _MARGIN, 1, style, options) if line.text else []
        strip = strips[0].apply_offsets(0, number) if strips else Strip.blank(0)
        margin = Strip.blank(_MARGIN, self.rich_style)
        return Strip.join([margin, strip]).adjust_cell_length(width, self.rich_style)

    def _spans(self, line: Line) -> Iterator[Span]:
        """The styles of a line."""
        if line.style:
            yield Span(0, len(line.text), line.style)
        if line.part == "about":
            return
        matches = self._title_matches if line.part == "title" else self._body_matches
        here = self._counted[self.at - 1] if self.at else None
        end = line.start + len(line.text)
        # Matches do not overlap: those of a line follow one another.
        first = max(0, bisect_left(matches, (line.start, 0)) - 1)
        for match in matches[first:]:
            if match[0] >= end:
                break
            if match[1] > line.start:
                style = _HERE if here == (line.part, match) else MATCH
                start = max(0, match[0] - line.start)
                yield Span(start, min(len(line.text), match[1] - line.start), style)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text that was selected with the mouse."""
        return selection.extract("\n".join(line.text for line in self._lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()
