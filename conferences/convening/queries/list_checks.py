"""Whether a second person must check a list before it is sent, who has, and what each invited person learns."""

import hashlib
from dataclasses import dataclass, fields, is_dataclass

from django.db.models import Q

from conferences.convening.choices import (
    EXCLUSION,
    TELL_WHEN,
    ConferenceState,
    ExclusionState,
)
from conferences.convening.models import Conference, Exclusion
from conferences.convening.queries.attending import meeting_for
from conferences.convening.queries.companions import DECIDED, companions_to_end
from conferences.convening.queries.exclusions import earlier_exclusions
from conferences.convening.queries.invitations import invitations_of, who_would_meet
from conferences.convening.queries.last_told import invitation_to
from conferences.convening.queries.uninformed import uninformed_invitees
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.models import Event
from cpc.core.documents.choices import CheckKind
from cpc.core.documents.letters import Letter
from cpc.core.documents.models import SecondCheck
from cpc.core.documents.readers import reference_to
from cpc.core.kernel.duties import ids
from cpc.core.kernel.phrases import capital, listed
from families.people.models import MustNotLearn, MustNotMeet, Protection
from families.people.queries.identity import all_linked_records
from families.people.queries.merged_records import records_in_family


@dataclass(frozen=True)
class ProtectionEntries:
    """The ids of a family's live protections, must-not-learn and must-not-meet entries. Any of them makes a second
    check necessary.
    """

    protections: tuple[int, ...]
    must_not_learn: tuple[int, ...]
    must_not_meet: tuple[int, ...]

    @property
    def why(self) -> str:
        """Why a second person must check the list; "" if nobody need."""
        found = (
            (self.protections, "details are protected"),
            (self.must_not_learn, "something must be withheld from someone"),
            (self.must_not_meet, "there are people who must not meet"),
        )
        said = listed([why for entries, why in found if entries])
        return f"In this family, {said}." if said else ""


def protection_entries(family) -> ProtectionEntries:
    """The entries recorded for anybody of the family, on any of their records. Five queries."""
    people = all_linked_records(records_in_family(family))

    def ids(rows):
        return tuple(rows.live().order_by("pk").values_list("pk", flat=True))

    return ProtectionEntries(
        ids(Protection.objects.filter(person__in=people)),
        ids(MustNotLearn.objects.filter(Q(reader__in=people) | Q(about__in=people))),
        ids(MustNotMeet.objects.filter(Q(one__in=people) | Q(other__in=people))),
    )


@dataclass(frozen=True)
class ListCheck:
    """The second check of a list: why it is needed, the list's current fingerprint, and the checks made so far."""

    why: str
    fingerprint: str
    checks: tuple[SecondCheck, ...]
    earlier: SecondCheck | None = None

    def refusal_for(self, by) -> str:
        """Why ``by`` cannot send the list yet; "" if somebody else has checked its current version."""
        if not self.why or any(one.by_id != by.id for one in self.checks):
            return ""
        if self.checks:
            return f"{self.why} Only you have checked this list: somebody else must check it too before you send."
        changed = " It has changed since it was last checked." if self.earlier else ""
        return f"{self.why} Someone other than you must check this list before it is sent.{changed}"


def list_check(conference, invitations) -> ListCheck:
    """The second check of this conference's list."""
    entries = protection_entries(conference.family)
    exclusions = list(conference.exclusions.open().filter(person__isnull=False).order_by("pk"))
    fingerprint = _fingerprint(conference, invitations, entries, exclusions)
    made = list(
        SecondCheck.objects.filter(kind=CheckKind.LIST, **reference_to(conference)).order_by("-decided_at", "-pk")
    )
    return ListCheck(
        entries.why or ("Someone is excluded from this conference." if any(map(_is_in_force, exclusions)) else ""),
        fingerprint,
        tuple(one for one in made if one.fingerprint == fingerprint),
        made[0] if made else None,
    )


