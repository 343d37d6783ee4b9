"""Where things are in the checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
"""The sample articles."""
GOLDEN = ROOT / "tests" / "golden"
"""Recorded answers and screens."""
