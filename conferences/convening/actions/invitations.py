"""The list of people to invite: proposed, added to, changed, checked by a second person and answered.

``notify`` sends the invitations."""

from datetime import timedelta

from django.utils import timezone

from conferences.convening.actions.support import write_down_needs
from conferences.convening.choices import FAMILY_ROLES, ConferenceState, InviteeRole, PartInMeeting, Reply
from conferences.convening.models import Exclusion, Invitation, InvitationChild, InvitedAllTheSame, NotInvited
from conferences.convening.queries.exclusions import who
from conferences.convening.queries.invitations import (
    included_children,
    invitations_of,
    is_on_the_list,
    proposals,
    who_would_attend_together,
)
from conferences.convening.queries.list_checks import GOES_ON, list_awaits_check, list_check, why_not_second_person
from conferences.convening.queries.uninformed import uninformed_invitees
from conferences.convening.rules.invitations import WRITES_NO_REPORT
from conferences.convening.states import CONFERENCE, INVITATION, PROPOSED, REPLIED, SENT
from conferences.disclosure.choices import InviteeKind
from conferences.separation.choices import AttendMode
from conferences.separation.queries.pairs import pairs_to_separate
from conferences.separation.queries.presences import gap, presences_at
from conferences.separation.rules import separate_slots
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import OutgoingState
from cpc.core.documents.models import Outgoing, SecondCheck
from cpc.core.documents.readers import reference_to
from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale, WrongState
from cpc.core.policy.queries import setting
from families.people.queries.merged_records import memberships_of, records_of_person

CHANGES = (ConferenceState.AGREED, ConferenceState.BOOKED)


def propose_list(*, by, conference) -> list[Invitation]:
    """Put everybody that the rule proposes on the list, with the reason. People removed with a reason stay off it."""
    with acting(by, Permission.INVITE, on=conference, step="propose"):
        must_be_changeable(conference)
        return add_proposed(conference)


def add_proposed(conference) -> list[Invitation]:
    """Put everybody who is proposed and not on the list on it. Call inside an act."""
    there, said = list(conference.invitations.all()), list(conference.not_invited.all())
    added, gp_writes = [], setting("gp_report_written")
    for one in proposals(conference):
        if one.gap or is_on_the_list(one, [*there, *added], said):
            continue
        invitation = Invitation.objects.create(
            conference=conference,
            kind=one.kind,
            role=one.role,
            person_id=one.person,
            user_id=one.user,
            agency_id=one.agency,
            name=one.name,
            reason=one.reason,
            report_asked=one.report_asked,
            mode=AttendMode.REPORT if one.role == InviteeRole.GP and gp_writes else AttendMode.ROOM,
        )
        cover_children(invitation, one.children)
        added.append(invitation)
    _propose_separate_times(conference)
    write_down_needs(conference)
    return added


def _propose_separate_times(conference) -> None:
    """Give a part of the conference of their own to the people who are not invited yet and would otherwise meet
    somebody they must not: the protected person first, the other later and by video.
    """
    if not conference.starts_at:
        return
    people = presences_at(conference)
    pairs = pairs_to_separate([one.person for one in people])
    slots = separate_slots(people, pairs, conference.starts_at, conference.ends_at, gap())
    decided = conference.exclusions.in_force().exclude(meeting=PartInMeeting.ALL).values("person")
    for invitation in conference.invitations.filter(sent_at__isnull=True, person__in=slots).exclude(person__in=decided):
        slot = slots[invitation.person_id]
        invitation.apart, invitation.mode = True, slot.mode
        invitation.arrives_at, invitation.leaves_at = slot.starts_at, slot.ends_at
        invitation.save(update_fields=["apart", "mode", "arrives_at", "leaves_at"])


def shift_separate_times(conference, by) -> None:
    """Move the separate times of everybody on the list with the conference, ``by`` a length of time. Call inside an
    act.
    """
    for invitation in conference.invitations.filter(apart=True):
        for field in ("arrives_at", "leaves_at"):
            if at := getattr(invitation, field):
                setattr(invitation, field, at + by)
        invitation.save(update_fields=["arrives_at", "leaves_at"])


