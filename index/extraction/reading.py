"""From a record to its article: parsed, cleaned, and with what is known about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..article import Article, Problem
from ..formats import RawArticle, Record, parse
from ..formats.lines import split_lines
from ..language import _
from .authors import split_authors
from .cleaning import clean
from .dates import date_in_url, find_date, parse_date
from .sources import credited_authors, recognise_source
from .titles import lead_title, tidy_title


def read_article(record: Record) -> Iterator[Article | Problem]:
    """The article of a record, and what is wrong with it; at most one of the first."""
    for item in parse(record):
        if isinstance(item, RawArticle):
            yield to_article(item) or record.problem(_("nothing but page debris"))
        else:
            yield item


def to_article(raw: RawArticle) -> Article | None:
    """Clean an article, and recognise its title, source, authors and date.

    None when nothing remains of it.
    """
    cleaned = clean(raw.text, raw.title)
    if not cleaned.body:
        return None
    title = tidy_title(raw.title or cleaned.headline)
    # Source and authors are sought in the text as it came: `Voir aussi sur HuffPost` is debris,
    # and evidence.
    source, recognised_by = recognise_source(raw.source, raw.url, raw.text)
    return Article(
        id=raw.id,
        path=raw.path,
        title=title or lead_title(cleaned.body),
        body=cleaned.body,
        source=source,
        recognised_by=recognised_by,
        authors=split_authors(raw.authors) or credited_authors(raw.text),
        date=day_of(raw)[0],
        url=raw.url,
        page=raw.page,
        title_is_lead=not title,
    )


def day_of(raw: RawArticle) -> tuple[date | None, str]:
    """The day of publication, and what says so: the metadata, the address, the text or, failing
    these, the file, which was made on some day."""
    if day := parse_date(raw.date):
        return day, "metadata"
    if day := date_in_url(raw.url):
        return day, "url"
    made = parse_date(raw.made)
    if day := find_date(split_lines(raw.text), made):
        return day, "text"
    return made, "file" if made else ""
