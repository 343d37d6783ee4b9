"""The day an article was published, from what its metadata says."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_tz

from ..analysis.folding import in_ascii
from .months import MONTHS

_TIME = r"(?:,?(?:T| |\s+a\s+)\s*\d{1,2}\s?[:h].*)?"
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T.*)?", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}){_TIME}", re.IGNORECASE)
_FRENCH = re.compile(
    r"(?:le\s+)?(?:(?:lun|mar|mercre|jeu|vendre|same)di,?\s+|dimanche,?\s+)?"
    rf"(\d{{1,2}})(?:er)?\s+([a-z]+)\.?\s+(\d{{4}}){_TIME}",
    re.IGNORECASE,
)
_RFC_2822 = re.compile(
    r"(?:[a-z]{3},\s+)?\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d{2}:\d{2}.*", re.IGNORECASE
)


def parse_date(text: str) -> date | None:
    """Parse `2024-11-20`, `20/11/2024`, `mercredi 20 novembre 2024` or an e-mail's date.

    The day is the one that is written, whatever the time zone. None when it is anything else, or
    not a day of the calendar.
    """
    text = in_ascii(text.strip())
    try:
        if match := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY_FIRST.fullmatch(text):
            return date(int(match[4]), int(match[3]), int(match[1]))
        if (match := _FRENCH.fullmatch(text)) and (month := MONTHS.get(match[2].lower())):
            return date(int(match[3]), month, int(match[1]))
        if _RFC_2822.fullmatch(text) and (parsed := parsedate_tz(text)):
            return date(*parsed[:3])
    except ValueError:
        return None
    return None
