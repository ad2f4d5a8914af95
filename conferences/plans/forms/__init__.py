"""Forms about plans: an action, and closing the conference."""

from datetime import datetime

from django import forms
from django.utils import timezone

from conferences.convening.forms.days import day_reason_field
from conferences.meeting.rules import PLAN_QUESTIONS
from conferences.plans.actions.outline import AUDIENCES
from conferences.plans.choices import AT_A_REVIEW
from conferences.plans.rules import PLAN_TEXTS, gaps_of_core_group, gaps_of_plan
from cpc.core.accounts.staff_names import told_apart
from cpc.core.kernel.phrases import about_children, possessive, says_nothing
from cpc.core.web.forms import Checkboxes, DateField, GovForm, Radios, TimeField
from cpc.core.web.sentences import set_error_messages
from cpc.core.web.versioned import ComparedForm


def words_field(label, rows=3, **how):
    """A field for a few lines of text."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": str(rows)}), **how)


LEAD = "lead_social_worker"
NO_REASON = "Give one reason for everything that is not recorded, or one for each line"
UNDECIDED = "If it cannot be said now, leave this empty: you give the reason when you close the conference."


class ActionForm(ComparedForm):
    """One action of the outline plan."""

    submit_label = "Save"
    unmarked = frozenset({"who", "due_on", "measure"})
    other_submits = [("another", "Save and add another")]
    outcome = words_field("What should be better for the child?", error_messages={
        "required": "Say what should be better for the child"})  # fmt: skip
    action = words_field("What will be done?", error_messages={"required": "Say what will be done"})
    who = forms.CharField(
        label="Who does it?", help_text=f"One named person. It may be a parent or other family member. {UNDECIDED}",
        max_length=200, required=False,
    )  # fmt: skip
    due_on = DateField(
        label="By when?",
        called="the date for this action",
        help_text=UNDECIDED,
        required=False,
    )
    measure = words_field(
        "How will everyone know that it worked?", help_text=f"How much better, and by when. {UNDECIDED}", required=False
    )
    children = forms.MultipleChoiceField(label="For which children?", widget=Checkboxes(small=True), error_messages={
        "required": "Select the children this is for"})  # fmt: skip
    audience = forms.ChoiceField(
        label="Who may read it?", choices=[(one.value, one.label) for one in AUDIENCES], initial=AUDIENCES[0].value,
        widget=Radios(small=True, hints={AUDIENCES[1].value: "It does not appear in the family’s copies."}),
    )  # fmt: skip

    def __init__(self, *args, children, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(child.pk): child for child in children}
        self.fields["children"].choices = [(id_, child.full_name) for id_, child in self.known.items()]

    def words(self) -> dict:
        """The action as the action function takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return given | {"children": [self.known[id_] for id_ in self.cleaned_data["children"]]}


def moment(day, time):
    return timezone.make_aware(datetime.combine(day, time)) if day and time else None


def plan_fields(workers, people, children, now=None) -> dict:
    """The questions about a plan: its lead, its texts and its core group. ``workers`` and ``people`` are by id;
    ``children`` are their names; ``now`` has, for the page to say, the ids of those who lead the plan today, and what
    to add to the name of a possible member, by id.
    """
    now = now or {}
    names = told_apart(workers.values(), str)
    leads = {id_: f"{name}, who leads the plan now" for id_, name in names.items() if str(id_) in now.get(LEAD, ())}
    fields = {
        LEAD: forms.ChoiceField(
            label="Lead social worker",
            choices=[("", "Choose"), *(names | leads).items()],
            error_messages={"required": "Choose the lead social worker"},
        )
    }
    for name, (label, hint) in PLAN_QUESTIONS.items():
        fields[name] = words_field(about_children(label, children), rows=2, help_text=hint, required=False)
        fields[name].conditional = True
    members = {id_: _called(person) for id_, person in people.items()}
    members |= {id_: f"{members[id_]}: {note}" for id_, note in now.get("members", {}).items()}
    fields["members"] = forms.MultipleChoiceField(
        label="Core group", widget=Checkboxes(small=True),
        help_text="Family members and people who work with the children.",
        choices=list(members.items()),
        error_messages={"required": "Choose the members of the core group"},
    )  # fmt: skip
    return fields


def _called(person) -> str:
    return f"{person.name} ({person.role_at_agency})"


def reason_fields(priorities) -> dict:
    """For each of the ``priorities``, by name: why the one who comes first is left out of the core group, if they
    are, and the other one is in it.
    """
    fields = {}
    for each in priorities:
        label = f"If {each.other_name} is in the core group and {each.first_name} is not: why?"
        field = forms.CharField(
            label=label, widget=forms.Textarea(attrs={"rows": "2"}), max_length=1000, required=False
        )
        field.conditional = True
        fields[each.gap.field] = field
    return fields


def reasons_given(priorities, given) -> dict[str, str]:
    """The reasons that were typed, by the key of what is asked."""
    return {each.gap.key: given.get(each.gap.field) or "" for each in priorities}


