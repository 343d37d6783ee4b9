"""What there is to do before anything is asked: the queries of before, a folder to add."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from search.wording.language import _

from ..keymap import Keymap
from ..marking import MUTED, inserted, plain

_MOST = 12  # queries; as many of them as fit are shown
_LONGEST = 40  # cells of one
_GAP = " · "


class StartPanel(Widget):
    """One or two lines above the newest articles; a click does what they say."""

    class Asked(Message):
        """A query of before is to be asked again."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    def __init__(self, id: str, keymap: Keymap) -> None:
        super().__init__(id=id)
        self._keymap = keymap
        self._queries: Sequence[str] = ()

    def show(self, queries: Sequence[str]) -> None:
        """Offer these queries, newest last."""
        self._queries = queries[-_MOST:][::-1]
        self.refresh(layout=True)

    def render(self) -> Content:
        """The queries that fit on a line, and what else can be done."""
        lines = [self._recent()] if self._queries else []
        return Content("\n").join([*lines, self._keys()])

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """A line for each of the two."""
        return 1 + bool(self._queries)

    def _recent(self) -> Content:
        label = plain(_("Recent"), f"bold {MUTED}") + Content("  ")
        room = self.size.width - label.cell_length
        parts: list[Content] = []
        for query in self._queries:
            part = plain(query, "$primary").truncate(_LONGEST, ellipsis=True)
            needed = part.cell_length + len(_GAP) * bool(parts)
            if needed > room:
                break
            room -= needed
            parts.append(part.stylize(Style.from_meta({"query": query})))
        return label + plain(_GAP, MUTED).join(parts)

    def _keys(self) -> Content:
        said = (
            ("folders", _("{key} adds a folder")),
            ("search_history", _("{key} finds earlier queries")),
            ("help", _("{key} helps")),
        )
        parts: list[Content] = []
        room = self.size.width
        for action, sentence in said:
            key = plain(self._keymap.key(action), "bold $primary")
            part = inserted(sentence, MUTED, key=key)
            room -= part.cell_length + len(_GAP)
            if room + len(_GAP) < 0:
                break
            parts.append(part.stylize(Style.from_meta({"does": action})))
        return plain(_GAP, MUTED).join(parts)

    async def on_click(self, event: Click) -> None:
        """Ask the query, or do what was clicked."""
        meta = event.style.meta
        if query := meta.get("query"):
            event.stop()
            self.post_message(self.Asked(query))
        elif action := meta.get("does"):
            event.stop()
            await self.screen.run_action(action)
