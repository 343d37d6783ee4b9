"""Terminal: results, articles and the state of an index as text for a person to read.

What comes from articles is data: every character that could steer a terminal is replaced, and
nothing in it is markup. In a window text is coloured and wrapped; elsewhere it is neither.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from index.article import Article

from .results import FacetCount, Hit, Request, Results, Span, Status
from .safe import safe

BOLD, DIM, MATCH, SOURCE = "1", "2", "1;31", "35"  # red and magenta are legible on any ground
_RESET = "\x1b[0m"

_WIDEST = 100  # columns: longer lines of prose are hard to read
_NARROWEST = 20
_INDENT = "  "
_MOST_SOURCES = 6
_UNITS = {"kB": 1e3, "MB": 1e6, "GB": 1e9}


@dataclass(frozen=True, slots=True)
class Window:
    """Where text will be read."""

    colour: bool = False
    width: int | None = None
    """Columns to wrap to; None: lines are as long as they are."""

    @classmethod
    def of(cls, stream: TextIO) -> Window:
        """The window behind `stream`, if it is one."""
        if not stream.isatty():
            return cls()
        colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return cls(colour, max(_NARROWEST, min(_columns(stream), _WIDEST)))

    def styled(self, text: str, style: str) -> str:
        """`text` in a style, where there is colour."""
        return f"\x1b[{style}m{text}{_RESET}" if self.colour and style and text else text

    def lines(
        self, text: str, styles: Sequence[tuple[Span, str]] = (), base: str = "", indent: str = ""
    ) -> Iterator[str]:
        """`text`, made safe, in lines that fit: `styles` in their places, `base` elsewhere."""
        text = safe(text)
        width = self.width and self.width - len(indent)
        for start, end in wrap(text, width) if width else [(0, len(text))]:
            yield indent + "".join(self._runs(text, start, end, styles, base))

    def _runs(
        self, text: str, start: int, end: int, styles: Sequence[tuple[Span, str]], base: str
    ) -> Iterator[str]:
        at = start
        for (first, last), style in styles:
            first, last = max(first, at), min(last, end)
            if first < last:
                yield self.styled(text[at:first], base)
                yield self.styled(text[first:last], style)
                at = last
        yield self.styled(text[at:end], base)


def _columns(stream: TextIO) -> int:
    try:
        return int(os.environ.get("COLUMNS", "")) or 80
    except ValueError:
        return os.get_terminal_size(stream.fileno()).columns or 80


def wrap(text: str, width: int) -> Iterator[Span]:
    """Where the lines of `text` start and end so that none is wider than `width` columns.

    They break at spaces, which they leave out; a word wider than a line breaks anywhere.
    """
    from rich.cells import cell_len  # wide characters take two columns, combining ones none

    start = end = used = 0  # of the line being filled
    for word in re.finditer(r"[^ ]+", text):
        size = cell_len(word.group())
        gap = word.start() - end if end > start else 0
        if end > start and used + gap + size > width:
            yield start, end
            start, end, used, gap = word.start(), word.start(), 0, 0
        elif end == start:
            start = end = word.start()
        if size <= width:
            end, used = word.end(), used + gap + size
            continue
        for position in range(word.start(), word.end()):
            size = cell_len(text[position])
            if used + size > width and position > start:
                yield start, position
                start, used = position, 0
            end, used = position + 1, used + size
    if end > start or not text.strip(" "):
        yield start, end


def results_text(results: Results, request: Request, window: Window) -> str:
    """A page of results, and below it what the whole holds."""
    blocks = []
    parted = False
    for hit in results.hits:
        if not hit.complete and not parted:
            parted = True
            blocks.append("\n".join(window.lines("── some of the words ──", base=DIM)))
        blocks.append("\n".join(_hit_lines(hit, window)))
    blocks.append("\n".join(window.lines(_summary(results, request), base=DIM)))
    return "\n\n".join(blocks) + "\n"


def _hit_lines(hit: Hit, window: Window) -> Iterator[str]:
    article = hit.article
    yield from window.lines(article.title, _marked(hit.title_matches), BOLD)
    yield from _described([article.source, *_dated(article), article.id], window)
    for snippet in hit.snippets:
        yield from window.lines(snippet.text, _marked(snippet.matches), indent=_INDENT)
    if hit.also:
        yield from window.lines(also_text(hit), base=DIM, indent=_INDENT)


def also_text(hit: Hit) -> str:
    """`also in CNN, HuffPost`: where else the same article was published."""
    elsewhere = dict.fromkeys(r.source for r in hit.also if r.source != hit.article.source)
    if elsewhere:
        return f"also in {', '.join(elsewhere)}"
    return f"and {counted(len(hit.also), 'duplicate')}"


def _described(facts: Sequence[str], window: Window) -> Iterator[str]:
    """The line under a title: the source, and other facts of the article."""
    return window.lines(" · ".join(facts), [((0, len(facts[0])), SOURCE)], DIM)


def _marked(matches: Iterable[Span]) -> list[tuple[Span, str]]:
    return [(match, MATCH) for match in matches]


def _dated(article: Article) -> list[str]:
    return [article.date.isoformat()] if article.date else []


def _summary(results: Results, request: Request) -> str:
    """`3 articles, 1 partial · CNN 2 · unknown 1 · 4 ms`"""
    found = counted(results.total, "article") if results.total or not results.partial else ""
    partial = f"{results.partial:,} partial" if results.partial else ""
    page = ""
    everything = results.total + results.partial
    last = request.offset + len(results.hits)
    if results.hits and len(results.hits) < everything:
        page = f"{request.offset + 1:,}–{last:,} of "
    parts = [page + ", ".join(filter(None, (found, partial)))]
    counts = counts_text(results.facets.get("source", ()))
    if counts and request.sources:  # they count the others as well
        parts[0] += f" from {' or '.join(request.sources)}"
        counts[0] = f"all sources: {counts[0]}"
    parts += counts
    parts.append(f"{results.elapsed_ms:,.0f} ms")
    if results.hits and last < everything:
        parts.append(f"more: --offset {last}")
    return " · ".join(parts)


def counts_text(counts: Sequence[FacetCount]) -> list[str]:
    """`CNN 2`, `unknown 1`, …; of many only the first."""
    shown = counts if len(counts) <= _MOST_SOURCES + 1 else counts[:_MOST_SOURCES]
    texts = [f"{count.value} {count.count:,}" for count in shown]
    if len(shown) < len(counts):
        texts.append(f"{len(counts) - len(shown)} other sources")
    return texts


def counted(number: int, noun: str) -> str:
    """`1 article`, `2 articles`"""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def nothing_text(results: Results, request: Request) -> str:
    """One line that says that nothing was found, and what would be."""
    named = f" in {' or '.join(request.sources)}" if request.sources else ""
    wanted = f" for “{results.query}”" if results.query.strip() else ""
    elsewhere = ", ".join(counts_text(results.facets.get("source", ()))) if named else ""
    text = f"Nothing{wanted}{named}."
    if elsewhere:
        text += f" Elsewhere: {elsewhere}."
    if results.suggestion:
        text += f" Did you mean: {results.suggestion}?"
    return safe(text)


def article_text(
    article: Article, title_matches: Sequence[Span], matches: Sequence[Span], window: Window
) -> str:
    """A whole article: its title, where it comes from, and its paragraphs."""
    facts = [article.source, *_dated(article)]
    if article.authors:
        facts.append(", ".join(article.authors))
    head = [*window.lines(article.title, _marked(title_matches), BOLD), *_described(facts, window)]
    for place in filter(None, (article.path, article.url)):
        head += window.lines(place, base=DIM)
    blocks = ["\n".join(head)]
    start = 0
    for paragraph in article.body.split("\n"):
        end = start + len(paragraph)
        inside = [(a - start, b - start) for a, b in matches if start <= a < end]
        if paragraph.strip():
            blocks.append("\n".join(window.lines(paragraph, _marked(inside))))
        start = end + 1
    return "\n\n".join(blocks) + "\n"


def status_text(status: Status, folder: str, window: Window) -> str:
    """What an index holds, one fact a line."""
    sources = [f"{count.value} {count.count:,}" for count in status.sources]
    dates = f"{status.first} – {status.last}" if status.first else "none known"
    facts = [
        ("articles", [f"{status.articles:,}"]),
        ("sources", [" · ".join(sources) or "none"]),
        ("dates", [dates]),
        ("folders", status.roots or ["none"]),
        ("index", [folder]),
        ("size", [human_size(status.bytes)]),
        ("schema", [status.schema]),
    ]
    lines = []
    for name, values in facts:
        indent = " " * 10
        value_lines = [line for v in values for line in window.lines(v, indent=indent)]
        value_lines[0] = window.styled(name.ljust(10), DIM) + value_lines[0][len(indent) :]
        lines += value_lines
    return "\n".join(lines) + "\n"


def human_size(size: float) -> str:
    """`312 bytes`, `4.2 MB`"""
    if size < 1000:
        return counted(int(size), "byte")
    unit = next((u for u in ("kB", "MB") if size < 1000 * _UNITS[u]), "GB")
    size /= _UNITS[unit]
    return f"{size:.1f} {unit}" if size < 10 else f"{size:,.0f} {unit}"


def progress_text(articles: int, share: float, elapsed: float) -> str:
    """A bar, what is done, how fast, and how long it will take: for a line of 60 columns."""
    filled = int(20 * share)
    text = f"{'━' * filled}{'─' * (20 - filled)} {counted(articles, 'article')}"
    if elapsed < 1 or not share:
        return text
    left = round((1 - share) * elapsed / share)
    return f"{text}, {articles / elapsed:,.0f}/s, {left // 60}:{left % 60:02} left"
