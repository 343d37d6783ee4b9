"""What a web page says of its article: in JSON-LD, in OpenGraph, in meta elements, in its text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from resiliparse.parse.html import HTMLTree

_ARTICLE_TYPES = re.compile(r"(?:\w*Article|\w*BlogPosting|Report|Review)\Z")
_MOST_ITEMS = 2_000  # of a page's JSON-LD that are looked at
_COMMENT = re.compile(
    r"^\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|/\*\]\]>\*/)\s*$"
)
_decode = json.JSONDecoder(strict=False).decode

# The names of meta elements, the most telling first, in lower case.
_TITLES = ("og:title", "dc.title", "dcterms.title", "twitter:title", "sailthru.title")
_SITES = ("og:site_name", "application-name", "dc.publisher", "copyright-holder")
_DATES = (
    *("article:published_time", "og:article:published_time", "og:published_time"),
    *("datepublished", "publication_date", "article.published", "article:published", "published"),
    *("dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created"),
    *("dc.date.created", "date", "pubdate", "publishdate", "publish-date", "publish_date"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "datecreated"),
)
_AUTHORS = (
    *("author", "article:author", "og:article:author", "dc.creator", "dcterms.creator"),
    *("parsely-author", "sailthru.author", "byl", "cxenseparse:author", "creator"),
)
_URLS = ("og:url", "twitter:url", "dc.identifier")
# Where a browser or SingleFile has noted the address of a page that it has saved.
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)"
)
_HEAD = 4_000  # characters in which such a note stands
_DATED_TIME = "time[itemprop=datePublished], time[pubdate], [itemprop=datePublished]"
_NAMED_AUTHOR = (
    *("[itemprop=author] [itemprop=name]", "[itemprop=author]", "a[rel=author]"),
    *("[class*=author-name]", "[class*=author__name]", "[class*=byline] a", "[class*=author] a"),
)
_LONGEST_NAME = 60
_SITE_IN_TITLE = re.compile(r"\s+[-–—|•·:]\s+([^-–—|•·:]{2,40})$")


def describe(tree: HTMLTree, page: str) -> dict[str, Any]:
    """The title, source, date, authors, address and, if it is there, text of the article of a page;
    each empty when the page does not say."""
    metas = _metas(tree)
    url = _url(tree, page, metas)
    item = _article_item(tree, url, metas)
    site = _first(metas, _SITES) or next(iter(_names(item.get("publisher"))), "")
    title = _text(item.get("headline")) or _first(metas, _TITLES) or _heading(tree)
    return {
        "title": _without_site(title, site),
        "source": site or _host(url),
        "date": _date(tree, item, metas),
        "authors": _authors(tree, item, metas, site),
        "url": url or _address(item),
        "body": _text(item.get("articleBody")),
    }


def _metas(tree: HTMLTree) -> dict[str, list[str]]:
    """The contents of the meta elements by their lower-case names."""
    metas: dict[str, list[str]] = {}
    for element in _select(tree, "meta[content]"):
        name = element.getattr("property") or element.getattr("name") or element.getattr("itemprop")
        content = html.unescape(element.getattr("content") or "").strip()
        if name and content:
            metas.setdefault(name.strip().lower(), []).append(content)
    return metas


def _first(metas: dict[str, list[str]], names: Iterable[str]) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _select(tree: HTMLTree, selector: str) -> list[Any]:
    document = tree.document
    return list(document.query_selector_all(selector)) if document else []


# JSON-LD


def _article_item(tree: HTMLTree, url: str, metas: dict[str, list[str]]) -> dict[str, Any]:
    """The article that a page describes; of several, the one with its address or its title."""
    items = []
    for script in _select(tree, 'script[type="application/ld+json"]'):
        items += [item for item in _items(_json(script.text)) if _is_article(item)]
    title = _first(metas, _TITLES)
    for item in items:
        if (url and _address(item) == url) or (title and _text(item.get("headline")) == title):
            return item
    return items[0] if items else {}


def _json(source: str) -> object:
    for text in (source, _COMMENT.sub("", source), html.unescape(source)):
        try:
            return _decode(text.strip().rstrip(";"))
        except (ValueError, RecursionError):
            continue
    return None


def _items(value: object) -> Iterator[dict[str, Any]]:
    """The objects in a JSON value, the outermost first."""
    waiting, seen = [value], 0
    while waiting and seen < _MOST_ITEMS:
        value = waiting.pop(0)
        seen += 1
        if isinstance(value, dict):
            yield value
            waiting += [inner for inner in value.values() if isinstance(inner, dict | list)]
        elif isinstance(value, list):
            waiting += value


def _is_article(item: dict[str, Any]) -> bool:
    types = item.get("@type")
    names = types if isinstance(types, list) else [types]
    is_one = any(isinstance(name, str) and _ARTICLE_TYPES.match(name) for name in names)
    return is_one and ("headline" in item or "datePublished" in item)


def _address(item: dict[str, Any]) -> str:
    page = item.get("mainEntityOfPage")
    page = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    return next((str(url) for url in (item.get("url"), page) if _is_url(url)), "")


def _names(value: object) -> list[str]:
    """The names in what JSON-LD gives for an author or a publisher."""
    values = value if isinstance(value, list) else [value]
    names: list[str] = []
    for one in values:
        if isinstance(one, dict):
            one = one.get("name")
            if isinstance(one, list):
                names += _names(one)
                continue
        name = _text(one)
        if name and not _is_url(name) and "@" not in name and name not in names:
            names.append(name)
    return names


def _text(value: object) -> str:
    return html.unescape(value).strip() if isinstance(value, str) else ""


def _is_url(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


# What is not in JSON-LD


def _date(tree: HTMLTree, item: dict[str, Any], metas: dict[str, list[str]]) -> str:
    if said := _text(item.get("datePublished")) or _first(metas, _DATES):
        return said
    for element in [*_select(tree, _DATED_TIME), *_select(tree, "article time[datetime]")]:
        said = element.getattr("datetime") or element.getattr("content") or element.text
        if said and said.strip():
            return str(said).strip()
    return ""


def _authors(
    tree: HTMLTree, item: dict[str, Any], metas: dict[str, list[str]], site: str
) -> list[str]:
    """The first names that are not those of the site, which many pages give for want of others."""
    said = [_names(item.get("author")), *(_names(metas.get(name)) for name in _AUTHORS)]
    for names in said:
        if people := [name for name in names if _letters(name) != _letters(site)]:
            return people
    for selector in _NAMED_AUTHOR:
        found = [" ".join(element.text.split()) for element in _select(tree, selector)]
        people = [name for name in found if _letters(name) != _letters(site)]
        if names := list(dict.fromkeys(name for name in people if 0 < len(name) <= _LONGEST_NAME)):
            return names
    return next(filter(None, said), [])


def _url(tree: HTMLTree, page: str, metas: dict[str, list[str]]) -> str:
    links = [element.getattr("href") for element in _select(tree, "link[rel=canonical]")]
    saved = _SAVED_FROM.search(page, 0, _HEAD)
    candidates = [*links, _first(metas, _URLS), saved[1] if saved else ""]
    return next((url for url in candidates if _is_url(url)), "")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _heading(tree: HTMLTree) -> str:
    headings = [" ".join(element.text.split()) for element in _select(tree, "h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    return (tree.title or "").strip()


def _without_site(title: str, site: str) -> str:
    """A title without the name of the site, which many pages put after it."""
    end = _SITE_IN_TITLE.search(title)
    if end and _letters(end[1]) in (_letters(site), _letters(site.split(".")[0])):
        return title[: end.start()]
    return title


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
