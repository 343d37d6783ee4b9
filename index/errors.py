"""Why an index cannot be read or written: what is wrong, and what to do about it."""

from __future__ import annotations

from .language import N_, _


class Unavailable(Exception):
    """There is nothing to answer from or to write to.

    `reason` says what is wrong, `remedy` what to do about it; both are parts of one line, and
    either may hold names from outside: make it safe before it is printed.
    """

    mendable = False
    """Whether making the index anew would mend it."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason, remedy)
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        if not self.remedy:
            return self.reason
        return _("{reason}: {remedy}").format(reason=self.reason, remedy=self.remedy)


class NoIndex(Unavailable):
    """There is no index at this place."""


class OutdatedIndex(Unavailable):
    """The index was made by another version of the schema or the analyzer."""

    mendable = True


class DamagedIndex(Unavailable):
    """The index is there but cannot be read."""

    mendable = True


class IndexLocked(Unavailable):
    """Another process is writing to the index; waiting helps."""


def explain(error: OSError) -> str:
    """Say in a few words why the system refused: `permission denied`."""
    return _((error.strerror or type(error).__name__).lower())


# What befalls files, as the system says it: it has other languages only where they were installed.
REFUSALS = (
    N_("operation not permitted"),
    N_("no such file or directory"),
    N_("input/output error"),
    N_("bad file descriptor"),
    N_("cannot allocate memory"),
    N_("permission denied"),
    N_("device or resource busy"),
    N_("file exists"),
    N_("no such device"),
    N_("not a directory"),
    N_("is a directory"),
    N_("invalid argument"),
    N_("too many open files"),
    N_("too many open files in system"),
    N_("file too large"),
    N_("no space left on device"),
    N_("read-only file system"),
    N_("broken pipe"),
    N_("resource temporarily unavailable"),
    N_("file name too long"),
    N_("too many levels of symbolic links"),
    N_("connection timed out"),
    N_("host is down"),
    N_("stale file handle"),
    N_("disk quota exceeded"),
)
