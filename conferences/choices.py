"""The words of conferences: every state with its label and tone, every code with its meaning."""

from django.db.models import TextChoices

# What people are told of a conference: the purpose of each letter and notice.
INVITED, MOVED, CANCELLED, WITHDRAWN = "invitation", "moved", "cancelled", "withdrawn"


class Toned(TextChoices):
    """Choices that also say how they look: a tone of the tag component."""

    def __new__(cls, value, tone):
        member = str.__new__(cls, value)
        member._value_ = value
        member.tone = tone
        return member


class ConferenceState(Toned):
    REQUESTED = "requested", "blue", "Asked for"
    DECLINED = "declined", "grey", "Declined"
    AGREED = "agreed", "yellow", "To be booked"
    BOOKED = "booked", "turquoise", "Booked"
    OPEN = "open", "purple", "Being held"
    HELD = "held", "green", "Held"
    CANCELLED = "cancelled", "grey", "Cancelled"


class ConferenceKind(TextChoices):
    INITIAL = "initial", "Initial child protection conference"
    PRE_BIRTH = "pre_birth", "Pre-birth child protection conference"
    TRANSFER_IN = "transfer_in", "Transfer-in child protection conference"
    REVIEW = "review", "Review child protection conference"


class EnquiryOutcome(TextChoices):
    CONFERENCE = "conference", "Concerns substantiated: an initial conference is needed"
    SUPPORT = "support", "Concerns substantiated, not likely to suffer significant harm: support by consent"
    NO_FURTHER_ACTION = "no_further_action", "Concerns not substantiated: no further action"
    ASSESSMENT = "assessment", "Concerns not substantiated: the assessment continues"


class LatenessReason(TextChoices):
    """Why a conference is booked beyond its limit."""

    FAMILY_ILL = "family_ill", "Illness or bereavement in the family"
    FAMILY_ASKED = "family_asked", "The family asked for another date"
    INTERPRETER = "interpreter", "No interpreter or support could be had in time"
    KEY_AGENCY = "key_agency", "A key agency could not come in time"
    LATE_REQUEST = "late_request", "The request came late"
    NO_CHAIR = "no_chair", "No chair or room could be had in time"
    INQUORATE = "inquorate", "The earlier conference was not quorate"
    SIBLINGS = "siblings", "To hear brothers and sisters together"
    OTHER = "other", "Another reason"


class CancelReason(TextChoices):
    NO_LONGER_NEEDED = "no_longer_needed", "No longer needed"
    FAMILY_ILL = "family_ill", "Illness or bereavement in the family"
    CHAIR_ILL = "chair_ill", "The chair cannot come"
    CHILD_LOOKED_AFTER = "child_looked_after", "The children came into care"
    OTHER = "other", "Another reason"


class InviteeKind(TextChoices):
    FAMILY = "family", "Family"
    PROFESSIONAL = "professional", "Professional"


class InviteeRole(TextChoices):
    """In what part somebody comes to this conference."""

    CHILD = "child", "Child"
    PARENT = "parent", "Parent"
    RELATIVE = "relative", "Family member"
    CARER = "carer", "Carer"
    SOCIAL_WORKER = "social_worker", "Social worker"
    TEAM_MANAGER = "team_manager", "Social work manager"
    POLICE = "police", "Police"
    SCHOOL = "school", "School"
    NURSERY = "nursery", "Nursery"
    HEALTH_VISITOR = "health_visitor", "Health visitor"
    SCHOOL_NURSE = "school_nurse", "School nurse"
    GP = "gp", "GP"
    MIDWIFE = "midwife", "Midwife"
    SUPPORTER = "supporter", "Supporter"
    ADVOCATE = "advocate", "Advocate"
    INTERPRETER = "interpreter", "Interpreter"
    OTHER = "other", "Another professional"


