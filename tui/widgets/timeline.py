"""The timeline: how the matches are spread over time, and the narrowing to a range of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, MouseDown, MouseMove, MouseUp
from textual.message import Message
from textual.widget import Widget

from search.model import NO_DATE, DateRange
from search.wording.counts import counted as number_of
from search.wording.dates import between, month, month_names
from search.wording.language import _, figures

from ..marking import MUTED, plain, spread
from ..session.asked import Tick, Ticked
from .bars import clickable
from .bins import Months, Scale, counted, days, fitting, glyph, heights, labels, scales

_FRAME = 2  # lines beside the bars: what they are above, the years below
_GAPPED = 3  # cells of a bar from which on the last one is a gap
_UNDATED = "undated"


class Timeline(Widget, can_focus=True):
    """A bar for each month, quarter or year, whichever fits. Enter, or a click, narrows to those
    that are chosen; Shift, or dragging, chooses several."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home", "end(-1)", show=False),
        Binding("end", "end(1)", show=False),
        Binding("space", "screen.narrow_in_time", show=False),
        Binding("equals_sign", "screen.zoom_in", show=False),  # + without Shift, on some keyboards
        Binding("up", "leave(True)", show=False),
        Binding("down", "leave(False)", show=False),
    ]

    @dataclass
    class Toggled(Message):
        """Days, or the articles without a date, were ticked, or are no longer."""

        tick: Tick

    @dataclass
    class Left(Message):
        """The keyboard goes on to what is above the timeline, or below."""

        upwards: bool

    def __init__(self, id: str) -> None:
        super().__init__(id=id, classes="-undated")  # until it has something to show
        self._months: Months | None = None
        self._ticked = Ticked()
        self._zoom: int | None = None  # which of the scales; None: the finest that fits
        self._at: int | None = None  # a month of the bar that is chosen; None: the last one
        self._anchor: int | None = None  # one of the bar at the other end, if several are
        self._left = 0  # the first bar in sight
        self._dragging = False

    def show(self, months: Months | None, ticked: Ticked) -> None:
        """Show how other matches are spread, and what they are narrowed to."""
        self._months, self._ticked = months, ticked
        self.set_class(months is None, "-undated")
        self.refresh()

    @property
    def has_dates(self) -> bool:
        """Whether there is anything to show."""
        return self._months is not None

    # What is in sight, and what of it is chosen

    @property
    def _scales(self) -> list[Scale]:
        months = self._months
        return scales(months.first, months.last, self._width) if months else [Scale(1, 1)]

    @property
    def _width(self) -> int:
        return max(1, self.content_size.width)

    @property
    def _scale(self) -> Scale:
        found, months = self._scales, self._months
        if self._zoom is None and months:
            return found[fitting(found, months.first, months.last, self._width)]
        return found[min(self._zoom or 0, len(found) - 1)]

    def _bars(self, months: Months, scale: Scale) -> range:
        """The bars in sight: those around the chosen one, where not all of them fit."""
        first, last = scale.bar(months.first), scale.bar(months.last)
        most = max(1, self._width // scale.cell)
        if last - first < most:
            return range(first, last + 1)
        at = scale.bar(self._cursor(months))
        left = min(max(self._left, at - most + 1), at)
        self._left = max(first, min(left, last - most + 1))
        return range(self._left, self._left + most)

    def _cursor(self, months: Months) -> int:
        """A month of the bar that is chosen, or of the last of several."""
        return months.last if self._at is None else max(months.first, min(self._at, months.last))

    def _chosen(self, months: Months, scale: Scale) -> range:
        """The bars that are chosen."""
        at = scale.bar(self._cursor(months))
        anchor = at if self._anchor is None else scale.bar(self._anchor)
        return range(min(at, anchor), max(at, anchor) + 1)

    # Keys

    def move(self, step: int) -> None:
        """Choose the bar before, or the next."""
        self._anchor = None
        self._step(step)

    def extend(self, step: int) -> None:
        """Choose one bar more, or one less."""
        if self._months and self._anchor is None:
            self._anchor = self._cursor(self._months)
        self._step(step)

    def _step(self, step: int) -> None:
        if self._months:
            self._go(self._scale.bar(self._cursor(self._months)) + step)

    def action_end(self, end: int) -> None:
        """Choose the first bar, or the last."""
        if self._months:
            self._anchor = None
            self._go(self._scale.bar(self._months.first if end < 0 else self._months.last))

    def _go(self, bar: int) -> None:
        if months := self._months:
            month = self._scale.months(bar)[0]
            self._at = max(months.first, min(month, months.last))
            self.refresh()

    def zoom(self, step: int) -> None:
        """Show finer bars, or coarser ones; what is chosen stays."""
        if months := self._months:
            found, scale = self._scales, self._scale
            chosen = self._chosen(months, scale)
            self._anchor = max(months.first, scale.months(chosen[0])[0])
            self._at = min(months.last, scale.months(chosen[-1])[1])
            self._zoom = max(0, min(found.index(scale) + step, len(found) - 1))
            self.refresh()

    def narrow(self) -> None:
        """Narrow the results to what is chosen; if they already are, no longer."""
        if self._months:
            chosen = _days(self._scale, self._chosen(self._months, self._scale))
            self.post_message(self.Toggled(Tick("date", chosen)))

    def tick_undated(self) -> None:
        """Tick the articles without a date."""
        self.post_message(self.Toggled(Tick("date", NO_DATE)))

    def action_leave(self, upwards: bool) -> None:
        """Go on to what is above, or below."""
        self.post_message(self.Left(upwards))

    # The mouse

    def on_mouse_down(self, event: MouseDown) -> None:
        if event.get_content_offset_capture(self).y and self._drag(event):
            self._anchor, self._dragging = self._at, True
            self.capture_mouse()

    def on_mouse_move(self, event: MouseMove) -> None:
        if self._dragging:
            self._drag(event)

    def on_mouse_up(self, event: MouseUp) -> None:
        if self._dragging:
            self._dragging = False
            self.release_mouse()
            self.narrow()

    def _drag(self, event: MouseDown | MouseMove) -> bool:
        """Choose the bar that the mouse is over, if it is over any."""
        if not self._months:
            return False
        bars = self._bars(self._months, self._scale)
        place = event.get_content_offset_capture(self).x // self._scale.cell
        if not 0 <= place < len(bars):
            return False
        self._go(bars[place])
        return True

    def on_click(self, event: Click) -> None:
        event.stop()
        if event.style.meta.get("does") == _UNDATED:
            self.tick_undated()

    # Painting

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def render(self) -> Content:
        """The heading, the rows of the bars, the years."""
        if self._months is None:
            return Content("")
        scale = self._scale
        bars = self._bars(self._months, scale)
        rows = max(1, self.content_size.height - _FRAME)
        drawn = self._painted(self._months, scale, bars, rows)
        line = ""
        for place, text in labels(bars, scale, month_names(), self._width):
            line = line.ljust(place) + text
        return Content("\n").join([self._heading(self._months, scale), *drawn, plain(line, MUTED)])

    def _heading(self, months: Months, scale: Scale) -> Content:
        """What is chosen; and how many articles have no date, which is no bar."""
        left = plain(_("Dates"), f"bold {'$accent' if self.has_focus else MUTED}")
        if self.has_focus:
            chosen = self._chosen(months, scale)
            ends = scale.months(chosen[0])[0], scale.months(chosen[-1])[1]
            left += plain(f"  {between(_days(scale, chosen))}", "bold")
            found = number_of(months.between(*ends), "article", "articles")
            left += plain(f" · {found}", MUTED)
        right = Content("")
        if months.undated or self._ticked.undated:
            box = plain("▣ ", "$accent") if self._ticked.undated else plain("☐ ", MUTED)
            right = clickable(
                box + plain(f"{month(NO_DATE)} {figures(months.undated)}", MUTED), _UNDATED
            )
        return spread(left, right, self._width)

    def _painted(self, months: Months, scale: Scale, bars: range, rows: int) -> Iterator[Content]:
        """The rows of the bars, from the top."""
        found = heights(counted(months.counts, scale, bars), rows)
        chosen = self._chosen(months, scale) if self.has_focus else range(0)
        styles = [
            bar_style(self._ticked, scale, bar, height, bar in chosen)
            for bar, height in zip(bars, found, strict=True)
        ]
        gap = " " if scale.cell >= _GAPPED else ""
        for row in reversed(range(rows)):
            yield painted([glyph(h, row) * (scale.cell - len(gap)) + gap for h in found], styles)


def painted(cells: Iterable[str], styles: Iterable[str]) -> Content:
    """Cells on one line, those of one style that are neighbours painted as one."""
    runs = groupby(zip(cells, styles, strict=True), key=itemgetter(1))
    return Content.assemble(
        *(("".join(cell for cell, _style in run), style) for style, run in runs)
    )


def bar_style(ticked: Ticked, scale: Scale, bar: int, height: int, chosen: bool = False) -> str:
    """How a bar is painted: those that the results are narrowed to stand out."""
    if chosen:
        return "$accent on $chosen"
    if height == 1:
        return "$faint"
    if not any(ticked.of("date")):
        return "$primary"
    own, wanted = _days(scale, range(bar, bar + 1)), ticked.dates
    inside = bool(wanted and own.first <= wanted.last and wanted.first <= own.last)
    return "$primary" if inside != ("date" in ticked.excluded) else "$muted"


def _days(scale: Scale, bars: range) -> DateRange:
    return days(scale.months(bars[0])[0], scale.months(bars[-1])[1])
