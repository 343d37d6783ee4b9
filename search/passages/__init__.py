"""Passages: where a query matches in a text, and what to show of it. Pure functions."""
