"""What is stored until a conference is held: enquiries, the conference and its children, invitations, exclusions."""

from conferences.convening.models.chairs import PostHeld
from conferences.convening.models.changes import BookingChange
from conferences.convening.models.companions import ChildPart, Companion
from conferences.convening.models.conferences import ActingChair, Conference, ConferenceChild, Room
from conferences.convening.models.disputes import Dispute, DisputeStage
from conferences.convening.models.enquiries import (
    DateChange,
    DiscussionAction,
    DiscussionAgency,
    DiscussionChild,
    Enquiry,
    EnquiryChild,
    StrategyDiscussion,
)
from conferences.convening.models.exclusions import Exclusion
from conferences.convening.models.family_groups import FamilyGroupMeeting, FamilyGroupOffer, GroupPlanFile
from conferences.convening.models.feeds import DiaryFeed
from conferences.convening.models.invitations import (
    HAD_A_PART,
    ChairTalk,
    Invitation,
    InvitationChild,
    InvitedAllTheSame,
    NotInvited,
)
from conferences.convening.models.safety_plans import (
    SafetyPlan,
    SafetyPlanPerson,
    SafetyPlanReview,
    SafetyPlanStep,
)
from conferences.convening.models.spoken_news import SpokenNews
from conferences.convening.models.support import Support
from conferences.convening.models.transfers import PlanElsewhere

__all__ = [
    "HAD_A_PART",
    "ActingChair",
    "BookingChange",
    "ChairTalk",
    "ChildPart",
    "Companion",
    "Conference",
    "ConferenceChild",
    "DateChange",
    "DiaryFeed",
    "DiscussionAction",
    "DiscussionAgency",
    "DiscussionChild",
    "Dispute",
    "DisputeStage",
    "Enquiry",
    "EnquiryChild",
    "Exclusion",
    "FamilyGroupMeeting",
    "FamilyGroupOffer",
    "GroupPlanFile",
    "Invitation",
    "InvitationChild",
    "InvitedAllTheSame",
    "NotInvited",
    "PlanElsewhere",
    "PostHeld",
    "Room",
    "SafetyPlan",
    "SafetyPlanPerson",
    "SafetyPlanReview",
    "SafetyPlanStep",
    "SpokenNews",
    "StrategyDiscussion",
    "Support",
]
