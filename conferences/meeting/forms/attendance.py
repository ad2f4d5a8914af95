"""Forms of the live conference: when it is held, who is present, whether it is quorate."""

from datetime import datetime

from django import forms
from django.utils import timezone

from conferences.convening.choices import Attendance, PartForChild
from conferences.convening.queries.invitations import sent_invitations
from conferences.meeting.actions.attendance import HELD_TODAY, MAY_COME_UNINVITED, WRITTEN_UP, AttendanceMark
from conferences.meeting.queries.agencies import gives_a_view
from cpc.core.accounts.queries import agencies_in_use
from cpc.core.kernel.dates import in_words
from cpc.core.policy.queries import calendar
from cpc.core.web.forms import Checkboxes, GovForm, NameField, Radios, TimeField
from cpc.core.web.sentences import set_error_messages

SAID_OF_THE_DAY = "Every copy of the record gives this reason. Everyone invited is told of another day."


class OpenForm(GovForm):
    """Opening on another day than the one booked, on a bank holiday, or although nobody was invited. Otherwise nothing
    is asked.
    """

    submit_label = "Open the conference"

    def __init__(self, *args, conference, today, **kwargs):
        super().__init__(*args, **kwargs)
        self._ask_for_day(conference, today)
        if not sent_invitations(conference).exists():
            self.fields["uninvited"] = self._why(
                "Why is it held although nobody was sent an invitation?", "Every copy of the record gives this reason."
            )
        for field in self.fields.values():
            set_error_messages(field)

    def _ask_for_day(self, conference, today):
        if conference.held_on == today:
            if not calendar().is_working_day(today):
                self.fields["reason"] = self._why(
                    f"Why is it held on {calendar().called(today)}?", initial=conference.day_reason
                )
            return
        choices = [(HELD_TODAY, "It is being held today instead")]
        if conference.held_on < today:
            choices += [(WRITTEN_UP, f"It was held on {in_words(conference.held_on)}, and I am writing it up")]
        self.fields["held"] = forms.ChoiceField(
            label="The conference is not booked for today",
            choices=choices,
            widget=Radios(reveals={HELD_TODAY: ["reason"]}),
            error_messages={"required": "Select the day on which it is held"},
        )
        self.fields["reason"] = self._why("Why is it held today?")
        self.required_when = {"reason": ("held", {HELD_TODAY}, "Say why it is held today")}

    @staticmethod
    def _why(label, hint=SAID_OF_THE_DAY, *, initial=""):
        return forms.CharField(
            label=label,
            initial=initial,
            help_text=hint,
            widget=forms.Textarea(attrs={"rows": "3"}),
            max_length=2000,
        )


class PutBackForm(GovForm):
    """Why a conference that was opened is put back."""

    submit_label = "Put it back to booked"
    reason = forms.CharField(
        label="Why is it put back?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: it was opened by mistake. This is kept on the audit trail and is not sent to anyone.",
        error_messages={"required": "Enter why it is put back"},
    )  # fmt: skip


