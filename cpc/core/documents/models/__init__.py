"""Documents for one reader, outgoing messages, and the checks made before they are sent."""

from cpc.core.documents.models.checks import HarmlessPassage, SecondCheck
from cpc.core.documents.models.documents import Document, DocumentManager, LightQuerySet, Outgoing, opaque_name
from cpc.core.documents.models.incidents import DataIncident
from cpc.core.documents.models.mail import MailQueue

__all__ = [
    "DataIncident",
    "Document",
    "DocumentManager",
    "HarmlessPassage",
    "LightQuerySet",
    "MailQueue",
    "Outgoing",
    "SecondCheck",
    "opaque_name",
]
