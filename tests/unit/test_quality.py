"""The code's own state: lint, format, types, spelling."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.places import ROOT

CHECKS = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "spelling": ["codespell_lib"],
}


@pytest.mark.parametrize("command", CHECKS.values(), ids=CHECKS)
def test_code_is_clean(command: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
