"""The list of people to invite: proposed, added to, changed, and answered. What is sent is in ``tell``."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from conferences.choices import FAMILY_ROLES, AttendMode, ConferenceState, InviteeKind, InviteeRole, Reply
from conferences.models import Invitation, InvitationChild, NotInvited
from conferences.queries.apart import coming, kept_apart, pairs_of
from conferences.queries.invite import included_children, is_on_the_list, proposals
from conferences.rules.apart import set_apart
from conferences.rules.invite import WRITES_NO_REPORT
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from families.queries import that_papers_may_say_of
from families.queries.same_person import everyone_who_is, memberships_of

CHANGES = (ConferenceState.AGREED, ConferenceState.BOOKED)


def propose_list(*, by, conference) -> list[Invitation]:
    """Whoever the rule proposes is on the list, with the reason; whoever was removed with a reason stays off it."""
    with acting(by, Permission.INVITE, on=conference, step="propose"):
        _open_for_changes(conference)
        there, said = list(conference.invitations.all()), list(conference.not_invited.all())
        added = []
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
            )
            _cover(invitation, one.children)
            added.append(invitation)
        _set_apart(conference)
    return added


def _set_apart(conference) -> None:
    """Whoever waits for an invitation and would meet somebody whom they must not comes at a time of their own."""
    if not conference.starts_at:
        return
    people = coming(conference)
    waiting = {one.person_id: one for one in conference.invitations.filter(sent_at__isnull=True, person__isnull=False)}
    # Of two people the one who has been told already keeps what they were told.
    people = [replace(one, stays=one.stays or one.person not in waiting) for one in people]
    pairs = pairs_of(kept_apart(conference.family_id, [one.person for one in people]))
    for person, at in set_apart(people, pairs, conference.starts_at, conference.ends_at).items():
        if invitation := waiting.get(person):
            invitation.apart, invitation.arrives_at = True, at
            invitation.save(update_fields=["apart", "arrives_at"])


def add_invitee(
    *, by, conference, role, reason, children, person=None, user=None, agency=None, name="", report_asked=None
) -> Invitation:
    """One more is on the list, not sent yet: a person of the family, a professional, or an agency."""
    if not reason.strip():
        raise Invalid("Say why this person is invited.", field="reason")
    kind = InviteeKind.FAMILY if person else InviteeKind.PROFESSIONAL
    if bool(person) != (role in FAMILY_ROLES):
        raise Invalid("Choose the part in which this person comes.", field="role")
    if not person and not user and not agency:
        raise Invalid("Choose a professional or an agency.", field="user")
    if person and person.died_on:
        raise Invalid(f"{person.full_name} has died, and is never written to.", field="person")
    if person and person.is_unknown:
        raise Invalid("Nobody knows who this person is, so they cannot be invited.", field="person")
    if person and person.merged_into_id:
        person = person.merged_into
    if person:
        (person,) = that_papers_may_say_of(conference.family_id, [person])
    name = name.strip() or (person.full_name if person else str(user or agency))
    with acting(by, Permission.INVITE, on=conference, reason=reason, step="add", name=name):
        _open_for_changes(conference)
        if person and not memberships_of(conference.family, person).exists():
            raise Invalid("Choose somebody of this family.", field="person")
        ids = _these_children(conference, children, needed=kind == InviteeKind.PROFESSIONAL)
        asked = report_asked if report_asked is not None else not person and role not in WRITES_NO_REPORT
        invitation = _earlier(conference, person, user) or Invitation(conference=conference, person=person, user=user)
        if invitation.pk and not invitation.withdrawn_at:
            raise Invalid(f"{name} is on the list already.", field="person" if person else "user")
        # Somebody who was withdrawn and is invited after all starts afresh.
        invitation.withdrawn_at = invitation.sent_at = invitation.sent_by = invitation.ends_on = None
        invitation.withdrawn_reason, invitation.reply, invitation.replied_at = "", Reply.NONE, None
        invitation.kind, invitation.role, invitation.name, invitation.reason = kind, role, name, reason.strip()
        invitation.agency = agency or (user.agency if user else None)
        invitation.report_asked = asked
        invitation.save()
        _cover(invitation, ids)
    return invitation


def change_invitee(
    *,
    by,
    invitation,
    children,
    mode,
    apart=False,
    arrives_at=None,
    room=None,
    video_link="",
    report_asked=False,
    is_expected=True,
) -> Invitation:
    """The invitation covers these children, and its holder comes in this way."""
    conference = invitation.conference
    with acting(by, Permission.INVITE, on=conference, step="change", invitation=invitation.pk):
        _open_for_changes(conference)
        invitation.refresh_from_db()
        if invitation.withdrawn_at:
            raise WrongState("This invitation was withdrawn. Add the person again to invite them.")
        if mode not in AttendMode.values:
            raise Invalid("Choose how this person comes.", field="mode")
        ids = _these_children(conference, children, needed=invitation.kind == InviteeKind.PROFESSIONAL)
        if apart and not arrives_at and not room and not video_link:
            raise Invalid(
                "Give the time, the room or the video link at which this person comes apart from the rest.",
                field="arrives",
            )
        if apart and video_link and video_link in _links_of_others(conference, invitation):
            raise Invalid("This link is somebody else’s at this conference. Give a link of their own.", "video_link")
        if apart and arrives_at and conference.starts_at:
            _refuse_far_arrival(conference, arrives_at)
        invitation.mode, invitation.apart = mode, apart
        invitation.arrives_at, invitation.room = (arrives_at, room) if apart else (None, None)
        invitation.video_link = video_link.strip() if apart and mode == AttendMode.VIDEO else ""
        invitation.report_asked, invitation.is_expected = report_asked, is_expected
        invitation.save()
        _cover(invitation, ids)
    return invitation


def remove_invitee(*, by, invitation, reason) -> NotInvited:
    """Somebody not invited yet is off the list, and why stands in the record."""
    if not reason.strip():
        raise Invalid("Say why this person is not invited. It stands in the record.", field="reason")
    conference = invitation.conference
    with acting(by, Permission.INVITE, on=conference, reason=reason, step="remove", name=invitation.name):
        invitation.refresh_from_db()
        if invitation.sent_at:
            raise WrongState(f"{invitation.name} has been invited. Withdraw the invitation instead.")
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


def say_why_not(*, by, conference, role, reason, child=None) -> NotInvited:
    """Nobody of this kind is invited (for this child), and why stands in the record."""
    if not reason.strip():
        raise Invalid("Say why nobody is invited. It stands in the record.", field="reason")
    if role not in InviteeRole.values:
        raise Invalid("Choose who is not invited.", field="role")
    with acting(by, Permission.INVITE, on=conference, reason=reason, step="why not"):
        _open_for_changes(conference)
        if child is not None:
            _these_children(conference, [child], needed=True)
        return NotInvited.objects.create(
            conference=conference,
            role=role,
            name=str(InviteeRole(role).label),
            child=child,
            reason=reason.strip(),
            said_by_id=by.id,
            said_at=timezone.now(),
        )


def answer_invitation(*, by, invitation, reply) -> Invitation:
    """The invited person has said whether they are coming."""
    if reply not in (Reply.COMING, Reply.NOT_COMING):
        raise Invalid("Choose whether you are coming.", field="reply")
    with acting(by, Permission.ANSWER_INVITATION, on=invitation, about=invitation.conference, reply=str(reply)):
        return _answered(invitation, reply)


def record_reply(*, by, invitation, reply) -> Invitation:
    """The answer that somebody gave by phone or by letter is on the list."""
    if reply not in Reply.values:
        raise Invalid("Choose the answer.", field="reply")
    details = {"step": "reply", "invitation": invitation.pk, "reply": str(reply)}
    with acting(by, Permission.INVITE, on=invitation.conference, **details):
        invitation.refresh_from_db()
        return _answered(invitation, reply)


def _answered(invitation, reply) -> Invitation:
    if not invitation.sent_at or invitation.withdrawn_at:
        raise WrongState("This invitation is not open, so it cannot be answered.")
    if invitation.conference.state != ConferenceState.BOOKED:
        raise WrongState("This conference is not booked any more, so there is nothing to answer.")
    invitation.reply = reply
    invitation.replied_at = None if reply == Reply.NONE else timezone.now()
    invitation.save(update_fields=["reply", "replied_at"])
    return invitation


def _links_of_others(conference, invitation) -> set[str]:
    others = conference.invitations.exclude(pk=invitation.pk).exclude(video_link="")
    return {conference.video_link, *others.values_list("video_link", flat=True)}


def _open_for_changes(conference) -> None:
    if conference.state not in CHANGES:
        now = conference.get_state_display().lower()
        raise WrongState(f"This conference is “{now}”, so its list cannot be changed. Reload the page.")


def _these_children(conference, children, *, needed) -> list[int]:
    ids = [getattr(child, "pk", child) for child in children]
    included = {child.pk for child in included_children(conference)}
    if needed and not ids:
        raise Invalid("Choose the children whom this person knows.", field="children")
    if not set(ids) <= included:
        raise Invalid("Choose only children whom this conference is about.", field="children")
    return ids


def _cover(invitation, children) -> None:
    """The invitation covers exactly ``children`` (ids)."""
    now = set(invitation.children.values_list("child_id", flat=True))
    invitation.children.exclude(child__in=children).delete()
    InvitationChild.objects.bulk_create(
        InvitationChild(invitation=invitation, child_id=child) for child in children if child not in now
    )


def _earlier(conference, person, user) -> Invitation | None:
    who = {"person__in": everyone_who_is(person)} if person else {"user": user}
    same = conference.invitations.filter(**who)
    return same.first() if person or user else None


def _refuse_far_arrival(conference, arrives_at) -> None:
    if abs(arrives_at - conference.starts_at) > timedelta(hours=12):
        raise Invalid("The separate time must be on the day of the conference.", field="arrives")
