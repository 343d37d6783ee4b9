"""From text to tokens: tokenizer, elision, compounds, folding, stemming, stop words.

One filter a file, put together in `analyzer`.
"""

from .analyzer import VERSION, Occurrences, Token, analyze, occurrences
from .compounds import is_joined
from .folding import fold
from .stemming import query_stems
from .stopwords import is_stop_word

__all__ = [
    "VERSION",
    "Occurrences",
    "Token",
    "analyze",
    "fold",
    "is_joined",
    "is_stop_word",
    "occurrences",
    "query_stems",
]
