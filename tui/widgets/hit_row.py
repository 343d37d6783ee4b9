"""The rows of the list of results: an article each, and the line between the two kinds of hits."""

from __future__ import annotations

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from search.model import Hit
from search.model import Span as Match
from search.wording.dates import day
from search.wording.language import _
from search.wording.values import source

from ..marking import MUTED, excerpt, going_on, lines, plain

_TITLE_LINES = 2
_NARROWEST = 8  # cells to which a row is laid out, however narrow the list is


class HitRow(Visual):
    """An article as a row: title, source and date, snippet, and a line of air."""

    def __init__(self, hit: Hit, snippet_lines: int, faint: bool) -> None:
        self.hit = hit
        self._snippet_lines = snippet_lines
        self._faint = faint
        self._laid_out: tuple[int, list[Content]] = (0, [])

    def layout(self, width: int) -> list[Content]:
        """The lines of the row."""
        if self._laid_out[0] != width:
            self._laid_out = (width, [*self._lines(max(width, _NARROWEST)), Content("")])
        return self._laid_out[1]

    def _lines(self, width: int) -> list[Content]:
        head = self.hit.head
        style = MUTED if self._faint else "bold"
        shown = lines(head.title, self.hit.title_matches, width, _TITLE_LINES, style)
        about = plain(source(head.source), "$primary")
        if head.date:
            about += plain(f" · {day(head.date)}", MUTED)
        elsewhere = (reprint.source for reprint in self.hit.also if reprint.source != head.source)
        others = dict.fromkeys(map(source, elsewhere))
        if others:
            also = _("also {sources}").format(sources=", ".join(others))
            about += plain(f" · {also}", MUTED)
        shown.append(about.truncate(width, ellipsis=True))
        text, matches = excerpt(*self._passage(), width * self._snippet_lines)
        if text:
            shown += lines(text, matches, width, self._snippet_lines, MUTED)
        return shown

    def _passage(self) -> tuple[str, list[Match]]:
        """The best passage that says more than the title does."""
        head, snippets = self.hit.head, self.hit.snippets
        said = head.title.rstrip("… ") if head.title_is_lead else ""
        for snippet in snippets:
            if not said or not snippet.text.startswith(said):
                return snippet.text, list(snippet.matches)
        for snippet in snippets[:1]:  # of a title that is the lead: how it goes on
            rest = snippet.text[len(said) :].lstrip()
            if rest.strip(" .…!?"):
                return going_on(snippet.text, snippet.matches, len(snippet.text) - len(rest))
        return "", []

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Part of the Visual protocol."""
        strips: list[Strip] = []
        for line in self.layout(width):
            strips += line.render_strips(width, 1, style, options) or [Strip.blank(width)]
        return strips

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Part of the Visual protocol."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Part of the Visual protocol."""
        return len(self.layout(width))


class Rule(Visual):
    """A line across the list, with words in it."""

    def __init__(self, words: str) -> None:
        self.words = words

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        line = plain(f"── {self.words} " + "─" * width, MUTED).truncate(width)
        return [*line.render_strips(width, 1, style, options), Strip.blank(0)]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        return 2
