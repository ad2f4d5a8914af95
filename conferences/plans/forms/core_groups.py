"""Forms between conferences: booking and writing up a core group, and late entries."""

from django import forms
from django.utils import timezone

from conferences.convening.choices import Category
from conferences.convening.choices.enquiries import ActionState
from conferences.convening.forms.days import day_reason_field
from conferences.plans.choices import EarlierKind
from conferences.plans.forms import moment, words_field
from cpc.core.web.forms import Checkboxes, DateField, GovForm, Radios, TimeField, YesNoField
from cpc.core.web.sentences import set_error_messages


class CoreGroupForm(GovForm):
    """When and where the core group meets."""

    submit_label = "Save"
    starts_on = DateField(
        label="Date",
        called="the date of the core group",
        error_messages={"required": "Enter the date of the core group"},
    )
    starts_time = TimeField(
        label="Start time", called="the start time", error_messages={"required": "Enter the start time"}
    )
    place = forms.CharField(
        label="Place", max_length=200, error_messages={"required": "Enter where the core group will meet"}
    )
    day_reason = day_reason_field()

    def booking(self) -> dict:
        """When and where, as the action takes it."""
        given = self.cleaned_data
        return {
            "starts_at": moment(given["starts_on"], given["starts_time"]), "place": given["place"],
            "day_reason": given["day_reason"],
        }  # fmt: skip


class RecordCoreGroupForm(GovForm):
    """A core group written up: who attended, each action, what is new, and the next meeting."""

    submit_label = "Save the core group"

    def __init__(self, *args, meeting, members, actions, marked, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting, self.members, self.actions = meeting, {str(each.pk): each for each in members}, list(actions)
        self.marked = {f"again_{each.pk}": each for each in marked}
        self.fields["held_on"] = DateField(
            label="Date", called="the date of the core group", not_future=True, today=today,
            initial=timezone.localdate(meeting.starts_at),
        )  # fmt: skip
        self.fields["who_came"] = forms.MultipleChoiceField(
            label="Who attended?", required=False, widget=Checkboxes(small=True),
            choices=[(id_, f"{each.name} ({each.part})") for id_, each in self.members.items()],
        )  # fmt: skip
        self.fields["others"] = forms.CharField(label="Anyone else who attended", required=False, max_length=500)
        names = []
        for action in self.actions:
            state, words = f"state_{action.pk}", f"progress_{action.pk}"
            self.fields[state] = forms.ChoiceField(
                label=action.action, choices=ActionState.choices, initial=action.state,
                error_messages={"required": f"Choose what became of “{action.action.rstrip('.')}”"},
                widget=Radios(inline=True, small=True),
            )  # fmt: skip
            self.fields[words] = forms.CharField(
                label="Progress", required=False, initial=action.progress, widget=forms.Textarea(attrs={"rows": "2"})
            )
            names += [state, words]
        self.fields["progress"] = words_field("Progress of the plan as a whole", required=False)
        self.fields["new_concerns"] = words_field("New concerns", required=False)
        self.fields["next_on"] = DateField(label="Date", required=False, called="the date of the next core group")
        self.fields["next_time"] = TimeField(label="Start time", required=False, called="the start time")
        self.fields["next_place"] = forms.CharField(
            label="Place", required=False, max_length=200, initial=meeting.place
        )
        self.fields["next_day_reason"] = day_reason_field()
        for name, action in self.marked.items():
            self.fields[name] = forms.BooleanField(
                label=f"{action.action} ({action.get_state_display().lower()})", required=False
            )
        self.groups = [("Each action of the plan", names)] if names else []
        if self.marked:
            self.groups.append(("Which of these is to be done again?", [*self.marked]))
        self.groups += [
            ("The plan", ["progress", "new_concerns"]),
            ("Next core group", ["next_on", "next_time", "next_place", "next_day_reason"]),
        ]
        for field in self.fields.values():
            set_error_messages(field)
        if not self.is_bound:
            self._put_back()

    def clean(self):
        given = self.cleaned_data
        if not given.get("who_came") and not (given.get("others") or "").strip():
            self.add_error("who_came", "Select who attended")
        if bool(given.get("next_on")) != bool(given.get("next_time")) and not self.errors:
            missing = "next_time" if given.get("next_on") else "next_on"
            self.add_error(missing, "Enter both the date and the start time of the next core group")
        return given

    def written(self) -> dict:
        """The core group as the action takes it."""
        given = self.cleaned_data
        came = [f"{self.members[id_].name} ({self.members[id_].part})" for id_ in given["who_came"]]
        came += [given["others"].strip()] if given["others"].strip() else []
        return {
            "held_on": given["held_on"],
            "present": "\n".join(came),
            "progress": given["progress"],
            "new_concerns": given["new_concerns"],
            "actions": {a.pk: (given[f"state_{a.pk}"], given[f"progress_{a.pk}"]) for a in self.actions}
            | {a.pk: (ActionState.TO_DO, a.progress) for name, a in self.marked.items() if given[name]},
            "next_at": moment(given["next_on"], given["next_time"]),
            "next_place": given["next_place"],
            "next_day_reason": given["next_day_reason"],
        }


class RemoveEarlierForm(GovForm):
    """Why a late entry is removed."""

    submit_label = "Remove it"
    submit_tone = "warning"
    reason = words_field(
        "Why are you removing it?", max_length=2000, error_messages={"required": "Say why the entry is removed"}
    )


class EarlierForm(GovForm):
    """A late entry: what happened, to which children, and on which day."""

    submit_label = "Save the late entry"
    kind = forms.ChoiceField(label="What happened?", choices=EarlierKind.choices, widget=Radios())
    category = forms.ChoiceField(label="Category from that day", choices=Category.choices, widget=Radios(small=True))
    seen_alone = YesNoField(label="Was the child seen alone?")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": "3"}))
    required_when = {
        "category": ("kind", {EarlierKind.CATEGORY}, "Choose the category from that day"),
        "seen_alone": ("kind", {EarlierKind.VISIT}, "Say whether the child was seen alone"),
    }

    def __init__(self, *args, children, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.children = {str(child.pk): child for child in children}
        self.fields["children"] = forms.MultipleChoiceField(
            label="Which children?", widget=Checkboxes(),
            choices=[(pk, child.full_name) for pk, child in self.children.items()],
        )  # fmt: skip
        self.fields["happened_on"] = DateField(
            label="When did it happen?", called="the day it happened", not_future=True, today=today
        )
        for name in ("children", "happened_on"):
            set_error_messages(self.fields[name])
        self.order_fields(["kind", "category", "seen_alone", "children", "happened_on", "note"])

    def clean_children(self):
        return [self.children[pk] for pk in self.cleaned_data["children"]]
