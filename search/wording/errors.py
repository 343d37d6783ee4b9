"""Errors in words: one line, the same wherever it is shown."""

from __future__ import annotations

from ..errors import NoSuchArticle, QueryError, Unavailable, Unexpected, explain
from .language import _


def in_words(error: BaseException) -> str:
    """What to tell a person of `error`. It may hold names from outside: make it safe to print."""
    match error:
        case QueryError():
            return _("cannot read the query: {error}").format(error=error)
        case NoSuchArticle() | Unavailable() | Unexpected():
            return str(error)
        case OSError():
            if not error.filename:
                return _("cannot read or write: {reason}").format(reason=explain(error))
            return _("cannot read or write {place}: {reason}").format(
                place=error.filename, reason=explain(error)
            )
    return str(Unexpected(f"{type(error).__name__}: {error}"))
