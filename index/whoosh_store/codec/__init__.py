"""The codec: how postings, positions and columns are kept in a segment. Written and read here."""
