"""The file formats articles come in: one module each, all yielding `RawArticle`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath

from ..article import Problem
from ..decoding import Unreadable
from ..files import ArticleFile, explain
from .html import read_html
from .jsonl import read_jsonl
from .raw import RawArticle
from .text import read_markdown, read_text

__all__ = ["RawArticle", "read_file"]

_READERS: dict[str, Callable[[ArticleFile], Iterator[RawArticle | Problem]]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
}


def read_file(file: ArticleFile) -> Iterator[RawArticle | Problem]:
    """Read the articles of a file; what cannot be read is reported, never raised."""
    try:
        yield from _READERS[PurePath(file.path).suffix.lower()](file)
    except OSError as error:
        yield Problem(file.path, explain(error))
    except Unreadable as error:
        yield Problem(file.path, error.reason)
