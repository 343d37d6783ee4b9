"""What the tests share: the sample articles, an index of them, and no way to the user's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.archives import update


@pytest.fixture(scope="session", autouse=True)
def _no_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("DATA", "STATE", "CONFIG"):
            patch.setenv(f"XDG_{kind}_HOME", str(tmp_path_factory.mktemp(kind.lower())))
        for name in ("DEPECHE_INDEX", "NO_COLOR", "COLUMNS", "LINES"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the sample articles."""
    return Path(__file__).resolve().parent.parent / "seeds"


@pytest.fixture(scope="session")
def archive_folder(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """An index of the sample articles. Not to be written to."""
    folder = tmp_path_factory.mktemp("archive") / "index"
    update(folder, [seeds])
    return folder
