"""What is asked of whoever makes the list of people to invite, and of the invited who answer."""

from datetime import datetime

from django import forms
from django.utils import timezone

from conferences.choices import FAMILY_ROLES, AttendMode, InviteeKind, InviteeRole, Reply
from conferences.queries.convene import rooms
from conferences.queries.invite import agencies_to_add, family_members_to_add, included_children, professionals_to_add
from cpc.core.web.forms import Checkboxes, GovForm, Radios, TimeField, YesNoField
from families.models import Person
from families.queries import that_papers_may_say_of

WHY = forms.Textarea(attrs={"rows": 3})


def _call(field, people) -> None:
    """The choices are called as the papers of the family may call these people."""
    names = {person.pk: person.full_name for person in people}
    field.label_from_instance = lambda person: names[person.pk]


class CoversChildren(GovForm):
    """Which of the conference's children somebody is invited for."""

    children = forms.ModelMultipleChoiceField(queryset=None, label="Which children?", widget=Checkboxes())

    def __init__(self, *args, conference, **kwargs):
        super().__init__(*args, **kwargs)
        self.conference = conference
        children = included_children(conference)
        self.fields["children"].queryset = Person.objects.filter(pk__in=[child.pk for child in children])
        _call(self.fields["children"], children)


class FamilyMemberForm(CoversChildren):
    """One more of the family."""

    person = forms.ModelChoiceField(queryset=None, label="Who?", empty_label="Choose a person")
    role = forms.ChoiceField(
        label="In what part do they come?",
        choices=[(role.value, role.label) for role in FAMILY_ROLES],
        widget=Radios(),
    )
    reason = forms.CharField(label="Why are they invited?", widget=WHY, max_length=500)
    field_order = ["person", "role", "children", "reason"]
    submit_label = "Add to the list"

    def __init__(self, *args, conference, **kwargs):
        super().__init__(*args, conference=conference, **kwargs)
        self.fields["children"].help_text = "Their letter names only these"
        found = family_members_to_add(conference)
        self.fields["person"].queryset = found
        _call(self.fields["person"], that_papers_may_say_of(conference.family_id, found))


class ProfessionalForm(CoversChildren):
    """One more professional, or an agency that has still to name somebody."""

    user = forms.ModelChoiceField(
        queryset=None, label="Professional", required=False, empty_label="Nobody named yet",
        help_text="Somebody with an account. They sign in to read what is asked",
    )  # fmt: skip
    agency = forms.ModelChoiceField(
        queryset=None, label="Agency", required=False, empty_label="Choose an agency",
        help_text="Only where nobody is named: the agency’s own address is asked who will come",
    )  # fmt: skip
    role = forms.ChoiceField(
        label="In what part do they come?",
        choices=[("", "Choose a part"), *((r.value, r.label) for r in InviteeRole if r not in FAMILY_ROLES)],
    )
    reason = forms.CharField(label="Why are they invited?", widget=WHY, max_length=500)
    report_asked = YesNoField(label="Are they asked for a report?", initial=True)
    field_order = ["user", "agency", "role", "children", "reason", "report_asked"]
    submit_label = "Add to the list"

    def __init__(self, *args, conference, **kwargs):
        super().__init__(*args, conference=conference, **kwargs)
        self.fields["user"].queryset = professionals_to_add(conference)
        self.fields["agency"].queryset = agencies_to_add()
        self.fields["user"].label_from_instance = lambda user: (
            f"{user}, {user.job_title or 'no job title'}{f' ({user.agency})' if user.agency else ''}"
        )

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("user") and not cleaned.get("agency"):
            self.add_error("user", "Choose a professional, or an agency below")
        return cleaned


class InvitationForm(CoversChildren):
    """How one person on the list comes, for which children, and what is asked of them."""

    mode = forms.ChoiceField(label="How will they come?", choices=AttendMode.choices, widget=Radios())
    apart = YesNoField(
        label="Do they come apart from the others?", widget=Radios(reveals={"yes": ["arrives", "room", "video_link"]}),
        help_text="At a time, to a room or by a link of their own. Their letter gives only that",
    )  # fmt: skip
    arrives = TimeField(label="Their own time", required=False, help_text="Like 9:30am. Empty: the same time")
    room = forms.ModelChoiceField(queryset=None, label="Their own room", required=False, empty_label="The same room")
    video_link = forms.URLField(
        label="Their own video link", required=False, assume_scheme="https",
        help_text="Only where they come by video. Nobody else’s at this conference",
    )  # fmt: skip
    report_asked = YesNoField(label="Are they asked for a report?")
    is_expected = YesNoField(label="Are they counted when attendance is counted?")
    field_order = ["children", "mode", "apart", "arrives", "room", "video_link", "report_asked", "is_expected"]
    submit_label = "Save"

    def __init__(self, *args, conference, invitation, **kwargs):
        super().__init__(*args, conference=conference, **kwargs)
        self.fields["room"].queryset = rooms()
        if invitation.kind == InviteeKind.FAMILY:
            del self.fields["report_asked"]
            self.fields["children"].required = False
            self.fields["children"].help_text = "Their letter names only these"

    def change(self) -> dict:
        """What was filled in, as the action takes it."""
        cleaned = self.cleaned_data
        apart = cleaned["apart"]
        arrives_at = None
        if apart and cleaned["arrives"] is not None and self.conference.held_on:
            arrives_at = timezone.make_aware(datetime.combine(self.conference.held_on, cleaned["arrives"]))
        return {
            "children": cleaned["children"],
            "mode": cleaned["mode"],
            "apart": apart,
            "arrives_at": arrives_at,
            "room": cleaned["room"] if apart else None,
            "video_link": cleaned["video_link"] if apart else "",
            "report_asked": cleaned.get("report_asked", False),
            "is_expected": cleaned["is_expected"],
        }


class WhyForm(GovForm):
    """The reason that stands in the record."""

    reason = forms.CharField(
        label="Why?", widget=WHY, max_length=1000, help_text="It stands in the record of the conference"
    )
    submit_label = "Save"


class AllTheSameForm(GovForm):
    """Why somebody who must not learn something is invited all the same."""

    reason = forms.CharField(
        label="Why are they invited all the same?", widget=WHY, max_length=2000,
        help_text="Your name stands beside it in the record. Their letters still name nobody who is kept from them",
    )  # fmt: skip
    submit_label = "Invite them all the same"


class ReplyForm(GovForm):
    """Whether the invited person is coming."""

    reply = forms.ChoiceField(
        label="Are you coming?",
        choices=[(Reply.COMING.value, "Yes, I am coming"), (Reply.NOT_COMING.value, "No, I cannot come")],
        widget=Radios(),
    )
    submit_label = "Send your answer"


class ReplyForForm(GovForm):
    """The answer that somebody gave by phone or by letter."""

    reply = forms.ChoiceField(label="What did they answer?", choices=Reply.choices, widget=Radios())
    submit_label = "Save"
