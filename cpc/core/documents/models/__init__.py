"""What was written for one reader, everything that leaves, and what people judged of it before it left."""

from cpc.core.documents.models.documents import Document, DocumentManager, LightQuerySet, Outgoing, opaque_name
from cpc.core.documents.models.judgements import FileLook, HarmlessPassage, Override, SecondLook

__all__ = [
    "Document", "DocumentManager", "FileLook", "HarmlessPassage", "LightQuerySet", "Outgoing", "Override", "SecondLook",
    "opaque_name",
]  # fmt: skip
