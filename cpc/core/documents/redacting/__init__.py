"""Draw files from outside as pictures, and make them again without what must not be seen: removed, not covered."""

from cpc.core.documents.redacting.apart import picture, redact, redraw
from cpc.core.documents.redacting.marks import CannotRedact, Mark

__all__ = ["CannotRedact", "Mark", "picture", "redact", "redraw"]
