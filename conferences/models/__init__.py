"""What conferences remember: enquiries, conferences, invitations, and what was said and decided."""

from conferences.models.checking import InvitedAllTheSame, ListCheck
from conferences.models.convening import ChairApproval, Conference, ConferenceChild, Dispute, Room
from conferences.models.enquiries import Enquiry, EnquiryChild, StrategyDiscussion
from conferences.models.inviting import ChairTalk, Invitation, InvitationChild, NotInvited
from conferences.models.meeting import AgencyView, Decision, LiveNote, NoteReader, Scaling

__all__ = [
    "AgencyView", "ChairApproval", "ChairTalk", "Conference", "ConferenceChild", "Decision", "Dispute", "Enquiry",
    "EnquiryChild", "Invitation", "InvitationChild", "InvitedAllTheSame", "ListCheck", "LiveNote", "NotInvited",
    "NoteReader", "Room", "Scaling", "StrategyDiscussion",
]  # fmt: skip
