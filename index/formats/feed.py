"""Feeds: RSS and Atom, as feedparser reads them, an article an entry.

An entry keeps its id when others come before it: it is known by the number that the feed gives it
or by its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import BinaryIO

from ..language import _
from .decoding import Unreadable, normalise
from .html import parse_tree
from .lines import split_lines
from .pieces import Piece
from .raw import RawArticle, Record, make_raw_article

LARGEST_FEED = 64_000_000
"""In bytes."""

_ROOT = re.compile(rb"<(?:rss|feed|(?:\w+:)?RDF)\b[^>]*>", re.IGNORECASE)
_ENTRY = re.compile(rb"<(/?)(?:item|entry)\b[^<>]*>", re.IGNORECASE)
_TITLE = re.compile(rb"<title\b[^<>]*>.{0,2000}?</title\s*>", re.DOTALL | re.IGNORECASE)
_NAMED = re.compile(
    rb"<(guid|id|link)\b[^>]*>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)|<link\b[^>]*href=[\"']([^\"']+)",
    re.IGNORECASE,
)
_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"']([\w-]+)[\"']", re.IGNORECASE)
_HEAD = 200_000  # bytes in which the title of a feed stands


def split_feed(stream: BinaryIO, start: int = 0, number: int = 1) -> Iterator[Piece]:
    """A piece for each entry of a feed, with the feed's title above it."""
    data = stream.read(LARGEST_FEED + 1) or b""
    root = _ROOT.search(data, 0, _HEAD)
    if not root:
        raise Unreadable(_("not a feed"))
    if len(data) > LARGEST_FEED:
        raise Unreadable(_("too large a feed"))
    encoding = _ENCODING.search(data, 0, 200)
    declared = b'<?xml version="1.0" encoding="%s"?>' % (encoding[1] if encoding else b"utf-8")
    first = _ENTRY.search(data)
    title = _TITLE.search(data, root.end(), first.start() if first else _HEAD)
    head = b"%s%s<channel>%s" % (declared, root[0], title[0] if title else b"")
    if root[0][1:5].lower() == b"feed":
        head = head.replace(b"<channel>", b"")
    seen: set[str] = set()
    for entry in _entries(data):
        names = {found[1]: found[2] or found[3] for found in _NAMED.finditer(entry)}
        known_by = names.get(b"guid") or names.get(b"id") or names.get(b"link") or names.get(None)
        name = blake2b(known_by, digest_size=5).hexdigest() if known_by else ""
        if name in seen:
            name = ""
        seen.add(name)
        yield Piece(number, head + entry, name=name)
        number += 1


def _entries(data: bytes) -> Iterator[bytes]:
    """The entries of a feed, from their tag to its end tag."""
    start = None
    for tag in _ENTRY.finditer(data):
        if not tag[1]:
            start = tag.start()
        elif start is not None:
            yield data[start : tag.end()]
            start = None


def parse_entry(record: Record) -> Iterator[RawArticle]:
    """Parse an entry of a feed."""
    import feedparser  # slow to import

    feed = feedparser.parse(record.data)
    if not feed.entries:
        raise Unreadable(_("not an entry of a feed"))
    entry = feed.entries[0]
    texts = [part.get("value", "") for part in entry.get("content", [])] + [
        entry.get("summary", "")
    ]
    lines = max((_lines(text) for text in texts), key=lambda found: sum(map(len, found)))
    if not lines:
        raise Unreadable(_("an entry without a text"))
    authors = [author.get("name", "") for author in entry.get("authors", [])]
    fields = {
        "title": " ".join(_lines(entry.get("title", ""))),
        "source": _source(feed, entry),
        "date": entry.get("published") or entry.get("updated") or entry.get("created") or "",
        "authors": [name for name in authors if name],
        "url": entry.get("link", ""),
    }
    yield make_raw_article(record, "\n".join(lines), fields)


def _source(feed, entry) -> str:  # type: ignore[no-untyped-def]
    """« Le Monde.fr - Actualités et Infos en France » is the source Le Monde.fr."""
    title = entry.get("source", {}).get("title") or feed.feed.get("title", "")
    return re.split(r"\s+[-–—|:]\s+", title)[0]


def _lines(markup: str) -> list[str]:
    from resiliparse.extract.html2text import extract_plain_text

    if "<" not in markup and "&" not in markup:
        return split_lines(normalise(markup))
    tree = parse_tree(f"<html><body>{markup}</body></html>")
    text = extract_plain_text(tree, preserve_formatting=True, list_bullets=False, alt_texts=False)
    return split_lines(normalise(text))
