"""Safe: text from outside that cannot steer a terminal.

Every substitution keeps the length of the text, so that the offsets of matches stay true.
"""

from __future__ import annotations

import re

UNSAFE = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff"
"""For a character class of a regular expression: control characters, what turns the direction of
writing, line separators, annotations between lines, lone surrogates."""

_UNSAFE = re.compile(f"[{UNSAFE}]")
_UNSAFE_IN_LINES = re.compile(f"(?!\n)[{UNSAFE}]")
_SPACES = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_PICTURES = 0x2400  # the control characters have pictures in Unicode, in their order: ␀ … ␛ …


def safe(text: str) -> str:
    """`text` on one line, with visible substitutes for what a terminal would act upon."""
    return _UNSAFE.sub(_substitute, text)


def safe_lines(text: str) -> str:
    """The same, with its line breaks."""
    return _UNSAFE_IN_LINES.sub(_substitute, text)


def _substitute(found: re.Match[str]) -> str:
    character = found[0]
    if character in _SPACES:
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(_PICTURES + code)
    return "␡" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"
