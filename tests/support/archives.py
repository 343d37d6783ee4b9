"""Indexes as tests make them: in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import index.update
from index.options import UpdateOptions
from index.report import OnProgress, Report
from index.store import store_at


def update(
    folder: Path,
    roots: Sequence[Path] = (),
    *,
    progress: OnProgress | None = None,
    **options: Any,
) -> Report:
    """Bring the index in `folder` up to date; `options` are those of an update, by their names."""
    return index.update.update(store_at(str(folder)), roots, UpdateOptions(**options), progress)
