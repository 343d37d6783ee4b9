"""A document: an article as lines of a width, made safe to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from search.model import Head, Reprint
from search.wording.language import _
from search.wording.safe import safe, safe_lines
from search.wording.values import source
from search.wording.wrap import wrap

from ..marking import MUTED
from ..outside import is_web_address

Part = Literal["title", "about", "body"]

_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Line:
    """A line on the screen: where in which part of the article it starts."""

    part: Part
    start: int
    text: str
    style: str = ""
    linked: int = 0
    """So many characters from its start on are the address of the article."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is shown of an article; offsets are those of the article."""

    title: str
    about: tuple[str, ...]
    """What is known of it, a line each."""
    url: str
    path: str
    body: str

    @classmethod
    def of(cls, head: Head, body: str = "", reprints: Sequence[Reprint] = ()) -> Document:
        """What is shown of an article; of one whose text is on its way, only the head."""
        about = [", ".join(head.authors)] if head.authors else []
        others = dict.fromkeys(
            source(each.source) for each in reprints if each.source != head.source
        )
        if others:
            about.append(_("also {sources}").format(sources=", ".join(others)))
        url = head.url.partition("://")[2] if is_web_address(head.url) else head.url
        return cls(
            safe(head.title),
            tuple(map(safe, about)),
            safe(url.removeprefix("www.").removesuffix("/")),
            safe(_at_home(head.address)),
            safe_lines(body),
        )

    def lines(self, width: int) -> Iterator[Line]:
        """The document as lines of at most `width` cells."""
        yield Line("about", 0, "")
        for start, end in wrap(self.title, width):
            yield Line("title", start, self.title[start:end], "bold")
        yield Line("about", 0, "")
        for text in self.about:
            for start, end in wrap(text, width):
                yield Line("about", 0, text[start:end], MUTED)
        yield self._place(width)
        offset = 0
        for paragraph in self.body.split("\n"):
            if paragraph.strip():
                yield Line("about", 0, "")
                for start, end in wrap(paragraph, width):
                    yield Line("body", offset + start, paragraph[start:end])
            offset += len(paragraph) + 1
        yield Line("about", 0, "")

    def _place(self, width: int) -> Line:
        """Where it is from and where it is, in one line: `lepoint.fr/… · …/presse.jsonl#12`."""
        url, path = self.url, self.path
        if not url:
            return Line("about", 0, _from_the_end(path, width), MUTED)
        room = width - len(_BETWEEN)
        kept = max(room - len(url), room // 2)
        path = _from_the_end(path, kept)
        if len(url) > room - len(path):
            url = url[: max(1, room - len(path) - 1)] + "…"
        return Line("about", 0, url + _BETWEEN + path, MUTED, linked=len(url))


def _from_the_end(path: str, room: int) -> str:
    """`…/2024/presse.jsonl#12`: of a path that is too long, its end."""
    return path if len(path) <= room else "…" + path[len(path) - room + 1 :]


def _at_home(path: str) -> str:
    home = str(Path.home())
    return f"~{path[len(home) :]}" if len(home) > 1 and path.startswith(f"{home}/") else path
