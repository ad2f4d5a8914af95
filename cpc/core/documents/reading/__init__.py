"""Every word that leaves with a file: its pages, and all that is not on them; and what a program cannot read.

Knows no Django: a file from outside is read in a process of its own, which may fail without harm.
"""

from cpc.core.documents.reading.apart import read_apart
from cpc.core.documents.reading.found import Part, Reading
from cpc.core.documents.reading.here import read_here

__all__ = ["Part", "Reading", "read_file", "read_here"]


def read_file(body: bytes, name: str = "") -> Reading:
    """What stands in a file that somebody else made, read in a process of its own. Never raises for a bad file."""
    return read_apart(body, name)
