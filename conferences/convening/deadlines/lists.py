"""Deadlines of the list of invited people: sending, second checks, exclusions, and what is held back."""

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from conferences.convening.choices import CHAIR, OCCASIONS, ExclusionState
from conferences.convening.choices import ConferenceState as S
from conferences.convening.deadlines.names import named, of_administrator, of_team, page_of, with_names
from conferences.convening.models import (
    Conference,
    Exclusion,
    ExclusionEvent,
    Invitation,
    InvitationEvent,
)
from conferences.convening.queries.acting import acting_id
from conferences.convening.queries.attending import behind_on_the_list
from conferences.convening.queries.clock import notice_key
from conferences.convening.queries.exclusions import waiting_at
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.list_checks import LIST_HAS_CHANGED, makers_of_lists, second_people
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import User
from cpc.core.accounts.queries import ids_holding
from cpc.core.audit.models import Event
from cpc.core.documents.choices import CheckKind, CheckState, OutgoingState
from cpc.core.documents.models import Outgoing, SecondCheck
from cpc.core.kernel.duties import Duty, Harm, ids
from cpc.core.policy.asked_together import one_kind
from cpc.core.policy.queries import due
from families.cases.models import Family
from families.protections.queries.entries import families_that_withhold


@one_kind
def to_invite(administrators, service, asked=None):
    """Booked conferences without any invitation sent: for the administrators."""
    found = with_names(Conference.objects.filter(~_some_sent(), state=S.BOOKED))
    if asked and not service & asked.whose:
        found = found.filter(of_administrator(asked.whose, administrators))
    for conference in found:
        notice = notice_key(conference.is_review)
        yield Duty(
            kind="invite",
            id=conference.pk,
            due_on=due(notice, conference.held_on).on,
            **named("Send the invitations to", conference),
            path=page_of(conference.pk),
            family_id=conference.family_id,
            owners=ids(conference.administrator_id) or administrators,
            then=service,
            rule=notice,
        )


@one_kind
def to_invite_as_well(administrators, service, asked=None):
    """Booked conferences to which others are invited and somebody is not yet, because they came on the list later or
    somebody handed over to them: for the administrators, at once. Not for a person who is, or may be, excluded.
    """
    found = Conference.objects.filter(_some_sent(), _somebody_waits(), state=S.BOOKED)
    if asked and not service & asked.whose:
        found = found.filter(of_administrator(asked.whose, administrators))
    for conference in with_names(found):
        yield Duty(
            kind="invite_as_well",
            id=conference.pk,
            due_on=timezone.localdate(),
            **named("Send the remaining invitations to", conference),
            path=reverse("conferences:invitations", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.administrator_id) or administrators,
            then=service,
        )


CHANGE_WHAT_IS_TOLD = ("change", "decide companion", "end companion", "child’s part")


@one_kind
def to_tell_of_a_change(administrators, service, asked=None):
    """Booked conferences at which how somebody attends or who comes with them was changed, or a child was added, after
    people were invited, and nothing that tells them is on its way: for the administrators. One query, and those of a
    letter for each with such a change.
    """
    kind = Conference._meta.label_lower
    acts = Event.objects.filter(on_kind=kind, on_id=OuterRef("pk")).order_by("-at").values("at")
    sent = Outgoing.objects.filter(about_kind=kind, about_id=OuterRef("pk"), purpose__in=OCCASIONS)
    found = Conference.objects.filter(state=S.BOOKED).annotate(
        changed_at=Subquery(acts.filter(details__step__in=CHANGE_WHAT_IS_TOLD)[:1]),
        child_added_at=Subquery(acts.filter(details__included=True)[:1]),
        first_sent_at=Subquery(sent.order_by("queued_at").values("queued_at")[:1]),
        sent_at=Subquery(sent.order_by("-queued_at").values("queued_at")[:1]),
    )
    # A child is added rarely and concerns many: a letter that was written again for one of them tells nobody else.
    found = found.filter(Q(changed_at__gt=F("sent_at")) | Q(child_added_at__gt=F("first_sent_at")))
    if asked and not service & asked.whose:
        found = found.filter(of_administrator(asked.whose, administrators))
    for conference in found.select_related("family").defer("family__search_index"):
        if not behind_on_the_list(letter_context(conference)):
            continue
        yield Duty(
            kind="tell_of_change",
            id=conference.pk,
            due_on=timezone.localdate(),
            **named("Tell invited people what has changed about", conference),
            path=reverse("conferences:invitations", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.administrator_id) or administrators,
            then=service,
        )


def _some_sent() -> Exists:
    return Exists(Invitation.objects.filter(conference=OuterRef("pk"), sent_at__isnull=False))


