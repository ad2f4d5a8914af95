"""The outline plan, written while the conference is still open: who will do what by when, and how it is judged."""

from conferences.actions.leave import checked, own_words, stood_before
from conferences.actions.meet import must_be_open
from conferences.choices import Audience
from conferences.plans.choices import ActionState
from conferences.plans.models import PlanAction, PlanActionChild
from conferences.queries.meet import included
from conferences.queries.sources import key_of
from conferences.rules.audience import Readers
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid

AUDIENCES = (Audience.EVERYONE, Audience.PROFESSIONALS)
TEXTS = ("outcome", "action", "who", "measure")


def add_action(
    *, by, conference, outcome, action, who, due_on, measure, children, audience=Audience.EVERYONE, leave=""
):
    """The outline plan has one more action, for these children. Raises FromRestricted where it holds a passage that
    fewer may read, and no ``leave`` is given.
    """
    words = _checked(conference, outcome, action, who, due_on, measure, audience)
    trail = checked(by, conference.family_id, _texts(words), Readers(audience), leave=leave)
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, **trail):
        must_be_open(conference)
        made = PlanAction.objects.create(family_id=conference.family_id, conference=conference, **words)
        _for(made, conference, children)
    return made


def change_action(
    *, by, plan_action, outcome, action, who, due_on, measure, children, audience=Audience.EVERYONE, leave=""
):
    """The action of the outline plan reads as given; raises FromRestricted as above."""
    conference = plan_action.conference
    words = _checked(conference, outcome, action, who, due_on, measure, audience)
    now, was = Readers(audience), Readers(plan_action.audience)
    trail = checked(
        by,
        conference.family_id,
        _texts(words),
        now,
        leave=leave,
        already=stood_before(now, was, *(getattr(plan_action, name) for name in TEXTS)),
        but=own_words(key_of(plan_action), now, was),
    )
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, **trail):
        must_be_open(conference)
        for name, value in words.items():
            setattr(plan_action, name, value)
        plan_action.save()
        _for(plan_action, conference, children)
    return plan_action


def remove_action(*, by, plan_action):
    """The outline plan is without this action; what it said stays in the history."""
    with acting(by, Permission.HOLD_CONFERENCE, on=plan_action.conference):
        must_be_open(plan_action.conference)
        plan_action.children.all().delete()
        plan_action.delete()


def _texts(words) -> dict[str, str]:
    return {name: words[name] for name in TEXTS}


def _checked(conference, outcome, action, who, due_on, measure, audience) -> dict:
    words = {"outcome": outcome, "action": action, "who": who, "measure": measure}
    words = {name: value.strip().replace("\x00", "") for name, value in words.items()}
    missing = {
        "outcome": "Say what should be better for the child.",
        "action": "Say what will be done.",
        "who": "Name who does it. It may be a parent.",
        "measure": "Say how everyone will know that it worked.",
    }
    for name, sentence in missing.items():
        if not words[name]:
            raise Invalid(sentence, name)
    if due_on is None or due_on < conference.held_on:
        raise Invalid("The date by which it is done must be on or after the day of the conference.", "due_on")
    if audience not in AUDIENCES:
        raise Invalid("An action is for everyone, or for professionals only.", "audience")
    return words | {"due_on": due_on, "state": ActionState.TO_DO, "audience": audience}


def _for(plan_action, conference, children):
    wanted = {child.pk for child in children}
    if not wanted:
        raise Invalid("Choose the children whom this is for.", "children")
    if not wanted <= {row.child_id for row in included(conference)}:
        raise Invalid("Choose children of this conference.", "children")
    standing = set(plan_action.children.values_list("child_id", flat=True))
    plan_action.children.exclude(child__in=wanted).delete()
    for child in sorted(wanted - standing):
        PlanActionChild.objects.create(action=plan_action, child_id=child)
