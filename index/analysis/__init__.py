"""From text to tokens: tokenizer, elision, compounds, folding, stemming, stop words.

The forms of French words are in `dictionary`, which also says where they are from.

One filter a file, put together in `analyzer`. `vocabulary`, `sketch` and `resemblance`, which only
indexing needs, are not imported here: they load NumPy.
"""

from .analyzer import VERSION, ChunkTokens, Token, analyze, chunk_tokens, folded
from .compounds import is_joined
from .folding import fold
from .stemming import beginnings, query_stems
from .stopwords import is_stop_word
from .tokenizer import CHUNK

__all__ = [
    "CHUNK",
    "VERSION",
    "ChunkTokens",
    "Token",
    "analyze",
    "beginnings",
    "chunk_tokens",
    "fold",
    "folded",
    "is_joined",
    "is_stop_word",
    "query_stems",
]