# A member of the family: first recorded in the family, and invited from there.
FAMILY_ROLES = (InviteeRole.CHILD, InviteeRole.PARENT, InviteeRole.RELATIVE, InviteeRole.CARER)


class AttendMode(TextChoices):
    ROOM = "room", "In the room"
    VIDEO = "video", "By video"
    PHONE = "phone", "By phone"


class Reply(TextChoices):
    NONE = "none", "No reply yet"
    COMING = "coming", "Coming"
    NOT_COMING = "not_coming", "Not coming"


class Attendance(TextChoices):
    UNKNOWN = "unknown", "Not marked"
    PRESENT = "present", "Present"
    APOLOGIES = "apologies", "Sent apologies"
    ABSENT = "absent", "Absent"
    EXCLUDED = "excluded", "Excluded by the chair"


class Participation(TextChoices):
    """How a child took part: the sector's codes PN0 to PN7."""

    PN0 = "PN0", "Under 4 years old"
    PN1 = "PN1", "Attended and spoke for themselves"
    PN2 = "PN2", "Attended, an advocate spoke"
    PN3 = "PN3", "Attended, gave views in symbols or signs"
    PN4 = "PN4", "Attended without contributing"
    PN5 = "PN5", "Did not attend, an advocate was briefed"
    PN6 = "PN6", "Did not attend, gave views another way"
    PN7 = "PN7", "Did not attend and gave no views"


class Category(TextChoices):
    """The statutory categories of the children in need census."""

    NEGLECT = "NEG", "Neglect"
    PHYSICAL = "PHY", "Physical abuse"
    SEXUAL = "SAB", "Sexual abuse"
    EMOTIONAL = "EMO", "Emotional abuse"
    MULTIPLE = "MUL", "Multiple"


class Outcome(TextChoices):
    """What a conference can decide for a child. All are shown on the screen."""

    PROTECTION_PLAN = "protection_plan", "A child protection plan"
    CHILD_IN_NEED = "child_in_need", "A child in need plan, with the family’s consent"
    NO_PLAN = "no_plan", "No plan"
    NOT_DECIDED = "not_decided", "Not decided: the conference was inquorate or adjourned"


class NotDecidedReason(TextChoices):
    INQUORATE = "inquorate", "Inquorate"
    ADJOURNED = "adjourned", "Adjourned"


class AgencyViewKind(TextChoices):
    """An agency's view of whether the child needs a plan. It is a view, never a vote."""

    PLAN = "plan", "Needs a child protection plan"
    NO_PLAN = "no_plan", "Does not need a child protection plan"
    UNSURE = "unsure", "Not able to say"


class Section(TextChoices):
    """The headings under which the conference is recorded as it happens."""

    REASON = "reason", "Why this conference is being held"
    DANGER_STATEMENT = "danger_statement", "Danger statement"
    WORRIED = "worried", "What we are worried about"
    WORKING_WELL = "working_well", "What is working well"
    NEEDS_TO_HAPPEN = "needs_to_happen", "What needs to happen"
    CHILD_VIEWS = "child_views", "The child’s views"
    PARENT_VIEWS = "parent_views", "The parent’s views"
    PLAN_PROGRESS = "plan_progress", "Progress of the plan since the last conference"
    CONFIDENTIAL = "confidential", "For professionals only"


class Audience(Toned):
    """Who may ever read a paragraph. The wall; the release check is the net. Who that is: rules/audience.py."""

    EVERYONE = "everyone", "green", "Everyone who gets a copy"
    FAMILY = "family", "turquoise", "The family"
    PROFESSIONALS = "professionals", "orange", "Professionals only"
    CHAIR = "chair", "red", "The chair alone"
    NAMED = "named", "purple", "Only people named"
    POLICE = "police", "red", "Police information, restricted"
    THIRD_PARTY = "third_party", "red", "Third-party information, restricted"


# An audience that admits a reader of a copy only by name.
BY_NAME = (Audience.NAMED, Audience.POLICE, Audience.THIRD_PARTY)