def _somebody_waits() -> Exists:
    """Somebody on the list is not invited yet. Of the family, only those who came on the list after the last who was
    invited and are not, and may not be, excluded: the others could not be reached then, and the list's page says why.
    """
    rows = Invitation.objects.filter(conference=OuterRef("pk"), withdrawn_at__isnull=True)
    same = Q(person=OuterRef("person")) | Q(user=OuterRef("user"))
    excluded = Exclusion.objects.open().filter(same, conference=OuterRef("conference"))
    sent = Invitation.objects.filter(conference=OuterRef("conference"), sent_at__isnull=False).order_by("-pk")
    later = Q(person__died_on__isnull=True, pk__gt=Subquery(sent.values("pk")[:1]))
    return Exists(rows.filter(Q(person__isnull=True) | later, ~Exists(excluded), sent_at__isnull=True))


@one_kind
def to_be_together():
    """What a chair decided about two people who must not meet, while a second person has not answered: for the team
    manager. Two queries.
    """
    kind = Conference._meta.label_lower
    waiting = list(SecondCheck.objects.filter(kind=CheckKind.TOGETHER, state=CheckState.ASKED, about_kind=kind))
    if not waiting:
        return
    found = Conference.objects.select_related("family__team").defer("family__search_index")
    conferences = found.in_bulk({one.about_id for one in waiting})
    for one in waiting:
        conference = conferences[one.about_id]
        yield Duty(
            is_second_check=True,
            kind="decide_to_share",
            harm=Harm.SAFETY,
            id=one.pk,
            due_on=conference.held_on or conference.due_on,
            **named("Second check of people who must not meet at", conference),
            path=reverse("conferences:answer_must_not_meet", args=[conference.pk, one.pk]),
            family_id=conference.family_id,
            owners=ids(conference.family.team.manager_id) - ids(one.asked_by_id),
        )


@one_kind
def exclusions_to_decide(asked=None):
    """Requests to exclude somebody from a booked conference, and exclusions that are offered again: for its chair. Two
    queries.
    """
    found = Conference.objects.filter(state=S.BOOKED).filter(
        Q(exclusions__state=ExclusionState.REQUESTED)
        | Q(family__conferences__exclusions__state=ExclusionState.IN_FORCE)
    )
    found = found.annotate(acting_id=acting_id())
    if asked:
        found = found.filter(Q(chair__in=asked.whose) | Q(acting_id__in=asked.whose))
    found = list(with_names(found).distinct())
    waiting, able = waiting_at(found), ids_holding(Role.CHAIR)
    for conference in (one for one in found if one.pk in waiting):
        if not conference.acting_id and conference.chair_id not in able:
            continue  # the service manager names somebody first
        yield Duty(
            kind="decide_exclusion",
            harm=Harm.SAFETY,
            id=conference.pk,
            due_on=due("exclusion_request", conference.held_on).on,
            **named("Decide on an exclusion request for", conference),
            path=reverse("conferences:exclusions", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.acting_id or conference.chair_id),
        )


@one_kind
def exclusion_letters(administrators, asked=None):
    """Booked conferences where somebody is excluded and only the letter about it has not been sent: for the
    administrators. Where an invitation waits too, the letter goes with it (``to_invite``, ``to_invite_as_well``). One
    query.
    """
    found = Conference.objects.filter(_some_sent(), ~_somebody_waits(), state=S.BOOKED).filter(
        exclusions__state=ExclusionState.IN_FORCE, exclusions__letter_sent_at__isnull=True,
        exclusions__person__isnull=False,
    )  # fmt: skip
    if asked:
        found = found.filter(of_administrator(asked.whose, administrators))
    for conference in with_names(found).distinct():
        yield Duty(
            kind="send_exclusion_letter",
            harm=Harm.SAFETY,
            id=conference.pk,
            due_on=due("exclusion_request", conference.held_on).on,
            **named("Send the exclusion letter for", conference),
            path=reverse("conferences:invitations", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.administrator_id) or administrators,
        )


@one_kind
def lists_to_check(service, asked=None):
    """Lists that a second person must check and nobody has checked since their last change (see ``second_people``).
    Seven queries.
    """
    checks = SecondCheck.objects.filter(
        kind=CheckKind.LIST, about_kind=Conference._meta.label_lower, about_id=OuterRef("pk")
    )
    by_another = checks.exclude(by_id=Coalesce(OuterRef("administrator"), 0))  # the sender does not count
    of_family = InvitationEvent.objects.filter(conference=OuterRef(OuterRef("pk")), person__isnull=False)
    # That its letter was sent changes nothing in the list.
    unsent = Q(letter_sent_at__isnull=True, person__isnull=False)
    of_exclusions = ExclusionEvent.objects.filter(unsent, conference=OuterRef(OuterRef("pk")))
    found = Conference.objects.filter(state=S.BOOKED, invitations__person__isnull=False).distinct()
    if asked and not service & asked.whose:
        found = found.filter(of_team(asked.whose))
    found = found.annotate(
        sent=_some_sent(),
        excluded=Exists(Exclusion.objects.in_force().filter(unsent, conference=OuterRef("pk"))),
        checked_at=Subquery(by_another.order_by("-decided_at").values("decided_at")[:1]),
        changed_at=_last_act(of_family),
        exclusion_at=_last_act(of_exclusions),
    )
    waiting = Q(checked_at=None) | Q(checked_at__lt=F("changed_at")) | Q(checked_at__lt=F("exclusion_at"))
    found = found.filter(waiting, Q(sent=False) | Q(excluded=True))
    found = with_names(found.select_related("family__team"), "family__social_worker", "family__team__manager")
    found = list(found)
    kept = families_that_withhold({conference.family_id for conference in found}) if found else set()
    made = makers_of_lists([conference.pk for conference in found]) if found else {}
    for conference in found:
        if conference.family_id not in kept and not conference.excluded:
            continue
        notice = notice_key(conference.is_review)
        yield Duty(
            kind="check_list",
            harm=Harm.SAFETY,
            id=conference.pk,
            due_on=due(notice, conference.held_on).on,
            **named("Second check of the people to invite to", conference),
            path=reverse("conferences:check_invitations", args=[conference.pk]),
            family_id=conference.family_id,
            **second_people(conference, made[conference.pk], service),
            rule=notice,
            is_second_check=True,
        )


