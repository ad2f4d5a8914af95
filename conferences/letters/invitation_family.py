"""The letter that asks a parent, carer or relative to come. It names only the children whom their copy covers."""

from dataclasses import dataclass
from datetime import date

from conferences.choices import InviteeRole
from conferences.letters import facts
from conferences.letters.facts import Meeting
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter
from cpc.core.kernel.phrases import listed
from cpc.core.policy.queries import due, setting, words

# Roles only, and neither names nor agencies: the name of a school or a surgery tells where a child can be found, and
# one reader's letter must not tell another parent's whereabouts.
WHO_COMES = {
    InviteeRole.TEAM_MANAGER: "a manager of the social work team",
    InviteeRole.POLICE: "the police",
    InviteeRole.SCHOOL: "somebody from school",
    InviteeRole.NURSERY: "somebody from nursery",
    InviteeRole.HEALTH_VISITOR: "a health visitor",
    InviteeRole.SCHOOL_NURSE: "a school nurse",
    InviteeRole.GP: "a GP, who may write instead of coming",
    InviteeRole.MIDWIFE: "a midwife",
    InviteeRole.ADVOCATE: "an advocate",
    InviteeRole.INTERPRETER: "an interpreter",
    InviteeRole.OTHER: "another professional who works with you or your children",
}


@dataclass(frozen=True, kw_only=True)
class InvitationFamily(Letter):
    """A parent, carer or relative is asked to come, and told what happens and how to take part."""

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

    @property
    def title(self):
        return f"Please come to the {self.meeting.called}"


def invitation_family(bundle, invitation, on) -> InvitationFamily:
    """The letter to one reader, as it stands today."""
    conference, person = bundle.conference, invitation.person
    addressee, _, _ = facts.addressee(bundle, invitation)
    return InvitationFamily(
        letterhead=letterhead(),
        addressee=addressee,
        dated_on=on,
        large_print=facts.wants_large_print(person),
        reader=person.full_name,
        about=listed(facts.children_named(bundle, invitation)),
        meeting=facts.meeting_for(bundle, invitation),
        is_review=conference.is_review,
        social_worker=str(bundle.social_worker or ""),
        who_comes=who_comes(bundle, invitation),
        chair_talks_first=setting("chair_meets_family_first"),
        seated_first=setting("family_seated_first") and invitation.mode == "room",
        reports_by=reports_by(conference, on),
        police_report_verbal=setting("police_report_verbal"),
        form_by=still_to_come("contribution_form", conference, on),
        form_name=words("contribution_form_name"),
        supporters_allowed=setting("supporters_allowed"),
        supporter_by=still_to_come("supporter_notice", conference, on),
        interpreter=person.first_language if person.interpreter_needed else "",
        danger_statement=setting("uses_danger_statement"),
        scale_low=setting("scale_low_label") if setting("uses_scale") else "",
        scale_high=setting("scale_high_label") if setting("uses_scale") else "",
        record_name=words("record_name"),
        signed_by=str(conference.administrator or words("service_name")),
    )


def who_comes(bundle, invitation) -> tuple[str, ...]:
    """Who else comes that knows a child whom this reader's copy covers, in words that tell nothing of where.

    A school or nursery of which the reader must not learn is another professional, and nothing more.
    """
    kept = bundle.kept_from(invitation).agencies
    roles = [InviteeRole.OTHER if one.agency_id in kept else one.role for one in bundle.professionals_for(invitation)]
    return tuple(dict.fromkeys(WHO_COMES[role] for role in roles if role in WHO_COMES))


def reports_by(conference, on) -> date | None:
    """The last day on which reports are shared with the family, while it is still to come."""
    return still_to_come(f"report_to_family_{'review' if conference.is_review else 'initial'}", conference, on)


def still_to_come(key, conference, on) -> date | None:
    """The date that counts back from the conference; nothing once it has passed: no letter asks for the past."""
    day = due(key, conference.held_on).on
    return day if day >= on else None
