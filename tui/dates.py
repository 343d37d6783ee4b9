"""Dates in words, for the interface."""

from __future__ import annotations

from search.wording.dates import day, month

__all__ = ["day", "month"]
