"""What the pages of strategy discussions and enquiries read."""

from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from conferences.convening.choices.enquiries import ActionState, EnquiryOutcome
from conferences.convening.models import (
    Conference,
    ConferenceChild,
    DiscussionAgency,
    DiscussionChild,
    Enquiry,
    EnquiryChild,
    StrategyDiscussion,
)
from conferences.convening.rules.enquiries import linked
from conferences.convening.states import (
    DECLINED,
    ENQUIRY,
    FINISHED,
    MAY_LACK_PLAN,
    NEEDED,
    REQUESTED,
    UNDER_WAY,
    WRITTEN,
)
from cpc.core.accounts.permissions import Viewer, few_seen_by
from cpc.core.kernel.deadlines import Due
from cpc.core.policy.queries import due

TAGS = {
    UNDER_WAY: ("In progress", "blue"),
    WRITTEN: ("Waiting for sign-off", "yellow"),
    NEEDED: ("Conference needed", "orange"),
    REQUESTED: ("Conference requested", "turquoise"),
    DECLINED: ("Conference declined", "grey"),
    FINISHED: ("Ended", "green"),
}


@dataclass(frozen=True)
class EnquiryRow:
    """An enquiry as pages show it, with its outcome for each child and the last day for its conference."""

    enquiry: Enquiry
    rows: list[EnquiryChild]
    due: Due
    conferences: list = field(default_factory=list)

    @property
    def children(self) -> list:
        """The children that the enquiry is about."""
        return [row.child for row in self.rows]

    @property
    def state(self) -> str:
        """Its state, as in ``states.ENQUIRY``."""
        return ENQUIRY.now(self.enquiry)

    @property
    def tag(self) -> tuple[str, str]:
        """The words and the tone of its state."""
        return TAGS[self.state]

    @property
    def is_to_be_written(self) -> bool:
        """Whether no outcome is written, or the manager returned it."""
        return self.state == UNDER_WAY

    @property
    def waits_for_sign_off(self) -> bool:
        """Whether an outcome is written and not signed off."""
        return self.state == WRITTEN

    @property
    def is_signed_off(self) -> bool:
        """Whether a manager signed off the outcome for each child."""
        return self.enquiry.signed_off_at is not None

    @property
    def may_be_requested(self) -> bool:
        """Whether the signed-off outcome of any child calls for a conference and none is requested."""
        return self.state in (NEEDED, DECLINED)

    @property
    def may_lead_to_a_conference(self) -> bool:
        """Whether its last day for a conference still counts: none is requested, and nobody has said no."""
        return self.state in (UNDER_WAY, WRITTEN, NEEDED)

    @property
    def may_lack_plan(self) -> bool:
        """Whether somebody can say why there is no interim safety plan."""
        return self.state in MAY_LACK_PLAN

    @property
    def needing(self) -> list:
        """The children with an outcome that calls for a conference."""
        return [row.child for row in self.rows if row.outcome == EnquiryOutcome.CONFERENCE]

    @property
    def needing_ids(self) -> set[int]:
        """The ids of the children with an outcome that calls for a conference."""
        return {child.pk for child in self.needing}


def found_without_need(rows) -> dict[int, str]:
    """What these enquiries found, by child (id), where none of them found that the child needs a conference."""
    needing = {pk for one in rows for pk in one.needing_ids}
    found = (row for one in rows for row in one.rows if row.outcome and row.child_id not in needing)
    return {row.child_id: row.get_outcome_display() for row in found}


def enquiries_of(family) -> list[EnquiryRow]:
    """The family's enquiries, latest first. Four queries."""
    found = _with_everything(family.enquiries).order_by("-strategy_discussion__held_on", "-pk")
    return [_row(each) for each in found]


def enquiry_row(enquiry) -> EnquiryRow:
    """One enquiry as pages show it."""
    return _row(_with_everything(Enquiry.objects).get(pk=enquiry.pk))


def _with_everything(enquiries):
    people = ("strategy_discussion__recorded_by", "family__team", "written_by", "returned_by", "signed_off_by")
    return enquiries.select_related(*people, "answered_by_conference").prefetch_related(
        Prefetch("children", queryset=EnquiryChild.objects.select_related("child").order_by("pk")),
        Prefetch("conferences", queryset=Conference.objects.order_by("-pk")),
        Prefetch("heard_children", queryset=ConferenceChild.objects.select_related("conference")),
    )


