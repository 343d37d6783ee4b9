"""The two themes: ink on paper, and its negative."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="depeche-dark",
    dark=True,
    primary="#8ab4d8",
    secondary="#9aa7b8",
    accent="#e6b566",
    warning="#e6b566",
    error="#ec8b7f",
    success="#93c08a",
    foreground="#dfe1e6",
    background="#17191d",
    surface="#1e2126",
    panel="#262a31",
    variables={
        "muted": "#979eab",
        "ask": "#2c3440",
        "faint": "#3a3f49",
        "match": "#ffd58a",
        "match-background": "#3d3420",
        "here": "#17191d",
        "here-background": "#f0b95a",
        "chosen": "#262c36",
        "chosen-blurred": "#20242b",
        "input-selection-background": "#3b5168",
        "block-cursor-text-style": "none",
    },
)

LIGHT = Theme(
    name="depeche-light",
    dark=False,
    primary="#1f5c94",
    secondary="#566072",
    accent="#8f5400",
    warning="#8f5400",
    error="#b3261e",
    success="#2f6f3a",
    foreground="#23262b",
    background="#faf8f4",
    surface="#f1eee8",
    panel="#e8e4dc",
    variables={
        "muted": "#5b6069",
        "ask": "#dce5ee",
        "faint": "#d6d1c7",
        "match": "#5c3a00",
        "match-background": "#fbe6ad",
        "here": "#ffffff",
        "here-background": "#8f5400",
        "chosen": "#e3e9f0",
        "chosen-blurred": "#efece6",
        "input-selection-background": "#c3d7ea",
        "block-cursor-text-style": "none",
    },
)

THEMES = (DARK, LIGHT)


def opposite(name: str) -> str:
    """The light theme for the dark one, and the dark one for any other."""
    return LIGHT.name if name == DARK.name else DARK.name
