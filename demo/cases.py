"""Which families there are, how long ago each began, and where each one is now: every state, at every distance."""

from dataclasses import dataclass

from conferences.convening.actions import booking
from conferences.convening.choices import CancelReason, Outcome
from cpc.core.policy.queries import calendar
from demo import meetings
from demo.clock import as_, living_on
from demo.lives import Life


@dataclass(frozen=True)
class Case:
    """A family with a strategy discussion ``ago`` working days ago, and a case that has come as far as ``until``."""

    ago: int
    until: str
    special: str = ""


# In the order in which a family goes through them.
STEPS = ("discuss", "conclude", "ask", "agree", "book", "invite", "report", "open", "close", "record", "release",
         "core group", "review booked", "review held")  # fmt: skip

CASES = (
    # The first family is ready for its chair today, with everything written: the picture of the README.
    Case(14, "open"),
    Case(1, "discuss"), Case(4, "discuss"), Case(11, "discuss"),
    Case(8, "conclude"), Case(9, "ask"), Case(10, "ask"), Case(13, "ask"),
    Case(12, "ask", "declined"), Case(15, "ask", "disputed"),
    Case(10, "agree"), Case(12, "agree"), Case(16, "agree"),
    Case(10, "book"), Case(12, "book"), Case(11, "book", "chair"),
    Case(10, "invite"), Case(11, "invite"), Case(12, "invite"), Case(13, "invite"),
    Case(13, "report", "to approve"), Case(14, "report"), Case(16, "open", "put off"), Case(12, "book", "cancelled"),
    Case(15, "close"), Case(16, "close"), Case(20, "close", "child in need"),
    Case(17, "record"), Case(18, "record"),
    Case(24, "release"), Case(29, "release"), Case(45, "core group"), Case(60, "core group"), Case(66, "core group"),
    Case(70, "review booked"), Case(76, "review held"), Case(78, "review held", "ended"),
)  # fmt: skip


def live(case: Case, life: Life) -> None:
    """The family has lived through every step as far as ``case.until``; a safety plan in force is reviewed in time."""
    _take_steps(case, life)
    life.review_safety()


def _take_steps(case: Case, life: Life) -> None:
    life.begin()
    life.discuss()
    reached = STEPS.index(case.until)
    if reached >= 1:
        life.keep_safe()
        life.conclude()
    if reached >= 2:
        life.ask()
    if case.special in ("declined", "disputed"):
        life.decline(dispute=case.special == "disputed")
        return
    if reached >= 3:
        life.agree()
    if reached >= 4:
        life.book(on=life.after(14))
    if case.special == "chair":
        life.declare(life.after(9), independent=False)
    if case.special == "cancelled":
        _cancel(life)
        return
    if reached >= 5:
        life.invite()
        life.reply(life.after(10))
        meetings.post_everything(life, life.after(10))
    if reached >= 6:
        meetings.write_reports(life, life.after(12), approve=case.special != "to approve")
        meetings.hear_family(life, life.after(12))
    if reached >= 7:
        meetings.open_meeting(life, life.conference)
    if case.special == "put off":
        meetings.put_off(life, life.conference)
        return
    if reached >= 8:
        outcome = Outcome.CHILD_IN_NEED if case.special == "child in need" else Outcome.PROTECTION_PLAN
        meetings.decide_and_close(life, life.conference, outcome)
    if reached >= 9:
        meetings.finish_record(life, life.conference, life.after(15), release=reached >= 10)
        if reached >= 11:
            meetings.post_everything(life, life.after(16))
    if reached >= 11:
        meetings.hold_core_groups(life, life.today)
    if reached >= 12:
        _review(life, held=reached >= 13, end=case.special == "ended")


def _cancel(life):
    day = life.after(11)
    with living_on(day, 12):
        booking.cancel(
            by=as_(life.administrator, day), conference=life.conference, reason=CancelReason.FAMILY_ILL,
            agreed_by="The team manager", note="The mother is in hospital.",
        )  # fmt: skip


def _review(life, *, held, end):
    review = meetings.next_review(life)
    days = calendar()
    on = days.add_working_days(life.today, -1) if held else days.add_working_days(review.due_on, -3)
    first, life.conference = life.conference, review
    life.book(on=on, booked_on=days.add_working_days(on, -25))
    life.invite(on=days.add_working_days(on, -21))
    meetings.post_everything(life, days.add_working_days(on, -20))
    if held:
        meetings.write_reports(life, days.add_working_days(on, -6))
        meetings.open_meeting(life, review)
        meetings.decide_and_close(life, review, end=end)
    life.conference = review if held else first
