"""Wording: what the command line and the interface say alike, and how it is made safe to show."""
