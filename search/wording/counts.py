"""Counts, sizes and times in words."""

from __future__ import annotations

from .language import NO_BREAK, _, figures, language, ngettext

_UNITS = {"kB": 1e3, "MB": 1e6, "GB": 1e9}


def counted(number: int, one: str, many: str = "") -> str:
    """`1 article`, `2,400 articles`: of the nouns `one` and `many` the one that fits.

    Both are messages: they are translated, and found by `make messages` where this is called.
    """
    noun = ngettext(one, many or one + "s", number)
    return f"{figures(number)}{NO_BREAK if language() == 'fr' else ' '}{noun}"


def human_size(size: float) -> str:
    """`312 bytes`, `4.2 MB`"""
    if size < 1000:
        return counted(int(size), "byte", "bytes")
    unit = next((u for u in ("kB", "MB") if size < 1000 * _UNITS[u]), "GB")
    size /= _UNITS[unit]
    text = figures(size, 1 if size < 10 else 0)
    match unit:
        case "kB":
            return _("{size} kB").format(size=text)
        case "MB":
            return _("{size} MB").format(size=text)
    return _("{size} GB").format(size=text)


def ago(seconds: float) -> str:
    """`just now`, `5 min ago`, `3 h ago`, `12 days ago`"""
    minutes = int(seconds // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return _("{minutes} min ago").format(minutes=minutes)
    if minutes < 48 * 60:
        return _("{hours} h ago").format(hours=minutes // 60)
    days = minutes // 1440
    return _("{days} days ago").format(days=figures(days))