class CloseForm(GovForm):
    """What a plan needs before the conference closes. It asks nothing if nobody needs a plan."""

    submit_label = "Close the conference"

    def __init__(self, *args, outcomes, workers, people, needs_core_group, now, gaps=(), priorities=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now
        self.gaps = gaps
        self.priorities = priorities
        self.people = {str(person.pk): person for person in people}
        self.workers = {str(worker.pk): worker for worker in workers}
        self.planned = [each.row.child.short_name for each in outcomes if each.opens or each.continues]
        self.ending = [each for each in outcomes if each.ends and not each.forced]
        self.groups = []
        if self.planned:
            self._ask_plan(needs_core_group)
            self._ask_priorities()
        for each in self.ending:
            child = each.row.child
            plan = possessive(child.full_name, "plan")
            self._add(f"end_{child.pk}", forms.ChoiceField(
                label=f"Why {plan} ends", choices=[(one.value, one.label) for one in AT_A_REVIEW],
                widget=Radios(small=True),
                error_messages={"required": f"Choose why {plan} ends"}))  # fmt: skip
        self._ask_gaps()
        for field in self.fields.values():
            set_error_messages(field)
        if not self.is_bound:
            self._put_back()

    def _ask_priorities(self):
        fields = reason_fields(self.priorities)
        self.fields |= fields
        if fields:
            self.groups.append(("Core group: people who must not meet", list(fields)))

    def _ask_gaps(self):
        if not self.gaps and not self.planned:
            return
        lines = {f"gap_{gap.key}": gap.sentence for gap in self.gaps}
        for name, label in {"gap_reason": "One reason for everything that is not recorded", **lines}.items():
            self._add(name, words_field(label, rows=2, max_length=1000, required=False))
            self.fields[name].conditional = True
        self.fields["gap_reason"].help_text = "It counts for each question about the plan that you leave empty."
        self.groups.append(("Not recorded: give a reason", ["gap_reason"]))
        if lines:
            self.fields["gap_reason"].help_text = (
                "It counts for each question about the plan that you leave empty, and for each line below that has no "
                "reason of its own."
            )
            each = f"See what is not recorded, or give a reason for each line ({len(lines)})"
            self.groups.append((each, list(lines)))
            self.folded = frozenset([each])

    def _add(self, name, field):
        self.fields[name] = field

    def _ask_plan(self, needs_core_group):
        for name, field in plan_fields(self.workers, self.people, self.planned, self.now).items():
            self._add(name, field)
        wanted = needs_core_group
        which = "First core group" if wanted else "Next core group, if it has no date yet"
        self._add(
            "core_group_on",
            DateField(
                label="Date",
                called="the date of the core group",
                required=wanted,
                error_messages={"required": "Enter the date of the first core group"},
            ),
        )
        self._add(
            "core_group_time",
            TimeField(
                label="Start time",
                required=wanted,
                called="the start time of the core group",
                error_messages={"required": "Enter the start time of the first core group"},
            ),
        )
        self._add(
            "core_group_place",
            forms.CharField(
                label="Place",
                required=wanted,
                max_length=200,
                error_messages={"required": "Enter where the core group will meet"},
            ),
        )
        self._add("core_group_day_reason", day_reason_field())
        self._add(
            "review_on", DateField(label="Date agreed in the room", required=False, called="the date of the review")
        )
        self._add("review_day_reason", day_reason_field())
        self.groups = [
            (which, ["core_group_on", "core_group_time", "core_group_place", "core_group_day_reason"]),
            ("Review conference", ["review_on", "review_day_reason"]),
        ]

    def clean(self):
        given = self.cleaned_data
        if bool(given.get("core_group_on")) != bool(given.get("core_group_time")) and not self.errors:
            missing = "core_group_time" if given.get("core_group_on") else "core_group_on"
            self.add_error(missing, "Enter both the date and the start time of the core group")
        members = {self.people[id_].person_id for id_ in given.get("members", [])}
        for gap in gaps_of_core_group(self.priorities, members):
            if says_nothing(given.get(gap.field, "")):
                self.add_error(gap.field, f"Say why: {gap.sentence}")
        if says_nothing(given.get("gap_reason", "")):
            texts = {name: given.get(name, "") for name in PLAN_TEXTS}
            for gap in gaps_of_plan(texts, self.planned) if self.planned else []:
                self.add_error(gap.field, f"Record it, or give a reason: {gap.sentence}")
            if any(says_nothing(given.get(f"gap_{gap.key}", "")) for gap in self.gaps):
                self.add_error("gap_reason", NO_REASON)
        return given

    def closing(self) -> dict:
        """The arguments for closing the conference."""
        given = self.cleaned_data
        return {
            "lead_social_worker": self.workers.get(given.get("lead_social_worker")),
            **{name: given.get(name, "") for name in PLAN_TEXTS},
            "gap_reasons": {gap.key: given.get(f"gap_{gap.key}", "") for gap in self.gaps}
            | reasons_given(self.priorities, given),
            "gap_reason": given.get("gap_reason", ""),
            "members": [self.people[id_] for id_ in given.get("members", [])],
            "core_group_at": moment(given.get("core_group_on"), given.get("core_group_time")),
            "core_group_place": given.get("core_group_place") or "",
            "core_group_day_reason": given.get("core_group_day_reason", ""),
            "review_on": given.get("review_on"),
            "review_day_reason": given.get("review_day_reason", ""),
            "end_reasons": {each.row.child_id: given[f"end_{each.row.child_id}"] for each in self.ending},
        }
