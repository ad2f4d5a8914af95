"""The letter to ask a child or young person whether they want to come. It is only about them."""

from dataclasses import dataclass
from datetime import date

from conferences.convening.letters import facts
from conferences.convening.letters.changes import changes_for
from conferences.convening.letters.invitation_family import still_to_come, who_comes
from conferences.convening.queries.attending import Meeting, meeting_for
from conferences.convening.rules.childs_voice import Voice, voice_of
from conferences.convening.rules.family_words import age_group
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter
from cpc.core.kernel.dates import age_on
from cpc.core.policy.queries import setting, words


@dataclass(frozen=True, kw_only=True)
class InvitationChild(Letter):
    """What the meeting is, and how a child can say what they think, whether or not they come."""

    title = "A meeting about you"

    reader: str
    age_group: str
    who_comes: tuple[str, ...]
    meeting: Meeting
    is_review: bool
    social_worker: str
    chair_talks_first: bool
    advocacy_service: str
    form_by: date | None
    scale_low: str
    scale_high: str
    helpline: str
    signed_by: str
    social_worker_phone: str = ""
    changed: tuple[str, ...] = ()
    has_advocate: bool = False
    has_form: bool = True


def invitation_child(context, invitation, on) -> InvitationChild:
    """The current letter to one child."""
    conference, person = context.conference, invitation.person
    addressee, _, _ = facts.addressee(context, invitation)
    return InvitationChild(
        letterhead=letterhead(),
        addressee=addressee,
        dated_on=on,
        large_print=facts.wants_large_print(person),
        reader=person.own_name or person.full_name,
        age_group=age_group(age_on(person.born_on, conference.held_on) if person.born_on else None),
        has_form=voice_of(person, conference.held_on) == Voice.FORM,
        who_comes=who_comes(context, invitation),
        meeting=meeting_for(context, invitation),
        is_review=conference.is_review,
        social_worker=str(context.social_worker or ""),
        chair_talks_first=setting("chair_meets_family_first"),
        advocacy_service=words("advocacy_service"),
        has_advocate=invitation.person_id in context.advocates,
        form_by=still_to_come("contribution_form", conference, on),
        scale_low=setting("scale_low_label_child") if setting("uses_scale") else "",
        scale_high=setting("scale_high_label_child") if setting("uses_scale") else "",
        helpline=words("child_helpline"),
        signed_by=str(context.runs_it),
        social_worker_phone=facts.phone_of_worker(context),
        changed=changes_for(context, invitation).in_full,
    )
