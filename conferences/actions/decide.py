"""What each agency thinks of each child that it knows, and what is decided for each child. The chair decides."""

from dataclasses import dataclass

from django.utils import timezone

from conferences.actions.leave import checked, own_words, stood_before
from conferences.actions.meet import must_be_open
from conferences.choices import AgencyViewKind, Audience, Category, NotDecidedReason, Outcome, Participation
from conferences.models import AgencyView, Decision, Scaling
from conferences.queries.meet import who_know, who_may_scale
from conferences.queries.sources import key_of
from conferences.rules import meet as rules
from conferences.rules.audience import Readers, is_within
from conferences.rules.provenance import Source
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import calendar, setting


@dataclass(frozen=True)
class View:
    """One person's part for one child: the agency's view with its reason, dissent with its own, a score."""

    invitation_id: int
    view: str = ""
    reason: str = ""
    dissents: bool = False
    dissent_reason: str = ""
    score: int | None = None
    audience: str = Audience.EVERYONE


# Nobody is named for a view: what one person alone may read is a note.
VIEW_AUDIENCES = (
    Audience.EVERYONE, Audience.PROFESSIONALS, Audience.CHAIR, Audience.POLICE, Audience.THIRD_PARTY,
)  # fmt: skip


def record_child_views(*, by, conference_child, participation="", views=(), leave=""):
    """How the child took part, and what each agency that knows the child thinks, stand as given. Raises FromRestricted
    where a reason holds a passage that fewer may read, and no ``leave`` is given.
    """
    conference = conference_child.conference
    views, trail = list(views), _leave_for_views(by, conference_child, views, leave)
    with acting(by, Permission.HOLD_CONFERENCE, on=conference, child=conference_child.child_id, **trail):
        must_be_open(conference)
        if participation and participation not in Participation.values:
            raise Invalid("Choose how the child took part.", "participation")
        if conference_child.participation != participation:
            conference_child.participation = participation
            conference_child.save()
        speakers = {each.pk: each for each in who_know(conference_child)}
        scalers = {each.pk: each for each in who_may_scale(conference_child)}
        for view in views:
            if view.invitation_id not in scalers:
                raise Invalid("Only people who know this child can be asked about this child. Reload the page.")
            if view.invitation_id in speakers:
                _keep_view(conference_child, speakers[view.invitation_id], view)
            _keep_score(conference_child, scalers[view.invitation_id], view)
    return conference_child


def _leave_for_views(by, conference_child, views, leave) -> dict:
    kept = {one.invitation_id: one for one in conference_child.agency_views.all()}
    trail = {}
    for view in views:
        if view.audience not in VIEW_AUDIENCES:
            raise Invalid("Choose who may read this view.", f"audience_{view.invitation_id}")
        old, now = kept.get(view.invitation_id), Readers(view.audience)
        was = Readers(old.audience) if old else None
        trail |= checked(
            by,
            conference_child.conference.family_id,
            [view.reason, view.dissent_reason],
            now,
            leave=leave,
            already=stood_before(now, was, old.reason, old.dissent_reason) if old else (),
            but=own_words(key_of(old), now, was) if old else "",
            field=f"reason_{view.invitation_id}",
        )
    return trail


def _keep_view(conference_child, speaker, view):
    field, reason, dissent = f"view_{speaker.pk}", view.reason.strip(), view.dissent_reason.strip()
    if view.view and view.view not in AgencyViewKind.values:
        raise Invalid("Choose one of the views.", field)
    if view.view in (AgencyViewKind.PLAN, AgencyViewKind.NO_PLAN) and not reason:
        raise Invalid(f"Give the reason of {speaker.name} for this view.", f"reason_{speaker.pk}")
    if (reason or view.dissents) and not view.view:
        raise Invalid(f"Choose the view of {speaker.name}.", field)
    if view.dissents and not dissent:
        sentence = f"Give the reason why {speaker.name} dissents: it stands in the record."
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


def _keep_score(conference_child, speaker, view):
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


# Who may read the restricted reasons for a decision: fewer than everyone, and nobody by name.
RESTRICTED_AUDIENCES = VIEW_AUDIENCES[1:]


