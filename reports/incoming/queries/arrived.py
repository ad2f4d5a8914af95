"""Which requested reports have arrived, and for which nothing more is awaited. Nothing here writes."""

from django.db.models import Exists, OuterRef, Q, Subquery

from conferences.convening.models import InvitationChild
from reports.incoming.choices import MadeHow
from reports.incoming.models import Report, ReportStep, UploadedFile
from reports.incoming.permissions import HANDED_IN
from reports.incoming.rules.requests import ENDED


def has_arrived() -> Q:
    """The condition on invitations with a report that was submitted, and not returned since, or came as a file."""
    submitted = Report.objects.filter(invitation=OuterRef("pk"), state__in=HANDED_IN)
    files = UploadedFile.objects.filter(invitation=OuterRef("pk"), made=MadeHow.CAME)
    return Q(Exists(submitted)) | Q(Exists(files))


def is_in() -> Q:
    """The condition on invitations with a report that has arrived, that will not come in writing, or that nobody should
    write any more.
    """
    return has_arrived() | Q(pk__in=answered_without_report()) | only_about_children_who_died()


def only_about_children_who_died() -> Q:
    """The condition on invitations with children who have all died: nobody is asked for a report about them."""
    covered = InvitationChild.objects.filter(invitation=OuterRef("pk"))
    return Q(Exists(covered)) & ~Q(Exists(covered.filter(child__died_on=None)))


def answered_without_report():
    """The invitations (ids, as a query) with a last step that says that no written report will come."""
    last = ReportStep.objects.filter(invitation=OuterRef("invitation")).order_by("-pk").values("pk")[:1]
    return ReportStep.objects.filter(pk=Subquery(last), step__in=list(ENDED)).order_by().values("invitation")
