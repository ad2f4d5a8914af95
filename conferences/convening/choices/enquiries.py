"""The codes of what happens before a request: strategy discussions, enquiries, safety plans, family group meetings."""

from django.db.models import TextChoices

from conferences.disclosure.choices import Audience, Toned


class EnquiryOutcome(TextChoices):
    CONFERENCE = "conference", "Concerns substantiated, likely to suffer significant harm: a conference is needed"
    SUPPORT = "support", "Concerns substantiated, not likely to suffer significant harm: child in need or Family Help"
    NO_FURTHER_ACTION = "no_further_action", "Concerns not substantiated: no further action"
    ASSESSMENT = "assessment", "Concerns not substantiated: the assessment continues"


class DiscussedAgency(TextChoices):
    """The agencies of a strategy discussion. The first three are asked to every one."""

    SOCIAL_CARE = "social_care", "Children’s social care"
    POLICE = "police", "Police"
    HEALTH = "health", "Health"
    EDUCATION = "education", "Education"
    OTHER = "other", "Another agency"


class DiscussionDecision(TextChoices):
    """What a strategy discussion decides for one child."""

    ENQUIRY = "enquiry", "Start a section 47 enquiry"
    CONTINUES = "continues", "The section 47 enquiry that is in progress continues"
    AGAIN = "again", "Not decided yet: hold another strategy discussion"
    SUPPORT = "support", "No section 47 enquiry: assessment or support"
    NOTHING = "nothing", "No section 47 enquiry: no further action"


class MedicalExamination(TextChoices):
    NOT_NEEDED = "not_needed", "Not needed"
    NEEDED = "needed", "Needed"
    DONE = "done", "Done"


class ShareAudience(TextChoices):
    """Who may read what an agency shared at a strategy discussion: a part of ``Audience``, never the family."""

    PROFESSIONALS = Audience.PROFESSIONALS.value, "Professionals who may read this family’s record"
    POLICE = Audience.POLICE.value, "Police information: only those who hold the case, and the conference’s chair"
    THIRD_PARTY = Audience.THIRD_PARTY.value, "About a third party: only those who hold the case, and the chair"


class PlanAgreement(TextChoices):
    """Whether somebody in an interim safety plan agreed to it."""

    NOT_ASKED = "not_asked", "Not asked yet"
    SIGNED = "signed", "Agreed, and signed the page"
    SAID = "said", "Agreed, and did not sign"
    REFUSED = "refused", "Did not agree"


class ActionState(Toned):
    TO_DO = "to_do", "blue", "To do"
    DONE = "done", "green", "Done"
    NOT_DONE = "not_done", "red", "Not done"


class GroupAnswer(TextChoices):
    """What a parent answered to the offer of a family group decision-making meeting."""

    NONE = "none", "No answer yet"
    YES = "yes", "Accepted"
    NO = "no", "Declined"
