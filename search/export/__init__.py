"""Export: hits as other programs take them, one module a format.

Each is a function from hits to pieces of text, made one by one: a million of them need no memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Literal, get_args

from ..model import Hit

Format = Literal["csv", "ris", "bibtex", "csl-json", "markdown"]
FORMATS: tuple[Format, ...] = get_args(Format)

_MODULES = {"csv": "table", "csl-json": "csl"}
"""Where a module is not called what its format is."""


def exported(hits: Iterable[Hit], format: Format) -> Iterator[str]:
    """The hits in a format, piece by piece."""
    module = import_module(f".{_MODULES.get(format, format)}", __package__)
    written: Callable[[Iterable[Hit]], Iterator[str]] = module.written
    return written(hits)
