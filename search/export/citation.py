"""Citation: an article as French publications cite it."""

from __future__ import annotations

from datetime import date

from ..model import Head
from .people import outlet

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_NO_BREAK = "\xa0"


def citation(head: Head) -> str:
    """`Anne Durand et Paul Roy, « Titre », *Le Monde*, 14 novembre 2024, https://…`

    What is not known is left out. The outlet stands between asterisks, which is Markdown for
    italics.
    """
    title = f"«{_NO_BREAK}{head.title}{_NO_BREAK}»"
    source = outlet(head)
    parts = (_listed(head.authors), title, source and f"*{source}*", _day(head.date), head.url)
    end = "" if head.url else "."
    return ", ".join(filter(None, parts)) + end


def _listed(names: tuple[str, ...]) -> str:
    *others, last = names or ("",)
    return f"{', '.join(others)} et {last}" if others else last


def _day(value: date | None) -> str:
    """`14 novembre 2024`, `1er mars 2019`"""
    if value is None:
        return ""
    number = "1er" if value.day == 1 else str(value.day)
    return f"{number}{_NO_BREAK}{_MONTHS[value.month - 1]} {value.year}"
