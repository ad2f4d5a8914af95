"""Each agency's view of each child that it knows, and the decision for each child. The chair decides."""

import re
from dataclasses import dataclass

from django.utils import timezone

from conferences.convening.actions.days import reason_for_day
from conferences.convening.choices import AgencyViewKind, Category, NotDecidedReason, Outcome
from conferences.convening.rules.childs_voice import voice_of, ways_to_take_part
from conferences.disclosure.actions import Before, Disclosure, require_permission_to_share
from conferences.disclosure.choices import Audience
from conferences.disclosure.queries import key_of
from conferences.disclosure.rules.audience import Readers
from conferences.meeting import rules
from conferences.meeting.actions.attendance import must_be_held, must_be_open
from conferences.meeting.models import AgencyView, Decision, Scaling
from conferences.meeting.queries.agencies import agencies_knowing, agency_name, agency_of, people_scoring
from conferences.meeting.queries.board import topic_of
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.phrases import listed
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import setting
from cpc.core.web.polling import announce
from families.people.models import Person
from families.people.queries.merged_records import parts_in


@dataclass(frozen=True)
class GivenView:
    """What one person gives for one child: the agency's view with its reason, a dissent with its reason, a score."""

    invitation_id: int
    view: str = ""
    reason: str = ""
    dissents: bool = False
    dissent_reason: str = ""
    score: int | None = None
    audience: str = Audience.EVERYONE


# A view has no named readers: what only one person may read is a note.
VIEW_AUDIENCES = (
    Audience.EVERYONE, Audience.PROFESSIONALS, Audience.CHAIR, Audience.POLICE, Audience.THIRD_PARTY,
)  # fmt: skip


def record_child_views(*, by, conference_child, participation="", views=(), consent=""):
    """Save how the child took part, if they are old enough (rules/childs_voice.py), and the view of each agency that
    knows the child. Raises RestrictedTextCopied if a reason holds a restricted passage and no ``consent`` is given.
    """
    conference = conference_child.conference
    views = list(views)
    shared = require_permission_to_share(
        by, conference.family_id, *_views_to_share(conference_child, views), consent=consent
    )
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, child=conference_child.child_id, **shared):
        must_be_open(conference)
        voice = voice_of(conference_child.child, conference.held_on)
        if participation and not voice.takes_part:
            raise Invalid("How a child took part is not recorded before the age of 4.", "participation")
        if participation and participation not in ways_to_take_part(voice):
            raise Invalid("Choose how the child took part.", "participation")
        if conference_child.participation != participation:
            conference_child.participation = participation
            conference_child.save()
        speakers = {each.pk: each for each in agencies_knowing(conference_child)}
        scalers = {each.pk: each for each in people_scoring(conference_child)}
        given = _views_by_agency(conference_child)
        for view in views:
            if view.invitation_id not in scalers:
                raise Invalid("Only people who know this child can be asked about this child. Reload the page.")
            if view.invitation_id in speakers:
                _refuse_second_view(speakers[view.invitation_id], view, given)
                _save_view(conference_child, speakers[view.invitation_id], view)
            _save_score(conference_child, scalers[view.invitation_id], view)
    return conference_child


def _views_to_share(conference_child, views) -> list[Disclosure]:
    kept = {one.invitation_id: one for one in conference_child.agency_views.all()}
    found = []
    for view in views:
        if view.audience not in VIEW_AUDIENCES:
            raise Invalid("Choose who may read this view.", f"audience_{view.invitation_id}")
        old, field = kept.get(view.invitation_id), f"reason_{view.invitation_id}"
        texts = {field: view.reason, f"dissent_{field}": view.dissent_reason}
        before, row = (), ""
        if old:
            before, row = (Before(f"{old.reason}\n{old.dissent_reason}", Readers(old.audience)),), key_of(old)
        found.append(Disclosure(texts, Readers(view.audience), before, row))
    return found


def _views_by_agency(conference_child) -> dict:
    """The invitation that gave the view of each agency."""
    rows = AgencyView.objects.filter(conference_child=conference_child).select_related("invitation__agency")
    return {agency_of(one.invitation): one.invitation for one in rows}


