"""Forms for the list of people to invite, and for the replies."""

from datetime import datetime

from django import forms
from django.utils import timezone

from conferences.convening.choices import FAMILY_ROLES, InviteeRole, Reply
from conferences.convening.queries.booking import rooms
from conferences.convening.queries.invitations import (
    family_members_to_add,
    included_children,
    professionals_to_add,
)
from conferences.convening.rules.invitations import WRITES_NO_REPORT
from conferences.disclosure.choices import InviteeKind
from conferences.separation.choices import AttendMode
from cpc.core.accounts.queries import agencies_in_use
from cpc.core.accounts.staff_names import StaffChoice
from cpc.core.web.forms import Checkboxes, GovForm, Radios, TimeField, YesNoField
from cpc.core.web.versioned import ComparedForm
from families.people.models import Person

WHY = forms.Textarea(attrs={"rows": 3})


def _call(field, people) -> None:
    """Label the choices with the names that documents about the family use."""
    names = {person.pk: person.full_name for person in people}
    field.label_from_instance = lambda person: names[person.pk]


class CoversChildren(GovForm):
    """The children of the conference that somebody is invited for."""

    children = forms.ModelMultipleChoiceField(queryset=None, label="Which children?", widget=Checkboxes())

    def __init__(self, *args, conference, **kwargs):
        super().__init__(*args, **kwargs)
        self.conference = conference
        children = included_children(conference)
        self.fields["children"].queryset = Person.objects.filter(pk__in=[child.pk for child in children])
        _call(self.fields["children"], children)


