"""The words of conferences: every state with its label and tone, every code with its meaning."""

from django.db.models import TextChoices

from conferences.disclosure.choices import Toned

# The purpose of each letter and notice about a conference.
OCCASIONS = INVITED, MOVED, CHAIR_CHANGED, CANCELLED, WITHDRAWN, EXCLUSION = (
    "invitation", "moved", "chair_changed", "cancelled", "withdrawn", "exclusion"
)  # fmt: skip
# The kinds of the forms that come with a letter, to be filled in: about the views of an adult, and of a child.
BLANK_FORMS = "contribution_form", "contribution_form_child"
PAGE_FOR_COMPANION = "page_for_companion"
ENCLOSED = *BLANK_FORMS, PAGE_FOR_COMPANION
CHAIR = "chair"  # the purpose of every notice to a chair
# Those that tell their reader when and where to come.
TELL_WHEN = (INVITED, MOVED, CHAIR_CHANGED)


class SpokenHow(TextChoices):
    """How somebody was told of a change that no letter or e-mail could tell them in time."""

    PHONE = "phone", "Told by phone"
    IN_PERSON = "in_person", "Told in person"
    NOT_REACHED = "not_reached", "Could not be reached yet"


class ConferenceState(Toned):
    REQUESTED = "requested", "blue", "Requested"
    DECLINED = "declined", "grey", "Declined"
    AGREED = "agreed", "yellow", "To be booked"
    BOOKED = "booked", "turquoise", "Booked"
    OPEN = "open", "purple", "In progress"
    HELD = "held", "green", "Held"
    CANCELLED = "cancelled", "grey", "Cancelled"


UNBOOKED = (ConferenceState.REQUESTED, ConferenceState.AGREED)
TO_COME = (*UNBOOKED, ConferenceState.BOOKED)
COMING = (ConferenceState.BOOKED, ConferenceState.OPEN)
NOT_OVER = (*TO_COME, ConferenceState.OPEN)
TAKES_PLACE = [*COMING, ConferenceState.HELD]  # a list, as in the migrations
CALLED_OFF = (ConferenceState.DECLINED, ConferenceState.CANCELLED)


class ConferenceKind(TextChoices):
    INITIAL = "initial", "Initial child protection conference"
    PRE_BIRTH = "pre_birth", "Pre-birth child protection conference"
    TRANSFER_IN = "transfer_in", "Transfer-in child protection conference"
    REVIEW = "review", "Review child protection conference"


# Their last day counts from the strategy discussion of an enquiry.
FROM_AN_ENQUIRY = (ConferenceKind.INITIAL, ConferenceKind.PRE_BIRTH)


class LatenessReason(TextChoices):
    """Why a conference is booked beyond its limit."""

    FAMILY_ILL = "family_ill", "Illness or bereavement in the family"
    FAMILY_ASKED = "family_asked", "The family requested another date"
    INTERPRETER = "interpreter", "No interpreter or support was available in time"
    KEY_AGENCY = "key_agency", "A key agency was not available in time"
    LATE_REQUEST = "late_request", "The request came late"
    NO_CHAIR = "no_chair", "No chair or room was available in time"
    INQUORATE = "inquorate", "The earlier conference was not quorate"
    SIBLINGS = "siblings", "To hear brothers and sisters together"
    OTHER = "other", "Another reason"


class MoveReason(TextChoices):
    """Why a booked conference is moved to another time or place."""

    CHAIR_ILL = "chair_ill", "The chair is unavailable"
    WORKER_ABSENT = "worker_absent", "The social worker or their manager is unavailable"
    QUORUM = "quorum", "Too few agencies can come"
    REPORTS_LATE = "reports_late", "Reports are not ready, or the family had no time to read them"
    FAMILY_ASKED = "family_asked", "The family asked for another time"
    FAMILY_ILL = "family_ill", "Illness or bereavement in the family"
    BIRTH = "birth", "A birth, or a baby due"
    DEATH = "death", "A death"
    INTERPRETER = "interpreter", "No interpreter or support is available"
    VENUE = "venue", "The room or the video link cannot be used"
    SOONER = "sooner", "The children need it sooner, or the last day is earlier"
    OTHER = "other", "Another reason"


class ChairReason(TextChoices):
    """Why a booked conference gets another chair."""

    CHAIR_ILL = "chair_ill", "The chair is unavailable"
    NOT_INDEPENDENT = "not_independent", "The chair is not independent, or has a conflict of interest"
    POST_ENDED = "post_ended", "The chair’s post ends before the conference"
    SAME_AS_BEFORE = "same_as_before", "The chair of the last conference can chair this one"
    WORKLOAD = "workload", "The chair has too many conferences"
    FAMILY_ASKED = "family_asked", "The family asked for it"
    OTHER = "other", "Another reason"


class BookingPart(TextChoices):
    """What a change of a booking changed."""

    TIME = "time", "Moved to another time or place"
    CHAIR = "chair", "Chair changed"


