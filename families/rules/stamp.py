"""A mark of what a page showed, so that a second saver is told. Pure: no database, no clock, no Django."""

import hashlib


def stamp(values) -> str:
    """A short mark of what a page showed: it differs when any value differs, so a second saver is told."""
    said = sorted(values.items()) if isinstance(values, dict) else sorted(map(repr, values))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]
