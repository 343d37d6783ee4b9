"""Asking in a thread, so that the screen never waits."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

from search.archive import Archive
from search.model import Request, Results

from .faults import faults_logged
from .view import View

T = TypeVar("T")


async def in_thread(view: View, function: Callable[..., T], *arguments: object) -> T:
    """What `function` returns, called in a thread.

    Raises nothing but REFUSALS, and CancelledError when there is nobody to tell by then.
    """
    try:
        with faults_logged():
            return await asyncio.to_thread(function, *arguments)
    finally:
        if not view.is_there:
            raise asyncio.CancelledError


async def found_in_thread(view: View, archive: Archive, request: Request) -> Results:
    """Search in a thread, which is told to give up when this is cancelled."""
    taken_back = threading.Event()
    try:
        return await in_thread(view, archive.search, request, taken_back.is_set)
    except asyncio.CancelledError:
        taken_back.set()
        raise
