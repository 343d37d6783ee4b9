"""Indexes as tests make them: in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import index.update
from index.report import Report
from index.store import store_at


def update(folder: Path, roots: Sequence[Path] = (), **options: Any) -> Report:
    """Bring the index in `folder` up to date; `options` are those of `index.update.update`."""
    return index.update.update(store_at(str(folder)), roots, **options)
