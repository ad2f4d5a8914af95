"""The restricted texts before a conference: findings, the chair's talks, strategy discussions, and the evidence for
exclusions.
"""

from django.db.models import F, Value
from django.utils import timezone
from django.utils.formats import date_format

from conferences.convening.models import (
    ChairTalk,
    DiscussionAgency,
    DiscussionChild,
    EnquiryChild,
    Exclusion,
    SafetyPlanStep,
    StrategyDiscussion,
)
from conferences.disclosure.choices import Audience
from conferences.disclosure.queries import UNSEEN, ids_seen, joined_text, key_of, readers_of, restricted_texts, source
from conferences.disclosure.rules.shared_passages import Source
from cpc.core.accounts.permissions import Viewer


def _talks(family_id):
    rows = ChairTalk.objects.filter(conference__family=family_id).exclude(audience=Audience.EVERYONE)
    return rows.annotate(words=joined_text("what_was_said", "not_held_reason"), readers_are=F("audience"))


@restricted_texts(_talks)
def talks(family_id, viewer: Viewer):
    """What a family member told the chair alone."""
    rows = _talks(family_id)
    found = list(rows.select_related("person"))
    seen = ids_seen(viewer, rows) if found else set()
    for one in found:
        on = one.held_on or one.conference.held_on
        who = f"the chair’s talk with {one.person.full_name}"
        yield source(one, one.words, readers_of(one.audience), who, on, seen=one.pk in seen)


def _strategy_discussions(family_id):
    rows = StrategyDiscussion.objects.filter(family=family_id)
    return rows.annotate(words=joined_text("concerns", "medical_result"), readers_are=Value(Audience.POLICE.value))


@restricted_texts(_strategy_discussions)
def strategy_discussions(family_id, viewer: Viewer):
    """What was said of the children before the family was told: for those who hold the case.

    Its audience is police information: no copy holds it, but a note for that audience may.
    """
    rows = _strategy_discussions(family_id)
    found = list(rows)
    seen = ids_seen(viewer, rows) if found else set()
    for one in found:
        told = _of_discussion(one) if one.pk in seen else UNSEEN
        yield Source(key_of(one), told, readers_of(one.readers_are), one.words, seen=one.pk in seen)


def _of_discussion(discussion) -> str:
    return f"the strategy discussion of {date_format(discussion.held_on, 'j F Y')}"


def _shares(family_id):
    rows = DiscussionAgency.objects.filter(discussion__family=family_id)
    return rows.annotate(words=joined_text("shared", "why_not"), readers_are=F("audience"))


@restricted_texts(_shares)
def shares(family_id, viewer: Viewer):
    """What each agency shared at a strategy discussion, for the audience that was chosen for it."""
    rows = _shares(family_id)
    found = list(rows.select_related("discussion"))
    seen = ids_seen(viewer, rows) if found else set()
    for one in found:
        may = one.pk in seen
        told = f"{one.get_agency_display()} at {_of_discussion(one.discussion)}" if may else UNSEEN
        yield Source(key_of(one), told, readers_of(one.readers_are), one.words, seen=may)


def _decisions(family_id):
    rows = DiscussionChild.objects.filter(discussion__family=family_id)
    return rows.annotate(words=F("reason"), readers_are=Value(Audience.POLICE.value))


@restricted_texts(_decisions)
def decisions(family_id, viewer: Viewer):
    """Why a strategy discussion decided as it did for a child: for those who may read the discussion."""
    found = list(_decisions(family_id).select_related("discussion"))
    seen = ids_seen(viewer, StrategyDiscussion.objects.filter(family=family_id)) if found else set()
    for one in found:
        may = one.discussion_id in seen
        told = _of_discussion(one.discussion) if may else UNSEEN
        yield Source(key_of(one), told, readers_of(one.readers_are), one.words, seen=may)


def _findings(family_id):
    rows = EnquiryChild.objects.filter(enquiry__family=family_id).exclude(findings="")
    return rows.annotate(words=joined_text("findings", "follows"), readers_are=Value(Audience.POLICE.value))


@restricted_texts(_findings)
def findings(family_id, viewer: Viewer):
    """What a section 47 enquiry found about each child: for those who may read its strategy discussion."""
    found = list(_findings(family_id).select_related("enquiry"))
    discussions = StrategyDiscussion.objects.filter(family=family_id)
    seen = ids_seen(viewer, discussions) if found else set()
    for one in found:
        may = one.enquiry.strategy_discussion_id in seen
        on = f" of {date_format(one.enquiry.outcome_on, 'j F Y')}" if one.enquiry.outcome_on else ""
        told = f"the outcome of the section 47 enquiry{on}" if may else UNSEEN
        yield Source(key_of(one), told, readers_of(one.readers_are), one.words, seen=may)


def _private_steps(family_id):
    rows = SafetyPlanStep.objects.filter(plan__family=family_id, for_all=False)
    return rows.annotate(words=F("what"), readers_are=Value(Audience.POLICE.value))


@restricted_texts(_private_steps)
def private_steps(family_id, viewer: Viewer):
    """Steps of an interim safety plan that only who does them may read: they may tell where somebody is."""
    rows = _private_steps(family_id)
    found = list(rows.select_related("who"))
    seen = ids_seen(viewer, rows) if found else set()
    for one in found:
        may = one.pk in seen
        told = f"a step of the interim safety plan for {one.who.name} alone" if may else UNSEEN
        yield Source(key_of(one), told, readers_of(one.readers_are), one.words, seen=may)


def _evidence(family_id):
    rows = Exclusion.objects.filter(conference__family=family_id)
    return rows.annotate(words=F("evidence"), readers_are=Value(Audience.POLICE.value))


@restricted_texts(_evidence)
def evidence(family_id, viewer: Viewer):
    """The evidence for excluding somebody: for the staff of the conference, in no letter and no copy."""
    rows = _evidence(family_id)
    found = list(rows.select_related("person", "user", "conference"))
    seen = ids_seen(viewer, rows) if found else set()
    for one in found:
        who = f"the evidence for excluding {one.person.full_name if one.person_id else one.user}"
        on = one.conference.held_on or timezone.localdate(one.conference.requested_at)
        yield source(one, one.evidence, readers_of(one.readers_are), who, on, seen=one.pk in seen)
