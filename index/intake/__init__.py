"""Intake: files → records, of what has changed, in portions that processes share."""
