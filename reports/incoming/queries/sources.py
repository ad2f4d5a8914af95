"""The restricted texts of reports, records and contributions: the warning against copying them into wider texts reads
these."""

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, F, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from conferences.convening.rules.family_words import QUESTIONS
from conferences.disclosure.choices import Audience
from conferences.disclosure.queries import ids_seen, joined_text, readers_of, restricted_texts, source
from cpc.core.accounts.permissions import Viewer
from reports.incoming.models import Contribution, ContributionChild, Report, ReportChild, ReportOutcome, ReportVersion
from reports.incoming.permissions import may_read_restricted, shared_verbally
from reports.incoming.queries.contributions import CHILDREN, read_whole
from reports.incoming.rules.sections import CHILD_SECTIONS, FAMILY_SECTIONS


def _restricted_parts(family_id):
    rows = Report.objects.filter(conference__family=family_id).exclude(restricted="")
    return rows.annotate(words=F("restricted"), readers_are=F("restricted_audience"))


@restricted_texts(_restricted_parts)
def restricted_parts(family_id, viewer: Viewer):
    """The restricted parts of the reports on the family."""
    rows = _restricted_parts(family_id)
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
        yield source(one, one.words, readers, f"reported by {one.author}", on, seen=one.pk in seen)


def _told_by_word_of_mouth(family_id):
    rows = Report.objects.filter(~Q(audience=Audience.EVERYONE) | shared_verbally(), conference__family=family_id)
    own = joined_text(*(section.name for section in CHILD_SECTIONS))
    of_children = _all_of(ReportChild.objects.annotate(own=own), "own")
    of_plan = _all_of(ReportOutcome.objects, "said")
    # What an earlier version said stays with its few readers, too.
    earlier = _all_of(ReportVersion.objects, "words")
    words = joined_text(*(section.name for section in FAMILY_SECTIONS), of_children, of_plan, earlier)
    chair = When(audience=Audience.EVERYONE, then=Value(Audience.CHAIR.value))
    return rows.annotate(words=words, readers_are=Case(chair, default=F("audience")))


def _all_of(rows, field: str) -> Coalesce:
    """The text of the field in all rows of the report, as one text."""
    of_report = rows.filter(report=OuterRef("pk")).order_by().values("report")
    joined = of_report.annotate(all=StringAgg(field, "\n", order_by="pk")).values("all")
    return Coalesce(Subquery(joined), Value(""), output_field=TextField())


@restricted_texts(_told_by_word_of_mouth)
def told_by_word_of_mouth(family_id, viewer: Viewer):
    """The police reports that are only told by word of mouth here: what is written is for the chair alone."""
    rows = _told_by_word_of_mouth(family_id)
    found = list(rows.select_related("conference"))
    seen = ids_seen(viewer, rows) if found else set()
    for one in found:
        on = timezone.localdate(one.submitted_at) if one.submitted_at else one.conference.held_on
        yield source(one, one.words, readers_of(one.readers_are), f"reported by {one.author}", on, seen=one.pk in seen)


def _contributions(family_id):
    of_few = ~Q(audience=Audience.EVERYONE) | Q(for_chair__len__gt=0)
    rows = Contribution.objects.filter(of_few, conference__family=family_id)
    answers = [_if_of_few(one.name, F(one.name)) for one in QUESTIONS]
    boxes = ContributionChild.objects.filter(contribution=OuterRef("pk")).order_by().values("contribution")
    boxes = boxes.annotate(all=StringAgg("said", "\n", order_by="pk")).values("all")
    about = Coalesce(Subquery(boxes), Value(""), output_field=TextField())
    words = joined_text(*answers, _if_of_few(CHILDREN, about))
    # Whatever is for few here is for the chair alone.
    return rows.annotate(words=words, readers_are=Value(Audience.CHAIR.value))


def _if_of_few(name: str, text) -> Case:
    """The answer where it is for the chair alone; otherwise nothing."""
    of_few = ~Q(audience=Audience.EVERYONE) | Q(for_chair__contains=[name])
    return Case(When(of_few, then=text), default=Value(""), output_field=TextField())


@restricted_texts(_contributions)
def contributions(family_id, viewer: Viewer):
    """What a member of the family wrote for the chair alone."""
    rows = _contributions(family_id)
    found = list(rows.select_related("person", "conference"))
    whole = {pk for one in found for pk in read_whole(viewer, one.conference)}
    seen = ids_seen(viewer, rows) & whole if found else set()
    for one in found:
        who = f"written by {one.person.full_name}"
        yield source(one, one.words, readers_of(one.readers_are), who, one.received_on, seen=one.pk in seen)
