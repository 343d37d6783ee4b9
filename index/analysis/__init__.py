"""From text to tokens: tokenizer, elision, compounds, folding, stemming, stop words.

One filter a file, put together in `analyzer`.
"""

from .analyzer import (
    VERSION,
    ChunkTokens,
    Occurrences,
    Token,
    analyze,
    chunk_tokens,
    folded,
    occurrences,
)
from .compounds import is_joined
from .folding import fold
from .shingles import shingles, sketch, sketch_terms
from .stemming import query_stems
from .stopwords import is_stop_word
from .tokenizer import CHUNK

__all__ = [
    "CHUNK",
    "VERSION",
    "ChunkTokens",
    "Occurrences",
    "Token",
    "analyze",
    "chunk_tokens",
    "fold",
    "folded",
    "is_joined",
    "is_stop_word",
    "occurrences",
    "query_stems",
    "shingles",
    "sketch",
    "sketch_terms",
]
