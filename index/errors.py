"""Why an index cannot be read or written: what is wrong, and what to do about it."""

from __future__ import annotations


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
        return f"{self.reason}: {self.remedy}" if self.remedy else self.reason


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
    return (error.strerror or type(error).__name__).lower()
