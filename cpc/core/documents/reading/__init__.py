"""Read every word in a file: on its pages and elsewhere; and list what a program cannot read.

Knows no Django. A file from outside is read in a separate process, which may fail without harm.
"""

from cpc.core.documents.reading.extract import read_trusted_file
from cpc.core.documents.reading.found import Reading, TextPart
from cpc.core.documents.reading.sandbox import read_in_sandbox

__all__ = ["Reading", "TextPart", "read_file", "read_trusted_file"]


def read_file(body: bytes, name: str = "") -> Reading:
    """Read a file that somebody else made, in a separate process. Never raises for a bad file."""
    return read_in_sandbox(body, name)