class FamilyMemberForm(CoversChildren):
    """Add a family member."""

    person = forms.ModelChoiceField(queryset=None, label="Who?", empty_label="Choose a person")
    role = forms.ChoiceField(
        label="What is their role?",
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
        _call(self.fields["person"], found)


class ProfessionalChoice(StaffChoice):
    """One of the users, with the job title and the agency."""

    @staticmethod
    def words(user):
        return f"{user}, {user.job_title or 'no job title'}{f' ({user.agency})' if user.agency else ''}"


class ProfessionalForm(CoversChildren):
    """Add a professional, or an agency that has still to name somebody."""

    user = ProfessionalChoice(
        queryset=None, label="Professional", required=False, empty_label="No named worker yet",
        help_text="Someone with an account. They sign in to read the invitation",
    )  # fmt: skip
    agency = forms.ModelChoiceField(
        queryset=None, label="Agency", required=False, empty_label="Choose an agency",
        help_text="Only if you have no named person. The agency’s shared address is asked who will attend",
    )  # fmt: skip
    role = forms.ChoiceField(
        label="What is their role?",
        choices=[("", "Choose a role"), *((r.value, r.label) for r in InviteeRole if r not in FAMILY_ROLES)],
    )
    reason = forms.CharField(label="Why are they invited?", widget=WHY, max_length=500)
    report_asked = YesNoField(label="Will they be asked for a report?", initial=True)
    field_order = ["user", "agency", "role", "children", "reason", "report_asked"]
    submit_label = "Add to the list"

    def __init__(self, *args, conference, **kwargs):
        super().__init__(*args, conference=conference, **kwargs)
        self.fields["user"].queryset = professionals_to_add(conference)
        self.fields["agency"].queryset = agencies_in_use()

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("user") and not cleaned.get("agency"):
            self.add_error("user", "Choose a professional, or an agency below")
        return cleaned


class InvitationForm(CoversChildren, ComparedForm):
    """How one person on the list attends, for which children, and what is asked of them."""

    mode = forms.ChoiceField(label="How will they attend?", choices=AttendMode.choices, widget=Radios())
    apart = YesNoField(
        label="Will they attend separately from the others?",
        widget=Radios(reveals={"yes": ["arrives", "leaves", "room", "entrance", "video_link"]}),
        help_text="At their own times, in their own room or by their own link. Their letter gives only those details",
    )  # fmt: skip
    arrives = TimeField(
        label="When they arrive",
        required=False,
        help_text="For example, 9:30am. Leave this empty if it is the same time as everyone else",
    )
    leaves = TimeField(
        label="When they leave", required=False, help_text="Leave this empty if it is at the end of the conference"
    )
    room = forms.ModelChoiceField(queryset=None, label="Their own room", required=False, empty_label="The same room")
    entrance = forms.CharField(
        label="Their own door", required=False, max_length=120,
        help_text="For example “the side door in Mill Street”. Nobody else is told",
    )  # fmt: skip
    video_link = forms.URLField(
        label="Their own video link", required=False, assume_scheme="https",
        help_text="Only if they attend by video. It must be a different link from everyone else’s",
    )  # fmt: skip
    report_asked = YesNoField(label="Will they be asked for a report?")
    is_expected = YesNoField(label="Do they count towards attendance?")
    field_order = [
        "children", "mode", "apart", "arrives", "leaves", "room", "entrance", "video_link", "report_asked",
        "is_expected",
    ]  # fmt: skip
    submit_label = "Save"

    def __init__(self, *args, conference, invitation, **kwargs):
        super().__init__(*args, conference=conference, **kwargs)
        self.fields["room"].queryset = rooms()
        if invitation.person_id or invitation.role in WRITES_NO_REPORT:
            self.fields["mode"].choices = [one for one in AttendMode.choices if one[0] != AttendMode.REPORT]
        if invitation.kind == InviteeKind.FAMILY:
            del self.fields["report_asked"]
            self.fields["children"].required = False
            self.fields["children"].help_text = "Their letter names only these"

    def change(self) -> dict:
        """The changes as the action takes them."""
        cleaned = self.cleaned_data
        apart = cleaned["apart"]
        held_on = self.conference.held_on if apart else None
        return {
            "children": cleaned["children"],
            "mode": cleaned["mode"],
            "apart": apart,
            "arrives_at": _moment(held_on, cleaned["arrives"]),
            "leaves_at": _moment(held_on, cleaned["leaves"]),
            "room": cleaned["room"] if apart else None,
            "entrance": cleaned["entrance"] if apart else "",
            "video_link": cleaned["video_link"] if apart else "",
            "report_asked": cleaned.get("report_asked", False),
            "is_expected": cleaned["is_expected"],
        }


def _moment(day, at):
    """That time of the day in London; None where the day or the time is not given."""
    return timezone.make_aware(datetime.combine(day, at)) if day and at is not None else None


class WhyForm(GovForm):
    """A reason that is kept in the record."""

    reason = forms.CharField(
        label="Why?", widget=WHY, max_length=1000, help_text="This is kept in the record of the conference"
    )
    submit_label = "Save"


class MissingForm(GovForm):
    """Why nobody of a kind is invited, for everybody who is missing from the list; with the reasons of last time."""

    submit_label = "Save the reasons"

    def __init__(self, *args, gaps, last_time, **kwargs):
        super().__init__(*args, **kwargs)
        self.missing = {}  # each field's role and child
        for gap in gaps:
            child = gap.children[0] if len(gap.children) == 1 else None
            name = f"why_{gap.role}_{child or 'all'}"
            self.missing[name] = (gap.role, child)
            before = last_time.get((gap.role, child), "")
            self.fields[name] = forms.CharField(
                label=gap.reason, required=False, max_length=1000, initial=before,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text="Given for the last conference. Check that it still applies" if before else "",
            )  # fmt: skip
            self.fields[name].conditional = True  # a sentence above says that a box may stay empty

    def reasons(self) -> list:
        """Role, child and reason of each, as the action takes them."""
        return [(*who, self.cleaned_data[name]) for name, who in self.missing.items()]


class InviteDespiteWithholdingForm(GovForm):
    """Why somebody who must not learn something is still invited."""

    reason = forms.CharField(
        label="Why should they still be invited?", widget=WHY, max_length=2000,
        help_text="This is recorded with your name. Their letters still leave out anyone they must not know about",
    )  # fmt: skip
    submit_label = "Invite them anyway"


class ReplyForm(GovForm):
    """Whether the invited person is coming."""

    reply = forms.ChoiceField(
        label="Can you attend?",
        choices=[(Reply.COMING.value, "Yes, I can attend"), (Reply.NOT_COMING.value, "No, I cannot attend")],
        widget=Radios(),
    )
    submit_label = "Send your reply"


def _heard_how(**kwargs):
    return forms.CharField(
        label="How will they be heard?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="By video, by phone, in writing, or through somebody they trust. Only staff read this", **kwargs,
    )  # fmt: skip


class StaysAwayForm(GovForm):
    """How somebody who told their worker or the chair that they do not want to come will be heard."""

    heard_how = _heard_how()
    submit_label = "Save"


class ReplyForForm(GovForm):
    """A reply that somebody gave by phone or by letter."""

    reply = forms.ChoiceField(
        label="What was their reply?", choices=Reply.choices,
        widget=Radios(reveals={Reply.STAYS_AWAY.value: ["heard_how"]}),
    )  # fmt: skip
    heard_how = _heard_how(required=False)
    required_when = {"heard_how": ("reply", {Reply.STAYS_AWAY.value}, "Say how they will be heard")}
    submit_label = "Save"

    def __init__(self, *args, is_family, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_family:
            self.fields["reply"].choices = [one for one in Reply.choices if one[0] != Reply.STAYS_AWAY]
            del self.fields["heard_how"]
