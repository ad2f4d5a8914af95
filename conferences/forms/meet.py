"""What the chair is asked while the conference runs: when it is held, who is here, whether it is quorate."""

from datetime import datetime

from django import forms
from django.utils import timezone

from conferences.actions.meet import HELD_TODAY, MAY_COME_UNINVITED, WRITTEN_UP, Mark
from conferences.choices import Attendance
from conferences.queries.meet import gives_a_view
from cpc.core.accounts.models import Agency
from cpc.core.kernel.dates import in_words
from cpc.core.web.forms import Checkboxes, GovForm, Radios, TimeField
from cpc.core.web.sentences import speak


class OpenForm(GovForm):
    """Opening on another day than the one booked; on its own day nothing is asked."""

    submit_label = "Open the conference"

    def __init__(self, *args, conference, today, **kwargs):
        super().__init__(*args, **kwargs)
        if conference.held_on == today:
            return
        choices = [(HELD_TODAY, "It is held today instead")]
        if conference.held_on < today:
            choices += [(WRITTEN_UP, f"It was held on {in_words(conference.held_on)}, and I am writing it up")]
        self.fields["held"] = forms.ChoiceField(
            label="This is not the day it is booked for",
            choices=choices,
            widget=Radios(),
            error_messages={"required": "Say on which day it is held"},
        )


class AttendanceForm(GovForm):
    """Everybody on one page: here, apologies, absent or excluded; from when until when, where that matters."""

    submit_label = "Save who is here"
    CHOICES = [
        (Attendance.PRESENT, "Here"),
        (Attendance.APOLOGIES, "Apologies"),
        (Attendance.ABSENT, "Absent"),
        (Attendance.EXCLUDED, "Excluded"),
    ]

    def __init__(self, *args, conference, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.conference, self.people = conference, people
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
        for name, label, moment in (("came", "Came at", person.came_at), ("left", "Left at", person.left_at)):
            initial = timezone.localtime(moment).time() if moment else None
            called = f"The time at which {person.name} {name}"
            add(f"{name}_{person.pk}", TimeField(label=label, required=False, initial=initial, called=called))
        add(
            f"note_{person.pk}",
            forms.CharField(label="Note", required=False, max_length=1000, initial=person.attendance_note),
        )
        speak(self.fields[f"note_{person.pk}"])

    def rows(self):
        """Each person with their fields, in groups: the family, the agencies, whoever comes with somebody."""
        for person in self.people:
            fields = [self[f"{name}_{person.pk}"] for name in ("mark", "came", "left", "note")]
            yield person, *fields

    def groups_of_rows(self):
        """The rows under their headings."""
        family, agencies, beside = [], [], []
        for row in self.rows():
            group = family if row[0].kind == "family" else agencies if gives_a_view(row[0]) else beside
            group.append(row)
        named = (("The family", family), ("Agencies", agencies), ("With somebody", beside))
        return [(title, rows) for title, rows in named if rows]

    def marks(self, everybody_else="") -> list[Mark]:
        """What was marked; whoever is not marked yet is ``everybody_else``, where that is given."""
        found = []
        for person in self.people:
            given = {name: self.cleaned_data.get(f"{name}_{person.pk}") for name in ("mark", "came", "left", "note")}
            marked = given["mark"] or everybody_else
            if marked:
                came, left = self._moment(given["came"]), self._moment(given["left"])
                found.append(Mark(person.pk, marked, came, left, given["note"] or ""))
        return found

    def _moment(self, time):
        if time is None:
            return None
        return timezone.make_aware(datetime.combine(self.conference.held_on, time))


class NewcomerForm(GovForm):
    """Somebody who is here and was not invited."""

    submit_label = "Add to the list"
    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter the name of the person"})
    role = forms.ChoiceField(label="In what part are they here?", choices=[
        ("", "Choose"), *((role.value, role.label) for role in MAY_COME_UNINVITED)])  # fmt: skip
    agency = forms.ModelChoiceField(label="Agency", queryset=Agency.objects.order_by("name"), required=False)
    children = forms.MultipleChoiceField(
        label="Which children do they know?", widget=Checkboxes(small=True), required=False,
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
    """The chair's answer to the quorum that was worked out."""

    submit_label = "Confirm"
    answer = forms.ChoiceField(
        label="Your decision",
        choices=[
            (QUORATE, "The conference is quorate"),
            (GOES_ON, "It is not quorate, and goes ahead all the same"),
            (STOPS, "It is not quorate: nothing is decided today"),
        ],
        widget=Radios(hints={STOPS: "Each child needs an interim plan and a new date."}),
        error_messages={"required": "Say whether the conference is quorate"},
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Needed if it goes ahead though not quorate, or if you judge otherwise than shown above.",
        widget=forms.Textarea(attrs={"rows": "3"}),
        required=False,
        max_length=2000,
    )

    def clean(self):
        if self.cleaned_data.get("answer") == GOES_ON and not self.cleaned_data.get("reason"):
            self.add_error("reason", "Give the reason why it goes ahead though it is not quorate")
        return self.cleaned_data
