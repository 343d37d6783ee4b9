"""Errors: all that may come of a question, whoever answers it. How they are put into words is
decided in `wording.errors`, and with which status a command ends in `cli.failures`."""

from __future__ import annotations

from index.errors import DamagedIndex, IndexLocked, NoIndex, OutdatedIndex, Unavailable, explain
from index.language import _

__all__ = [
    "Cancelled",
    "DamagedIndex",
    "IndexLocked",
    "NoIndex",
    "NoSuchArticle",
    "OutdatedIndex",
    "QueryError",
    "Unavailable",
    "Unexpected",
    "explain",
]


class QueryError(ValueError):
    """A query that cannot be read. `position` counts characters from 0; the message from 1."""

    def __init__(self, problem: str, position: int) -> None:
        super().__init__(problem, position)
        self.problem = problem
        self.position = position

    def __str__(self) -> str:
        return _("{problem} at {place}").format(problem=self.problem, place=self.position + 1)


class NoSuchArticle(LookupError):
    """No article has this id, or several may be meant; the message says which."""


class Cancelled(Exception):
    """The question was taken back by whoever asked it."""


class Unexpected(Exception):
    """A fault of the program: `what` it was, and the file that has its traceback, if any."""

    def __init__(self, what: str, log: str = "") -> None:
        super().__init__(what, log)
        self.what = what
        self.log = log

    def __str__(self) -> str:
        if not self.log:
            return _("this should not happen: {what}").format(what=self.what)
        return _("this should not happen: {what} (the details are in {log})").format(
            what=self.what, log=self.log
        )