class AttendanceForm(GovForm):
    """Attendance on one page: present, apologies, absent or excluded, with times where they matter."""

    submit_label = "Save attendance"
    CHOICES = [
        (Attendance.PRESENT, "Here"),
        (Attendance.APOLOGIES, "Apologies"),
        (Attendance.ABSENT, "Absent"),
        (Attendance.EXCLUDED, "Excluded"),
    ]

    def __init__(self, *args, conference, people, parts=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.conference, self.people, self.parts = conference, people, parts or {}
        for person in people:
            self._ask(person)
        if not self.is_bound:
            self._put_back()

    def _ask(self, person):
        marked = person.attendance if person.attendance != Attendance.UNKNOWN else None
        add = self.fields.__setitem__
        add(
            f"mark_{person.pk}",
            forms.ChoiceField(
                choices=self.CHOICES,
                widget=Radios(inline=True, small=True),
                required=False,
                label=person.name,
                initial=marked,
            ),
        )
        for name, label, moment in (("came", "Arrived at", person.came_at), ("left", "Left at", person.left_at)):
            initial = timezone.localtime(moment).time() if moment else None
            called = f"The time at which {person.name} {name}"
            add(f"{name}_{person.pk}", TimeField(label=label, required=False, initial=initial, called=called))
        add(
            f"note_{person.pk}",
            forms.CharField(label="Note", required=False, max_length=1000, initial=person.attendance_note),
        )
        set_error_messages(self.fields[f"note_{person.pk}"])

    def rows(self):
        """Each person with their fields, and the chair's decision about a child's part."""
        for person in self.people:
            fields = [self[f"{name}_{person.pk}"] for name in ("mark", "came", "left", "note")]
            yield person, *fields, self.parts.get(person.person_id)

    def groups_of_rows(self):
        """The rows under their headings."""
        family, agencies, beside = [], [], []
        for row in self.rows():
            group = family if row[0].kind == "family" else agencies if gives_a_view(row[0]) else beside
            group.append(row)
        named = (("The family", family), ("Agencies", agencies), ("With somebody", beside))
        return [(title, rows) for title, rows in named if rows]

    def marks(self, everybody_else="") -> list[AttendanceMark]:
        """The attendance marks. People who are not marked get ``everybody_else``, if it is given."""
        found = []
        for person in self.people:
            given = {name: self.cleaned_data.get(f"{name}_{person.pk}") for name in ("mark", "came", "left", "note")}
            marked = given["mark"] or (everybody_else and self._without_a_mark(person, everybody_else))
            if marked:
                came, left = self._moment(given["came"]), self._moment(given["left"])
                found.append(AttendanceMark(person.pk, marked, came, left, given["note"] or ""))
        return found

    def _without_a_mark(self, person, everybody_else) -> str:
        """Absent for somebody who only writes a report, and for a child that the chair will hear in another way;
        otherwise ``everybody_else``.
        """
        if person.writes_only:
            return Attendance.ABSENT
        part = self.parts.get(person.person_id)
        return Attendance.ABSENT if part and part.part == PartForChild.ANOTHER else everybody_else

    def _moment(self, time):
        if time is None:
            return None
        return timezone.make_aware(datetime.combine(self.conference.held_on, time))


class NewcomerForm(GovForm):
    """Somebody present who was not invited."""

    submit_label = "Add to the list"
    name = NameField(label="Name", max_length=200, error_messages={"required": "Enter the name of the person"})
    role = forms.ChoiceField(label="What is their role?", choices=[
        ("", "Choose"), *((role.value, role.label) for role in MAY_COME_UNINVITED)])  # fmt: skip
    agency = forms.ModelChoiceField(label="Agency", queryset=agencies_in_use(), required=False, empty_label="No agency")
    children = forms.MultipleChoiceField(
        label="Which children do they work with?", widget=Checkboxes(small=True), required=False,
        help_text="They are asked only about these children.",
    )  # fmt: skip

    def __init__(self, *args, children, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(child.pk): child for child in children}
        self.fields["children"].choices = [(id_, child.full_name) for id_, child in self.known.items()]

    def newcomer(self) -> dict:
        """The person as the action takes them."""
        return self.cleaned_data | {"children": [self.known[id_] for id_ in self.cleaned_data["children"]]}


QUORATE, GOES_ON, STOPS = "quorate", "goes_on", "stops"


class QuorumForm(GovForm):
    """The chair's answer to the computed quorum."""

    submit_label = "Confirm"
    answer = forms.ChoiceField(
        label="Your decision",
        choices=[
            (QUORATE, "The conference is quorate"),
            (GOES_ON, "Proceed although inquorate"),
            (STOPS, "Do not proceed: no decision is made today"),
        ],
        widget=Radios(hints={STOPS: "Each child needs an interim plan and a new date."}),
        error_messages={"required": "Say whether the conference is quorate"},
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Needed if you proceed although inquorate, or if your decision differs from the one shown above.",
        widget=forms.Textarea(attrs={"rows": "3"}),
        required=False,
        max_length=2000,
    )

    def clean(self):
        if self.cleaned_data.get("answer") == GOES_ON and not self.cleaned_data.get("reason"):
            self.add_error("reason", "Give the reason for proceeding although inquorate")
        return self.cleaned_data
