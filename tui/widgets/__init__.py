"""The widgets: one part of the main screen each."""
