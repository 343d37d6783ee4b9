"""The language of messages, for front ends: they know the index through the door alone."""

from __future__ import annotations

from index.language import N_, _, language, ngettext, pgettext, use

__all__ = ["N_", "_", "language", "ngettext", "pgettext", "use"]