def _refuse_second_view(speaker, view, given) -> None:
    first = given.setdefault(agency_of(speaker), speaker) if view.view else None
    if first is not None and first.pk != speaker.pk:
        agency = agency_name(speaker)
        raise Invalid(
            f"{first.name} has already given the view of {agency}. An agency gives one view of a child.",
            f"view_{speaker.pk}",
        )


def _save_view(conference_child, speaker, view):
    field, reason, dissent = f"view_{speaker.pk}", view.reason.strip(), view.dissent_reason.strip()
    if view.view and view.view not in AgencyViewKind.values:
        raise Invalid("Choose one of the views.", field)
    if view.view in (AgencyViewKind.PLAN, AgencyViewKind.NO_PLAN) and not reason:
        raise Invalid(f"Give the reason of {speaker.name} for this view.", f"reason_{speaker.pk}")
    if (reason or view.dissents) and not view.view:
        raise Invalid(f"Choose the view of {speaker.name}.", field)
    if view.dissents and not dissent:
        sentence = f"Give the reason why {speaker.name} dissents: this is kept in the record."
        raise Invalid(sentence, f"dissent_reason_{speaker.pk}")
    kept = AgencyView.objects.filter(conference_child=conference_child, invitation=speaker)
    if not view.view:
        kept.delete()
        return
    now = {
        "view": view.view,
        "reason": reason,
        "dissents": view.dissents,
        "dissent_reason": dissent if view.dissents else "",
        "audience": view.audience,
    }
    if not kept.filter(**now).exists():
        AgencyView.objects.update_or_create(conference_child=conference_child, invitation=speaker, defaults=now)


def _save_score(conference_child, speaker, view):
    kept = Scaling.objects.filter(conference_child=conference_child, invitation=speaker)
    if view.score is None:
        kept.delete()
        return
    if not setting("uses_scale"):
        raise Invalid("This service does not use the scale.")
    if not 0 <= view.score <= 10:
        raise Invalid("The scale goes from 0 to 10.", f"score_{speaker.pk}")
    if not kept.filter(score=view.score).exists():
        Scaling.objects.update_or_create(
            conference_child=conference_child, invitation=speaker, defaults={"score": view.score}
        )


# The audiences of restricted reasons for a decision: fewer than everyone, and nobody by name.
RESTRICTED_AUDIENCES = VIEW_AUDIENCES[1:]


def decide(
    *,
    by,
    conference,
    children,
    outcome,
    reasons,
    category="",
    is_multiple=False,
    threshold="",
    category_reason="",
    consent_by="",
    not_decided_reason="",
    interim_plan="",
    new_date_on=None,
    new_date_reason="",
    restricted="",
    restricted_audience="",
    consent="",
    at=None,
    is_correction=False,
):
    """Save the same decision for each of ``children`` (rows of this conference), one row a child. Raises Invalid for
    anything missing. Everyone told of a decision reads its reasons, except ``restricted``; so a restricted passage in
    them raises RestrictedTextCopied.

    ``is_correction``: the conference was held. The decision keeps who made it and when.
    """
    children = list(children)
    apart = restricted.strip(), restricted_audience if restricted.strip() else ""
    texts = {"reasons": reasons, "interim_plan": interim_plan}
    texts |= {"new_date_reason": new_date_reason, "threshold": threshold, "category_reason": category_reason}
    to_share = _reasons_to_share(children, texts, *apart)
    shared = require_permission_to_share(by, conference.family_id, *to_share, consent=consent)
    about = {"outcome": outcome, "children": [row.child_id for row in children]}
    with acting(by, Permission.DECIDE, on=conference, **about, **shared) as act:
        act.then(lambda: announce(topic_of(conference)))
        (must_be_held if is_correction else must_be_open)(conference)
        if not children or any(row.conference_id != conference.pk or not row.included for row in children):
            raise Invalid("Select the children this decision is for.", "children")
        values = _words(
            conference, outcome, category, reasons, consent_by,
            (not_decided_reason, interim_plan, new_date_on, new_date_reason),
        )  # fmt: skip
        values |= {"threshold": threshold.strip(), "is_multiple": False, "category_reason": ""}
        if values["category"]:
            values |= {"is_multiple": is_multiple, "category_reason": category_reason.strip()}
        values |= {"restricted": apart[0], "restricted_audience": apart[1]}
        if not is_correction:
            values |= {"decided_by_id": by.id or conference.chair_id, "decided_at": at or timezone.now()}
        return [Decision.objects.update_or_create(conference_child=row, defaults=values)[0] for row in children]


