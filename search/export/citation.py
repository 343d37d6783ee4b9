"""Citation: an article as French publications cite it."""

from __future__ import annotations

from ..model import Head
from ..wording.dates import french_day
from ..wording.language import NO_BREAK
from .people import outlet


def citation(head: Head) -> str:
    """`Anne Durand et Paul Roy, « Titre », *Le Monde*, 14 novembre 2024, https://…`

    What is not known is left out. The outlet stands between asterisks, which is Markdown for
    italics.
    """
    title = f"«{NO_BREAK}{head.title}{NO_BREAK}»"
    source = outlet(head)
    parts = (
        _listed(head.authors),
        title,
        source and f"*{source}*",
        french_day(head.date) if head.date else "",
        head.url,
    )
    end = "" if head.url else "."
    return ", ".join(filter(None, parts)) + end


def _listed(names: tuple[str, ...]) -> str:
    *others, last = names or ("",)
    return f"{', '.join(others)} et {last}" if others else last
