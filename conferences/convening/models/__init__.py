"""What is stored until a conference is held: enquiries, the conference and its children, invitations, exclusions."""

from conferences.convening.models.conferences import ActingChair, Conference, ConferenceChild, Dispute, Room
from conferences.convening.models.enquiries import Enquiry, EnquiryChild, StrategyDiscussion
from conferences.convening.models.exclusions import Exclusion
from conferences.convening.models.invitations import (
    ChairTalk,
    Invitation,
    InvitationChild,
    InvitedAllTheSame,
    NotInvited,
)
from conferences.convening.models.transfers import PlanElsewhere

__all__ = [
    "ActingChair",
    "ChairTalk",
    "Conference",
    "ConferenceChild",
    "Dispute",
    "Enquiry",
    "EnquiryChild",
    "Exclusion",
    "Invitation",
    "InvitationChild",
    "InvitedAllTheSame",
    "NotInvited",
    "PlanElsewhere",
    "Room",
    "StrategyDiscussion",
]
