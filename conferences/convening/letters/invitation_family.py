"""The letter to invite a parent, carer or relative. It names only the children that their copy covers."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from conferences.convening.choices import InviteeRole, PartForChild
from conferences.convening.letters import facts
from conferences.convening.letters.changes import changes_for
from conferences.convening.queries.attending import Meeting, meeting_for
from conferences.separation.queries.presences import clock
from cpc.core.documents.letterhead import Help, help_for_families, letterhead
from cpc.core.documents.letters import Letter
from cpc.core.kernel.phrases import EACH_CHILD, about_children, listed
from cpc.core.policy.queries import due, setting, words

ANOTHER = "another professional who works with your family"


class WhoComes(NamedTuple):
    """A professional as a letter says it: without their name, after their name, and why people of this role come.

    The reason is that of the role, never what is recorded about this family.
    """

    unnamed: str
    named: str
    why: str


# Never the name of an agency: that of a school or a surgery tells where a child can be found, and one reader's letter
# must not tell where another parent is.
WHO_COMES = {
    InviteeRole.TEAM_MANAGER: WhoComes(
        "a manager of the social work team", "manager of the social work team", "who is responsible for its work"
    ),
    InviteeRole.POLICE: WhoComes("the police", "police", "who are always invited"),
    InviteeRole.SCHOOL: WhoComes("someone from school", "from school", "who can say how a child is doing there"),
    InviteeRole.NURSERY: WhoComes("someone from nursery", "from nursery", "who can say how a child is doing there"),
    InviteeRole.HEALTH_VISITOR: WhoComes(
        "a health visitor", "health visitor", "who looks after the health of young children"
    ),
    InviteeRole.SCHOOL_NURSE: WhoComes(
        "a school nurse", "school nurse", "who looks after the health of children at school"
    ),
    InviteeRole.GP: WhoComes("a GP", "GP", "who looks after people’s health and may write instead of coming"),
    InviteeRole.MIDWIFE: WhoComes("a midwife", "midwife", "who cares for mothers and babies around a birth"),
    InviteeRole.ADVOCATE: WhoComes("an advocate", "", "who helps someone to say what they think"),
    InviteeRole.INTERPRETER: WhoComes(
        "an interpreter", "interpreter", "who says everything in another language, so that everyone understands"
    ),
}
# Who is only another professional: a children's doctor tells of a medical examination, and the name of somebody who
# helps after violence tells that a parent asked for help.
UNNAMED = (InviteeRole.PAEDIATRICIAN, InviteeRole.OTHER)
# Who comes for one member of the family. Where two must not meet, or somebody is withheld from the reader, they would
# tell that this person comes, or has asked for help.
FOR_ONE = (InviteeRole.ADVOCATE, InviteeRole.INTERPRETER)
# Why a member of the family comes, by role.
FAMILY_COMES = {
    InviteeRole.PARENT: "because the meeting is about their child",
    InviteeRole.CARER: "because they look after a child",
    InviteeRole.RELATIVE: "because they are family",
}
# What a child reads instead: "parent" is no word for their own mother, and no letter tells a child who their parent is.
FAMILY_COMES_TO_CHILD = dict.fromkeys((InviteeRole.PARENT, InviteeRole.RELATIVE), "from your family")
# How a child comes, by what the chair decided. Which part, or which other way, is told to the child alone.
CHILD_COMES = {
    "": "who may choose whether to come",
    PartForChild.ALL: "who may come to all of the meeting",
    PartForChild.SOME: "who may come to part of the meeting",
    PartForChild.ANOTHER: "who will be heard in another way",
}


@dataclass(frozen=True, kw_only=True)
class InvitationFamily(Letter):
    """The invitation of a parent, carer or relative: what happens, and how to take part.

    ``changed`` is what has changed since the reader was last told of it. ``worry`` is the worry in two plain lines.
    ``each_child`` is "each child", or the one child that the letter is about. ``also_invited`` are the times of other
    meetings in one sitting with this one, to which the reader was invited already.
    """

    reader: str
    about: str
    meeting: Meeting
    is_review: bool
    social_worker: str
    who_comes: tuple[str, ...]
    chair_talks_first: bool
    seated_first: bool
    reports_by: date | None
    police_report_verbal: bool
    form_by: date | None
    form_name: str
    supporters_allowed: int
    supporter_by: date | None
    interpreter: str
    danger_statement: bool
    scale_low: str
    scale_high: str
    record_name: str
    signed_by: str
    help: Help
    social_worker_phone: str = ""
    separated: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    has_advocate: bool = False
    worry: str = ""
    each_child: str = EACH_CHILD
    also_invited: tuple[str, ...] = ()

    @property
    def title(self):
        return f"Please come to the {self.meeting.called}"


def invitation_family(context, invitation, on) -> InvitationFamily:
    """The current letter to one reader."""
    conference, person = context.conference, invitation.person
    children, coming = facts.children_named(context, invitation), meeting_for(context, invitation)
    addressee, _, _ = facts.addressee(context, invitation)
    return InvitationFamily(
        letterhead=letterhead(),
        addressee=addressee,
        dated_on=on,
        large_print=facts.wants_large_print(person),
        reader=person.full_name,
        about=listed(children),
        each_child=about_children(EACH_CHILD, children),
        meeting=coming,
        is_review=conference.is_review,
        social_worker=str(context.social_worker or ""),
        who_comes=who_comes(context, invitation),
        chair_talks_first=setting("chair_meets_family_first"),
        # Somebody without a time before the meeting comes when it begins, or when the separation plan says.
        seated_first=setting("family_seated_first") and bool(coming.come_at),
        reports_by=reports_by(conference, on),
        police_report_verbal=setting("police_report_verbal"),
        form_by=still_to_come("contribution_form", conference, on),
        form_name=words("contribution_form_name"),
        supporters_allowed=setting("supporters_allowed"),
        supporter_by=still_to_come("supporter_notice", conference, on),
        interpreter=person.first_language if person.interpreter_needed else "",
        has_advocate=invitation.person_id in context.advocates,
        danger_statement=setting("uses_danger_statement"),
        scale_low=setting("scale_low_label") if setting("uses_scale") else "",
        scale_high=setting("scale_high_label") if setting("uses_scale") else "",
        record_name=words("record_name"),
        signed_by=context.signed_by,
        help=help_for_families(),
        social_worker_phone=facts.phone_of_worker(context),
        separated=facts.separated(context, invitation),
        changed=changes_for(context, invitation).in_full,
        worry=context.worry_for(invitation),
        also_invited=() if invitation.apart else tuple(clock(at) for at in context.also_invited_at.get(person.pk, ())),
    )


def who_comes(context, invitation) -> tuple[str, ...]:
    """The other people who are invited for a child that this reader’s copy covers: their names, their roles and why
    people of this role come, without words that tell where anybody is.

    The social worker is not among them, because letters name them first. A professional of an agency that is withheld
    from the reader appears as another professional without a name; so does who comes for one member of the family,
    where somebody is kept from the reader. Of the family, nobody appears who is withheld from the reader, must not meet
    somebody, or attends at another time.
    """
    withheld = context.withheld_from(invitation)
    unnamed = (*UNNAMED, *FOR_ONE) if withheld.people or _not_named_to_anybody(context) else UNNAMED
    found = []
    for one in context.professionals_for(invitation):
        role = WHO_COMES.get(one.role)
        told = role and context.tells(invitation, one.name)
        if one.role in unnamed or one.agency_id in withheld.agencies or told:
            found.append(ANOTHER)
        elif role:
            who = f"{one.name}, {role.named}" if one.user_id and role.named else role.unnamed
            found.append(f"{who}, {role.why}")
    return tuple(dict.fromkeys([*found, *_family(context, invitation)]))


def _family(context, invitation) -> list[str]:
    mine = {child.pk for child in context.children_for(invitation)}
    kept = {*context.withheld_from(invitation).people, invitation.person_id, *_not_named_to_anybody(context)}
    found = []
    for one in context.family_invited():
        shares = mine & {covered.child_id for covered in one.children.all()} or one.person_id in mine
        if one.person_id in kept or not shares or one.apart or context.tells(invitation, one.name):
            continue
        if one.role == InviteeRole.CHILD:
            part = context.parts.get(one.person_id)
            found.append(f"{one.name}, {CHILD_COMES[part.part if part else '']}")
        elif not invitation.apart:
            role, why = one.get_role_display().lower(), FAMILY_COMES.get(one.role)
            if invitation.role == InviteeRole.CHILD:
                role, why = FAMILY_COMES_TO_CHILD.get(one.role, role), ""
            found.append(", ".join(filter(None, (one.name, role, why))))
            found += _companions(context, invitation, one, kept)
    return found


def _not_named_to_anybody(context) -> frozenset[int]:
    """Everybody who must not meet somebody: any reader could tell one of the two that the other comes."""
    return frozenset().union(*(pair.key for pair in (*context.pairs, *context.separate)))


def _companions(context, invitation, beside, kept) -> list[str]:
    """Those who come with somebody that this letter names. Who comes with anybody else would tell that they come."""
    return [
        f"{one.name}, who comes with {beside.name}"
        for one in context.companions_of(beside)
        if one.relative_id not in kept and not context.tells(invitation, one.name)
    ]


def reports_by(conference, on) -> date | None:
    """The last day to share reports with the family, if it is still to come."""
    return still_to_come(f"report_to_family_{'review' if conference.is_review else 'initial'}", conference, on)


def still_to_come(key, conference, on) -> date | None:
    """The date that counts back from the conference; None if it has passed, because no letter asks for the past."""
    day = due(key, conference.held_on).on
    return day if day >= on else None
