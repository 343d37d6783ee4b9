"""From a file to its articles, read, cleaned, and with what is known about each."""

from __future__ import annotations

from collections.abc import Iterator

from .article import Article, Problem
from .authors import split_authors
from .cleaning import clean
from .dates import parse_date
from .files import ArticleFile
from .formats import RawArticle, read_file
from .sources import credited_authors, recognise_source
from .titles import lead_title, tidy_title


def read_articles(file: ArticleFile) -> Iterator[Article | Problem]:
    """Read the articles of a file; what cannot be read is reported, never raised."""
    for item in read_file(file):
        yield item if isinstance(item, Problem) else to_article(item)


def to_article(raw: RawArticle) -> Article | Problem:
    """Clean an article, and recognise its title, source, authors and date."""
    cleaned = clean(raw.text, raw.title)
    if not cleaned.body:
        return raw.problem("nothing but page debris")
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
        date=parse_date(raw.date),
        url=raw.url,
        title_is_lead=not title,
    )