def list_awaits_check(outgoing) -> str:
    """Why a letter to a family member about the time of a conference does not leave yet, or "". Called before sending.

    With the list as it is now, and with those who come with a parent, nobody may meet somebody that they must not meet.
    Where somebody in the family is protected, somebody other than who made the letter must have checked the list as it
    is now: it lapses when the conference moves, and when a protection is recorded after the letter was made.
    """
    if (
        outgoing.purpose not in (*TELL_WHEN, EXCLUSION)
        or outgoing.recipient_kind != "person"
        or outgoing.document is None
    ):
        return ""
    conference = Conference.objects.select_related("family", "room").get(pk=outgoing.about_id)
    rows = invitations_of(conference)
    if conference.state == ConferenceState.BOOKED and (
        meeting := who_would_meet(conference, rows) + companions_to_end(conference)
    ):
        return f"{' '.join(meeting)} {GOES_ON}"
    found = list_check(conference, rows)
    # A letter that the service wrote again belongs to the person who sent the invitation.
    mine = invitation_to(outgoing, rows)
    makers = {outgoing.document.made_by_id, mine and mine.sent_by_id} - {None}
    if not found.why or any(one.by_id not in makers for one in found.checks):
        return ""
    return f"{found.why} {LIST_HAS_CHANGED} {GOES_ON}"


# Acts on a conference that make its list, or words of its letters, with their steps; without steps, each of them. The
# worry that came with the request is not among them: the team manager read it and agreed to the request.
_MAKES_THE_LIST = {
    Permission.INVITE: ("add", "change", "remove"),
    Permission.RECORD_TAKING_PART: ("worry", "name companion", "end companion", "way to take part"),
    Permission.DECIDE_TAKING_PART: (),
    Permission.INVITE_ALL_THE_SAME: (),
}


def makers_of_lists(conferences) -> dict[int, set[int]]:
    """For each conference (id), the users (ids) who made something of its list, typed words of its letters, or decided
    an exclusion or who is invited all the same. None of them is the second person of the list. Two queries.
    """
    made = Q()
    for permission, steps in _MAKES_THE_LIST.items():
        made |= Q(act=permission.value, **({"details__step__in": steps} if steps else {}))
    found: dict[int, set[int]] = {pk: set() for pk in conferences}
    acts = Event.objects.filter(made, on_kind=Conference._meta.label_lower, on_id__in=found, by_kind="user")
    excluded = Exclusion.objects.in_force().filter(person__isnull=False, conference__in=found)
    for pk, who in (*acts.values_list("on_id", "by_id"), *excluded.values_list("conference", "decided_by")):
        found[pk].add(who)
    return found


def why_not_second_person(by, conference) -> str:
    """Why ``by`` cannot check this list as its second person, or ""."""
    if by.id in makers_of_lists([conference.pk])[conference.pk]:
        return "You made part of this list, so somebody else must check it."
    return ""


def second_people(conference, made: set[int], service) -> dict[str, frozenset[int]]:
    """``owners`` and ``then`` of the duty to check the list: the first two of the social worker, the manager of the
    team and the service managers, without those who ``made`` the list.
    """
    family = conference.family
    able = [one - made for one in (ids(family.social_worker_id), ids(family.team.manager_id), frozenset(service))]
    owners, then = [*filter(None, able), frozenset(), frozenset()][:2]
    return {"owners": owners, "then": then}


LIST_HAS_CHANGED = (
    "The list, or what is withheld, has changed since somebody checked it: somebody other than who made this letter "
    "must look through the list as it is now."
)
GOES_ON = "Then this continues automatically."


def _is_in_force(exclusion) -> bool:
    return exclusion.state == ExclusionState.IN_FORCE


# What a person who checks the list sees of an exclusion.
OF_EXCLUSION = ("pk", "state", "letter_words", "how_heard", "meeting", "no_documents", "from_on", "until_on")


