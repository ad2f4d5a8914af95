"""What happens next with a conference, and what the viewer can do about it."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from conferences.convening.choices import TO_COME, ConferenceKind
from conferences.convening.choices import ConferenceState as S
from conferences.convening.models import Conference
from conferences.convening.queries.acting import runs_it, why_not_chaired_yet
from cpc.core.accounts.permissions import Permission, Viewer
from cpc.core.kernel.dates import in_words, time_in_words


@dataclass(frozen=True)
class NextStepLink:
    """A link to the page where somebody takes the step. ``look``: "" for the button, "secondary", or "link" in the
    text.
    """

    text: str
    href: str
    look: str = ""


@dataclass(frozen=True)
class NextStep:
    """The next step: one or two paragraphs, and the links for the viewer."""

    paragraphs: list[str]
    links: list[NextStepLink] = field(default_factory=list)


def next_step(conference, viewer: Viewer, *, unsent=0) -> NextStep:
    """The next step of the conference, with the links that the viewer may use. ``unsent``: invitations not sent yet."""
    paragraphs, links = _STEPS[conference.state](conference, viewer, unsent)
    return NextStep(paragraphs, [link for link in links if link])


def _link(viewer: Viewer, permission, conference, text, name, pk=None, look=""):
    """The link if the viewer has the permission for this conference; otherwise None."""
    if viewer.may(permission, conference):
        return NextStepLink(text, reverse(f"conferences:{name}", args=[pk or conference.pk]), look)
    return None


def _last_day(conference):
    return f"The last day to hold the conference is {in_words(conference.due_on)}."


def _requested(conference, viewer: Viewer, unsent):
    answer = _link(viewer, Permission.AGREE_CONFERENCE, conference, "Agree or decline", "request")
    return [f"The team manager must agree or decline this request. {_last_day(conference)}"], [answer]


def _declined(conference, viewer: Viewer, unsent):
    read = reverse("conferences:request", args=[conference.pk])
    return [f"{conference.declined_by} declined this request."], [
        NextStepLink("Read the reasons, or disagree with the decision", read, "link")
    ]


def _agreed(conference, viewer: Viewer, unsent):
    book = _link(viewer, Permission.BOOK_CONFERENCE, conference, "Book the conference", "book")
    return [f"An administrator must book the date, time, place and chair. {_last_day(conference)}"], [book]


def _until_chaired(conference, viewer: Viewer, unsent):
    """The step before the invitations: the chair declares whether they are independent, or a manager agrees. The list
    is checked meanwhile.
    """
    check = _link(viewer, Permission.INVITE, conference, "Check the invitations", "invitations") if unsent else None
    chair = runs_it(conference)
    if conference.chair_independent is None:
        declare = "Declare whether you are independent"
        link = _link(viewer, Permission.DECLARE_INDEPENDENCE, conference, declare, "declare_independence")
        return [
            f"{chair} must declare whether they are independent of this family, the case and its line "
            "management. No invitations can be sent and the conference cannot be opened until then."
        ], [link, check]
    agree = _link(viewer, Permission.AGREE_CHAIR, conference, "Approve as chair", "agree_chair")
    return [
        f"{chair} has declared that they are not independent. The conference service manager must approve "
        "them, or an administrator chooses another chair. No invitations can be sent until then."
    ], [agree, check]


def _booked(conference, viewer: Viewer, unsent):
    if why_not_chaired_yet(conference):
        return _until_chaired(conference, viewer, unsent)
    its_day = timezone.localdate(conference.starts_at) <= viewer.on
    hold = _link(
        viewer,
        Permission.HOLD_CONFERENCE,
        conference,
        "Open the conference",
        "meet",
        look="" if its_day else "secondary",
    )
    start = timezone.localtime(conference.starts_at)
    when = f"{in_words(start.date())} at {time_in_words(start)}"
    if start.date() < viewer.on:
        return [
            f"The conference was booked for {when}. If it was held, the chair opens it to write it up. If it was not "
            "held, the administrator moves or cancels it."
        ], [hold]
    if not unsent:
        return [f"Everyone on the list has been invited. The next step is the conference itself, on {when}."], [hold]
    invite = _link(viewer, Permission.INVITE, conference, "Check the invitations", "invitations")
    if invite is None:
        return ["The conference is booked. The administrator will send the invitations."], [hold]
    people = "1 person on the list has" if unsent == 1 else f"{unsent} people on the list have"
    return [
        f"{people} not been invited yet. Check the list, see what each person will receive, then send the invitations."
    ], [invite, hold]


def _open(conference, viewer: Viewer, unsent):
    return ["The conference is in progress."], [_to_the_live_page(conference, viewer, "Go to the conference")]


def _held(conference, viewer: Viewer, unsent):
    day = in_words(timezone.localdate(conference.starts_at))
    live = _to_the_live_page(conference, viewer, "See what was said and decided", "link")
    return [f"The conference was held on {day}. The record, letters and plan follow."], [live]


def _to_the_live_page(conference, viewer: Viewer, text, look=""):
    return _link(viewer, Permission.HOLD_CONFERENCE, conference, text, "meet", look=look) or _link(
        viewer, Permission.BOOK_CONFERENCE, conference, text, "meet", look=look
    )


def _cancelled(conference, viewer: Viewer, unsent):
    day, reason = in_words(timezone.localdate(conference.cancelled_at)), conference.get_cancel_reason_display().lower()
    note = f" {conference.cancel_note}" if conference.cancel_note else ""
    agreed = f" Agreed by {conference.cancel_agreed_by}." if conference.cancel_agreed_by else ""
    said = f"{conference.cancelled_by} cancelled the conference on {day}: {reason}.{note}{agreed}"
    reviews = Conference.objects.filter(family=conference.family_id, kind=ConferenceKind.REVIEW, state__in=TO_COME)
    if conference.is_review and (another := reviews.order_by("pk").last()):
        see = _link(viewer, Permission.BOOK_CONFERENCE, another, "See the review requested instead", "conference")
        return [said, "It has not been postponed. Another review has been requested, with the same last day."], [see]
    return [said, "It has not been postponed. If a conference is still needed, it must be requested again."], []


_STEPS = {
    S.REQUESTED: _requested, S.DECLINED: _declined, S.AGREED: _agreed, S.BOOKED: _booked, S.OPEN: _open, S.HELD: _held,
    S.CANCELLED: _cancelled,
}  # fmt: skip
