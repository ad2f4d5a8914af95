"""Somebody who comes with a parent or carer: named, agreed by the chair or not, and not coming any more."""

from django.utils import timezone

from conferences.convening.actions.invitations import CHANGES
from conferences.convening.choices import Attendance, CompanionKind, CompanionState, InviteeRole
from conferences.convening.models import Companion, Invitation, InvitationChild
from conferences.convening.queries.companions import LIVE, may_bring_somebody, relatives_to_choose, why_not_beside
from conferences.convening.states import COMPANION, CONFERENCE
from conferences.disclosure.choices import InviteeKind
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import setting
from families.people.models import Person
from families.people.queries.merged_records import parts_in

S = CompanionState


def name_companion(
    *, by, conference, person, kind, asked_by, relation, name="", relative=None, contact=""
) -> Companion:
    """Name somebody who would come with a parent or carer. The chair decides.

    Raises Invalid where the parent has as many supporters as the service allows, or where a member of the family would
    meet somebody they must not, or would learn what is withheld from them.
    """
    name, relation, asked_by = (text.strip() for text in (relative.full_name if relative else name, relation, asked_by))
    if kind not in CompanionKind.values:
        raise Invalid("Choose whether they are a supporter or a solicitor.", "kind")
    for field, text, sentence in (
        ("name", name, "Enter the name of who would come."),
        ("relation", relation, "Say who they are to this person, or the name of the firm."),
        ("asked_by", asked_by, "Say who asked that they come."),
    ):
        if not text:
            raise Invalid(sentence, field)
    with acting(by, Permission.RECORD_TAKING_PART, on=conference, step="name companion", kind=str(kind)):
        if conference.state not in CHANGES:
            CONFERENCE.refuse(conference, "have somebody named who comes with a parent")
        if not may_bring_somebody(conference).filter(pk=person.pk).exists():
            raise Invalid("Choose a parent, carer or relative on the list of people to invite.", "person")
        _refuse_too_many(conference, person, kind)
        _refuse_family(conference, name, relative)
        return Companion.objects.create(
            conference=conference, person=person, kind=kind, name=name, relation=relation, relative=relative,
            contact=contact.strip(), asked_by=asked_by, recorded_by_id=by.id, recorded_at=timezone.now(),
        )  # fmt: skip


def decide_companion(*, by, companion, agreed, reason="") -> Companion:
    """Agree that somebody comes with a parent, or refuse it with a reason. The parent's next letter says which."""
    reason = "" if agreed else reason.strip()
    if not agreed and not reason:
        raise Invalid("Say why you do not agree. Staff can read this; the letter does not give it.", "reason")
    state, conference = S.AGREED if agreed else S.REFUSED, companion.conference
    with acting(by, Permission.DECIDE_TAKING_PART, on=conference, step="decide companion", state=str(state)):
        companion.refresh_from_db()
        if conference.state not in CHANGES:
            CONFERENCE.refuse(conference, "have it decided who comes with a parent")
        if agreed and companion.relative_id and (why := why_not_beside(conference, companion.relative)):
            raise Invalid(why, "agreed")
        COMPANION.move(companion, state)
        companion.reason, companion.decided_by_id, companion.decided_at = reason, by.id, timezone.now()
        companion.save()
    return companion


def end_companion(*, by, companion, reason) -> Companion:
    """Record that somebody does not come with the parent any more."""
    if not reason.strip():
        raise Invalid("Say why they do not come any more.", "reason")
    with acting(by, Permission.RECORD_TAKING_PART, on=companion.conference, step="end companion"):
        companion.refresh_from_db()
        if companion.conference.state not in CHANGES:
            CONFERENCE.refuse(companion.conference, "have it changed who comes with a parent")
        COMPANION.move(companion, S.ENDED)
        companion.reason = reason.strip()
        companion.save()
    return companion


def expect_companions(conference) -> None:
    """Put everybody that the chair agreed to on the list of who is expected in the meeting. Call inside an act."""
    for one in conference.companions.filter(state=S.AGREED).select_related("person").order_by("pk"):
        beside = conference.invitations.filter(person=one.person_id, withdrawn_at__isnull=True).first()
        if beside is None or beside.attendance == Attendance.EXCLUDED:
            continue
        made = Invitation.objects.create(
            conference=conference, kind=InviteeKind.PROFESSIONAL, role=InviteeRole(one.kind), name=one.name,
            reason=f"Comes with {one.person.full_name}: {one.relation}. The chair agreed.", is_expected=False,
        )  # fmt: skip
        children = beside.children.values_list("child", flat=True)
        InvitationChild.objects.bulk_create(InvitationChild(invitation=made, child_id=child) for child in children)


def _refuse_too_many(conference, person, kind) -> None:
    there = conference.companions.filter(person=person, kind=kind, state__in=LIVE).count()
    allowed = setting("supporters_allowed") if kind == CompanionKind.SUPPORTER else 1
    if there >= allowed:
        what = f"{allowed} supporter{'' if allowed == 1 else 's'}" if kind == CompanionKind.SUPPORTER else "a solicitor"
        raise Invalid(
            f"{person.full_name} already has {what}. If somebody else comes instead, first record that the other "
            "does not come.",
            "person",
        )


def _refuse_family(conference, name, relative) -> None:
    if relative is None:
        family = Person.objects.filter(pk__in=parts_in(conference.family_id))
        if any(one.full_name.casefold() in name.casefold() for one in family):
            raise Invalid("They are on the family’s record. Choose them from the list of the family.", "name")
        return
    if not relatives_to_choose(conference).filter(pk=relative.pk).exists():
        raise Invalid("Choose somebody of the family who is not invited themselves.", "relative")
    if why := why_not_beside(conference, relative):
        raise Invalid(why, "relative")
