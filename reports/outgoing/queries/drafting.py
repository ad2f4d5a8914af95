"""The first paragraphs of a record, made from what was recorded during the conference. Nothing here writes."""

from dataclasses import dataclass

from conferences.convening.choices import Outcome, Section
from conferences.convening.queries.acting import runs_it
from conferences.convening.rules.childs_voice import Voice, voice_of
from conferences.disclosure.choices import Audience
from conferences.meeting.models import AgencyView, LiveNote, Scaling
from conferences.meeting.queries.board import invited, known_children, quorum_when_decided
from conferences.separation.queries.presences import clock
from cpc.core.policy.queries import setting
from families.people.models import Relationship
from families.people.queries.household import eldest_first
from families.people.rules.short_names import name_among, tell_apart
from reports.incoming.queries.requested import first_name
from reports.outgoing.choices import RecordPart
from reports.outgoing.queries.facts import children_of_person, ties_to

ORDER = {part: number * 10 for number, part in enumerate(RecordPart, 1)}


@dataclass(frozen=True)
class Draft:
    """A first paragraph."""

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
    """The paragraphs of a new record, in order (a fixed number of queries)."""
    rows = list(
        conference.children.filter(included=True).select_related("child", "decision").order_by(*eldest_first("child"))
    )
    children = {child.pk: child for child in tell_apart([row.child for row in rows])}
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
        for tie in Relationship.objects.filter(child__in=[row.child_id for row in rows])
    }
    found = [*_how_it_was_run(conference), *_excluded(conference, children), *_as_it_was_said(conference, children)]
    for row in rows:
        mine = [view for view in agency_views if view.conference_child_id == row.pk]
        paragraph_target = [scaling for scaling in scalings if scaling.conference_child_id == row.pk]
        name = name_among(row.child, children.values())
        scaled, viewed = _scaled(row.child, name, paragraph_target, kinds), _viewed(row.child, name, mine)
        found += [*scaled, *viewed, *_decided(row, name)]
    found += _decided_by_too_few(conference, rows)
    return sorted((draft for draft in found if draft.text.strip()), key=lambda draft: ORDER[draft.part])


def _how_it_was_run(conference):
    chair = runs_it(conference).get_full_name()
    if conference.chair_independent is False:
        yield Draft(
            RecordPart.CHAIR,
            "How the conference was chaired",
            f"{chair} declared that they are not independent of this family or case. {conference.chair_agreed_by} of "
            f"the conference service agreed that {chair} should chair all the same, and gave this reason: "
            f"{conference.chair_reason.strip()}",
            procedural=True,
        )
    if conference.held_reason:
        yield Draft(RecordPart.HELD, "When the conference was held", conference.held_reason, procedural=True)
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


def _excluded(conference, children):
    """What the chair wrote for the record about each exclusion: a paragraph for each child that the person belongs to,
    so that no copy tells of somebody that its reader does not know of.
    """
    included = frozenset(children)
    ties = ties_to(included)
    for one in conference.exclusions.in_force().filter(person__isnull=False).select_related("person").order_by("pk"):
        theirs = children_of_person(one.person_id, ties, included) or included
        for child in (pk for pk in children if pk in theirs):
            heading = f"The chair’s decision about {one.person.full_name}"
            yield Draft(RecordPart.EXCLUSION, heading, one.record_words.strip(), child=child, person=one.person_id)


def _as_it_was_said(conference, children):
    """What was noted: first what is about several children, then what is about each, the eldest first. A note about
    several children becomes a paragraph for each, so that a copy about one child has it.
    """
    included = frozenset(children)
    ties = ties_to(included)
    notes = LiveNote.objects.filter(conference=conference).select_related("child", "person")
    eldest = {child: number for number, child in enumerate(children)}
    for note in sorted(notes.prefetch_related("readers").order_by("pk"), key=lambda one: eldest.get(one.child_id, -1)):
        note.child = children.get(note.child_id, note.child)
        audience = note.audience
        if note.section == Section.CONFIDENTIAL and audience in (Audience.EVERYONE, Audience.FAMILY):
            audience = Audience.PROFESSIONALS
        theirs = children_of_person(note.person_id, ties, included) if note.person_id else included
        about = {note.child_id} if note.child_id else theirs or included
        for child in (pk for pk in children if pk in about):
            yield Draft(
                RecordPart(note.section),
                _heading(note, children.values(), conference.held_on),
                note.text.strip(),
                audience,
                child=child,
                person=note.person_id,
                named=frozenset(one.invitation_id for one in note.readers.all()),
                written_by=note.saved_by_id,
            )


