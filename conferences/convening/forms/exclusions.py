"""Forms about excluding somebody from a conference."""

from datetime import datetime

from django import forms
from django.utils import timezone

from conferences.convening.actions.exclusions import ExclusionDecision
from conferences.convening.choices import ExclusionGround, PartInMeeting, ProfessionalGround
from cpc.core.web.forms import Checkboxes, DateField, GovForm, NameField, Radios, TimeField, YesNoField

LONG = forms.Textarea(attrs={"rows": 4})


OTHER = "other"


def _called(invitation) -> str:
    """The person or agency on the list, with who they are, as the chair was told."""
    agency = f", {invitation.agency}" if invitation.agency and str(invitation.agency) != invitation.name else ""
    return f"{invitation.name} ({invitation.get_role_display()}{agency})"[:200]


class RequestExclusionForm(GovForm):
    """A request to the chair, by anybody on the list, a professional or an agency too, or by somebody else."""

    asker = forms.ChoiceField(
        label="Who is requesting it?", widget=Radios(small=True, reveals={OTHER: ["asked_by"]}),
        error_messages={"required": "Choose who is requesting it"},
    )  # fmt: skip
    asked_by = NameField(label="Their name and role", max_length=200)
    ground = forms.ChoiceField(
        label="What is the ground for it?", choices=ExclusionGround.choices, widget=Radios(),
        error_messages={"required": "Select the ground for the exclusion"},
    )  # fmt: skip
    evidence = forms.CharField(
        label="What is known, and from where?", widget=LONG, max_length=5000,
        help_text="Only the chair and the staff of this conference read this. It appears in no letter or copy.",
        error_messages={"required": "Enter what is known and where it comes from"},
    )  # fmt: skip
    required_when = {"asked_by": ("asker", {OTHER}, "Say who is requesting it")}
    submit_label = "Send the request"

    def __init__(self, *args, invited, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = {str(one.pk): _called(one) for one in invited}
        self.fields["asker"].choices = [*self.names.items(), (OTHER, "Somebody else")]
        if (before := self.initial.get("asked_by")) and "asker" not in self.initial:
            self.initial["asker"] = next((pk for pk, name in self.names.items() if name == before), OTHER)

    def case(self) -> dict:
        """Who asked, the ground and the evidence."""
        given = {name: self.cleaned_data[name] for name in ("ground", "evidence")}
        return given | {"asked_by": self.names.get(self.cleaned_data["asker"]) or self.cleaned_data["asked_by"]}


class DecideExclusionForm(RequestExclusionForm):
    """The chair's decision, with its two switches, how they are heard, and the words to them."""

    meeting = forms.ChoiceField(
        label="How much of the meeting can they attend?", choices=PartInMeeting.choices,
        widget=Radios(reveals={PartInMeeting.SOME.value: ["arrives", "leaves"]}),
        error_messages={"required": "Select how much of the meeting they can attend"},
    )  # fmt: skip
    arrives = TimeField(label="Their part begins at", required=False, help_text="For example, 9:30am")
    leaves = TimeField(label="Their part ends at", required=False)
    gets_documents = YesNoField(
        label="Will they get the documents?",
        help_text="The reports, the record and the decision letter. You can still include one of them later.",
        error_messages={"required": "Select yes if they will get the documents"},
    )  # fmt: skip
    from_on = DateField(label="From", called="the first day")
    until_on = DateField(
        label="Until", called="the review date", required=False,
        help_text="The date on which you will review it. Leave this empty if it ends with this conference.",
    )  # fmt: skip
    how_heard = forms.CharField(
        label="How will their views be heard instead?", widget=LONG, max_length=2000,
        help_text="Write to them. For example: “Sam will visit you on Tuesday and write down what you want to say.”",
        error_messages={"required": "Enter how their views will be heard instead"},
    )  # fmt: skip
    letter_words = forms.CharField(
        label="Reason, as their letter will say it", widget=LONG, max_length=3000,
        help_text="Do not name anyone else or reveal what anyone has said",
    )  # fmt: skip
    is_safe = forms.MultipleChoiceField(
        label="Are these words safe to send?", required=False, widget=Checkboxes(),
        choices=[("yes", "I have checked that these words put nobody at risk and say nothing about anyone else")],
    )  # fmt: skip
    record_words = forms.CharField(
        label="What should the record say?", widget=LONG, max_length=2000,
        help_text="Use neutral words. Every reader who may know about this person will see them.",
        error_messages={"required": "Enter what the record should say"},
    )  # fmt: skip
    groups = [
        ("The request", ["asker", "asked_by", "ground", "evidence"]),
        ("Your decision", ["meeting", "gets_documents", "from_on", "until_on"]),
        ("The letter to them", ["letter_words", "how_heard", "is_safe"]),
        ("The record", ["record_words"]),
    ]
    submit_label = "Exclude this person"

    def __init__(self, *args, conference, is_child, **kwargs):
        super().__init__(*args, **kwargs)
        self.conference = conference
        if is_child:
            del self.fields["gets_documents"]

    def decision(self) -> ExclusionDecision:
        """The decision as the action takes it."""
        given = self.cleaned_data
        return ExclusionDecision(
            meeting=given["meeting"],
            no_documents=given.get("gets_documents") is False,
            from_on=given["from_on"],
            until_on=given["until_on"],
            arrives_at=self._moment(given["arrives"]),
            leaves_at=self._moment(given["leaves"]),
            how_heard=given["how_heard"],
            letter_words=given["letter_words"],
            record_words=given["record_words"],
            is_safe="yes" in given["is_safe"],
        )

    def _moment(self, at):
        day = self.conference.held_on
        return timezone.make_aware(datetime.combine(day, at)) if day and at is not None else None


class ExcludeProfessionalForm(GovForm):
    """The chair’s decision to exclude a professional from all of a conference and its documents."""

    ground = forms.ChoiceField(label="What is the ground for it?", choices=ProfessionalGround.choices, widget=Radios())
    evidence = forms.CharField(
        label="What is known, and from where?", widget=LONG, max_length=5000,
        help_text="It is kept with your decision, and appears in no message or copy",
    )  # fmt: skip
    submit_label = "Exclude this professional"


class ExclusionReasonForm(GovForm):
    """Why somebody is not excluded, or not any more."""

    reason = forms.CharField(label="Reason", widget=LONG, max_length=2000, help_text="This is kept with the decision")
    submit_label = "Save"