def add_invitee(
    *, by, conference, role, reason, children, person=None, user=None, agency=None, name="", report_asked=None
) -> Invitation:
    """Add a family member, a professional or an agency to the list. Nothing is sent yet."""
    if not reason.strip():
        raise Invalid("Say why this person is invited.", field="reason")
    kind = InviteeKind.FAMILY if person else InviteeKind.PROFESSIONAL
    if bool(person) != (role in FAMILY_ROLES):
        raise Invalid("Choose this person’s role.", field="role")
    if not person and not user and not agency:
        raise Invalid("Choose a professional or an agency.", field="user")
    if person and person.died_on:
        raise Invalid(f"{person.full_name} has died, so cannot be invited.", field="person")
    if person and person.is_unknown:
        raise Invalid("The identity of this person is not known, so they cannot be invited.", field="person")
    if person and person.merged_into_id:
        person = person.merged_into
    name = name.strip() or (person.full_name if person else str(user or agency))
    with acting(by, Permission.INVITE, on=conference, reason=reason, step="add", name=name):
        must_be_changeable(conference)
        if person and not memberships_of(conference.family, person).exists():
            raise Invalid("Choose someone in this family.", field="person")
        ids = _included_ids(conference, children, needed=kind == InviteeKind.PROFESSIONAL)
        asked = report_asked if report_asked is not None else not person and role not in WRITES_NO_REPORT
        invitation = _earlier(conference, person, user) or Invitation(conference=conference, person=person, user=user)
        if invitation.pk and not invitation.withdrawn_at:
            raise Invalid(f"{name} is already on the list.", field="person" if person else "user")
        # A withdrawn person who is invited after all starts with no earlier reply or date.
        invitation.withdrawn_at = invitation.sent_at = invitation.sent_by = invitation.ends_on = None
        invitation.withdrawn_reason = ""
        invitation.clear_reply()
        invitation.kind, invitation.role, invitation.name, invitation.reason = kind, role, name, reason.strip()
        invitation.agency = agency or (user.agency if user else None)
        invitation.report_asked = asked
        invitation.save()
        cover_children(invitation, ids)
    return invitation


def change_invitee(
    *,
    by,
    invitation,
    children,
    mode,
    apart=False,
    arrives_at=None,
    leaves_at=None,
    room=None,
    entrance="",
    video_link="",
    report_asked=False,
    is_expected=True,
) -> Invitation:
    """Change the children that an invitation covers, and how this person attends: with ``apart``, from when until when,
    and their own room, door or video link. Raises Invalid if two people would now meet who must not.
    """
    conference = invitation.conference
    with acting(by, Permission.INVITE, on=conference, step="change", invitation=invitation.pk):
        must_be_changeable(conference)
        invitation.refresh_from_db()
        if invitation.withdrawn_at:
            raise WrongState("This invitation was withdrawn. Add the person again to invite them.")
        _refuse_other_times(invitation, apart, arrives_at, leaves_at)
        if mode not in AttendMode.values:
            raise Invalid("Choose how this person will attend.", field="mode")
        ids = _included_ids(conference, children, needed=invitation.kind == InviteeKind.PROFESSIONAL)
        if apart and not arrives_at and not leaves_at and not room and not video_link:
            raise Invalid(
                "Enter the times, the room or the video link for this person, who attends separately.",
                field="arrives",
            )
        if apart and video_link and video_link in _links_of_others(conference, invitation):
            raise Invalid(
                "Someone else at this conference has this link. Give this person a different one.", "video_link"
            )
        if apart and conference.starts_at:
            _refuse_impossible_times(conference, arrives_at, leaves_at)
        already_clash = who_would_attend_together(conference)
        set_mode(conference, invitation, mode)
        invitation.apart = apart
        invitation.arrives_at, invitation.leaves_at = (arrives_at, leaves_at) if apart else (None, None)
        invitation.room, invitation.entrance = (room, entrance.strip()) if apart else (None, "")
        invitation.video_link = video_link.strip() if apart and mode == AttendMode.VIDEO else ""
        invitation.report_asked, invitation.is_expected = report_asked, is_expected
        invitation.save()
        if clashes := [said for said in who_would_attend_together(conference) if said not in already_clash]:
            raise Invalid(" ".join(clashes), field="mode")
        cover_children(invitation, ids)
    return invitation


def set_mode(conference, invitation, mode) -> None:
    """Have somebody attend in this way, without saving. If they are to write a report only, their reply is cleared.

    Raises Invalid where that is somebody who writes none, such as an interpreter: they would be told not to come.
    """
    if mode == AttendMode.REPORT:
        if invitation.person_id or invitation.role in WRITES_NO_REPORT:
            role = invitation.get_role_display().lower()
            raise Invalid(f"{invitation.name} ({role}) writes no report. Choose how they will come.", field="mode")
        invitation.clear_reply()
    if invitation.sent_at and invitation.writes_only != (mode == AttendMode.REPORT):
        # Their calendar entry goes, or comes back. A calendar takes only a higher number as newer.
        conference.sequence += 1
        conference.save(update_fields=["sequence"])
    invitation.mode = mode


