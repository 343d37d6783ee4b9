"""Query: text → parsed query. Knows no engine.

`lexer` → `parser` → `nodes`. The parser reads the lexemes with a `cursor`, and leaves what is in
quotes to `phrases`, what stands behind `source:` and its like to `filters`. `words` makes words of
a run of text, `dates` days of it; `fields` has the names of fields, `notes` what was assumed.
"""

from .nodes import (
    AllOf,
    AnyOf,
    ByAuthor,
    Compound,
    Dated,
    FromSource,
    Fuzzy,
    InTitle,
    Near,
    Node,
    Not,
    Passage,
    Phrase,
    Prefix,
    Term,
    Word,
    keys,
    sources,
    terms,
)
from .parser import Parsed, parse

__all__ = [
    "AllOf",
    "AnyOf",
    "ByAuthor",
    "Compound",
    "Dated",
    "FromSource",
    "Fuzzy",
    "InTitle",
    "Near",
    "Node",
    "Not",
    "Parsed",
    "Passage",
    "Phrase",
    "Prefix",
    "Term",
    "Word",
    "keys",
    "parse",
    "sources",
    "terms",
]
