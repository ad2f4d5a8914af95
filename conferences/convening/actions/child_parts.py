"""Whether a child wants to come to their conference, and how they take part, as the chair decides."""

from django.utils import timezone

from conferences.convening.actions.invitations import CHANGES
from conferences.convening.choices import ChildAnswer, PartForChild
from conferences.convening.models import ChildPart
from conferences.convening.queries.invitations import included_children
from conferences.convening.queries.taking_part import tells_in_letter
from conferences.convening.rules.childs_voice import voice_of
from conferences.convening.states import CONFERENCE
from conferences.disclosure.actions import Before, Disclosure, require_permission_to_share
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.phrases import listed
from cpc.core.kernel.refusals import Invalid


def record_answer(*, by, conference, child, asked_by, asked_on, answer) -> ChildPart:
    """Record that a child was asked whether they want to come: who asked, when, and the answer."""
    if answer not in ChildAnswer.values:
        raise Invalid("Choose what the child said.", "answer")
    if not asked_by.strip():
        raise Invalid("Say who asked the child.", "asked_by")
    if asked_on is None or asked_on > by.on:
        raise Invalid("Enter the day on which the child was asked, today or in the past.", "asked_on")
    with acting(by, Permission.RECORD_TAKING_PART, on=conference, step="child asked", answer=str(answer)):
        found = _part_of(conference, child)
        found.answer, found.asked_by, found.asked_on, found.recorded_by_id = answer, asked_by.strip(), asked_on, by.id
        found.save()
    return found


def decide_part(*, by, conference, child, part, reason, how="", consent="") -> ChildPart:
    """Decide how a child takes part, in the child's interest. The letters to the child and the family say it.

    ``how`` says which part, or which other way, in words to the child. Raises Invalid where they name anybody else, and
    RestrictedTextCopied where they hold a restricted passage and no ``consent`` is given.
    """
    how, reason = "" if part == PartForChild.ALL else how.strip(), reason.strip()
    if part not in PartForChild.values:
        raise Invalid("Choose how the child takes part.", "part")
    if part != PartForChild.ALL and not how:
        raise Invalid("Say which part, or which other way.", "how")
    if not reason:
        raise Invalid("Say why this is in the child’s interest.", "reason")
    before = conference.child_parts.filter(child=child).values_list("how", flat=True).first() or ""
    text = Disclosure({"how": how}, before=(Before(before),))
    shared = require_permission_to_share(by, conference.family_id, text, consent=consent)
    with acting(by, Permission.DECIDE_TAKING_PART, on=conference, step="child’s part", part=str(part), **shared):
        found = _part_of(conference, child)
        if told := tells_in_letter(conference, how, child.pk, {child.pk}):
            raise Invalid(
                f"The child’s letter must not name anyone else. Remove {listed([f'“{one}”' for one in told])}.",
                "how",
            )
        found.part, found.how, found.reason = part, how, reason
        found.decided_by_id, found.decided_at = by.id, timezone.now()
        found.save()
    return found


def _part_of(conference, child) -> ChildPart:
    if conference.state not in CHANGES:
        CONFERENCE.refuse(conference, "have a child’s part in it changed")
    on = conference.held_on or timezone.localdate()
    asked = {one.pk for one in included_children(conference) if voice_of(one, on).takes_part and not one.died_on}
    if child.pk not in asked:
        raise Invalid("Choose a child of this conference who is 4 or older.", "child")
    found = conference.child_parts.select_for_update().filter(child=child).first()
    return found or ChildPart(conference=conference, child=child)
