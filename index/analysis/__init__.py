"""From text to tokens: tokenizer, elision, compounds, folding, stemming, stop words.

One filter a file, put together in `analyzer`. `vocabulary` and `sketch`, which only indexing
needs, are not imported here: they load NumPy.
"""

from .analyzer import VERSION, Token, analyze, folded
from .compounds import is_joined
from .folding import fold
from .shingles import shingles, sketch_terms
from .stemming import query_stems
from .stopwords import is_stop_word
from .tokenizer import CHUNK

__all__ = [
    "CHUNK",
    "VERSION",
    "Token",
    "analyze",
    "fold",
    "folded",
    "is_joined",
    "is_stop_word",
    "query_stems",
    "shingles",
    "sketch_terms",
]
