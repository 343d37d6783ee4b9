"""The session: what is asked and what became of it, over an archive that answers any thread."""
