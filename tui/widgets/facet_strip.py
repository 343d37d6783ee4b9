"""The strip: where there is no room for the facets, the sources and the timeline on one line."""

from __future__ import annotations

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from search.model import Results
from search.wording.language import _, figures
from search.wording.safe import safe
from search.wording.values import source

from ..marking import MUTED, plain, spread
from ..session.asked import Ticked
from .bins import Months, counted, fitting, glyph, heights, scales
from .facet_values import Value, values
from .timeline import bar_style, painted

_MORE = 7  # cells kept for ` · +123`
_SEPARATOR = " · "
_PART = 3  # of the line is for the sparkline, at most
_GAP = 2  # cells between the two


class FacetStrip(Widget):
    """The sources that fit, and a sparkline of the matches over time; a click opens them."""

    class Opened(Message):
        """What has no room here is asked for."""

        def __init__(self, timeline: bool) -> None:
            super().__init__()
            self.timeline = timeline
            """It was the sparkline that was clicked."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._values: list[Value] = []
        self._months: Months | None = None
        self._ticked = Ticked()
        self.with_dates = True
        """Whether the sparkline is wanted: the timeline is not in sight."""

    def show(self, results: Results, months: Months | None, ticked: Ticked) -> None:
        """Show the facets of other results."""
        self._values = values(results, ticked, "source")
        self._months, self._ticked = months, ticked
        self.refresh()

    def render(self) -> Content:
        if not self._values:
            return Content("")
        line = self._sparkline()
        room = self.size.width - line.cell_length - _GAP
        return spread(self._sources(room), line, self.size.width)

    def _sparkline(self) -> Content:
        """The matches over time, in a part of the line."""
        if (months := self._months) is None or not self.with_dates:
            return Content("")
        room = self.size.width // _PART
        found = scales(months.first, months.last, room)
        scale = found[fitting(found, months.first, months.last, room)]
        bars = range(scale.bar(months.first), scale.bar(months.last) + 1)
        shown = heights(counted(months.counts, scale, bars), 1)
        if len(shown) < 2:
            return Content("")
        styles = [bar_style(self._ticked, scale, *each) for each in zip(bars, shown, strict=True)]
        return painted([glyph(height, 0) for height in shown], styles)

    def _sources(self, room: int) -> Content:
        """The sources that fit; the others as a number."""
        ticked = [value for value in self._values if value.ticked]
        everything = sum(value.count for value in self._values)
        all_ = _("all {number}").format(number=figures(everything))
        parts = [plain(all_, MUTED if ticked else "bold")]
        room -= _MORE + parts[0].cell_length
        ordered = [*ticked, *(value for value in self._values if not value.ticked)]
        for number, value in enumerate(ordered):
            style = "bold $accent" if value.ticked else MUTED
            part = plain(f"{safe(source(value.name))} {figures(value.count)}", style)
            if part.cell_length + len(_SEPARATOR) > room:
                parts.append(plain(f"+{len(ordered) - number}", MUTED))
                break
            room -= part.cell_length + len(_SEPARATOR)
            parts.append(part)
        return plain(_SEPARATOR, "$faint").join(parts)

    def on_click(self, event: Click) -> None:
        event.stop()
        line = self._sparkline()
        self.post_message(self.Opened(event.x >= self.size.width - line.cell_length))
