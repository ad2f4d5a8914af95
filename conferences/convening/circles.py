"""The rows before a conference that name people of the family."""

from conferences.convening.models import (
    ChairTalk,
    ChildPart,
    Companion,
    ConferenceChild,
    DiscussionChild,
    EnquiryChild,
    Exclusion,
    FamilyGroupOffer,
    Invitation,
    InvitationChild,
    NotInvited,
    SafetyPlanPerson,
    Support,
)
from families.people.circles import Rows

ROWS = (
    Rows(DiscussionChild, "discussion__family", ("child",)),
    Rows(EnquiryChild, "enquiry__family", ("child",)),
    Rows(ConferenceChild, "conference__family", ("child",)),
    Rows(Invitation, "conference__family", ("person",)),
    Rows(InvitationChild, "invitation__conference__family", ("child",)),
    Rows(NotInvited, "conference__family", ("child", "person")),
    Rows(Exclusion, "conference__family", ("person",)),
    Rows(SafetyPlanPerson, "plan__family", ("person",)),
    Rows(FamilyGroupOffer, "meeting__family", ("person",)),
    Rows(ChairTalk, "conference__family", ("person",)),
    Rows(Support, "conference__family", ("person",)),
    Rows(Companion, "conference__family", ("person", "relative")),
    Rows(ChildPart, "conference__family", ("child",)),
)