def remove_invitee(*, by, invitation, reason) -> NotInvited:
    """Remove somebody from the list who is not invited yet, and record why."""
    if not reason.strip():
        raise Invalid("Say why this person is not invited. This is kept in the record.", field="reason")
    conference = invitation.conference
    with acting(by, Permission.INVITE, on=conference, reason=reason, step="remove", name=invitation.name):
        invitation.refresh_from_db()
        INVITATION.must_be(invitation, PROPOSED, to="removed from the list")
        if who(invitation) in {who(one) for one in Exclusion.objects.open().filter(conference=conference)}:
            raise WrongState(f"The chair decides about an exclusion of {invitation.name}, who stays on the list.")
        invitation.children.all().delete()
        invitation.delete()
        return NotInvited.objects.create(
            conference=conference,
            role=invitation.role,
            name=invitation.name,
            person_id=invitation.person_id,
            user_id=invitation.user_id,
            agency_id=invitation.agency_id,
            reason=reason.strip(),
            said_by_id=by.id,
            said_at=timezone.now(),
        )


def record_not_invited(*, by, conference, reasons) -> None:
    """Record why nobody of a kind is invited. ``reasons`` holds a role, a child (or None) and a reason for each.

    Raises Invalid where no reason is given, or a child is not one of this conference.
    """
    given = [(role, child, why.strip()) for role, child, why in reasons if why.strip()]
    if not given:
        raise Invalid("Say why nobody is invited. This is kept in the record.")
    with acting(by, Permission.INVITE, on=conference, step="why not"):
        must_be_changeable(conference)
        _included_ids(conference, [child for _, child, _ in given if child], needed=False)
        now = timezone.now()
        for role, child, why in given:
            NotInvited.objects.create(
                conference=conference, role=role, name=str(InviteeRole(role).label), child_id=child, reason=why,
                said_by_id=by.id, said_at=now,
            )  # fmt: skip


def answer_invitation(*, by, invitation, reply) -> Invitation:
    """Save the invited person's own answer."""
    if reply not in (Reply.COMING, Reply.NOT_COMING):
        raise Invalid("Select whether you can attend.", field="reply")
    with acting(by, Permission.ANSWER_INVITATION, on=invitation, about=invitation.conference, reply=str(reply)):
        return _save_reply(invitation, reply)


def record_reply(*, by, invitation, reply, heard_how="") -> Invitation:
    """Save the answer that somebody gave by phone or by letter. ``heard_how`` says how a member of the family who does
    not want to come will be heard.
    """
    return _record_reply(by, Permission.INVITE, invitation, reply, heard_how)


def record_stays_away(*, by, invitation, heard_how) -> Invitation:
    """Save that somebody of the family told their worker or the chair that they do not want to come, and how they will
    be heard.
    """
    return _record_reply(by, Permission.RECORD_STAYS_AWAY, invitation, Reply.STAYS_AWAY, heard_how)


def _record_reply(by, permission, invitation, reply, heard_how) -> Invitation:
    if reply not in Reply.values or (reply == Reply.STAYS_AWAY and not invitation.person_id):
        raise Invalid("Select their reply.", field="reply")
    heard_how = heard_how.strip() if reply == Reply.STAYS_AWAY else ""
    if reply == Reply.STAYS_AWAY and not heard_how:
        raise Invalid("Say how they will be heard.", field="heard_how")
    details = {"step": "reply", "invitation": invitation.pk, "reply": str(reply)}
    with acting(by, permission, on=invitation.conference, **details):
        invitation.refresh_from_db()
        return _save_reply(invitation, reply, heard_how)


def _save_reply(invitation, reply, heard_how="") -> Invitation:
    INVITATION.must_be(invitation, SENT, REPLIED, to="answered")
    if invitation.conference.state != ConferenceState.BOOKED:
        CONFERENCE.refuse(invitation.conference, "have an invitation answered")
    if invitation.writes_only:
        raise WrongState(
            f"{invitation.reader_name} is asked for a written report only. If they want to come, the conference "
            "administrator changes how they attend."
        )
    invitation.reply, invitation.heard_how = reply, heard_how
    invitation.replied_at = None if reply == Reply.NONE else timezone.now()
    invitation.save(update_fields=["reply", "replied_at", "heard_how"])
    return invitation


