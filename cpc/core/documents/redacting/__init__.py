"""Draw files from outside as pictures, and make them again without what must not be seen: removed, not covered."""

from cpc.core.documents.redacting.marks import CannotRedact, Mark
from cpc.core.documents.redacting.sandbox import picture, redact, redraw

__all__ = ["CannotRedact", "Mark", "picture", "redact", "redraw"]
