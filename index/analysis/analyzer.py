"""The analyzer: text → tokens. The one used for articles, queries and snippets alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from .compounds import is_joined
from .dictionary import VERSION as DICTIONARY
from .elision import elided
from .folding import normalise, without_accents
from .stemming import stem
from .tokenizer import CHUNK, PART

VERSION = f"3 {DICTIONARY}"
"""Raise it with every change that gives a text other tokens: older indexes are then rebuilt."""

_LONGEST = 64  # letters of a term; what is longer (base64, hostile input) is cut
_MOST_PARTS = 1_000  # of a chunk; a million underscores would take a gigabyte
_LONGEST_REMEMBERED = 80  # characters of a chunk worth remembering


class Token(NamedTuple):
    """One word of a text.

    `text[start:end]` is the word as it stands there. A joined compound comes once for each
    of its parts' positions, so that it is next to both of its neighbours.
    """

    form: str
    """Unstemmed, folded: what was written, as it would be typed."""
    stem: str
    """The key it shares with its other forms."""
    word: str
    """Lower case, with its accents."""
    start: int
    end: int
    position: int


ChunkTokens = tuple[tuple[Token, ...], int]
"""The tokens of a chunk, offsets and positions counted from its start, and its width in words."""


def chunk_tokens(chunk: str) -> ChunkTokens:
    """The same as `analyze_chunk`, remembered: most chunks of a text have been seen before."""
    return _remembered(chunk) if len(chunk) <= _LONGEST_REMEMBERED else analyze_chunk(chunk)


def analyze(text: str, read: Callable[[str], ChunkTokens] = chunk_tokens) -> Iterator[Token]:
    """The words of `text` in order, with their exact offsets in it (whatever its normal form).

    Who looks for some words only has a `read` that gives no tokens for the chunks without any.
    """
    position = 0
    for match in CHUNK.finditer(text):
        tokens, width = read(match.group())
        if tokens:
            begin = match.start()
            for form, key, word, start, end, offset in tokens:
                yield Token(form, key, word, begin + start, begin + end, position + offset)
        position += width


def folded(text: str) -> str:
    """The words of `text` as they would be typed: what two spellings of a name share."""
    return " ".join(token.form for token in analyze(text))


def analyze_chunk(chunk: str) -> ChunkTokens:
    """The tokens of what `CHUNK` matches in a text.

    Elision, folding, stemming and joining are done here.
    """
    if chunk.isalpha():  # most are: one word, with nothing to leave out
        capital = chunk[0].isupper()
        return (_token(normalise(chunk)[:_LONGEST], 0, len(chunk), 0, capital),), 1
    spans = []
    if chunk[0].isdigit() and not chunk.isalnum() and PART.fullmatch(chunk):
        spans.append((0, len(chunk)))  # a number with its thousands apart
    else:
        for part in islice(PART.finditer(chunk), _MOST_PARTS):
            spans.append((part.start() + elided(part.group()), part.end()))
    words = [(_letters(chunk[a:b])[:_LONGEST], a, b) for a, b in spans]
    words = [entry for entry in words if entry[0]]
    tokens = [
        _token(word, a, b, offset, chunk[a].isupper()) for offset, (word, a, b) in enumerate(words)
    ]
    if is_joined([word for word, _, _ in words]):
        whole = normalise("".join(word for word, _, _ in words))[:_LONGEST]
        a, b = words[0][1], words[-1][2]
        tokens += [_token(whole, a, b, offset) for offset in range(len(words))]
        tokens.sort(key=lambda token: token.position)
    return tuple(tokens), len(words)


_remembered = lru_cache(maxsize=1 << 17)(analyze_chunk)


def _letters(part: str) -> str:
    """What is a letter or an accent of it, normalised: they may not have stood together before."""
    return normalise("".join(filter(_is_letter, normalise(part))))


def _is_letter(character: str) -> bool:
    return character.isalnum() or "\u0300" <= character <= "\u036f"


def _token(word: str, start: int, end: int, offset: int, capital: bool = False) -> Token:
    return Token(without_accents(word), stem(word, capital), word, start, end, offset)
