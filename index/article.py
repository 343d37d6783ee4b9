"""What an article is once it has been read, and what is said of a file that could not be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

UNKNOWN_SOURCE = "unknown"


@dataclass(frozen=True, slots=True)
class Article:
    """One article, cleaned: what is searched and shown.

    All text is NFC-normalised Unicode. `body` holds paragraphs separated by a newline.
    """

    id: str
    """Path relative to the indexed folder, with `/`; `file.jsonl#12` for line 12 of a file."""
    path: str
    """Absolute path of the file that holds it."""
    title: str
    body: str
    source: str = UNKNOWN_SOURCE
    recognised_by: str = ""
    """The evidence `source` rests on (`metadata`, `url`, `dateline` …); empty when unknown."""
    authors: tuple[str, ...] = ()
    date: date | None = None
    """Day of publication; None when the file does not say."""
    url: str = ""
    page: str = ""
    """Of the newspaper, as it was given."""
    title_is_lead: bool = False
    """True when the file has no title of its own and `title` repeats the start of `body`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read as it stands, and why; it never stops a run."""

    path: str
    """The file, with `#line` where one line of it is meant."""
    reason: str
    skipped: bool = True
    """False for a warning: the article was kept all the same."""
