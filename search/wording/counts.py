"""Counts, sizes and times in words."""

from __future__ import annotations

_UNITS = {"kB": 1e3, "MB": 1e6, "GB": 1e9}


def counted(number: int, singular: str, plural: str = "") -> str:
    """`1 article`, `2,400 articles`"""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def human_size(size: float) -> str:
    """`312 bytes`, `4.2 MB`"""
    if size < 1000:
        return counted(int(size), "byte")
    unit = next((u for u in ("kB", "MB") if size < 1000 * _UNITS[u]), "GB")
    size /= _UNITS[unit]
    return f"{size:.1f} {unit}" if size < 10 else f"{size:,.0f} {unit}"


def ago(seconds: float) -> str:
    """`just now`, `5 min ago`, `3 h ago`, `12 days ago`"""
    minutes = int(seconds // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 48 * 60:
        return f"{minutes // 60} h ago"
    return f"{minutes // 1440} days ago"
