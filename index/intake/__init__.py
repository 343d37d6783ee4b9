"""Intake: what has changed in the folders, read and handed to a store.

`files` → `changes` (against what is `known`, by `digests`) → `tasks` → `processes` → `records` →
`writing`.
"""
