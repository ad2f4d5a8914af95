"""Says whether a conference to come is also about a child who came into the family after it was requested."""

from conferences.convening.actions.enquiries import join_enquiries
from conferences.convening.actions.invitations import add_proposed, cover_children
from conferences.convening.choices import TO_COME
from conferences.convening.choices import ConferenceState as S
from conferences.convening.models import ConferenceChild
from conferences.convening.queries.children_to_consider import left_out_of, not_considered
from conferences.convening.queries.invitations import is_on_the_list, proposals
from conferences.convening.states import CONFERENCE
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState


def consider_child(*, by, conference, child, included, reason="") -> ConferenceChild:
    """Record that the conference is about the child too, or why it is not (``reason``): a child who was added to the
    family, or who was left out and needs a conference now, as an enquiry has found.

    An enquiry about the child that waits for a conference leads to this one: the earliest last day counts.

    Where the list of people to invite has been begun, who should be asked for this child is added to it, to be invited
    by the administrator; people on the list already are asked about this child too, and told when the administrator
    sends what has changed. A review is about children with a plan, so a child without one is never included in it.
    """
    reason = reason.strip()
    with acting(by, Permission.CONSIDER_CHILD, on=conference, child=child.pk, included=included, reason=reason):
        if conference.state not in TO_COME:
            CONFERENCE.refuse(conference, "have a child added to it")
        row = left_out_of(conference).get(child.pk)
        if row is None and child.pk not in {row.person_id for _, row in not_considered([conference])}:
            raise WrongState("Somebody has already answered this for the child. Reload the page.")
        if included and conference.is_review:
            raise Invalid(
                "A review is about children with a plan. Say why this child is not part of it, and whether an enquiry "
                "about the child is needed.",
                "included",
            )
        if not included and not reason:
            raise Invalid("Say why this child is left out. This is kept in the record.", "reason")
        row = row or ConferenceChild(conference=conference, child=child)
        row.included, row.left_out_reason = included, "" if included else reason
        row.save()
        if included:
            join_enquiries(conference)
            row.refresh_from_db(fields=["enquiry"])
        if included and conference.state in (S.AGREED, S.BOOKED) and conference.invitations.exists():
            _ask_about(conference, child)
    return row


def _ask_about(conference, child) -> None:
    found = [one for one in proposals(conference) if not one.gap and child.pk in one.children]
    for invitation in conference.invitations.filter(withdrawn_at__isnull=True):
        if any(is_on_the_list(one, [invitation], ()) for one in found):
            cover_children(invitation, {child.pk, *invitation.children.values_list("child_id", flat=True)})
    add_proposed(conference)
