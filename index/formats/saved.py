"""What a `.html` file holds: a page, or the articles that a press database has exported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from .europresse import divide_europresse
from .factiva import divide_factiva
from .pieces import Piece

LARGEST_PAGE = 64_000_000
"""Bytes of a page with all its pictures in it."""

# Pictures and fonts that SingleFile and others put into a page.
_DATA_URL = re.compile(rb"data:[\w/+.;=-]{0,100},[A-Za-z0-9+/=%\s._-]{100,}")

EXPORTS = {"europresse": divide_europresse, "factiva": divide_factiva}
"""Makes the articles of an export of what is one, and nothing of a page; by kind."""


def split_page(stream: BinaryIO, start: int = 0, number: int = 1) -> Iterator[Piece]:
    """A piece for each article of an export, or one for a page."""
    data = _DATA_URL.sub(b"data:,", stream.read(LARGEST_PAGE + 1) or b"")
    for kind, divide in EXPORTS.items():
        if articles := divide(data):
            for number, article in enumerate(articles, 1):
                yield Piece(number, article, kind=kind)
            return
    yield Piece(0, data)
