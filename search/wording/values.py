"""Values of fields as they are shown: what is not known has a name in each language."""

from __future__ import annotations

from ..model import UNKNOWN_SOURCE
from .language import pgettext


def source(value: str) -> str:
    """The name of a source; of articles whose source is not known, `unknown`, `inconnue`."""
    return pgettext("source", "unknown") if value == UNKNOWN_SOURCE else value
