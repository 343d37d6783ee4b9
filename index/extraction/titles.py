"""The title of an article: the one it has, or else the start of its text."""

from __future__ import annotations

import re

from .sources import dateline_end, is_photo_credit

# WASHINGTON – …    INTERNATIONAL – …
_RUBRIC = re.compile(r"[A-ZÀ-Þ\d][A-ZÀ-Þ\d' ’,-]{2,40} ?[–—-] (?=\S)")
# A full stop before a capital ends a sentence, unless it follows an initial or an abbreviation.
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])(?<!\b[A-ZÀ-Þ]\.)(?<!\b(?:MM|Dr|St|Me|Pr)\.)\s+(?=[«“\"A-ZÀ-Þ])"
)
_LONGEST_LEAD = 100  # characters of a title made of a sentence: two lines of a list of results
_LONGEST_TITLE = 300  # characters of any title; twice what headlines have


def tidy_title(title: str) -> str:
    """Put a title on one line of bearable length."""
    return _cut(" ".join(title.split()), _LONGEST_TITLE)


def lead_title(body: str) -> str:
    """Make a title of the first sentence of a body, without its dateline or rubric."""
    lines = body.split("\n")
    line = next((line for line in lines if not is_photo_credit(line)), lines[0])
    line = line[dateline_end(line) :]
    line = line[rubric.end() :] if (rubric := _RUBRIC.match(line)) else line
    sentence = _SENTENCE_END.split(line, maxsplit=1)[0]
    if sentence.endswith(".") and not sentence.endswith("..."):
        sentence = sentence[:-1]
    return _cut(" ".join(sentence.split()), _LONGEST_LEAD) or _cut(line, _LONGEST_LEAD)


def _cut(text: str, longest: int) -> str:
    """Cut text at a word, with an ellipsis."""
    if len(text) <= longest:
        return text
    start = text[: longest + 1].rsplit(" ", 1)[0][:longest]
    return start.rstrip(" ,;:–—-«“(") + "…"
