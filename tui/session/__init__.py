"""The session: an archive for the interface, asked from any thread, updated in the background."""