class Post(TextChoices):
    """The post in which somebody chairs conferences, or answers professional disagreements."""

    REVIEWING_OFFICER = "reviewing_officer", "Independent reviewing officer"
    CONFERENCE_CHAIR = "conference_chair", "Conference chair"
    LEAD_PRACTITIONER = "lead_practitioner", "Lead child protection practitioner"
    HEAD = "head", "Head of service"
    DIRECTOR = "director", "Director of children’s services"


# The posts that answer a stage of a professional disagreement: each has the value of its StageRole.
ANSWERING = (Post.HEAD, Post.DIRECTOR)
CHAIRING = tuple(post for post in Post if post not in ANSWERING)


class CancelReason(TextChoices):
    NO_LONGER_NEEDED = "no_longer_needed", "No longer needed"
    CHAIR_ILL = "chair_ill", "The chair is unavailable"
    WORKER_ABSENT = "worker_absent", "The social worker or their manager is unavailable"
    QUORUM = "quorum", "Too few agencies can come"
    REPORTS_LATE = "reports_late", "Reports are not ready, or the family had no time to read them"
    FAMILY_ASKED = "family_asked", "The family asked for it"
    FAMILY_ILL = "family_ill", "Illness or bereavement in the family"
    BIRTH = "birth", "A birth, or a baby due"
    DEATH = "death", "A death"
    VENUE = "venue", "The room or the video link cannot be used"
    CHILD_LOOKED_AFTER = "child_looked_after", "The children are now looked after and no longer at risk at home"
    OTHER = "other", "Another reason"


class InviteeRole(TextChoices):
    """The part in which somebody comes to this conference."""

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
    PAEDIATRICIAN = "paediatrician", "Paediatrician"
    SUPPORTER = "supporter", "Supporter"
    ADVOCATE = "advocate", "Advocate"
    INTERPRETER = "interpreter", "Interpreter"
    SOLICITOR = "solicitor", "Solicitor"
    MINUTE_TAKER = "minute_taker", "Minute-taker"
    OTHER = "other", "Another professional"


# The roles of family members, who are first recorded in the family.
FAMILY_ROLES = (InviteeRole.CHILD, InviteeRole.PARENT, InviteeRole.RELATIVE, InviteeRole.CARER)
# The roles of those who look after the children. A relative's letter says less.
PARENT_ROLES = (InviteeRole.PARENT, InviteeRole.CARER)


class Reply(TextChoices):
    NONE = "none", "No reply yet"
    COMING = "coming", "Coming"
    NOT_COMING = "not_coming", "Not coming"
    STAYS_AWAY = "stays_away", "Does not want to come"


class SupportKind(TextChoices):
    """What a member of the family may need to take part."""

    INTERPRETER = "interpreter", "Interpreter"
    ADVOCATE = "advocate", "Advocate"
    ACCESS = "access", "Help with access"
    CHILDCARE = "childcare", "Childcare"
    TRANSPORT = "transport", "Transport"


class SupportState(Toned):
    """How far it is arranged. Offered, accepted and referred are for an advocate only."""

    NEEDED = "needed", "yellow", "Not arranged yet"
    OFFERED = "offered", "blue", "Offered, no answer yet"
    ACCEPTED = "accepted", "yellow", "Accepted, not referred yet"
    REFERRED = "referred", "turquoise", "Referred, not booked yet"
    BOOKED = "booked", "green", "Booked"
    DECLINED = "declined", "grey", "Declined"
    NOT_BOOKED = "not_booked", "red", "Could not be booked"


ON_THE_WAY = (SupportState.OFFERED, SupportState.ACCEPTED, SupportState.REFERRED)
ARRANGED = (SupportState.BOOKED, SupportState.DECLINED, SupportState.NOT_BOOKED)


class CompanionKind(TextChoices):
    """Somebody who comes with a parent or carer."""

    SUPPORTER = "supporter", "Supporter"
    SOLICITOR = "solicitor", "Solicitor"


class CompanionState(Toned):
    NAMED = "named", "yellow", "Waiting for the chair"
    AGREED = "agreed", "green", "Agreed by the chair"
    REFUSED = "refused", "red", "Not agreed by the chair"
    ENDED = "ended", "grey", "No longer coming"


class FormInTalk(TextChoices):
    """Whether the chair and a member of the family looked at what they had written, when they talked."""

    TOGETHER = "together", "Yes, together"
    NOT_THERE = "not_there", "No, it had not arrived"
    NOT_WANTED = "not_wanted", "No, they did not want to"


class ChildAnswer(TextChoices):
    """What a child answered when they were asked whether they want to come."""

    ALL = "all", "Wants to come to all of it"
    SOME = "some", "Wants to come to part of it"
    NO = "no", "Does not want to come"
    UNSURE = "unsure", "Is not sure yet"


