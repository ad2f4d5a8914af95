"""The worry in two plain lines, for the family's letter of invitation."""

from conferences.convening.choices import ConferenceState
from conferences.convening.queries.invitations import included_children
from conferences.convening.queries.taking_part import tells_in_letter
from conferences.convening.states import CONFERENCE
from conferences.disclosure.actions import Before, Disclosure, require_permission_to_share
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.phrases import listed
from cpc.core.kernel.refusals import Invalid

MAY_CHANGE = (ConferenceState.REQUESTED, ConferenceState.AGREED, ConferenceState.BOOKED)
LONGEST = 300


def write_worry(*, by, conference, worry, consent=""):
    """Write the worry for the family's letter, or write it again. Raises Invalid where it names an adult of the family
    or holds what is protected, and RestrictedTextCopied where it holds a restricted passage without ``consent``.
    """
    text = Disclosure({"worry": worry}, before=(Before(conference.worry),))
    shared = require_permission_to_share(by, conference.family_id, text, consent=consent)
    with acting(by, Permission.RECORD_TAKING_PART, on=conference, step="worry", **shared):
        if conference.state not in MAY_CHANGE:
            CONFERENCE.refuse(conference, "have the worry for the letter changed")
        set_worry(conference, worry)
        conference.save(update_fields=["worry"])
    return conference


def set_worry(conference, worry) -> None:
    """Check the words and set them, without saving. Call inside an act, after the children are known."""
    worry = " ".join(worry.split())
    if len(worry) > LONGEST:
        raise Invalid(f"Write it in two lines: at most {LONGEST} characters.", "worry")
    children = {child.pk for child in included_children(conference)}
    if told := tells_in_letter(conference, worry, None, children):
        named = listed([f"“{one}”" for one in told])
        raise Invalid(f"Every parent and carer reads this, so name only the children. Remove {named}.", "worry")
    conference.worry = worry
