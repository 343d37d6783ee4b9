"""Compounds: `contre-offensive` is `contre`, `offensive` and `contreoffensive`.

Reformed spelling and haste write together what others hyphenate (`anti-personnel` and
`antipersonnel`, `F-16` and `F16`), so a compound is also indexed joined.
"""

from __future__ import annotations

from collections.abc import Sequence

HYPHENS = "‐‑-"  # hyphen, no-break hyphen, hyphen-minus (last: it goes into character sets)

# Pronouns and particles tied to what comes before: « a-t-il », « celui-ci », « vas-y ».
_ENCLITICS = {"t", "ce", "ci", "là", "je", "moi", "tu", "toi", "il", "ils", "elle", "elles", "on"}
_ENCLITICS |= {"le", "la", "les", "lui", "leur", "nous", "vous", "y", "en"}
_MOST_PARTS = 4


def is_joined(parts: Sequence[str]) -> bool:
    """Whether the normalised `parts` of a hyphenated word are also one word.

    Not verb and pronoun, not numbers (`2020-2021`), not lists (`a-b-c-d-e`).
    """
    return (
        2 <= len(parts) <= _MOST_PARTS
        and parts[-1] not in _ENCLITICS
        and not all(map(str.isdigit, parts))
    )