def _reasons_to_share(children, texts, restricted, audience) -> list[Disclosure]:
    if restricted and audience not in RESTRICTED_AUDIENCES:
        raise Invalid("Choose who may read the reasons for some readers only.", "audience")
    old = list(Decision.objects.filter(conference_child__in=[row.pk for row in children]))
    before = tuple(Before(text) for each in old for text in _texts_of(each))
    shared = Disclosure(texts, before=before)
    if not restricted:
        return [shared]
    before = tuple(Before(each.restricted, Readers(each.restricted_audience)) for each in old if each.restricted)
    label = "The confidential part of this decision"
    return [shared, Disclosure({"restricted": restricted}, Readers(audience), before, "decision", label)]


def _texts_of(decision) -> tuple[str, ...]:
    return (
        decision.reasons, decision.interim_plan, decision.new_date_reason, decision.threshold,
        decision.category_reason,
    )  # fmt: skip


def _words(conference, outcome, category, reasons, consent_by, not_decided) -> dict:
    if outcome not in Outcome.values:
        raise Invalid("Select the decision.", "outcome")
    if not reasons.strip():
        raise Invalid("Give the reasons for the decision.", "reasons")
    words = {
        "outcome": outcome,
        "reasons": reasons.strip(),
        "category": "",
        "consent_by": "",
        "not_decided_reason": "",
        "interim_plan": "",
        "new_date_on": None,
        "new_date_reason": "",
    }
    if outcome == Outcome.NOT_DECIDED:
        return words | _not_decided(conference, *not_decided)
    if conference.quorate is not None and not rules.may_decide(conference.quorate, conference.quorum_reason):
        raise Invalid(
            "The conference is not quorate, so a plan cannot be decided. Choose “Not decided”, or go back to the "
            "quorum and say why the conference proceeds.",
            "outcome",
        )
    if outcome == Outcome.PROTECTION_PLAN:
        if category not in Category.values:
            raise Invalid("Choose the category.", "category")
        if category == Category.MULTIPLE:
            raise Invalid("Choose the main kind of harm. Then say below that there are others.", "category")
        return words | {"category": category}
    if outcome == Outcome.CHILD_IN_NEED:
        if not consent_by.strip():
            raise Invalid("Enter who consents to the child in need plan. It needs consent.", "consent_by")
        return words | {"consent_by": _names_in_family(conference.family_id, consent_by)}
    return words


def _names_in_family(family_id, names) -> str:
    """These names as the family's record has them. Raises Invalid for a name that nobody in the family has."""
    known = {one.full_name.casefold(): one.full_name for one in Person.objects.filter(pk__in=parts_in(family_id))}
    given = [" ".join(name.split()) for name in re.split(r",|\band\b", names) if name.strip()]
    for name in given:
        if name.casefold() not in known:
            raise Invalid(
                f"Nobody in the family is recorded as “{name}”. Enter the name as it is recorded.", "consent_by"
            )
    return listed([known[name.casefold()] for name in given])


def _not_decided(conference, reason, interim_plan, new_date_on, new_date_reason) -> dict:
    if reason not in NotDecidedReason.values:
        raise Invalid("Select why no decision was made.", "not_decided_reason")
    if not interim_plan.strip():
        sentence = "Write the interim plan that keeps the child safe until the conference is held again."
        raise Invalid(sentence, "interim_plan")
    if new_date_on is None:
        raise Invalid("Enter the date on which the conference will be held again.", "new_date_on")
    if refusal := rules.new_date_refusal(new_date_on, conference.held_on):
        raise Invalid(refusal, "new_date_on")
    why = reason_for_day(
        new_date_on, new_date_reason, earliest=conference.held_on, on_field="new_date_on",
        reason_field="new_date_reason",
    )  # fmt: skip
    return {
        "not_decided_reason": reason, "interim_plan": interim_plan.strip(), "new_date_on": new_date_on,
        "new_date_reason": why,
    }  # fmt: skip
