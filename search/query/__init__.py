"""Query: text → parsed query. Knows no engine.

`lexer` → `parser` → `nodes`; `dates` reads what stands behind `date:`.
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
    Node,
    Not,
    Phrase,
    Prefix,
    Term,
    Word,
    keys,
    terms,
)
from .parser import parse

__all__ = [
    "AllOf",
    "AnyOf",
    "ByAuthor",
    "Compound",
    "Dated",
    "FromSource",
    "Fuzzy",
    "InTitle",
    "Node",
    "Not",
    "Phrase",
    "Prefix",
    "Term",
    "Word",
    "keys",
    "parse",
    "terms",
]