def decide(
    *,
    by,
    conference,
    children,
    outcome,
    reasons,
    category="",
    consent_by="",
    not_decided_reason="",
    interim_plan="",
    new_date_on=None,
    restricted="",
    restricted_audience="",
    leave="",
    at=None,
):
    """Each of ``children`` (rows of this conference) has a decision of its own, with these words: one row a child, also
    where it is the same for all. Raises Invalid for what is missing, and FromRestricted: the reasons for a decision are
    for everyone who is told of it, but for those in ``restricted``.
    """
    children = list(children)
    apart = restricted.strip(), restricted_audience if restricted.strip() else ""
    texts = {"reasons": reasons, "interim_plan": interim_plan, "consent_by": consent_by}
    trail = _leave_for_reasons(by, conference, children, texts, *apart, leave)
    about = {"outcome": outcome, "children": [row.child_id for row in children]}
    with acting(by, Permission.DECIDE, on=conference, **about, **trail):
        must_be_open(conference)
        if not children or any(row.conference_id != conference.pk or not row.included for row in children):
            raise Invalid("Choose the children for whom this is decided.", "children")
        values = _words(
            conference, outcome, category, reasons, consent_by, not_decided_reason, interim_plan, new_date_on
        )
        values |= {"restricted": apart[0], "restricted_audience": apart[1]}
        values |= {"decided_by_id": by.id or conference.chair_id, "decided_at": at or timezone.now()}
        return [Decision.objects.update_or_create(conference_child=row, defaults=values)[0] for row in children]


def _leave_for_reasons(by, conference, children, texts, restricted, audience, leave) -> dict:
    if restricted and audience not in RESTRICTED_AUDIENCES:
        raise Invalid("Choose who may read what is only for some.", "audience")
    old = list(Decision.objects.filter(conference_child__in=[row.pk for row in children]))
    already = [text for each in old for text in (each.reasons, each.interim_plan, each.consent_by)]
    family_id, now = conference.family_id, Readers(audience)
    also = [Source("decision", "What you keep apart in this decision", now, restricted)] if restricted else []
    trail = checked(by, family_id, texts, Readers(), leave=leave, already=already, also=also)
    if restricted:
        was = [each for each in old if each.restricted and is_within(now, Readers(each.restricted_audience))]
        stood = [each.restricted for each in was]
        trail |= checked(by, family_id, [restricted], now, leave=leave, already=stood, field="restricted")
    return trail


def _words(conference, outcome, category, reasons, consent_by, not_decided_reason, interim_plan, new_date_on) -> dict:
    if outcome not in Outcome.values:
        raise Invalid("Choose what is decided.", "outcome")
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
    }
    if outcome == Outcome.NOT_DECIDED:
        return words | _not_decided(conference, not_decided_reason, interim_plan, new_date_on)
    if conference.quorate is not None and not rules.may_decide(conference.quorate, conference.quorum_reason):
        raise Invalid(
            "The conference is not quorate, so a plan cannot be decided. Choose “Not decided”, or go back to the "
            "quorum and say why the conference goes ahead.",
            "outcome",
        )
    if outcome == Outcome.PROTECTION_PLAN:
        if category not in Category.values:
            raise Invalid("Choose the category.", "category")
        return words | {"category": category}
    if outcome == Outcome.CHILD_IN_NEED:
        if not consent_by.strip():
            raise Invalid("Say who consented to the child in need plan: there is none without consent.", "consent_by")
        return words | {"consent_by": consent_by.strip()}
    return words


def _not_decided(conference, reason, interim_plan, new_date_on) -> dict:
    if reason not in NotDecidedReason.values:
        raise Invalid("Choose why nothing is decided.", "not_decided_reason")
    if not interim_plan.strip():
        sentence = "Write the interim plan that keeps the child safe until the conference is held again."
        raise Invalid(sentence, "interim_plan")
    if new_date_on is None:
        raise Invalid("Enter the date on which the conference is held again.", "new_date_on")
    if refusal := rules.new_date_refusal(new_date_on, conference.held_on, calendar()):
        raise Invalid(refusal, "new_date_on")
    return {"not_decided_reason": reason, "interim_plan": interim_plan.strip(), "new_date_on": new_date_on}
