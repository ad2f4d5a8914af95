"""The restricted texts before a conference: findings, the chair's talks, strategy discussions, and the evidence for
exclusions.
"""

from django.db.models import F, Value
from django.utils.formats import date_format

from conferences.convening.models import ChairTalk, Enquiry, Exclusion, StrategyDiscussion
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
    return rows.annotate(words=joined_text("concerns", "decided"), readers_are=Value(Audience.POLICE.value))


@restricted_texts(_strategy_discussions)
def strategy_discussions(family_id, viewer: Viewer):
    """What agencies said before the family was told: for those who hold the case.

    Its audience is police information: no copy holds it, but a note for that audience may.
    """
    rows = _strategy_discussions(family_id)
    found = list(rows)
    seen = ids_seen(viewer, rows) if found else set()
    for one in found:
        told = f"the strategy discussion of {date_format(one.held_on, 'j F Y')}" if one.pk in seen else UNSEEN
        yield Source(key_of(one), told, readers_of(one.readers_are), one.words, seen=one.pk in seen)


def _findings(family_id):
    rows = Enquiry.objects.filter(strategy_discussion__family=family_id).exclude(findings="")
    return rows.annotate(words=F("findings"), readers_are=Value(Audience.POLICE.value))


@restricted_texts(_findings)
def findings(family_id, viewer: Viewer):
    """The findings of a section 47 enquiry: for those who may read its strategy discussion."""
    found = list(_findings(family_id))
    discussions = StrategyDiscussion.objects.filter(family=family_id)
    seen = ids_seen(viewer, discussions) if found else set()
    for one in found:
        may = one.strategy_discussion_id in seen
        on = f" of {date_format(one.outcome_on, 'j F Y')}" if one.outcome_on else ""
        told = f"the outcome of the section 47 enquiry{on}" if may else UNSEEN
        yield Source(key_of(one), told, readers_of(one.readers_are), one.words, seen=may)


def _evidence(family_id):
    rows = Exclusion.objects.filter(conference__family=family_id)
    return rows.annotate(words=F("evidence"), readers_are=Value(Audience.POLICE.value))


@restricted_texts(_evidence)
def evidence(family_id, viewer: Viewer):
    """The evidence for excluding somebody: for the staff of the conference, in no letter and no copy."""
    rows = _evidence(family_id)
    found = list(rows.select_related("person", "conference"))
    seen = ids_seen(viewer, rows) if found else set()
    for one in found:
        who = f"the evidence for excluding {one.person.full_name}"
        yield source(one, one.evidence, readers_of(one.readers_are), who, one.conference.held_on, seen=one.pk in seen)
