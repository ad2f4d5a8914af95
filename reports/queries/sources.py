"""What of everything written only some may read: the sources of the warning against carrying it further."""

from django.utils import timezone

from conferences.choices import Audience, InviteeRole
from conferences.queries.sources import ids_seen, readers_of, restricted_texts, source
from cpc.core.policy.queries import setting
from reports.models import Contribution, Paragraph, Report
from reports.permissions import may_read_restricted

SECTIONS = (
    "involvement", "worried", "working_well", "needs_to_happen", "child_views", "family_views", "analysis",
    "recommendation",
)  # fmt: skip


@restricted_texts
def paragraphs(family_id, viewer):
    """The paragraphs of any record of the family that are not for everyone."""
    rows = Paragraph.objects.filter(record__conference__family=family_id).exclude(audience=Audience.EVERYONE)
    found = list(rows.select_related("record__conference").prefetch_related("readers__invitation"))
    seen = ids_seen(viewer, rows) if found else set()
    for one in found:
        readers = readers_of(one.audience, [row.invitation for row in one.readers.all()])
        on = one.record.conference.held_on
        who = f"in the record of the conference ({one.heading})"
        yield source(one, one.text, readers, who, on, seen=one.pk in seen)


@restricted_texts
def restricted_parts(family_id, viewer):
    """The restricted parts of the reports on the family."""
    rows = Report.objects.filter(conference__family=family_id).exclude(restricted="")
    found = list(rows.prefetch_related("readers__invitation"))
    if not found:
        return
    seen = {one.pk for one in found}
    if viewer.kind != "system":
        mine = rows.filter(may_read_restricted(viewer)).values_list("pk", flat=True)
        seen = ids_seen(viewer, rows) & set(mine)
    for one in found:
        readers = readers_of(one.restricted_audience, [row.invitation for row in one.readers.all()])
        on = timezone.localdate(one.submitted_at) if one.submitted_at else one.conference.held_on
        yield source(one, one.restricted, readers, f"reported by {one.author}", on, seen=one.pk in seen)


@restricted_texts
def told_by_word_of_mouth(family_id, viewer):
    """The reports that are never given to the family here: written for the chair and the professionals."""
    if not setting("police_report_verbal"):
        return
    rows = Report.objects.filter(conference__family=family_id, invitation__role=InviteeRole.POLICE)
    found = list(rows.select_related("conference").prefetch_related("children"))
    seen = ids_seen(viewer, rows) if found else set()
    for one in found:
        text = "\n".join([*(getattr(one, name) for name in SECTIONS), *(row.about for row in one.children.all())])
        on = timezone.localdate(one.submitted_at) if one.submitted_at else one.conference.held_on
        yield source(
            one, text, readers_of(Audience.PROFESSIONALS), f"reported by {one.author}", on, seen=one.pk in seen
        )


@restricted_texts
def contributions(family_id, viewer):
    """What a member of the family wrote for the chair alone."""
    rows = Contribution.objects.filter(conference__family=family_id).exclude(audience=Audience.EVERYONE)
    found = list(rows.select_related("person"))
    seen = ids_seen(viewer, rows) if found else set()
    for one in found:
        text = "\n".join((one.working_well, one.worried, one.support_wanted, one.next_steps, one.on_reports, one.needs))
        who = f"written by {one.person.full_name}"
        yield source(one, text, readers_of(one.audience), who, one.received_on, seen=one.pk in seen)
