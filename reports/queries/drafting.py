"""The paragraphs with which a record begins, made from what was recorded live. Nothing here writes."""

from dataclasses import dataclass

from conferences.choices import Audience, Outcome, Section
from conferences.models import AgencyView, LiveNote, Scaling
from cpc.core.policy.queries import setting
from families.models import Relationship
from families.queries import that_papers_may_say
from reports.choices import RecordPart
from reports.queries.facts import first_name

ORDER = {part: number * 10 for number, part in enumerate(RecordPart, 1)}


@dataclass(frozen=True)
class Draft:
    """A paragraph to begin with."""

    part: str
    heading: str
    text: str
    audience: str = Audience.EVERYONE
    child: int | None = None
    person: int | None = None
    procedural: bool = False
    named: frozenset[int] = frozenset()
    written_by: int | None = None


def first_paragraphs(conference) -> list[Draft]:
    """What the record says before anybody has edited it, in the order of the record (a fixed number of queries)."""
    rows = list(
        conference.children.filter(included=True)
        .select_related("child", "decision")
        .order_by("child__born_on", "child_id")
    )
    agency_views = list(
        AgencyView.objects.filter(conference_child__in=rows)
        .select_related("invitation__agency")
        .order_by("conference_child", "invitation__role", "invitation_id")
    )
    scalings = list(
        Scaling.objects.filter(conference_child__in=rows)
        .select_related("invitation__agency", "invitation__person")
        .order_by("conference_child", "invitation__kind", "invitation_id")
    )
    kinds = {
        (tie.adult_id, tie.child_id): tie.get_kind_display()
        for tie in that_papers_may_say(
            conference.family_id,
            Relationship.objects.filter(child__in=[row.child_id for row in rows]),
            "child_id",
            "adult_id",
        )
    }
    found = [*_how_it_was_run(conference), *_as_it_was_said(conference)]
    for row in rows:
        mine = [view for view in agency_views if view.conference_child_id == row.pk]
        placed = [scaling for scaling in scalings if scaling.conference_child_id == row.pk]
        found += [*_scaled(row.child, placed, kinds), *_viewed(row.child, mine), *_decided(row)]
    return sorted((draft for draft in found if draft.text.strip()), key=lambda draft: ORDER[draft.part])


def _how_it_was_run(conference):
    chair = conference.chair.get_full_name()
    if conference.chair_knows_case:
        yield Draft(
            RecordPart.CHAIR,
            "How the conference was chaired",
            f"{chair} has managed or investigated this case. The manager of the conference service agreed that "
            f"{chair} should chair all the same, and gave this reason: {conference.chair_reason.strip()}",
            procedural=True,
        )
    if conference.quorate is False:
        text = "Fewer agencies took part than a conference needs (it was not quorate)."
        if conference.quorum_reason:
            text += f" The chair held it all the same, and gave this reason: {conference.quorum_reason.strip()}"
    elif conference.quorum_reason:
        text = (
            f"The chair judged that enough agencies took part, and gave this reason: {conference.quorum_reason.strip()}"
        )
    else:
        text = "Enough agencies took part for the conference to decide (it was quorate)."
    yield Draft(RecordPart.QUORUM, "Whether enough agencies took part", text, procedural=True)


def _as_it_was_said(conference):
    notes = LiveNote.objects.filter(conference=conference).select_related("child", "person")
    for note in notes.prefetch_related("readers").order_by("pk"):
        audience = note.audience
        if note.section == Section.CONFIDENTIAL and audience in (Audience.EVERYONE, Audience.FAMILY):
            audience = Audience.PROFESSIONALS
        yield Draft(
            RecordPart(note.section),
            _heading(note),
            note.text.strip(),
            audience,
            child=note.child_id,
            person=note.person_id,
            named=frozenset(one.invitation_id for one in note.readers.all()),
            written_by=note.saved_by_id,
        )


def _heading(note) -> str:
    if note.section == Section.PARENT_VIEWS and note.person:
        return f"What {note.person.full_name} said"
    if note.section == Section.CHILD_VIEWS and note.child:
        return f"What {first_name(note.child)} thinks"
    label = Section(note.section).label
    return f"{label}: {first_name(note.child)}" if note.child else str(label)


def _scaled(child, scalings, kinds):
    if scalings:
        said = "\n".join(f"{_placed_by(one.invitation, child, kinds)}: {one.score}" for one in scalings)
        yield Draft(
            RecordPart.SCALING,
            f"How safe {first_name(child)} is, from 0 to 10",
            f"0 means {setting('scale_low_label')}. 10 means {setting('scale_high_label')}.\n{said}",
            child=child.pk,
        )


def _placed_by(invitation, child, kinds) -> str:
    if not invitation.person_id:
        return _who(invitation)
    if invitation.person_id == child.pk:
        return first_name(child)
    # By what they are to this child, never by name: another child's father must not be named in this child's copy.
    return kinds.get((invitation.person_id, child.pk), "A member of the family")


def _who(invitation) -> str:
    agency = invitation.agency.name if invitation.agency else invitation.get_role_display()
    return f"{agency} ({invitation.name})"


def _viewed(child, views):
    """The views of the agencies, a paragraph for each audience: what is for fewer never stands among the rest."""
    for audience in dict.fromkeys(one.audience for one in views):
        yield from _viewed_by(child, [one for one in views if one.audience == audience], audience)


def _viewed_by(child, views, audience):
    said = (
        f"{_who(one.invitation)}: {one.get_view_display().lower()}." + (f" {one.reason.strip()}" if one.reason else "")
        for one in views
    )
    name = first_name(child)
    yield Draft(RecordPart.AGENCY_VIEWS, f"Each agency’s view: {name}", "\n".join(said), audience, child=child.pk)
    dissents = [f"{_who(one.invitation)}: {one.dissent_reason.strip()}" for one in views if one.dissents]
    if dissents:
        heading = f"Who disagreed with the decision: {name}"
        yield Draft(RecordPart.DISSENT, heading, "\n".join(dissents), audience, child=child.pk)


def _decided(row):
    decision = getattr(row, "decision", None)
    if decision is None:
        return
    name = first_name(row.child)
    yield Draft(RecordPart.DECISION, f"Why this was decided for {name}", decision.reasons.strip(), child=row.child_id)
    yield Draft(
        RecordPart.DECISION,
        f"Why this was decided for {name}: for some readers only",
        decision.restricted.strip(),
        # Nothing where there are none; an audience that is not said is never everyone's.
        decision.restricted_audience or Audience.CHAIR,
        child=row.child_id,
        written_by=decision.decided_by_id,
    )
    if decision.outcome == Outcome.NOT_DECIDED:
        yield Draft(
            RecordPart.INTERIM_PLAN,
            f"What happens for {name} until the next conference",
            decision.interim_plan.strip(),
            child=row.child_id,
        )
