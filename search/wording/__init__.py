"""Wording: what the command line and the interface say alike."""
