"""Markdown: a list of citations, with the passages that match under each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..model import Hit, Snippet
from .citation import citation

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def written(hits: Iterable[Hit]) -> Iterator[str]:
    """An item for each hit; matches are bold."""
    for hit in hits:
        head = replace(
            hit.head,
            title=_text(hit.head.title),
            source=_text(hit.head.source),
            authors=tuple(map(_text, hit.head.authors)),
            url=f"<{hit.head.url}>" if hit.head.url else "",
        )
        passages = "".join(f"  > {_passage(snippet)}\n" for snippet in hit.snippets)
        yield f"- {citation(head)}\n" + (f"\n{passages}\n" if passages else "")


def _passage(snippet: Snippet) -> str:
    parts, at = [], 0
    for start, end in snippet.matches:
        parts += [_text(snippet.text[at:start]), f"**{_text(snippet.text[start:end])}**"]
        at = end
    return "".join((*parts, _text(snippet.text[at:])))


def _text(text: str) -> str:
    """Text that is no markup, on one line; spaces at its ends stay, for what stands beside it."""
    return _SPECIAL.sub(r"\\\1", re.sub(r"\s", " ", text))
