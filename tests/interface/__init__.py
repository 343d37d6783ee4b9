"""The command line and the terminal interface, as a person meets them."""