class PartForChild(TextChoices):
    """How a child takes part, as the chair decides in the child's interest."""

    ALL = "all", "All of the meeting"
    SOME = "some", "Part of the meeting"
    ANOTHER = "another", "Another way, without being at the meeting"


class Attendance(TextChoices):
    UNKNOWN = "unknown", "Not marked"
    PRESENT = "present", "Present"
    APOLOGIES = "apologies", "Sent apologies"
    ABSENT = "absent", "Absent"
    EXCLUDED = "excluded", "Excluded by the chair"


class StageRole(TextChoices):
    """Who of this service answers a stage of a professional disagreement. The heads and the director need no account:
    a conference service manager records what they answer. Who has an account is named by their post (``PostHeld``).
    """

    WORKER = "worker", "The family’s social worker"
    MANAGER = "manager", "The manager of the family’s team"
    SERVICE_MANAGER = "service_manager", "A conference service manager"
    HEAD = "head", "A head of service"
    DIRECTOR = "director", "The director of children’s services"


class ExclusionState(Toned):
    REQUESTED = "requested", "blue", "Requested"
    IN_FORCE = "in_force", "orange", "Excluded"
    DECLINED = "declined", "grey", "Not excluded"
    ENDED = "ended", "grey", "Ended"


class ExclusionGround(TextChoices):
    """Why somebody may be excluded. Source: Sussex 7.10, which is close to every procedure."""

    WELFARE = "welfare", "Their presence may seriously harm the child’s welfare"
    VIOLENCE = "violence", "Violence, threats or oppressive behaviour, or a risk of it"
    UNFIT = "unfit", "Unfit to take part through alcohol, drugs or acute mental ill-health"
    CHILD_ASKS = "child_asks", "The child asks that they are not there while the child is"
    STOPS_OTHERS = "stops_others", "Their presence would stop somebody else from taking part"
    CONFIDENTIAL = "confidential", "Others must hear confidential information, such as a criminal investigation"
    CONFLICT = "conflict", "Conflict between family members, such as domestic abuse"


class ProfessionalGround(TextChoices):
    """Why a professional may be excluded from one conference."""

    INTEREST = "interest", "A conflict of interest"
    CONNECTED = "connected", "A personal connection to the family"
    ALLEGATION = "allegation", "An allegation about them is being looked into"
    SAFETY = "safety", "Somebody would not be safe if they were there"


class PartInMeeting(TextChoices):
    """How much of the meeting somebody may be at."""

    ALL = "all", "All of the meeting"
    SOME = "some", "Part of the meeting, at their own times"
    NONE = "none", "None of the meeting"


class Participation(TextChoices):
    """How a child took part: the national codes PN0 to PN7."""

    PN0 = "PN0", "Under 4 years old"
    PN1 = "PN1", "Attended and spoke for themselves"
    PN2 = "PN2", "Attended, an advocate spoke"
    PN3 = "PN3", "Attended, gave views in symbols or signs"
    PN4 = "PN4", "Attended without contributing"
    PN5 = "PN5", "Did not attend, an advocate was briefed"
    PN6 = "PN6", "Did not attend, gave views another way"
    PN7 = "PN7", "Did not attend and gave no views"


ATTENDED = (Participation.PN1, Participation.PN2, Participation.PN3, Participation.PN4)
DID_NOT_ATTEND = (Participation.PN5, Participation.PN6, Participation.PN7)


class Category(TextChoices):
    """The statutory categories of the children in need census."""

    NEGLECT = "NEG", "Neglect"
    PHYSICAL = "PHY", "Physical abuse"
    SEXUAL = "SAB", "Sexual abuse"
    EMOTIONAL = "EMO", "Emotional abuse"
    MULTIPLE = "MUL", "Multiple"


class Outcome(TextChoices):
    """What a conference can decide for a child. The page shows all of them."""

    PROTECTION_PLAN = "protection_plan", "A child protection plan"
    CHILD_IN_NEED = "child_in_need", "A child in need plan, with the family’s consent"
    NO_PLAN = "no_plan", "No child protection plan"
    NOT_DECIDED = "not_decided", "Not decided: the conference was inquorate or adjourned"


class NotDecidedReason(TextChoices):
    """Why a conference decided nothing: it had no quorum, or the chair adjourned it."""

    INQUORATE = "inquorate", "Inquorate"
    REPORTS_LATE = "reports_late", "Adjourned: reports were missing, or the family had no time to read them"
    FAMILY_ASKED = "family_asked", "Adjourned: the family asked for it"
    INTERPRETER = "interpreter", "Adjourned: there was no interpreter or support"
    NOT_SAFE = "not_safe", "Adjourned: it could not go on safely"
    ADJOURNED = "adjourned", "Adjourned for another reason"


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
    WOULD_HELP = "would_help", "What would help"
    PLAN_PROGRESS = "plan_progress", "Progress of the plan since the last conference"
    CONFIDENTIAL = "confidential", "For professionals only"
