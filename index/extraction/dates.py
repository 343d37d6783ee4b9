"""The day an article was published: from what its metadata says, its address, or its own lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_tz

from ..analysis.folding import in_ascii
from .months import OF_PAGES

_FIRST_YEAR = 1700  # newspapers are not much older, and scans of them are not indexed by mistake
_AHEAD = timedelta(days=1)  # somewhere it is tomorrow already

_TIME = r"(?:,?(?:T| |\s+a\s+)\s*\d{1,2}\s?[:h].*)?"
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T.*)?", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}|\d\d){_TIME}", re.IGNORECASE)
_WEEKDAY = (
    r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:lun|mar|mer|jeu|ven|sam|dim)\."
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
# 14 janvier 2019, lundi 1er mai, jeu. 5 dec. 2024 a 18h30
_FRENCH = rf"(?:{_WEEKDAY},?\s+)?(\d{{1,2}})(?:er)?\s+([a-z]{{3,9}})\.?(?:,?\s+(\d{{4}}))?"
_FRENCH_WHOLE = re.compile(rf"(?:le\s+)?{_FRENCH}{_TIME}", re.IGNORECASE)
_MONTH_FIRST = re.compile(
    rf"(?:{_WEEKDAY},?\s+)?([a-z]{{3,9}})\.?\s+(\d{{1,2}}),?\s+(\d{{4}}){_TIME}", re.IGNORECASE
)
_RFC_2822 = re.compile(
    r"(?:[a-z]{3},\s+)?\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d{2}:\d{2}.*", re.IGNORECASE
)
_UNIX = re.compile(
    r"[a-z]{3} ([a-z]{3}) +(\d{1,2}) [\d:]{8} (?:[a-z]{3,4} )?(\d{4})", re.IGNORECASE
)
_SECONDS = re.compile(r"(\d{10})(?:\d{3})?")
_PUBLISHED = (
    r"(?:(?:article\s+)?(?:publie|paru|poste|mis en ligne|diffuse|ecrit|redige|cree|date)e?"
    r"(?:\s+(?:le|ce|par .{2,40} le))?\s*:?\s*(?:le\s+)?|le\s+)"
)
_UPDATED = r"(?:(?:mis a jour|mise a jour|modifie|actualise)e?(?:\s+(?:le|ce))?\s*:?\s*(?:le\s+)?)"
_NUMERIC = r"\d{1,2}(?P<dot>[/.-])\d{1,2}(?P=dot)\d{4}|\d{4}-\d{1,2}-\d{1,2}"
_DAY = (
    rf"(?P<day>(?:{_WEEKDAY},?\s+)?\d{{1,2}}(?:er)?\s+[a-z]{{3,9}}\.?(?:,?\s+\d{{4}})?|{_NUMERIC})"
)
# What may follow a day on its line: a time, and when the article was changed.
_REST = r"(?P<rest>\s*(?:$|[,•|·–-].*|a\s+\d.*|\(?\d{1,2}\s?[:h].*|-.*|par\s.*|modifie.*|mis.*))"
_LINE = re.compile(rf"(?P<label>{_PUBLISHED}|{_UPDATED}|){_DAY}{_REST}")
_UPDATED_LABEL = re.compile("mise? a jour|modifie|actualise")
_TIME_ONLY = re.compile(r"\s*(?:,?\s*(?:-|a)?\s*\d{1,2}\s?[:h]\s?(?:\d\d)?)?\s*")
_DATELINE = re.compile(
    r"[A-Z][\w' -]{1,40}(?: \([^)]{2,30}\))?, (?:le )?(\d{1,2}(?:er)? [a-z]{3,9}\.?(?: \d{4})?)"
    r" \([^)]{2,40}\) ?(?:--|[-–—]).*"
)
_YEAR = re.compile(r"\b(1[789]\d\d|20\d\d)\b")
_IN_URL = re.compile(r"(?:^|[/_-])((?:1[89]|20)\d\d)([/-])(\d{1,2})\2(\d{1,2})(?=[/_.-]|$)")
_HEAD, _TAIL = 10, 6  # lines in which a page says when it was published
_LONGEST = 160  # characters of such a line


def parse_date(text: str, today: date | None = None) -> date | None:
    """Parse `2024-11-20`, `20/11/2024`, `mercredi 20 novembre 2024`, `jeu. 5 déc. 2024`,
    `November 20, 2024`, seconds since 1970 or an e-mail's date.

    The day is the one that is written, whatever the time zone. None when it is anything else, not a
    day of the calendar, in the future or before 1700.
    """
    text = in_ascii(text.strip())
    try:
        return _plausible(_parsed(text), today)
    except (ValueError, OverflowError):
        return None


def _parsed(text: str, year: int | None = None) -> date | None:
    """The day that a folded text is; `year` is for a day that has none."""
    if match := _ISO.fullmatch(text):
        return date(int(match[1]), int(match[3]), int(match[4]))
    if match := _COMPACT.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(text):
        return date(_full_year(match[4]), int(match[3]), int(match[1]))
    if (match := _FRENCH_WHOLE.fullmatch(text)) and (month := OF_PAGES.get(match[2].lower())):
        of = int(match[3]) if match[3] else year
        return date(of, month, int(match[1])) if of else None
    for pattern, places in ((_MONTH_FIRST, (3, 1, 2)), (_UNIX, (3, 1, 2))):
        if (match := pattern.fullmatch(text)) and (month := OF_PAGES.get(match[places[1]].lower())):
            return date(int(match[places[0]]), month, int(match[places[2]]))
    if _RFC_2822.fullmatch(text) and (parsed := parsedate_tz(text)):
        return date(*parsed[:3])
    if match := _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(match[1]), UTC).date()
    return None


def _full_year(year: str) -> int:
    """`19` is 2019, `87` is 1987."""
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) <= date.today().year % 100 + 1 else 1900)


def _plausible(day: date | None, today: date | None) -> date | None:
    if day is None or day.year < _FIRST_YEAR or day > (today or date.today()) + _AHEAD:
        return None
    return day


def date_in_url(url: str) -> date | None:
    """The day in an address such as `/2019/01/14/…`."""
    for match in _IN_URL.finditer(url):
        try:
            return _plausible(date(int(match[1]), int(match[3]), int(match[4])), None)
        except ValueError:
            continue
    return None


def find_date(lines: Sequence[str], hint: date | None = None) -> date | None:
    """The day that an article says it was published on, in a line of its head or, failing that, of
    its end: `Publié le 14 janvier 2019 à 18h30`, or a day that stands alone.

    A day without a year has that of its neighbours, or of `hint`.
    """
    near = [*lines[:_HEAD], *lines[max(_HEAD, len(lines) - _TAIL) :]]
    near = [in_ascii(line).strip() for line in near if len(line) <= _LONGEST]
    years = [int(found[1]) for line in near for found in _YEAR.finditer(line)]
    year = hint.year if hint else years[0] if len(set(years)) == 1 else None
    updated = None
    for line in near:
        if match := _LINE.fullmatch(line.lower()):
            alone = match["label"] in ("", "le ")
            if alone and not (_YEAR.search(match["day"]) and _TIME_ONLY.fullmatch(match["rest"])):
                continue  # « 17 novembre : … » is an event
            day = _day(match["day"], year)
            if (
                day
                and match["label"].startswith(("m", "actual"))
                and "en ligne" not in match["label"]
            ):
                updated = updated or day
            elif day:
                return day
        elif (dated := _DATELINE.match(line)) and (day := _day(dated[1].lower(), year)):
            return day
    return updated


def _day(text: str, year: int | None) -> date | None:
    try:
        return _plausible(_parsed(text, year), None)
    except (ValueError, OverflowError):
        return None
