"""Somebody who comes with a parent or carer: named, agreed by the chair or not, and not coming any more."""

from django.utils import timezone

from conferences.convening.actions.invitations import CHANGES
from conferences.convening.choices import PAGE_FOR_COMPANION, CompanionKind, CompanionState, InviteeRole, Reply
from conferences.convening.models import Companion, Invitation, InvitationChild
from conferences.convening.queries.companions import (
    LIVE,
    companions_kept_apart,
    may_bring_somebody,
    relatives_to_choose,
    why_not_beside,
)
from conferences.convening.queries.last_told import messages_about
from conferences.convening.queries.presences import invitations_beside
from conferences.convening.states import COMPANION, CONFERENCE
from conferences.disclosure.choices import InviteeKind
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents.actions import withdraw_waiting
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import setting
from families.people.queries.merged_records import all_records_of, parts_in
from families.people.queries.names import is_called

S = CompanionState
# Where and when somebody comes who comes with a parent: as the parent does.
AS_THE_PARENT = ("mode", "apart", "arrives_at", "leaves_at", "room", "entrance", "video_link")


def name_companion(
    *, by, conference, person, kind, asked_by, relation, name="", relative=None, is_namesake=False, contact=""
) -> Companion:
    """Name somebody who would come with a parent or carer. The chair decides.

    Who has the name of somebody of the family is taken for them, unless ``is_namesake`` confirms another person.

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
        has_a_name_of_theirs = relative is None and is_called(parts_in(conference.family_id), name)
        if has_a_name_of_theirs and not is_namesake:
            raise Invalid(
                "Somebody on the family’s record has this name. Choose them from the list. If this is another person, "
                "confirm that below.",
                "name",
            )
        _refuse_relative(conference, relative, person)
        return Companion.objects.create(
            conference=conference, person=person, kind=kind, name=name, relation=relation, relative=relative,
            is_namesake=has_a_name_of_theirs, contact=contact.strip(), asked_by=asked_by, recorded_by_id=by.id,
            recorded_at=timezone.now(),
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
        COMPANION.move(companion, state)
        if agreed:
            _refuse_too_many(conference, companion.person, companion.kind, but=companion)
        if agreed and companion.relative_id and (
            why := why_not_beside(conference, companion.relative, companion.person)
        ):  # fmt: skip
            raise Invalid(why, "agreed")
        companion.reason, companion.decided_by_id, companion.decided_at = reason, by.id, timezone.now()
        companion.save()
        if not agreed:
            _withdraw_page(companion)
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
        _withdraw_page(companion)
    return companion


def _withdraw_page(companion) -> None:
    """Withdraw the page for somebody who does not come, where it waits to go with the letter of the parent: it says
    that the chair agreed. Call inside an act.
    """
    found = messages_about(companion.conference, "person", companion.person_id)
    page = found.filter(document__kind=PAGE_FOR_COMPANION, document__values__companion=companion.name)
    withdraw_waiting(page, f"{companion.name} does not come.")


def expect_companions(conference) -> None:
    """Put everybody that the chair agreed to on the list of who is expected in the meeting, where the person they come
    with is. Left out are relatives who may not be beside them now, and everybody with a parent who does not come. Call
    inside an act.
    """
    kept_apart = companions_kept_apart(conference)
    for one in conference.companions.filter(state=S.AGREED).select_related("person").order_by("pk"):
        coming = invitations_beside(conference, one.person_id).exclude(reply__in=(Reply.NOT_COMING, Reply.STAYS_AWAY))
        beside = coming.first()
        if beside is None or one in kept_apart:
            continue
        made = Invitation.objects.create(
            conference=conference, kind=InviteeKind.PROFESSIONAL, role=InviteeRole(one.kind), name=one.name,
            reason=f"Comes with {one.person.full_name}: {one.relation}. The chair agreed.", is_expected=False,
            companion=one, **{name: getattr(beside, name) for name in AS_THE_PARENT},
        )  # fmt: skip
        children = beside.children.values_list("child", flat=True)
        InvitationChild.objects.bulk_create(InvitationChild(invitation=made, child_id=child) for child in children)


def _refuse_too_many(conference, person, kind, but=None) -> None:
    """Raises Invalid if as many others (without ``but``) as the service allows come with this person."""
    theirs = conference.companions.filter(person__in=all_records_of([person]), kind=kind, state__in=LIVE)
    there = theirs.exclude(pk=but and but.pk).count()
    allowed = setting("supporters_allowed") if kind == CompanionKind.SUPPORTER else 1
    if there >= allowed:
        what = f"{allowed} supporter{'' if allowed == 1 else 's'}" if kind == CompanionKind.SUPPORTER else "a solicitor"
        raise Invalid(
            f"{person.full_name} already has {what}. If somebody else comes instead, first record that the other "
            "does not come.",
            "agreed" if but else "person",
        )


def _refuse_relative(conference, relative, person) -> None:
    if relative is None:
        return
    if not relatives_to_choose(conference).filter(pk=relative.pk).exists():
        raise Invalid("Choose somebody of the family who is not invited themselves.", "relative")
    if why := why_not_beside(conference, relative, person):
        raise Invalid(why, "relative")
