"""Paging: all that a request finds, some at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..archive import Archive, Cancelled, never
from ..model import Request, Results

_PORTION = 500  # hits of one question


def pages(
    archive: Archive, request: Request, limit: int | None, cancelled: Cancelled = never
) -> Iterator[Results]:
    """The results from the request's offset on, up to `limit` hits or all; the first in any case.

    Raises what `Archive.search` does.
    """
    offset: int | None = request.offset
    end = None if limit is None else request.offset + limit
    while offset is not None and (end is None or offset < end or offset == request.offset):
        some = _PORTION if end is None else min(_PORTION, end - offset)
        results = archive.search(replace(request, offset=offset, limit=some), cancelled)
        yield results
        offset = results.next_offset
