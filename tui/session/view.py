"""Who a session tells what became of its questions, and who runs them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol

from search.model import Completion, Head, Hit, Progress, Reading


class View(Protocol):
    """Who is told what became of a question."""

    @property
    def is_there(self) -> bool:
        """Whether there is still anybody to tell: the program may be ending."""

    @property
    def chosen(self) -> Head | None:
        """The article that is chosen in the list."""

    def show_status(self) -> None:
        """What is open, or why nothing is, is another than before: see `Upkeep`."""

    def show_busy(self) -> None:
        """A search takes its time."""

    def show_results(self, keep: str | None) -> None:
        """There are other `results`; the article with the address `keep` stays chosen."""

    def show_news(self) -> None:
        """There are `news` that are not among the results yet."""

    def remember(self, query: str) -> None:
        """A query was asked with Enter, and could be read."""

    def show_more(self, hits: Sequence[Hit]) -> None:
        """Further hits of the same results."""

    def show_query_error(self, words: str) -> None:
        """The query cannot be read; the results stay."""

    def show_problem(self) -> None:
        """There is a `problem`, and nothing to show."""

    def show_completion(self, query: str, completion: Completion | None) -> None:
        """How a query that was being typed may go on."""

    def show_reading(self, reading: Reading) -> None:
        """The article that was to be read."""

    def show_beside(self, head: Head, hits: Sequence[Hit]) -> None:
        """Articles that are like one that is read."""

    def show_unread(self, head: Head, words: str) -> None:
        """Why an article cannot be read."""

    def show_progress(self, progress: Progress | None) -> None:
        """How far an update is; None when it has ended."""

    def go_to_results(self) -> None:
        """The results that were asked for with Enter are there."""

    def say(self, words: str, *, error: bool = False) -> None:
        """Something to be said for a moment."""


class Task(Protocol):
    """Something under way."""

    def cancel(self) -> object:
        """Take it back."""


Run = Callable[[Callable[[], Coroutine[Any, Any, None]], str], Task]
"""Begins something of a kind, and cancels what there is of that kind."""