def _fingerprint(conference, invitations, entries, exclusions) -> str:
    """A hash of how each family member attends, what is withheld from them, each exclusion that is in force or that the
    chair has still to decide, and what else was typed for their letters. A check counts only while it is the same.
    """
    family = sorted(
        (
            one.person_id, one.mode, one.apart, one.arrives_at, one.leaves_at, one.room_id, one.entrance,
            one.video_link, sorted(covered.child_id for covered in one.children.all()),
        )
        for one in invitations
        if one.person_id and not one.withdrawn_at
    )  # fmt: skip
    of = (conference.pk, conference.starts_at, conference.room_id, conference.video_link, family, entries)
    of += tuple(tuple(getattr(one, name) for name in OF_EXCLUSION) for one in exclusions)
    of += (sorted(one.pk for one in earlier_exclusions(conference).values() if one.person_id),)
    decided = conference.companions.filter(state__in=DECIDED).order_by("pk")
    of += (list(decided.values_list("pk", "state")), conference.worry)
    of += (list(conference.child_parts.exclude(part="").order_by("pk").values_list("pk", "part", "how")),)
    return hashlib.sha256(repr(of).encode()).hexdigest()


@dataclass(frozen=True)
class InviteePreview:
    """One family member on the list: what their letters tell them, and what is withheld from them and why. ``typed``
    is what somebody typed for this letter.
    """

    invitation: object
    children: tuple[str, ...]
    names: tuple[str, ...]
    withheld: tuple[str, ...]
    apart: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    uninformed: object = None
    typed: tuple[str, ...] = ()


def previews(context, letters_for, plan) -> list[InviteePreview]:
    """What each family member on the list would see and learn. ``letters_for(invitation)`` gives their letters, and
    ``plan`` is the ``separation_plan`` of the list.
    """
    rows = [one for one in context.invitations if one.person_id and not one.withdrawn_at]
    stopped = {one.invitation.pk: one for one in uninformed_invitees(context.conference, rows)}
    found = []
    for one in rows:
        withheld, told = context.withheld_from(one), context.children_for(one)
        text = "\n".join(words_of(letter) for letter in letters_for(one))
        covered = [row.child for row in one.children.all()]
        already = {one.name, *(child.full_name for child in told)}
        found.append(
            InviteePreview(
                invitation=one,
                children=tuple(child.full_name for child in told),
                names=tuple(name for name in _people_of(context) if name in text and name not in already),
                withheld=tuple(withheld.sources),
                apart=tuple(f"{capital(pair.why)}: {_other(pair, one)}. {pair.how}" for pair in plan
                            if one.name in (pair.one, pair.other)),
                left_out=tuple(child.full_name for child in covered if child not in told),
                uninformed=stopped.get(one.pk),
                typed=typed_for(context, one),
            )
        )  # fmt: skip
    return found


def typed_for(context, invitation) -> tuple[str, ...]:
    """What somebody typed for the letters of this reader: the worry, who comes with them, how a child takes part, and
    who talked with them about how they do.
    """
    told = meeting_for(context, invitation) if context.conference.state == ConferenceState.BOOKED else None
    decided = (*told.beside, told.part, told.talked) if told else ()
    return tuple(filter(None, (context.worry_for(invitation), *decided)))


def _other(pair, invitation) -> str:
    return pair.other if pair.one == invitation.name else pair.one


def _people_of(context) -> list[str]:
    """The names that a letter could hold: the family, the chair, the workers and everybody invited."""
    conference = context.conference
    staff = [conference.chair, conference.administrator, context.social_worker]
    return list(
        dict.fromkeys(
            [
                *context.full_names,
                *(str(one) for one in staff if one),
                *(o.name for o in context.invitations),
                *(one.name for rows in context.companions.values() for one in rows),
            ]
        )
    )


def words_of(letter) -> str:
    """All the text of a letter, without its addressee and letterhead."""
    if isinstance(letter, str):
        return letter
    if isinstance(letter, (tuple, list)):
        return "\n".join(words_of(one) for one in letter)
    if is_dataclass(letter):
        left_out = ("addressee", "letterhead") if isinstance(letter, Letter) else ()
        return "\n".join(words_of(getattr(letter, one.name)) for one in fields(letter) if one.name not in left_out)
    return ""
