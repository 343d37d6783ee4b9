"""Extraction: raw article → article. Cleaned, with its title, source, authors and date."""
