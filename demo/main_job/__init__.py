"""The main job, told once: a social worker's enquiry becomes a conference, a decision for each child, a plan with its
dates, a first core group and a review, and a record and letters in the right hands.

Each person is a driver with the same few verbs (``demo.visitor`` over HTTP, a real browser in the tests). They know
only what is on the pages. What must not be learnt is looked for as well: another father, a safe address.
"""

from dataclasses import dataclass, field
from datetime import date

from cpc.core.kernel.dates import Calendar
from demo.main_job.asking import Asking
from demo.main_job.continuing import Continuing
from demo.main_job.meeting import Meeting
from demo.main_job.recording import Recording
from demo.main_job.reminding import Reminding
from demo.main_job.writing import Writing


@dataclass
class MainJob(Asking, Writing, Meeting, Recording, Reminding, Continuing):
    """One telling of the story. ``people`` are drivers by first name; ``say`` prints each step as it is done."""

    people: dict
    today: date
    calendar: Calendar
    move_to: callable  # makes it that day for everybody
    remind: callable  # runs the job that reminds; answers the e-mails that came of it: to, subject, words
    uses_danger_statement: bool = True
    uses_scale: bool = True
    say: callable = print
    kept: dict = field(default_factory=dict)

    def steps(self) -> tuple:
        """Every step, in order; each raises Lost where a page is not what its reader needs."""
        return (
            self.sign_in, self.record_the_family, self.record_the_enquiry, self.ask_for_a_conference, self.agree,
            self.book, self.declare, self.invite, self.report, self.approve_the_report, self.hear_the_family,
            self.hold, self.decide, self.close, self.write_the_record,
            self.release_the_copies, self.be_reminded, self.hold_the_core_group,
            self.review, self.record_the_review,
        )  # fmt: skip

    def whole(self):
        """The job is done from the first step to the last."""
        for step in self.steps():
            step()
            self.say(f"done: {step.__doc__.splitlines()[0].rstrip('.')}")

    def __getattr__(self, name):
        # ``self.sam`` is the driver of Sam: the steps read as sentences.
        people = self.__dict__.get("people", {})
        if name.capitalize() in people:
            return people[name.capitalize()]
        raise AttributeError(name)
