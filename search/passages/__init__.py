"""Passages: where a query matches in a text, and what to show of it.

Pure functions of a text and of what is sought in it: any engine can use them.
"""

from .highlight import Highlighter, Match, Sought, merged, sought_clauses

__all__ = ["Highlighter", "Match", "Sought", "merged", "sought_clauses"]