def _last_act(history) -> Subquery:
    acts = Event.objects.filter(pk__in=history.order_by().values("pgh_context_id"))
    return Subquery(acts.order_by("-at").values("at")[:1])


@one_kind
def held_back(administrators, service, to_check=frozenset()):
    """Every letter and message that is held back, whatever it is about: for the family’s social worker where a letter
    about a conference waits for the list to be checked (except ``to_check``, the conferences with a list that they must
    check anyway), otherwise for the administrators. One query, and one more for each kind of record.
    """
    by_kind = {}
    # What tells a former chair that they are not needed is nobody's to look at once their account is closed.
    closed = User.objects.filter(is_active=False)
    # Late from the day it was held back: a copy may have been released long before.
    moments = Outgoing.pgh_event_model.objects.filter(pgh_obj=OuterRef(OuterRef("pk")), state=OutgoingState.HELD)
    held_at = Coalesce(_last_act(moments), "queued_at")
    rows = Outgoing.objects.filter(state=OutgoingState.HELD).annotate(held_at=held_at).order_by("held_at", "pk")
    rows = rows.exclude(purpose=CHAIR, recipient_kind="user", recipient_id__in=closed.values("pk"))
    for kind, *one in rows.values_list("about_kind", "about_id", "pk", "purpose", "held_at", "why_failed"):
        by_kind.setdefault(kind, []).append(one)
    if about_conferences := by_kind.pop(Conference._meta.label_lower, None):
        yield from _held_about_conferences(about_conferences, administrators, service, to_check)
    for kind, held in by_kind.items():
        yield from _held_about_others(kind, held, administrators, service)


def _held_about_others(kind, held, administrators, service):
    families = _families_of(kind, {about for about, *_ in held})
    for about, pk, _, held_at, _ in held:
        family = families.get(about)
        yield Duty(
            kind="held_back",
            id=pk,
            due_on=timezone.localdate(held_at),
            says=f"Look at a letter or message that is held back{f': {family}' if family else ''}",
            path=reverse("documents:outgoing", args=[pk]),
            family_id=family.pk if family else 0,
            owners=administrators or service,
            then=service,
        )


def _families_of(kind, about) -> dict[int, Family]:
    """The family of each of these records (ids) of that kind, where they have one."""
    if not kind:
        return {}
    model = apps.get_model(kind)
    if model is Family:
        return Family.objects.in_bulk(about)
    if not any(one.name == "family" for one in model._meta.get_fields()):
        return {}
    return {one.pk: one.family for one in model.objects.select_related("family").filter(pk__in=about)}


def _held_about_conferences(held, administrators, service, to_check):
    found = Conference.objects.select_related("family__team").defer("family__search_index")
    conferences = found.in_bulk({about for about, *_ in held})
    seen, made = set(), makers_of_lists(conferences)
    for about, pk, purpose, held_at, why in held:
        conference, awaits_check = conferences[about], LIST_HAS_CHANGED in why
        place = "check" if awaits_check else "list" if purpose in OCCASIONS else "other"
        if (about, place) in seen:
            continue
        seen.add((about, place))
        if awaits_check and about in to_check:
            continue
        if awaits_check:
            yield Duty(
                is_second_check=True,
                kind="check_list_again",
                harm=Harm.SAFETY,
                id=conference.pk,
                due_on=timezone.localdate(held_at),
                **named("Letters are waiting. Repeat the second check of the people to invite to", conference),
                path=reverse("conferences:check_invitations", args=[conference.pk]),
                family_id=conference.family_id,
                **second_people(conference, made[conference.pk], service),
            )
        else:
            about_the_list = place == "list"
            yield Duty(
                kind="held_back",
                id=pk,
                due_on=timezone.localdate(held_at),
                **named(f"Review the {'letters' if about_the_list else 'other messages'} held back for", conference),
                path=reverse("conferences:invitations", args=[conference.pk])
                if about_the_list
                else reverse("documents:outgoing", args=[pk]),
                family_id=conference.family_id,
                owners=ids(conference.administrator_id) or administrators,
                then=service,
            )
