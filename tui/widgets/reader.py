"""The reader: one article as wrapped lines, with its matches and the way from one to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content, Span
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions

from search.model import Article, Head, Reading, Reprint
from search.model import Span as Match

from ..finding import found_in
from ..marking import MATCH
from ..outside import is_web_address
from .document import Document, Line, Part

_WIDTHS = range(48, 141, 12)  # cells that one can choose instead
_MARGIN = 2  # cells at the left and at the right, at least
_MUCH_ROOM = 40  # cells beside the text
_HERE = "bold $here on $here-background"
_CONTEXT = 4  # lines kept in sight above a match
_PATIENCE = 0.1  # seconds that the article before stays until the next one is there


class Reader(ScrollView, can_focus=True):
    """The text of an article."""

    ALLOW_SELECT = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "page_down", show=False),
        Binding("left", "screen.back", show=False),
    ]

    class Moved(Message):
        """Another match, another number of matches, another passage, or another article."""

    def __init__(self, id: str, widest: int) -> None:
        super().__init__(id=id)
        self.widest = widest
        """Cells of a line, at most."""
        self.finding = ""
        """The words that are to be found in the article, in the place of those of the query."""
        self.head: Head | None = None
        """The article that is shown, or is on its way."""
        self.article: Article | None = None
        """The article that is shown."""
        self.at = 0
        """The match one is at, from 1; 0 before the first."""
        self._document: Document | None = None
        self._reprints: Sequence[Reprint] = ()
        self._lines: list[Line] = []
        self._parts: dict[Part, tuple[list[int], list[int]]] = {}
        """Of each part the lines, by their numbers, and where they start."""
        self._title_matches: Sequence[Match] = ()
        self._body_matches: Sequence[Match] = ()
        self._counted: list[tuple[Part, Match]] = []
        self._of_query: tuple[Sequence[Match], Sequence[Match]] = ((), ())

    @property
    def read(self) -> int | None:
        """How much of the article was in sight, in per cent; None when all of it is."""
        height = self.scrollable_content_region.height
        if not self.article or len(self._lines) <= height:
            return None
        return min(100, round(100 * (self.scroll_offset.y + height) / len(self._lines)))

    @property
    def total(self) -> int:
        """How many matches there are to go to."""
        return len(self._counted)

    def expect(self, head: Head, reprints: Sequence[Reprint] = (), *, at_once: bool) -> None:
        """An article is on its way; `at_once`: nothing else is to be seen until it is there.

        Else what is shown stays for a moment: that most are there within it spares a flash.
        """
        if head == self.head:
            return
        self.head, self._reprints = head, reprints
        if at_once:
            self._show_head()
        else:
            self.set_timer(_PATIENCE, self._show_head)

    def show(self, reading: Reading) -> None:
        """Show an article from its start; the one that is shown already stays where it is."""
        if reading.article != self.article:
            self.head, self.article = Head.of(reading.article), reading.article
            self._put(Document.of(self.head, reading.article.body, self._reprints))
        self._of_query = reading.title_matches, reading.body_matches
        if not self.finding:
            self._mark(*self._of_query)

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
            self._put(Document.of(self.head, reprints=self._reprints))

    def _put(self, document: Document | None) -> None:
        self._document = document
        self.at, self.finding, self._of_query = 0, "", ((), ())
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

    def find(self, words: str) -> None:
        """Mark these words instead of what the query matches, and go to the first from here on;
        none: mark the matches of the query again.
        """
        self.finding = words if self.article else ""
        if not self.article or not words.strip():
            self._mark(*self._of_query)
            return
        self._mark(found_in(self.article.title, words), found_in(self.article.body, words))
        self.at = 0
        self.go_to_match(1)

    def go_to_match(self, step: int) -> None:
        """Go to the next match (1) or the one before (-1), round at the ends.

        From the match one is at, or where that is out of sight, from what is in sight.
        """
        if not self._counted:
            return
        lines = self._lines_of_matches()
        top, height = round(self.scroll_y), max(1, self.size.height)
        if self.at and top <= lines[self.at - 1] < top + height:
            at = self.at - 1 + step
        elif step > 0:
            at = bisect_left(lines, top)
        else:
            at = bisect_left(lines, top + height) - 1
        self.go_to(at % self.total + 1)

    def go_to(self, number: int) -> None:
        """Go to a match, by its number from 1 on."""
        self.at = number
        line = self._line_of(*self._counted[number - 1])
        top, height = round(self.scroll_y), max(1, self.size.height)
        if not top <= line < top + height - 1:
            self.scroll_to(y=max(0, line - min(_CONTEXT, height // 3)), animate=False)
        self.refresh()
        self.post_message(self.Moved())

    def _lines_of_matches(self) -> list[int]:
        return [self._line_of(part, match) for part, match in self._counted]

    def _line_of(self, part: Part, match: Match) -> int:
        numbers, starts = self._parts.get(part, ([], []))
        return numbers[max(0, bisect_right(starts, match[0]) - 1)] if numbers else 0

    def stretch(self, step: int) -> None:
        """Let lines be longer or shorter, with the same passage at the top."""
        steps = [width for width in _WIDTHS if (width > self.widest if step > 0 else
                                                width < self.widest)]  # fmt: skip
        if steps:
            self.widest = steps[0] if step > 0 else steps[-1]
            self._wrap_at_passage()

    def _wrap(self) -> None:
        width = min(self.widest, self.scrollable_content_region.width - 2 * _MARGIN)
        if self._document and width > 0:
            self._lines = list(self._document.lines(width))
        else:
            self._lines = []
        self._parts = {}
        for number, line in enumerate(self._lines):
            numbers, starts = self._parts.setdefault(line.part, ([], []))
            numbers.append(number)
            starts.append(line.start)
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Moved())

    async def on_click(self, event: Click) -> None:
        """The address opens in the browser, also where the terminal makes no link of it."""
        if event.style.meta.get("does") == "browse":
            event.stop()
            await self.screen.run_action("browse")

    def on_resize(self, event: Resize) -> None:
        self._wrap_at_passage()

    def _wrap_at_passage(self) -> None:
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
        strips = content.render_strips(width - self._margin, 1, style, options) if line.text else []
        strip = strips[0].apply_offsets(0, number) if strips else Strip.blank(0)
        margin = Strip.blank(self._margin, self.rich_style)
        return Strip.join([margin, strip]).adjust_cell_length(width, self.rich_style)

    @property
    def _margin(self) -> int:
        """Cells at the left: with much room at the right, half of it."""
        spare = self.scrollable_content_region.width - self.virtual_size.width
        return max(_MARGIN, spare // 2 if spare > _MUCH_ROOM else 0)

    def _spans(self, line: Line) -> Iterator[Span]:
        """The styles of a line."""
        if line.style:
            yield Span(0, len(line.text), line.style)
        if line.linked and self.head and is_web_address(self.head.url):
            link = Style(link=self.head.url) + Style.from_meta({"does": "browse"})
            yield Span(0, line.linked, link)
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
