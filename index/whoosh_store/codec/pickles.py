"""Pickles that run nothing: an index may be a stranger's, and Whoosh's format is made of pickles.

A pickle can name any function there is and have it called. Those of an index hold numbers, bytes,
text and what contains them; only the table of contents names classes, which are never looked up
here: an object without a class stands for each of their objects.
"""

from __future__ import annotations

import re
from io import BytesIO
from pickle import Unpickler, loads
from typing import Any, NoReturn

from zlib_ng.zlib_ng import decompress, decompressobj  # zlib in less time
from zlib_ng.zlib_ng import error as zlib_error

from ...language import _


class Damage(Exception):
    """Bytes of an index are not what was written there. The message says which: `make messages`
    finds it here, and it is translated where it is told (`folder.reading`)."""


MOST_UNPACKED = 1 << 28
"""Bytes that one compressed value may have: a longest article with all its positions has less."""

_NEVER_MORE = MOST_UNPACKED // 1032
"""zlib makes at most 1,032 bytes out of one: what is no longer than this cannot have more."""

_MAY_NAME = re.compile(rb"[ciprP\x82-\x84\x93]").search
"""The opcodes that name something (GLOBAL, INST, EXT…, STACK_GLOBAL), and those that number what is
kept for later (PUT), by any number. In most short pickles none of these bytes occurs, as opcode or
otherwise; then the usual function, which is the fastest, has nothing to look up."""


_SHORT = 100
"""Bytes up to which it is faster to look for one of them."""

_FRAMED = b"\4"
"""The protocol from which on a pickle says how long it is."""


def plain(data: bytes) -> Any:
    """What is pickled here, if it is numbers, text, bytes and what contains them.

    Raises Damage for anything else.
    """
    try:
        if len(data) <= _SHORT and not _MAY_NAME(data):
            return loads(data)
        return Plain(BytesIO(data) if data[1:2] >= _FRAMED else _Ahead(data)).load()
    except (MemoryError, RecursionError, Damage):
        raise
    except Exception as error:  # whatever it is, it comes of these bytes
        raise Damage(_("not a pickle ({error})").format(error=type(error).__name__)) from error


class _Ahead(BytesIO):
    """Lets a whole pickle be seen at once: older ones are asked for byte by byte otherwise."""

    def peek(self, _: int) -> bytes:
        """What comes next."""
        data, at = self.getvalue(), self.tell()
        return data[at:] if at else data


def plain_and_length(data: bytes) -> tuple[Any, int]:
    """The same of a pickle that more may follow, and how long it is."""
    file = BytesIO(data)
    try:
        return Plain(file).load(), file.tell()
    except (MemoryError, RecursionError, Damage):
        raise
    except Exception as error:
        raise Damage(_("not a pickle ({error})").format(error=type(error).__name__)) from error


class Plain(Unpickler):
    """Knows only how the oldest protocols, which are those of Whoosh, write bytes."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("_codecs", "encode"):
            return _latin_1
        if (module, name) in (("__builtin__", "bytes"), ("builtins", "bytes")):
            return _no_bytes
        _refuse(module, name)


def _latin_1(text: str, _: str) -> bytes:
    return text.encode("latin-1")


def _no_bytes() -> bytes:
    return b""


def _refuse(module: str, name: str) -> NoReturn:
    raise Damage(_("it names {name}").format(name=f"{module}.{name}"[:70]))


class _Sealed(type):
    """A class of which a pickle cannot change anything."""

    def __setattr__(cls, name: str, value: object) -> NoReturn:
        _refuse(cls.__name__, name)


class Inert(metaclass=_Sealed):
    """Stands for an object of a class that is not looked up: it has attributes, no more."""

    def __new__(cls, *_: object) -> Inert:
        return super().__new__(cls)


class InertDict(dict[Any, Any], metaclass=_Sealed):
    """Stands for a dictionary of another kind."""

    def __init__(self, *_: object) -> None:
        super().__init__()


_KNOWN = {
    "index.whoosh_store.schema": {"Forms", "FrenchAnalyzer", "Stems"},
    "whoosh.analysis.tokenizers": {"IDTokenizer"},
    "whoosh.codec.whoosh3": {"W3Codec", "W3Segment"},
    "whoosh.columns": {"VarBytesColumn"},
    "whoosh.fields": {"COLUMN", "ID", "STORED", "Schema"},
    "whoosh.formats": {"Existence", "Positions"},
}
"""All that tables of contents name, and …"""

_BUILT_IN = {
    ("collections", "defaultdict"): InertDict,
    ("__builtin__", "int"): Inert,
    ("builtins", "int"): Inert,
    ("__builtin__", "set"): set,
    ("builtins", "set"): set,
}
"""… what stands for that which is Python's own."""


class Moved(Exception):
    """A pickle names something that another version of depeche or of Whoosh may have."""


_OF_VERSIONS = {"index", "whoosh"}
"""Packages whose versions have different classes, or have them in different places."""


class _Inertly(Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if name in _KNOWN.get(module, ()):
            return Inert
        if module.partition(".")[0] in _OF_VERSIONS:
            raise Moved(f"{module}.{name}")
        return _BUILT_IN.get((module, name)) or _refuse(module, name)


def inert(file: BytesIO) -> Any:
    """The next pickle in a file, its objects replaced by those of `Inert`.

    Raises Damage, or Moved for one of another version.
    """
    try:
        return _Inertly(file).load()
    except (MemoryError, RecursionError, Damage, Moved):
        raise
    except Exception as error:
        raise Damage(_("not a pickle ({error})").format(error=type(error).__name__)) from error


def unpacked(data: bytes) -> bytes:
    """What is compressed here. Raises Damage, also for what is too long to be of an index."""
    try:
        if len(data) <= _NEVER_MORE:
            return decompress(data)
        whole = decompressobj()
        found = whole.decompress(data, MOST_UNPACKED)
    except zlib_error as error:  # type: ignore[misc]  # it is not typed as one
        raise Damage("not compressed as it was") from error
    if not whole.eof:
        raise Damage("longer than anything in an index")
    return found