def _heading(note, children, on) -> str:
    if note.section == Section.PARENT_VIEWS and note.person:
        return f"What {note.person.full_name} said"
    if note.section == Section.WOULD_HELP:
        return f"What {note.person.full_name if note.person else first_name(note.child)} said would help"
    if note.section == Section.CHILD_VIEWS and note.child:
        if voice_of(note.child, on) == Voice.OBSERVED:
            return f"What life is like for {first_name(note.child)}"
        return f"What {first_name(note.child)} thinks"
    label = RecordPart.REASON.label if note.section == Section.REASON else Section(note.section).label
    return f"{label}: {name_among(note.child, children)}" if note.child else str(label)


def _scaled(child, name, scalings, kinds):
    if scalings:
        said = "\n".join(f"{_placed_by(one.invitation, child, kinds)}: {one.score}" for one in scalings)
        yield Draft(
            RecordPart.SCALING,
            f"How safe {name} is, from 0 to 10",
            f"0 means {setting('scale_low_label')}. 10 means {setting('scale_high_label')}.\n{said}",
            child=child.pk,
        )


def _placed_by(invitation, child, kinds) -> str:
    if not invitation.person_id:
        return _who(invitation)
    if invitation.person_id == child.pk:
        return first_name(child)
    # By relationship to this child, never by name: another child's father must not be named in this child's copy.
    return kinds.get((invitation.person_id, child.pk), "A member of the family")


def _who(invitation) -> str:
    agency = invitation.agency.name if invitation.agency else invitation.get_role_display()
    return f"{agency} ({invitation.name})"


def _viewed(child, name, views):
    """Each agency’s view, which is no secret. Restricted reasons have a paragraph for each audience."""
    said = (
        f"{_who(one.invitation)}: {one.get_view_display().lower()}."
        + (f" {one.reason.strip()}" if one.reason and one.audience == Audience.EVERYONE else "")
        for one in views
    )
    heading = f"Each agency’s view: {name}"
    yield Draft(RecordPart.AGENCY_VIEWS, heading, "\n".join(said), child=child.pk)
    for audience in dict.fromkeys(one.audience for one in views):
        yield from _reasons_for(child, name, [one for one in views if one.audience == audience], audience)


def _reasons_for(child, name, views, audience):
    if audience != Audience.EVERYONE:
        reasons = [f"{_who(one.invitation)}: {one.reason.strip()}" for one in views if one.reason.strip()]
        heading = f"Reasons for a view, for some readers only: {name}"
        yield Draft(RecordPart.AGENCY_VIEWS, heading, "\n".join(reasons), audience, child=child.pk)
    dissents = [f"{_who(one.invitation)}: {one.dissent_reason.strip()}" for one in views if one.dissents]
    if dissents:
        heading = f"Who disagreed with the decision: {name}"
        yield Draft(RecordPart.DISSENT, heading, "\n".join(dissents), audience, child=child.pk)


def _decided_by_too_few(conference, rows):
    """For each decision that was made while too few agencies were there: when, and that they were too few."""
    invitations, known = invited(conference), known_children(conference)
    for row in rows:
        decision = getattr(row, "decision", None)
        if decision is None or decision.outcome == Outcome.NOT_DECIDED:
            continue
        then = quorum_when_decided(conference, decision, invitations, known)
        if then is not None and not then.is_quorate:
            yield Draft(
                RecordPart.DECISION,
                f"Who was there when this was decided for {name_among(row.child, [one.child for one in rows])}",
                f"This was decided at {clock(decision.decided_at)}. Fewer agencies were there then than a conference "
                "needs.",
                child=row.child_id,
            )


def _decided(row, name):
    decision = getattr(row, "decision", None)
    if decision is None:
        return
    threshold, kind = decision.threshold.strip(), decision.get_category_display().lower()
    yield Draft(RecordPart.DECISION, f"The threshold for {name}", threshold, child=row.child_id)
    why = decision.category_reason.strip()
    yield Draft(RecordPart.DECISION, f"Why the kind of harm to {name} is {kind}", why, child=row.child_id)
    yield Draft(RecordPart.DECISION, f"Why this was decided for {name}", decision.reasons.strip(), child=row.child_id)
    yield Draft(
        RecordPart.DECISION,
        f"Why this was decided for {name}: for some readers only",
        decision.restricted.strip(),
        # Without an audience the paragraph is for the chair, never for everyone.
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
