"""What reports show of somebody's part in the case of a family they may chair a conference about."""

from django.db.models import Q

from reports.incoming.models import ReportEvent, UploadedFile


def part_in_reports(family, user_id) -> str:
    """Whether the user wrote, entered or approved a report about the family, also one that was written again since; ""
    if not. Two queries.
    """
    who = Q(author_user=user_id) | Q(entered_by=user_id) | Q(approved_by=user_id)
    if ReportEvent.objects.filter(who, pgh_obj__conference__family=family).exists():
        return "wrote, entered or approved a report about the family"
    if UploadedFile.objects.filter(conference__family=family, uploaded_by=user_id).exists():
        return "uploaded a report about the family"
    return ""
