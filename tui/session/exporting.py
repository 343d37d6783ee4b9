"""Exporting: all that a request finds, into a file, while the screen goes on."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from search.archive import Archive
from search.errors import Unavailable
from search.export import Format, exported
from search.export.paging import pages
from search.model import Hit, Request
from search.wording.counts import counted
from search.wording.errors import in_words
from search.wording.language import _, figures

from .asking import in_thread
from .faults import REFUSALS
from .view import View


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written, and where."""

    format: Format
    path: Path


async def export(view: View, archive: Archive, request: Request, wanted: Wanted) -> None:
    """Write what the request finds, and say what came of it. An unfinished file is removed."""
    stopped = threading.Event()
    loop = asyncio.get_running_loop()

    def tell(done: int, expected: int) -> None:
        words = _("Exporting: {done} of {articles}").format(
            done=figures(done), articles=counted(expected, "article", "articles")
        )
        loop.call_soon_threadsafe(view.say, words)

    whole = replace(request, typing=False, by_author=False)
    try:
        number = await in_thread(view, _write, archive, whole, wanted, stopped.is_set, tell)
    except asyncio.CancelledError:
        stopped.set()
        raise
    except REFUSALS as error:
        view.say(in_words(error), error=True)
    else:
        articles = counted(number, "article", "articles")
        view.say(_("Exported {articles} to {path}").format(articles=articles, path=wanted.path))


def _write(
    archive: Archive,
    request: Request,
    wanted: Wanted,
    stopped: Callable[[], bool],
    tell: Callable[[int, int], None],
) -> int:
    """The number of articles written. Raises OSError, and what `Archive.search` does."""
    number = 0

    def hits() -> Iterator[Hit]:
        nonlocal number
        for results in pages(archive, request, None, stopped):
            if number:  # what is written within one page needs no more words
                tell(number, results.total + results.partial)
            for hit in results.hits:
                number += 1
                yield hit

    try:
        # Never over a file that is there: it may be anything.
        file = wanted.path.open("x", encoding="utf-8", errors="replace", newline="")
    except FileExistsError as error:
        raise Unavailable(_("{path} is there already").format(path=wanted.path)) from error
    try:
        with file:
            file.writelines(exported(hits(), wanted.format))
    except BaseException:
        os.unlink(wanted.path)  # noqa: PTH108 - also while Python ends
        raise
    return number
