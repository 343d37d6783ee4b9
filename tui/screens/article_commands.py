"""What the keys do that are about the article one reads, or has chosen."""

from __future__ import annotations

from textual import on
from textual.screen import Screen

from search.model import Head, Hit

from ..session.search_session import SearchSession
from ..state import save_settings
from ..widgets.article_pane import ArticlePane
from ..widgets.beside import Beside
from ..widgets.reader import Reader
from ..widgets.results_list import ResultsList
from .article_actions import ArticleActions
from .panes import Panes
from .showing import Showing


class ArticleCommands(Screen[None]):
    """A screen with a list of results and an article."""

    session: SearchSession
    showing: Showing
    panes: Panes

    @property
    def results_list(self) -> ResultsList:
        """The hits."""
        return self.query_one(ResultsList)

    @property
    def article_pane(self) -> ArticlePane:
        """The article with its heading."""
        return self.query_one(ArticlePane)

    @property
    def reader(self) -> Reader:
        """The text of the article."""
        return self.query_one(Reader)

    @property
    def head(self) -> Head | None:
        """The article that the commands are about."""
        chosen = self.showing.chosen
        if self.panes.shows("article"):
            return self.reader.head or chosen
        return chosen

    # Reading

    def read_hit(self, hit: Hit) -> None:
        """Show one of the results in the article's pane."""
        self._read(hit.head, hit, self.showing.place)

    def _read(self, head: Head, hit: Hit | None, place: str) -> None:
        at_once = not self.panes.shows("article")
        self.article_pane.expect(head, hit.also if hit else (), place, at_once=at_once)
        self.session.read(head)

    def action_read(self) -> None:
        """Go to the text of the chosen article."""
        self.results_list.action_select()

    def action_next_result(self, step: int = 1) -> None:
        """Read the next one of the results, without going back to them."""
        if self.results_list.step(step) and (hit := self.results_list.chosen):
            self.read_hit(hit)

    def action_previous_result(self) -> None:
        """Read the one before."""
        self.action_next_result(-1)

    def action_next_match(self, step: int = 1) -> None:
        """Go to the next match; open the article first where it is not in sight."""
        if not self.panes.shows("article"):
            self.action_read()
        else:
            self.reader.go_to_match(step)

    def action_previous_match(self) -> None:
        """Go to the match before."""
        self.action_next_match(-1)

    def action_find(self) -> None:
        """Find words in the article."""
        self.article_pane.find()

    def action_focus_mode(self) -> None:
        """Give the article the whole screen, or all panes their place again."""
        if not self.panes.alone and not self.reader.head:
            if not (hit := self.results_list.chosen):
                return
            self.read_hit(hit)
        self.panes.leave_alone(not self.panes.alone)

    def action_wider(self, step: int = 1) -> None:
        """Let lines be longer."""
        self.reader.stretch(step)
        save_settings(width=str(self.reader.widest))

    def action_narrower(self) -> None:
        """Let lines be shorter."""
        self.action_wider(-1)

    # What belongs to it

    @on(ArticlePane.Alone)
    def _look_beside(self, event: ArticlePane.Alone) -> None:
        self.session.look_beside(event.head)

    @on(Beside.Chosen)
    def _read_beside(self, event: Beside.Chosen) -> None:
        self._read(event.head, None, "")
        self.panes.go("article")

    def action_similar(self) -> None:
        """List what is most like the article."""
        if self.head:
            self.session.similar(self.head)

    # Other programs

    @property
    def _actions(self) -> ArticleActions:
        return ArticleActions(self.app, self.session.archive, self.showing)

    def action_edit(self) -> None:
        """Open the file of the article in the editor."""
        if self.head:
            self._actions.edit(self.head)

    def action_browse(self) -> None:
        """Open the address of the article in the browser."""
        if self.head:
            self.run_worker(self._actions.browse(self.head), group="browse")

    def action_copy_path(self) -> None:
        """Put the path of the article on the clipboard."""
        if self.head:
            self._actions.copy_path(self.head)

    def action_copy_citation(self) -> None:
        """Put a citation of the article on the clipboard."""
        if self.head:
            self._actions.copy_citation(self.head)

    def action_copy_article(self) -> None:
        """Put the title and the text of the article on the clipboard."""
        if self.head:
            self.run_worker(self._actions.copy_text(self.head), group="copy")
