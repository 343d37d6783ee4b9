"""Failures: how a command ends that cannot do what it was asked: one line, and an exit status."""

from __future__ import annotations

from ..errors import Cancelled, IndexLocked, NoSuchArticle, QueryError, Unavailable
from ..wording.errors import in_words
from ..wording.language import _
from ..wording.log import unexpected

FOUND, NOTHING, WRONG, NO_INDEX = 0, 1, 2, 3
FAILED, LOCKED, INTERRUPTED = 70, 75, 130
"""70 and 75 are the system's, from sysexits.h: a fault of the program, and “try again later”."""


class WrongUse(Exception):
    """The command cannot be carried out as it was given; the message says why."""


def explained(error: BaseException) -> tuple[str, int]:
    """The line that says what `error` is about, and the exit status."""
    match error:
        case KeyboardInterrupt() | Cancelled():
            return _("interrupted"), INTERRUPTED
        case WrongUse():
            return str(error), WRONG
        case QueryError() | OSError():
            return in_words(error), WRONG
        case NoSuchArticle():
            return in_words(error), NOTHING
        case IndexLocked():
            return in_words(error), LOCKED
        case Unavailable():
            return in_words(error), NO_INDEX
    return in_words(unexpected(error)), FAILED
