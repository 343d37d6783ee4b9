"""What belongs to an article, beside its text: reprints, similar articles, its matches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from search.model import Article, Head, Hit, Reprint
from search.model import Span as Match
from search.wording.dates import day
from search.wording.language import _
from search.wording.safe import safe
from search.wording.values import source

from ..marking import MUTED, excerpt, lines, plain

WIDTH = 38
"""Cells that it takes beside the text."""

_ROOM = WIDTH - 4  # cells for words
_MOST_MATCHES = 12
_AROUND = 60  # characters of a passage that are looked at around a match


class Beside(OptionList):
    """A list in which Enter or a click reads what belongs to the article, or goes to a match."""

    @dataclass
    class Chosen(Message):
        """Another article is to be read."""

        head: Head

    @dataclass
    class Passage(Message):
        """A match is to be gone to, by its number from 1 on."""

        number: int

    def __init__(self, id: str) -> None:
        super().__init__(id=id, markup=False, compact=True)
        self.head: Head | None = None
        """The article that it is about."""
        self._chosen: list[Head | int | None] = []  # what each row stands for

    def clear(self) -> None:
        """Say nothing."""
        self.head, self._chosen = None, []
        self.clear_options()

    def show(
        self,
        article: Article,
        matches: Sequence[Match],
        reprints: Sequence[Reprint],
        similar: Sequence[Hit],
    ) -> None:
        """Show what belongs to an article; `matches` are those in its body."""
        self.head = Head.of(article)
        self._chosen = []
        rows: list[Option] = []
        others = [_head_of(article, reprint) for reprint in reprints]
        self._add(rows, _("Reprints"), [(plain(source(h.source), "$primary"), h) for h in others])
        self._add(rows, _("Similar"), [(_article(hit.head), hit.head) for hit in similar])
        passages = [(_passage(article.body, m), n) for n, m in enumerate(matches[:_MOST_MATCHES])]
        self._add(rows, _("Matches"), passages)
        self.set_options(rows)

    def _add(
        self, rows: list[Option], heading: str, entries: Sequence[tuple[Content, Head | int]]
    ) -> None:
        if not entries:
            return
        air = "\n" if rows else ""
        rows.append(Option(Content(air) + plain(heading, f"bold {MUTED}"), disabled=True))
        self._chosen.append(None)
        for content, chosen in entries:
            rows.append(Option(content))
            self._chosen.append(chosen)

    def on_focus(self) -> None:
        """Something is highlighted as soon as the keyboard is here."""
        if self.highlighted is None:
            self.action_first()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        chosen = self._chosen[event.option_index]
        if isinstance(chosen, Head):
            self.post_message(self.Chosen(chosen))
        elif chosen is not None:
            self.post_message(self.Passage(chosen))


def _head_of(article: Article, reprint: Reprint) -> Head:
    return Head(reprint.id, reprint.path, article.title, reprint.source)


def _article(head: Head) -> Content:
    """`Le Point · 2 Feb 2019`, and the title on two lines above it."""
    about = plain(source(head.source), "$primary")
    if head.date:
        about += plain(f" · {day(head.date)}", MUTED)
    title = lines(head.title, (), _ROOM, 2)
    return Content("\n").join([*title, about.truncate(_ROOM, ellipsis=True)])


def _passage(body: str, match: Match) -> Content:
    """A match in the words around it, on one line."""
    start = body.rfind("\n", 0, match[0]) + 1
    start = max(start, match[0] - _AROUND)
    end = body.find("\n", match[1])
    text = body[start : min(end if end >= 0 else len(body), match[1] + _AROUND)]
    shown, places = excerpt(safe(text), [(match[0] - start, match[1] - start)], _ROOM)
    return lines(shown, places, _ROOM, 1, MUTED)[0]
