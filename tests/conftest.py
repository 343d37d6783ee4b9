"""What the tests share: the sample articles, an index of them, and no way to the user's own."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.language import use
from tests.support.archives import update

os.environ["DEPECHE_LANG"] = "en"  # whatever that of who runs them; French is tested by name


def pytest_collection_finish() -> None:
    """Keep the garbage collector from looking, each time anew, at what is there to stay.

    Half a million objects of pytest's own, of Hypothesis and of what tests import: that was a
    quarter of the time of the suite. What tests leave behind is collected all the same.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _no_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("DATA", "STATE", "CONFIG"):
            patch.setenv(f"XDG_{kind}_HOME", str(tmp_path_factory.mktemp(kind.lower())))
        for name in ("DEPECHE_INDEX", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"):
            patch.delenv(name, raising=False)
        patch.setenv("OPENBLAS_NUM_THREADS", "1")  # NumPy loads faster, in many a process
        yield


@pytest.fixture
def french() -> Iterator[None]:
    """All of it is said in French."""
    use("fr")
    yield
    use("en")


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
