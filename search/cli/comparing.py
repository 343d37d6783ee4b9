"""`depeche diff`: two prints of an article, word by word."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from ..archive import Location
from ..model import Article, Comparison, Piece, Span
from ..wording.counts import counted
from ..wording.language import _
from . import objects
from .commands import opened
from .failures import FOUND
from .output import print_json
from .text import BOLD, DIM, Colour, Window, described

_CUT, _ADDED = "9;31", "32"  # struck through in red, green
_MARKS = {"cut": ("[-", "-]"), "added": ("{+", "+}")}  # without colour: those of `wdiff`
_WORD = re.compile(r"\w[\w’'-]*")


class _Run(NamedTuple):
    """Text in one style."""

    text: str
    style: str = ""


def diff(location: Location | None, one: str, other: str, colour: Colour, as_json: bool) -> int:
    """Print what the second of two articles leaves out of the first, and what it adds."""
    with opened(location) as archive:
        comparison = archive.compare(one, other)
    if as_json:
        print_json(comparison_object(comparison))
    else:
        sys.stdout.write(comparison_text(comparison, Window.of(sys.stdout, colour)))
    return FOUND


def comparison_object(comparison: Comparison) -> dict[str, Any]:
    """The object that `diff --json` prints; spans are offsets in the bodies."""
    return {
        "version": objects.VERSION,
        "one": objects.article_object(comparison.one),
        "other": objects.article_object(comparison.other),
        "pieces": [
            {"kind": piece.kind, "one": list(piece.one), "other": list(piece.other)}
            for piece in comparison.pieces
        ],
    }


def comparison_text(comparison: Comparison, window: Window) -> str:
    """Both heads, and the text with what was cut and added; paragraphs that are the same as one
    line, and how much it all is."""
    blocks = [_head("−", comparison.one, window), _head("+", comparison.other, window)]
    paragraphs = _paragraphs([*_runs(comparison, window.colour)])
    for changed, some in groupby(paragraphs, lambda p: any(run.style for run in p)):
        if changed:
            blocks += ["\n".join(_lines(paragraph, window)) for paragraph in some]
        else:
            blocks.append("\n".join(window.lines(_same([*some]), base=DIM)))
    blocks.append("\n".join(window.lines(_summary(comparison), base=DIM)))
    return "\n\n".join(blocks) + "\n"


def _head(sign: str, article: Article, window: Window) -> str:
    title = f"{sign} {article.title}"
    return "\n".join([*window.lines(title, base=BOLD), *described(article, window)])


def _runs(comparison: Comparison, colour: bool) -> Iterator[_Run]:
    """The text of both, piece by piece, with the spaces that were between them."""
    styles = {"cut": _CUT, "added": _ADDED}
    at = [0, 0]
    for piece in comparison.pieces:
        text, start, end, side = _of(comparison, piece)
        gap = text[at[side] : start]
        if piece.kind == "same" and not at[side]:  # what stood before it has been cut
            gap = gap or comparison.one.body[at[0] : piece.one[0]]
        at[0], at[1] = piece.one[1], piece.other[1]
        yield _Run("\n" if "\n" in gap else gap)
        style = styles.get(piece.kind, "")
        before, after = ("", "") if colour else _MARKS.get(piece.kind, ("", ""))
        for number, paragraph in enumerate(text[start:end].split("\n")):
            if number:
                yield _Run("\n")
            yield _Run(f"{before}{paragraph}{after}" if paragraph.strip() else "", style)


def _of(comparison: Comparison, piece: Piece) -> tuple[str, int, int, int]:
    """The text that a piece is shown from, where it is there, and which of the two that is."""
    side = 0 if piece.kind == "cut" else 1
    article, span = (comparison.one, piece.one) if side == 0 else (comparison.other, piece.other)
    return article.body, *span, side


def _paragraphs(runs: list[_Run]) -> Iterator[list[_Run]]:
    paragraph: list[_Run] = []
    for run in runs:
        if run.text == "\n":
            yield paragraph
            paragraph = []
        elif run.text:
            paragraph.append(run)
    yield paragraph


def _lines(paragraph: list[_Run], window: Window) -> Iterator[str]:
    styles: list[tuple[Span, str]] = []
    text = ""
    for run in paragraph:
        styles.append(((len(text), len(text) + len(run.text)), run.style))
        text += run.text
    return window.lines(text.rstrip(), [style for style in styles if style[1]])


def _same(paragraphs: list[list[_Run]]) -> str:
    text = " ".join(run.text for paragraph in paragraphs for run in paragraph)
    words = len(_WORD.findall(text))
    return "… {} …".format(
        _("{words} the same").format(words=counted(words, "word", "words")),
    )


def _summary(comparison: Comparison) -> str:
    """`− 12 words, + 3 words of 240`"""
    words = {"cut": 0, "added": 0, "same": 0}
    for piece in comparison.pieces:
        text, start, end, _side = _of(comparison, piece)
        words[piece.kind] += len(_WORD.findall(text[start:end]))
    return _("{cut} cut, {added} added, {same} the same").format(
        cut=counted(words["cut"], "word", "words"),
        added=counted(words["added"], "word", "words"),
        same=counted(words["same"], "word", "words"),
    )
