"""Real sentences as queries, from files outside: `DEPECHE_SENTENCES=piaf.json:articles.jsonl`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.benchmarks.read_sentences import read, sentences

FILES = os.environ.get("DEPECHE_SENTENCES", "")


@pytest.mark.slow
@pytest.mark.skipif(not FILES, reason="DEPECHE_SENTENCES names no files")
def test_no_sentence_is_an_error() -> None:
    texts = [text for name in FILES.split(os.pathsep) for text in sentences(Path(name))]
    errors, _ = read(texts)
    assert len(texts) >= 10_000
    assert errors == []
