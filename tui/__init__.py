"""The terminal interface, over the same engine as the command line."""
