"""The analyzer: text → tokens. The one used for articles, queries and snippets alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from .compounds import is_joined
from .elision import elided
from .folding import fold, normalise
from .stemming import stem
from .tokenizer import CHUNK, PART

VERSION = 1
"""Raise it with every change that gives a text other tokens: older indexes are then rebuilt."""

_LONGEST = 64  # letters of a term; what is longer (base64, hostile input) is cut
_LONGEST_CACHED = 80  # characters of a chunk worth remembering


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
    """The tokens of what `CHUNK` matches in a text."""
    return (_tokens if len(chunk) <= _LONGEST_CACHED else _tokens.__wrapped__)(chunk)


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


class Occurrences(NamedTuple):
    """The words of a text by where they stand and how often: what an index keeps of it."""

    stems: dict[str, list[int]]
    """Positions of each stem."""
    forms: dict[str, int]
    """Number of times each form was written."""


def occurrences(text: str) -> Occurrences:
    """The same words as `analyze`, gathered; half the time."""
    stems: defaultdict[str, list[int]] = defaultdict(list)
    forms: defaultdict[str, int] = defaultdict(int)
    position = 0
    for chunk in CHUNK.findall(text):
        read = _tokens if len(chunk) <= _LONGEST_CACHED else _tokens.__wrapped__
        tokens, width = read(chunk)
        if width == 1:
            ((form, key, *_),) = tokens
            stems[key].append(position)
            forms[form] += 1
        else:
            for token in tokens:
                stems[token.stem].append(position + token.position)
            # A joined compound comes once for each of its positions, but was written once.
            for form in {(token.form, token.start): token.form for token in tokens}.values():
                forms[form] += 1
        position += width
    return Occurrences(stems, forms)


@lru_cache(maxsize=1 << 17)
def _tokens(chunk: str) -> ChunkTokens:
    """See `chunk_tokens`.

    Most chunks of a text have been seen before, in it or another: elision, folding, stemming
    and joining are done once for each.
    """
    spans = []
    if chunk[0].isdigit() and not chunk.isalnum() and PART.fullmatch(chunk):
        spans.append((0, len(chunk)))  # a number with its thousands apart
    else:
        for part in PART.finditer(chunk):
            spans.append((part.start() + elided(part.group()), part.end()))
    words = [
        ("".join(filter(_is_letter, normalise(chunk[a:b])))[:_LONGEST], a, b) for a, b in spans
    ]
    words = [entry for entry in words if entry[0]]
    tokens = [_token(word, a, b, offset) for offset, (word, a, b) in enumerate(words)]
    if is_joined([word for word, _, _ in words]):
        whole = "".join(word for word, _, _ in words)[:_LONGEST]
        a, b = words[0][1], words[-1][2]
        tokens += [_token(whole, a, b, offset) for offset in range(len(words))]
        tokens.sort(key=lambda token: token.position)
    return tuple(tokens), len(words)


def _is_letter(character: str) -> bool:
    return character.isalnum() or "\u0300" <= character <= "\u036f"


def _token(word: str, start: int, end: int, offset: int) -> Token:
    return Token(fold(word), stem(word), word, start, end, offset)
