"""Errors in words: one line, the same wherever it is shown."""

from __future__ import annotations

from ..errors import NoSuchArticle, QueryError, Unavailable, Unexpected


def in_words(error: BaseException) -> str:
    """What to tell a person of `error`. It may hold names from outside: make it safe to print."""
    match error:
        case QueryError():
            return f"cannot read the query: {error}"
        case NoSuchArticle() | Unavailable() | Unexpected():
            return str(error)
        case OSError():
            place = f" {error.filename}" if error.filename else ""
            return f"cannot read or write{place}: {error.strerror or type(error).__name__}"
    return str(Unexpected(f"{type(error).__name__}: {error}"))
