"""The letters and notices before a conference."""
