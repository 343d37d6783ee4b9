"""Faults: what a question may end in, and that a fault of the program is none of it.

One question that fails must not end the interface; its traceback must not be lost either.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from search.errors import Cancelled, NoSuchArticle, QueryError, Unavailable, Unexpected
from search.wording.errors import in_words
from search.wording.log import unexpected

REFUSALS = (QueryError, NoSuchArticle, Cancelled, Unavailable, Unexpected)
"""All that a question ends in without an answer."""


@contextmanager
def faults_logged() -> Iterator[None]:
    """Nothing but `REFUSALS` comes through: the traceback of anything else goes to the log."""
    try:
        yield
    except REFUSALS:
        raise
    except OSError as error:  # of the system: no room, no rights, too many open files
        raise Unavailable(in_words(error)) from error
    except Exception as error:
        raise unexpected(error) from error
