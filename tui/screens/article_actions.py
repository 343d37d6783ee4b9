"""What can be done with an article by means of other programs and of the clipboard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.app import App, SuspendNotSupported

from search.archive import Archive
from search.model import Head
from search.wording.counts import counted
from search.wording.errors import in_words
from search.wording.language import _
from search.wording.safe import safe, safe_lines

from .. import outside
from ..session.faults import REFUSALS, faults_logged
from .showing import Showing


class ArticleActions:
    """Edit, browse, copy; what comes of it is said for a moment."""

    def __init__(self, app: App[None], archive: Archive, showing: Showing) -> None:
        self._app = app
        self._archive = archive
        self._showing = showing

    def edit(self, head: Head) -> None:
        """Open the file of an article in the editor, at its line."""
        try:
            command = outside.editor_command(head.path, _line(head))
            self._lend_terminal(lambda: outside.edit(command))
        except SuspendNotSupported:
            self._showing.say(_("This terminal cannot be lent to an editor"), error=True)
        except outside.NoProgram as error:
            self._showing.say(str(error), error=True)

    async def browse(self, head: Head) -> None:
        """Open the address of an article in the browser."""
        url = head.url
        if not outside.is_web_address(url):
            self._showing.say(_("This article has no web address"))
            return
        try:
            if outside.browser_needs_terminal():
                self._lend_terminal(lambda: outside.browse(url))
                return
            await asyncio.to_thread(outside.browse, url)
        except (outside.NoProgram, SuspendNotSupported):
            self._app.copy_to_clipboard(url)
            self._say(_("No browser was found. Copied: {url}").format(url=url))
        else:
            self._say(_("Opened {url}").format(url=url))

    def copy_path(self, head: Head) -> None:
        """Put the path of an article on the clipboard, with its line where it is one of many.

        `depeche show` finds the article by it.
        """
        self._app.copy_to_clipboard(safe(head.address))
        self._showing.say(_("Copied {path}").format(path=head.address))

    def copy_citation(self, head: Head) -> None:
        """Put a citation of an article on the clipboard, as French publications cite it."""
        from search.export.citation import citation  # most people never ask for one

        cited = safe(citation(head))
        self._app.copy_to_clipboard(cited)
        self._showing.say(_("Copied {citation}").format(citation=cited))

    async def copy_text(self, head: Head) -> None:
        """Put the title and the text of an article on the clipboard."""
        try:
            with faults_logged():
                reading = await asyncio.to_thread(self._archive.read, head.address)
        except REFUSALS as error:
            self._say(in_words(error), error=True)
            return
        article = reading.article
        text = article.body if article.title_is_lead else f"{article.title}\n\n{article.body}"
        self._app.copy_to_clipboard(safe_lines(text))
        words = counted(len(text.split()), "word", "words")
        self._say(_("Copied {words}").format(words=words))

    def _say(self, words: str, *, error: bool = False) -> None:
        """Say something that took a while, unless the program is ending by then."""
        if self._showing.is_there:
            self._showing.say(words, error=error)

    def _lend_terminal(self, run: Callable[[], None]) -> None:
        """Let another program have the terminal. Raises NoProgram, SuspendNotSupported."""
        failed: outside.NoProgram | None = None
        with self._app.suspend():
            try:
                run()
            except outside.NoProgram as error:
                failed = error  # raised in here, it would leave the screen blank for good
        if failed:
            raise failed


def _line(head: Head) -> int | None:
    """The line of its file that an article is; None where it is no line, or has all of the file."""
    number = head.address.removeprefix(head.path).removeprefix("#")
    return int(number) if head.path.endswith(".jsonl") and number.isdecimal() else None
