"""The outline plan, written while the conference is open: who will do what by when, and how it is judged."""

from conferences.convening.choices import ConferenceState
from conferences.convening.choices.enquiries import ActionState
from conferences.disclosure.actions import Before, Disclosure, require_permission_to_share
from conferences.disclosure.choices import Audience
from conferences.disclosure.queries import key_of
from conferences.disclosure.rules.audience import Readers
from conferences.meeting.actions.attendance import must_be_open
from conferences.meeting.queries.board import included
from conferences.plans.models import PlanAction, PlanActionChild
from conferences.plans.queries import children_without_action
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid

AUDIENCES = (Audience.EVERYONE, Audience.PROFESSIONALS)
TEXTS = ("outcome", "action", "who", "measure")


def add_action(
    *, by, conference, outcome, action, who, due_on, measure, children, audience=Audience.EVERYONE, consent=""
):
    """Add an action for these children to the outline plan. Who does it, its date and its measure may be left open:
    closing then takes a reason. Raises RestrictedTextCopied if it holds a restricted passage and no ``consent`` is
    given.
    """
    words = _validated(conference, outcome, action, who, due_on, measure, audience)
    text = Disclosure(_texts(words), Readers(audience))
    shared = require_permission_to_share(by, conference.family_id, text, consent=consent)
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, **shared):
        if not _is_for_a_corrected_plan(conference, children):
            must_be_open(conference)
        made = PlanAction.objects.create(family_id=conference.family_id, conference=conference, **words)
        _set_children(made, conference, children)
    return made


def _is_for_a_corrected_plan(conference, children) -> bool:
    """Whether these children have a plan without any action, which a correction began after the conference."""
    wanted = {child.pk for child in children}
    is_held = conference.state == ConferenceState.HELD
    return is_held and wanted <= {child.pk for child in children_without_action(conference.family_id)}


def change_action(
    *, by, plan_action, outcome, action, who, due_on, measure, children, audience=Audience.EVERYONE, consent=""
):
    """Change an action of the outline plan. Raises RestrictedTextCopied as ``add_action`` does."""
    conference = plan_action.conference
    words = _validated(conference, outcome, action, who, due_on, measure, audience)
    before = Before("\n".join(getattr(plan_action, name) for name in TEXTS), Readers(plan_action.audience))
    text = Disclosure(_texts(words), Readers(audience), (before,), key_of(plan_action))
    shared = require_permission_to_share(by, conference.family_id, text, consent=consent)
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, **shared):
        must_be_open(conference)
        for name, value in words.items():
            setattr(plan_action, name, value)
        plan_action.save()
        _set_children(plan_action, conference, children)
    return plan_action


def remove_action(*, by, plan_action):
    """Remove this action from the outline plan. Its text stays in the history."""
    with acting(by, Permission.HOLD_CONFERENCE, on=plan_action.conference):
        must_be_open(plan_action.conference)
        plan_action.children.all().delete()
        plan_action.delete()


def _texts(words) -> dict[str, str]:
    return {name: words[name] for name in TEXTS}


def _validated(conference, outcome, action, who, due_on, measure, audience) -> dict:
    words = {"outcome": outcome, "action": action, "who": who, "measure": measure}
    words = {name: value.strip().replace("\x00", "") for name, value in words.items()}
    missing = {
        "outcome": "Say what should be better for the child.",
        "action": "Say what will be done.",
    }
    for name, sentence in missing.items():
        if not words[name]:
            raise Invalid(sentence, name)
    if due_on is not None and due_on < conference.held_on:
        raise Invalid("The date for an action must be on or after the day of the conference.", "due_on")
    if audience not in AUDIENCES:
        raise Invalid("An action is for everyone, or for professionals only.", "audience")
    return words | {"due_on": due_on, "state": ActionState.TO_DO, "audience": audience}


def _set_children(plan_action, conference, children):
    wanted = {child.pk for child in children}
    if not wanted:
        raise Invalid("Select the children this is for.", "children")
    if not wanted <= {row.child_id for row in included(conference)}:
        raise Invalid("Choose children of this conference.", "children")
    existing = set(plan_action.children.values_list("child_id", flat=True))
    plan_action.children.exclude(child__in=wanted).delete()
    for child in sorted(wanted - existing):
        PlanActionChild.objects.create(action=plan_action, child_id=child)
