"""The names of the months, as French newspapers and their readers write them: folded."""

from __future__ import annotations

_NAMES = (
    "janvier janv",
    "fevrier fevr fev",
    "mars",
    "avril avr",
    "mai",
    "juin",
    "juillet juil",
    "aout",
    "septembre sept",
    "octobre oct",
    "novembre nov",
    "decembre dec",
)

MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
"""The number of each month, by its names and their abbreviations."""

_ENGLISH = "january february march april may june july august september october november december"

OF_PAGES = MONTHS | {
    name: number
    for number, month in enumerate(_ENGLISH.split(), start=1)
    for name in (month, month[:3])
}
"""With the English names, which stand in the metadata of French pages, too."""
