"""Files from outside as pictures, and made again without what must not be seen: removed, never covered over."""

from cpc.core.documents.redacting.apart import picture, redact
from cpc.core.documents.redacting.marks import CannotRedact, Mark

__all__ = ["CannotRedact", "Mark", "picture", "redact"]