def _links_of_others(conference, invitation) -> set[str]:
    others = conference.invitations.exclude(pk=invitation.pk).exclude(video_link="")
    return {conference.video_link, *others.values_list("video_link", flat=True)}


def must_be_changeable(conference) -> None:
    """Raises WrongState where the list of people to invite can no longer be changed."""
    if conference.state not in CHANGES:
        CONFERENCE.refuse(conference, "have its list changed")


def _included_ids(conference, children, *, needed) -> list[int]:
    ids = [getattr(child, "pk", child) for child in children]
    included = {child.pk for child in included_children(conference)}
    if needed and not ids:
        raise Invalid("Select the children this person works with.", field="children")
    if not set(ids) <= included:
        raise Invalid("Select only children this conference is about.", field="children")
    return ids


def cover_children(invitation, children) -> None:
    """Make the invitation cover exactly ``children`` (ids). Call inside an act."""
    now = set(invitation.children.values_list("child_id", flat=True))
    invitation.children.exclude(child__in=children).delete()
    InvitationChild.objects.bulk_create(
        InvitationChild(invitation=invitation, child_id=child) for child in children if child not in now
    )


def _earlier(conference, person, user) -> Invitation | None:
    who = {"person__in": records_of_person(person)} if person else {"user": user}
    same = conference.invitations.filter(**who)
    return same.first() if person or user else None


def _refuse_other_times(invitation, apart, arrives_at, leaves_at) -> None:
    """Raises WrongState if the chair decided at which part of the meeting this person may be, and it would change."""
    found = Exclusion.objects.in_force().filter(conference=invitation.conference_id, person=invitation.person_id)
    times = (invitation.arrives_at, invitation.leaves_at)
    if (not apart or (arrives_at, leaves_at) != times) and found.filter(meeting=PartInMeeting.SOME).exists():
        raise WrongState(
            f"The chair decided when {invitation.name} is at the meeting, so only the chair changes these times."
        )


def _refuse_impossible_times(conference, arrives_at, leaves_at) -> None:
    if arrives_at and abs(arrives_at - conference.starts_at) > timedelta(hours=12):
        raise Invalid("The separate time must be on the day of the conference.", field="arrives")
    if leaves_at and leaves_at <= (arrives_at or conference.starts_at):
        raise Invalid("The leaving time must be after the arrival time.", field="leaves")
    if arrives_at and not leaves_at and arrives_at >= conference.ends_at:
        raise Invalid("The conference has ended by then: say when their own part ends.", field="leaves")


def check_list(*, by, conference, fingerprint) -> SecondCheck:
    """Record that ``by`` checked the list as the page showed it, and let the letters go on that waited for it. Raises
    Stale if it has changed since.
    """
    with acting(by, Permission.CHECK_INVITATIONS, on=conference):
        if conference.state not in CHANGES:
            raise WrongState("The list can no longer be changed. Reload the page.")
        if why := why_not_second_person(by, conference):
            raise NotPermitted(why)
        stands = list_check(conference, invitations_of(conference)).fingerprint
        if fingerprint != stands:
            raise Stale("The list has changed since you opened it. Check it again as it is now.")
        check = documents.check_list(by, about=conference, fingerprint=stands)
        waiting = Outgoing.objects.filter(**reference_to(conference), state=OutgoingState.HELD)
        for one in waiting.filter(why_failed__endswith=GOES_ON).select_related("document"):
            if not list_awaits_check(one):
                documents.queue_again(one)
        return check


def invite_despite_withholding(*, by, invitation, reason) -> InvitedAllTheSame:
    """Record who decided to invite somebody who would learn what they must not, and why."""
    reason = reason.strip()
    if not reason:
        raise Invalid("Say why this person is still invited. This is kept in the record.", field="reason")
    conference = invitation.conference
    details = {"invitation": invitation.pk, "reason": reason}
    with acting(by, Permission.INVITE_ALL_THE_SAME, on=conference, **details):
        rows = [one for one in invitations_of(conference) if one.pk == invitation.pk]
        found = next(iter(uninformed_invitees(conference, rows)), None)
        if found is None:
            raise WrongState("There is no longer anything that this person must not know about this conference.")
        return InvitedAllTheSame.objects.create(
            invitation=invitation, entries=[entry.pk for entry in found.entries], reason=reason,
            decided_by_id=by.id, decided_at=timezone.now(),
        )  # fmt: skip