def _row(enquiry) -> EnquiryRow:
    due_on = due("icpc", enquiry.strategy_discussion.held_on)
    return EnquiryRow(enquiry, list(enquiry.children.all()), due_on, enquiry.led_to)


def from_enquiry(enquiry) -> Q:
    """The conferences that followed from an enquiry (or an outer reference to one), alone or with another enquiry. The
    condition joins the children, so a query with it may return a conference more than once.
    """
    return Q(enquiry=enquiry) | Q(children__enquiry=enquiry) | Q(also_answers=enquiry)


def enquiries_to_request(family) -> list[EnquiryRow]:
    """The family's enquiries after which a conference can be requested now, the earliest strategy discussion first."""
    return [row for row in enquiries_of(family)[::-1] if row.may_be_requested]


def enquiry_of_each(rows, children) -> dict[int, EnquiryRow]:
    """The enquiry, of ``rows``, that leads to a conference about each of these children, by their id: the earliest that
    found a conference to be needed for the child, or else the earliest that has the child. A child in none is left out.
    """
    found = {}
    for row in sorted(rows, key=lambda one: (one.enquiry.strategy_discussion.held_on, one.enquiry.pk)):
        for child in row.children:
            before = found.get(child.pk)
            needs_it = child.pk in row.needing_ids
            if child.pk in children and (before is None or (needs_it and child.pk not in before.needing_ids)):
                found[child.pk] = row
    return found


def led_to_it(conference) -> list[Enquiry]:
    """The enquiries that led to this conference, the earliest strategy discussion first. Two queries."""
    ids = {conference.enquiry_id, *conference.children.values_list("enquiry", flat=True)}
    found = Enquiry.objects.filter(Q(pk__in=ids - {None}) | Q(answered_by_conference=conference))
    found = found.select_related("strategy_discussion__recorded_by")
    return list(found.order_by("strategy_discussion__held_on", "pk"))


@dataclass(frozen=True)
class DiscussionRow:
    """A strategy discussion as pages show it. ``unreadable`` are the ids of agencies with a share that the viewer may
    not read. ``started`` is the enquiry that it decided on.
    """

    discussion: StrategyDiscussion
    agencies: list[DiscussionAgency]
    unreadable: set[int]
    children: list[DiscussionChild]
    actions: list
    changes: list
    started: Enquiry | None = None

    @property
    def actions_to_do(self) -> list:
        """The actions that are neither done nor given up."""
        return [action for action in self.actions if action.state == ActionState.TO_DO]

    @property
    def may_be_dated(self) -> bool:
        """It started an enquiry, so its date is changed by asking, and no other date waits for an answer."""
        return self.started is not None and all(change.answered_at for change in self.changes)


def discussion_row(discussion, viewer: Viewer) -> DiscussionRow:
    """One discussion, with what the viewer may read of it. Six queries."""
    agencies = list(discussion.agencies.all())
    readable = few_seen_by(viewer, DiscussionAgency).filter(discussion=discussion).values_list("pk", flat=True)
    return DiscussionRow(
        discussion,
        agencies,
        {row.pk for row in agencies} - set(readable),
        list(discussion.children.select_related("child")),
        list(discussion.actions.all()),
        list(discussion.date_changes.select_related("asked_by", "answered_by")),
        Enquiry.objects.filter(strategy_discussion=discussion).first(),
    )


def discussions_of(family) -> list[StrategyDiscussion]:
    """The family's discussions, latest first, each with the enquiry that it started. One query."""
    return list(family.strategy_discussions.select_related("enquiry").order_by("-held_on", "-pk"))


def linked_with(discussion, every) -> list[StrategyDiscussion]:
    """Those of ``every`` discussion of the family that belong with this one, without it, the earliest first."""
    ids = linked(discussion.pk, {one.pk: one.continues_id for one in every})
    return sorted((one for one in every if one.pk in ids - {discussion.pk}), key=lambda one: (one.held_on, one.pk))


def without_an_enquiry(every) -> list[StrategyDiscussion]:
    """Those of ``every`` discussion of the family that belong with no enquiry."""
    continues = {one.pk: one.continues_id for one in every}
    started = [one.pk for one in every if hasattr(one, "enquiry")]
    with_one = {pk for start in started for pk in linked(start, continues)}
    return [one for one in every if one.pk not in with_one]
