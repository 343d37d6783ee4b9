"""Vocabulary: every chunk of text has a number, and what analysis makes of it is a row of a table.

A text becomes a row of numbers, at the price of a regular expression and a dictionary look-up a
chunk; all else is done for many texts at once, in arrays (see `inversion`).
"""

from __future__ import annotations

from array import array
from zlib import crc32

from .analyzer import analyze_chunk
from .tokenizer import CHUNK


class Vocabulary(dict[str, int]):
    """Numbers chunks as they come; each is analyzed once, when it is first looked up."""

    def __init__(self) -> None:
        self.terms: dict[str, int] = {}
        """Stems and forms, numbered."""
        self.widths = array("i")
        """Words of each chunk: by how much it moves the position on."""
        self.hashes = array("I")
        """Of each chunk in lower case: see `sketch`."""
        self.firsts = array("i")
        """Where the tokens of each chunk begin in the arrays below."""
        self.sizes = array("i")
        """How many tokens each chunk has."""
        self.stems = array("i")
        """Of each token, its stem as a number …"""
        self.forms = array("i")
        """… its form; -1 where the same is written at several positions (see `Token`) …"""
        self.folded: list[str] = []
        """Of each chunk, its forms."""
        self.offsets = array("i")
        """… and its position, counted from that of its chunk."""

    def __missing__(self, chunk: str) -> int:
        tokens, width = analyze_chunk(chunk)
        number = self[chunk] = len(self)
        self.widths.append(width)
        self.hashes.append(crc32(chunk.lower().encode("utf-8", "surrogatepass")))
        self.firsts.append(len(self.stems))
        self.sizes.append(len(tokens))
        self.folded.append(" ".join([token.form for token in tokens]))
        terms, written = self.terms, set()
        for form, stem, _, start, _, position in tokens:
            again = (form, start) in written
            written.add((form, start))
            self.stems.append(terms.setdefault(stem, len(terms)))
            self.forms.append(-1 if again else terms.setdefault(form, len(terms)))
            self.offsets.append(position)
        return number

    def chunks(self, text: str) -> array[int]:
        """The chunks of `text`, as numbers."""
        return array("i", map(self.__getitem__, CHUNK.findall(text)))
