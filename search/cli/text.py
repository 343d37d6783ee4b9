"""Text: results, articles and the state of an index as text for a person to read.

What comes from articles is data: every character that could steer a terminal is replaced, and
nothing in it is markup. In a window text is coloured and wrapped; elsewhere it is neither.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TextIO

from ..model import Article, Checked, FacetCount, Head, Hit, Reading, Request, Results, Span, Status
from ..wording.counts import ago, counted, human_size
from ..wording.dates import day
from ..wording.language import _, figures, language, ngettext, pgettext
from ..wording.safe import safe
from ..wording.values import source
from ..wording.wrap import wrap

Colour = Literal["auto", "always", "never"]

BOLD, DIM, MATCH, SOURCE = "1", "2", "1;31", "35"  # red and magenta are legible on any ground
_RESET = "\x1b[0m"

_WIDEST = 100  # columns: longer lines of prose are hard to read
_NARROWEST = 20
_INDENT = "  "
_MOST_SOURCES = 6
_LONGEST_NAME = 30  # of a source in a list


@dataclass(frozen=True, slots=True)
class Window:
    """Where text will be read."""

    colour: bool = False
    width: int | None = None
    """Columns to wrap to; None: lines are as long as they are."""

    @classmethod
    def of(cls, stream: TextIO, colour: Colour = "auto") -> Window:
        """The window behind `stream`, if it is one."""
        coloured = _is_coloured(stream) if colour == "auto" else colour == "always"
        if not stream.isatty():
            return cls(coloured)
        return cls(coloured, max(_NARROWEST, min(_columns(stream), _WIDEST)))

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


def _is_coloured(stream: TextIO) -> bool:
    """As most programs have it: NO_COLOR (no-color.org) stands above FORCE_COLOR."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _columns(stream: TextIO) -> int:
    try:
        return int(os.environ.get("COLUMNS", "")) or 80
    except ValueError:
        return os.get_terminal_size(stream.fileno()).columns or 80


def results_text(results: Results, request: Request, window: Window) -> str:
    """A page of results, and below it what the whole holds."""
    blocks = []
    parted = False
    for hit in results.hits:
        if results.apart and not hit.complete and not parted:
            parted = True
            rule = "── {} ──".format(_("some of the words"))
            blocks.append("\n".join(window.lines(rule, base=DIM)))
        blocks.append("\n".join(_hit_lines(hit, window)))
    blocks.append("\n".join(window.lines(_summary(results, request), base=DIM)))
    return "\n\n".join(blocks) + "\n"


def _hit_lines(hit: Hit, window: Window) -> Iterator[str]:
    head = hit.head
    yield from window.lines(head.title, _marked(hit.title_matches), BOLD)
    yield from described(head, window)
    for snippet in hit.snippets:
        yield from window.lines(snippet.text, _marked(snippet.matches), indent=_INDENT)
    if hit.also:
        yield from window.lines(also_text(hit), base=DIM, indent=_INDENT)


def also_text(hit: Hit) -> str:
    """`also in CNN, HuffPost`: where else the same article was published."""
    elsewhere = dict.fromkeys(r.source for r in hit.also if r.source != hit.head.source)
    if elsewhere:
        return _("also in {sources}").format(sources=", ".join(map(source, elsewhere)))
    return _("and {duplicates}").format(
        duplicates=counted(len(hit.also), "duplicate", "duplicates")
    )


def described(article: Article | Head, window: Window) -> Iterator[str]:
    """The line under a title: the source, the date and the id of the article."""
    return _described([source(article.source), *_dated(article), article.id], window)


def _described(facts: Sequence[str], window: Window) -> Iterator[str]:
    """The line under a title: the source, and other facts of the article."""
    return window.lines(" · ".join(facts), [((0, len(facts[0])), SOURCE)], DIM)


def _marked(matches: Iterable[Span]) -> list[tuple[Span, str]]:
    return [(match, MATCH) for match in matches]


def _dated(article: Article | Head) -> list[str]:
    return [_day(article.date)] if article.date else []


def _day(value: date) -> str:
    """A date as one would type it after `date:`."""
    return value.isoformat() if language() == "en" else day(value)


def _summary(results: Results, request: Request) -> str:
    """`3 articles, 1 partial · CNN 2 · unknown 1 · 4 ms`"""
    number = results.partial
    partial = ngettext("{number} partial", "{number} partial", number).format(
        number=figures(number)
    )
    found = counted(results.total, "article", "articles")
    if results.partial:
        found = f"{found}, {partial}" if results.total else partial
    if results.hits and (request.offset or results.next_offset):
        found = _("{first}–{last} of {found}").format(
            first=figures(request.offset + 1),
            last=figures(request.offset + len(results.hits)),
            found=found,
        )
    counts = counts_text(results.facets.sources)
    if counts and results.sources:  # they count the others as well
        found = _("{found} from {sources}").format(found=found, sources=_any_of(results.sources))
        counts[0] = _("all sources: {first}").format(first=counts[0])
    parts = [found, *counts, f"{figures(results.elapsed_ms)} ms"]
    if results.next_offset:
        parts.append(_("more: --offset {number}").format(number=results.next_offset))
    return " · ".join(parts)


