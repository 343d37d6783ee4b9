"""Turning the bytes of a file into text."""

from __future__ import annotations

import codecs
import re
import unicodedata

from ..language import _

_LINE_END = "\r\v\f\x1c-\x1f\x85\u2028\u2029"
# What has no shape on the page: control characters, halves of surrogate pairs, and the
# invisible characters that break a word in two for whoever searches it (soft hyphen, zero-width
# space, word joiner, byte-order mark).
_SHAPELESS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ud800-\udfff"
_ODD = re.compile(f"[{_LINE_END}{_SHAPELESS}]")
_LINE_ENDS = re.compile(f"\r\n|[{_LINE_END}]")
_INVISIBLE = re.compile(f"[{_SHAPELESS}]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Long runs of what is neither letter nor space, combining accents among them. Unicode sees no use
# for more than thirty of those (its "stream-safe" format); to sort many thousands takes minutes.
_MOST_MARKS = 30
_MANY_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MOST_MARKS + 1},}}")
_SAMPLED = 10  # one character in so many
_FOREIGN_SAMPLES = re.compile(rf"[^\x00-\x7f]{{{_MOST_MARKS // _SAMPLED}}}")
_NOT_ASCII = re.compile("[^\x00-\x7f\ufffd]")
_REPLACEMENT = "\ufffd"
_MOST_CONTROLS = 0.1  # of all characters; a text has hardly any


class Unreadable(Exception):
    """The bytes are not those of a text; `reason` says why in a few words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def decode(data: bytes) -> str:
    """Decode UTF-8, UTF-16 with a byte-order mark, or else Windows-1252, and normalise."""
    text = to_text(data)
    if "\0" in text or len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text):
        raise Unreadable(_("binary file"))
    text = normalise(text)
    if not text.strip():
        raise Unreadable(_("empty file"))
    return text


def normalise(text: str) -> str:
    """Make text NFC, with `\\n` as its only line end and without invisible characters.

    They are removed, not escaped: nobody types them into a search, and no article needs them.
    """
    if _ODD.search(text):
        text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    if _may_have_many_marks(text):
        text = _MANY_MARKS.sub(_drop_marks, text)
    return unicodedata.normalize("NFC", text)


def _may_have_many_marks(text: str) -> bool:
    """Whether to look for `_MANY_MARKS` in `text`: false only where there are none.

    Only every tenth character is looked at, which takes a fraction of the time. In a run of more
    than thirty characters that are not ASCII, three such samples follow each other.
    """
    return bool(_FOREIGN_SAMPLES.search(text[::_SAMPLED]))


def _drop_marks(match: re.Match[str]) -> str:
    run = match[0]
    rest = (mark for mark in run[_MOST_MARKS:] if not unicodedata.combining(mark))
    return run[:_MOST_MARKS] + "".join(rest)


def to_text(data: bytes) -> str:
    """Decode UTF-8, UTF-16 with a byte-order mark, or else Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut in the middle of its last character is UTF-8 all the same, provided it has
        # other accents: a lone byte at the end is an é of Windows-1252.
        cut = error.reason == "unexpected end of data"
        if cut and not data[: error.start].isascii():
            return data[: error.start].decode("utf-8")
    # Among thousands of accents in UTF-8 one damaged byte proves nothing; in a French text in
    # Windows-1252 nearly every accent is invalid UTF-8.
    text = data.decode("utf-8", "replace")
    if len(_NOT_ASCII.findall(text)) > text.count(_REPLACEMENT):
        return text
    # The five bytes Windows-1252 leaves undefined are damage without a meaning.
    return data.decode("windows-1252", "ignore")


def on_one_line(text: str) -> str:
    """Text as `normalise` makes it, with single spaces."""
    return " ".join(normalise(text).split())