def _any_of(names: Iterable[str]) -> str:
    return _(" or ").join(names)


def counts_text(counts: Sequence[FacetCount]) -> list[str]:
    """`CNN 2`, `unknown 1`, …; of many only the first."""
    shown = counts if len(counts) <= _MOST_SOURCES + 1 else counts[:_MOST_SOURCES]
    texts = [f"{source(count.value)} {figures(count.count)}" for count in shown]
    if len(shown) < len(counts):
        texts.append(counted(len(counts) - len(shown), "other source", "other sources"))
    return texts


def nothing_text(results: Results, request: Request) -> str:
    """One line that says that nothing was found, and what would be."""
    query, sources = results.query, _any_of(request.sources)
    if sources and query.strip():
        text = _("Nothing for “{query}” in {sources}.").format(query=query, sources=sources)
    elif sources:
        text = _("Nothing in {sources}.").format(sources=sources)
    elif query.strip():
        text = _("Nothing for “{query}”.").format(query=query)
    else:
        text = _("Nothing.")
    elsewhere = ", ".join(counts_text(results.facets.sources)) if results.sources else ""
    if elsewhere:
        text += " " + _("Elsewhere: {counts}.").format(counts=elsewhere)
    if results.suggestion:
        text += " " + _("Did you mean: {query}?").format(query=results.suggestion)
    return safe(text)


def past_the_end(results: Results, request: Request) -> str:
    """One line that says that there are not so many."""
    number = results.total + results.partial
    said = ngettext(
        "There is only {number} article: none from number {first} on.",
        "There are only {number} articles: none from number {first} on.",
        number,
    )
    return said.format(number=figures(number), first=figures(request.offset + 1))


def reading_text(reading: Reading, window: Window) -> str:
    """A whole article: its title, where it comes from, and its paragraphs."""
    article = reading.article
    facts = [source(article.source), *_dated(article)]
    if article.authors:
        facts.append(", ".join(article.authors))
    head = [
        *window.lines(article.title, _marked(reading.title_matches), BOLD),
        *_described(facts, window),
    ]
    for place in filter(None, (article.path, article.url)):
        head += window.lines(place, base=DIM)
    blocks = ["\n".join(head)]
    start = 0
    for paragraph in article.body.split("\n"):
        end = start + len(paragraph)
        inside = [(a - start, b - start) for a, b in reading.body_matches if start <= a < end]
        if paragraph.strip():
            blocks.append("\n".join(window.lines(paragraph, _marked(inside))))
        start = end + 1
    return "\n\n".join(blocks) + "\n"


def status_text(status: Status, folder: str, window: Window, checked: Checked | None = None) -> str:
    """What an index holds: a fact a line, a source a line with the number of its articles."""
    facts = [
        (_("articles"), [figures(status.articles)]),
        (_("dates"), [_dates(status)]),
        (pgettext("index", "updated"), [ago(time.time() - status.written)]),
        (_("sources"), _columns_of(status.sources) or [pgettext("sources", "none")]),
        (_("folders"), status.roots or [pgettext("folders", "none")]),
        (_("index"), [folder]),
        (_("size"), [human_size(status.bytes)]),
        (_("format"), [status.schema]),
    ]
    if checked:
        said = _("all {size} are as they were written").format(size=human_size(checked.bytes))
        facts.append((_("checked"), [said]))
    width = max(len(name) for name, _values in facts) + 2
    lines = []
    for name, values in facts:
        indent = " " * width
        value_lines = [line for v in values for line in window.lines(v, indent=indent)]
        value_lines[0] = window.styled(name.ljust(width), DIM) + value_lines[0][len(indent) :]
        lines += value_lines
    return "\n".join(lines) + "\n"


def _dates(status: Status) -> str:
    """`2018-11-20 – 2019-03-14, 1,304 without a date`"""
    if not (status.first and status.last):
        return _("none known")
    dates = f"{_day(status.first)} – {_day(status.last)}"
    if not status.undated:
        return dates
    return _("{dates}, {number} without a date").format(dates=dates, number=figures(status.undated))


def _columns_of(counts: Sequence[FacetCount]) -> list[str]:
    """A source a line, the numbers below each other."""
    rows = [(safe(source(count.value)), figures(count.count)) for count in counts]
    names = min(_LONGEST_NAME, max((len(name) for name, _number in rows), default=0))
    numbers = max((len(number) for _name, number in rows), default=0)
    return [f"{name:{names}}  {number:>{numbers}}" for name, number in rows]
