"""Restricts families, names the people who may see them, and shares facts with the open families.

The team manager does so even when not named."""

from django.db.models.base import ModelState

from cpc.core.accounts.permissions import Permission, can_see
from cpc.core.audit.door import acting
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.access.queries.access import last_day_of_cover, who_can_be_named
from families.access.queries.circles import (
    GIVEN,
    conflicts_to_confirm,
    differences,
    not_given_back,
    open_records,
)
from families.cases.choices import RestrictionKind
from families.cases.models import AccessGrant, DeclaredConflict, Family
from families.cases.rules import what_is_wrong_with_access
from families.finding.actions import merge_reopened_family
from families.people.actions.circles import (
    create_restricted_records,
    extend_conflict,
    open_families_sharing_people,
    void_checks,
)
from families.people.actions.search_index import reindex
from families.people.models import Person, PersonName, ProtectedFrom, Protection
from families.people.rules.people import is_safe_for_route


def restrict_family(*, by, access, kind, reason, named, until_on) -> Family:
    """Restrict the family: only ``named`` and the user who restricts it may see it, until ``until_on``.

    The family gets its own record of everybody who is also in an open family. Raises Invalid unless ``named`` includes
    the family's social worker and its team manager, so that the work can go on.
    """
    named = {user.pk: user for user in named}
    family = Family.objects.get(pk=access.pk)
    did = f"Restricted the family and named {', '.join(str(user) for user in named.values())}"
    with acting(by, Permission.RESTRICT_FAMILY, on=access, about=family, reason=reason, did=did, named=sorted(named)):
        if access.restricted:
            raise WrongState("This family is already restricted. Reload the page to see who is named.")
        if kind not in RestrictionKind.values:
            raise Invalid("Choose why only some people may see this family", "kind")
        if not reason.strip():
            raise Invalid("Say why only some people may see this family", "reason")
        _refuse_without_those_who_work_with_it(access, named)
        _check_until(by, until_on)
        allowed = {user.pk: user for user in who_can_be_named(access)}
        if strangers := [user for pk, user in named.items() if pk not in allowed]:
            raise Invalid(f"{strangers[0]} cannot be named for this family. Choose somebody else", "named")
        family = _save(family, restricted=True, restricted_kind=kind, restricted_reason=reason.strip())
        create_restricted_records(family)
        last = last_day_of_cover(by, access)
        for pk in named.keys() | {by.id}:
            if pk in allowed:
                _grant(
                    by, family, pk, min(until_on, last) if last and not _works_here(access, pk) else until_on, reason
                )
    return family


def lift_restriction(*, by, access, reason) -> Family:
    """Lift the restriction: the ordinary access routes open the family again, and all grants end.

    Its records of people who are also in an open family are merged with theirs. Managers are shown those that differ.
    """
    family = Family.objects.get(pk=access.pk)
    with acting(by, Permission.RESTRICT_FAMILY, on=access, about=family, reason=reason, did="Lifted the restriction"):
        if not access.restricted:
            raise WrongState("This family is no longer restricted.")
        if not reason.strip():
            raise Invalid("Say why the family no longer needs to be restricted", "reason")
        AccessGrant.objects.filter(family=family, ended_on__isnull=True).update(ended_on=by.on)
        family = _save(family, restricted=False, restricted_kind="", restricted_reason="")
        merge_reopened_family(by, family, reason.strip())
        return family


def name_for(*, by, access, user, until_on, reason) -> AccessGrant:
    """Let the user see the restricted family from today until ``until_on``. Their earlier grants end."""
    family = Family.objects.get(pk=access.pk)
    did = f"Named {user} until {in_words(until_on)}"
    with acting(by, Permission.RESTRICT_FAMILY, on=access, about=family, reason=reason, did=did, named=[user.pk]):
        if not access.restricted:
            raise WrongState("This family is not restricted, so nobody needs to be named for it.")
        if not who_can_be_named(access).filter(pk=user.pk).exists():
            raise Invalid(f"{user} cannot be named for this family. Choose somebody else", "user")
        if not reason.strip():
            raise Invalid("Say why they need to see this family", "reason")
        _check_until(by, until_on)
        last = None if _works_here(access, user.pk) else last_day_of_cover(by, access)
        if last and until_on > last:
            raise Invalid(f"You cover this team until {in_words(last)}: name nobody for longer", "until_on")
        AccessGrant.objects.filter(family=family, user=user, ended_on__isnull=True).update(ended_on=by.on)
        return _grant(by, family, user.pk, until_on, reason)


def end_access(*, by, access, grant, reason) -> AccessGrant:
    """End the user's access to the family. Raises Invalid if nobody would be left, or if they work with the family."""
    family = Family.objects.get(pk=access.pk)
    did = f"Ended the access of {grant.user}"
    with acting(by, Permission.RESTRICT_FAMILY, on=access, about=family, reason=reason, did=did, ended=[grant.user_id]):
        grant = AccessGrant.objects.select_for_update().get(pk=grant.pk, family=family)
        if grant.ended_on or grant.until_on < by.on:
            raise WrongState("This access has already ended.")
        if not reason.strip():
            raise Invalid("Say why they no longer need to see this family", "reason")
        live = AccessGrant.objects.filter(family=family, ended_on__isnull=True, until_on__gte=by.on)
        if not live.exclude(pk=grant.pk).exists():
            raise Invalid("Nobody else is named for this family. Name somebody first, or lift the restriction")
        _refuse_to_end_for_who_works_here(access, grant, live)
        grant.ended_on = by.on
        grant.save()
        return grant


def _refuse_without_those_who_work_with_it(access, named) -> None:
    missing = [
        f"{user}, {what}"
        for user, what in ((access.social_worker, "its social worker"), (access.team.manager, "the team’s manager"))
        if user is not None and user.is_active and user.pk not in named and _may_be_named(access, user)
    ]
    if missing:
        raise Invalid(f"Name {' and '.join(missing)} as well: otherwise nobody could go on with the work", "named")
    if not named:
        raise Invalid("Name at least one person who may see this family", "named")


def _refuse_to_end_for_who_works_here(access, grant, live) -> None:
    if live.filter(user=grant.user_id).exclude(pk=grant.pk).exists() or not grant.user.is_active:
        return
    if grant.user_id == access.social_worker_id:
        raise Invalid(f"{grant.user} is its social worker. Give the family to another social worker first")
    if grant.user_id == access.team.manager_id:
        raise Invalid(f"{grant.user} runs its team. Give the family to another team, or the team another manager first")


def _works_here(access, pk) -> bool:
    """Whether the user is the family’s social worker or team manager, and keeps it when the cover ends."""
    return pk in (access.social_worker_id, access.team.manager_id)


def _may_be_named(access, user) -> bool:
    return who_can_be_named(access).filter(pk=user.pk).exists()


def _check_until(by, until_on) -> None:
    if wrong := what_is_wrong_with_access(by.on, until_on):
        raise Invalid(wrong, "until_on")


def _grant(by, family, user_id, until_on, reason) -> AccessGrant:
    return AccessGrant.objects.create(
        user_id=user_id, family=family, from_on=by.on, until_on=until_on, reason=reason.strip(), granted_by_id=by.id
    )


def _save(family, **values) -> Family:
    for field, value in values.items():
        setattr(family, field, value)
    family.save(update_fields=list(values))
    return family


def give_back(*, by, access, fact, reason):
    """Copy this fact of the restricted family to the open families (``fact``: its sort and id, "address:12")."""
    family = Family.objects.get(pk=access.pk)
    did = "Shared a fact with the open families"
    with acting(by, Permission.RESTRICT_FAMILY, on=access, about=family, reason=reason.strip(), did=did, fact=fact):
        if not can_see(by, family):
            raise NotPermitted("You cannot do this. Ask somebody who is named for this family.")
        if not reason.strip():
            raise Invalid("Say why the open families should see this", "reason")
        row = next((one for sort, one, _ in not_given_back(family) if f"{sort}:{one.pk}" == fact), None)
        if row is None:
            raise Invalid("Choose which fact the open families should see", "fact")
        given = _copy_to_open_records(row, GIVEN[fact.split(":")[0]][1])
        _copy_protections(row, given)
        people = list(Person.objects.filter(pk__in=[getattr(given, f"{one}_id") for one in _people(given)]))
        if isinstance(given, PersonName):
            reindex(*people)
        void_checks(people)
        return given


def settle_difference(*, by, access, answer, reason) -> None:
    """Record in both records what one of them says (``answer``: as ``Difference.answer`` gives it).

    Refused if a record was changed after the answer was offered.
    """
    family = Family.objects.get(pk=access.pk)
    with acting(by, Permission.SETTLE_DIFFERENCES, on=access, about=family, reason=reason.strip(), answer=answer):
        if not can_see(by, family):
            raise NotPermitted("You cannot do this. Ask somebody who is named for this family.")
        if not reason.strip():
            raise Invalid("Say how you know which record is right", "reason")
        found = next((one for one in differences(family.pk) if answer in dict(one.answers())), None)
        if found is None:
            raise Invalid("Choose which record is right", "answer")
        right, wrong = (found.here, found.there) if answer == found.answer("here") else (found.there, found.here)
        if found.sort == "way":
            _change_the_way(wrong, right.safe_contact)
        else:
            wrong.parental_responsibility = right.parental_responsibility
            wrong.responsibility_source = right.responsibility_source
        wrong.save()
        void_checks([found.here.person_id] if found.sort == "way" else [found.here.child_id, found.here.adult_id])


def _change_the_way(contact, way) -> None:
    """Change the way, but not the number or address: what one circle knows is not copied to the other."""
    missing = is_safe_for_route(way, email=contact.email, phone=contact.phone, has_hand=contact.hand_by_id is not None)
    if missing:
        raise Invalid(
            "The other record lacks what this way of reaching them needs. Record it there first, or choose the other "
            "answer",
            "answer",
        )
    contact.safe_contact = way


def confirm_conflict(*, by, access, user, reason) -> None:
    """Record that the user must not see this restricted family, or any open family that shares a person with it."""
    family = Family.objects.get(pk=access.pk)
    did = f"Confirmed that {user} must not see this family"
    with acting(by, Permission.RESTRICT_FAMILY, on=access, about=family, reason=reason.strip(), did=did, user=user.pk):
        if not can_see(by, family):
            raise NotPermitted("You cannot do this. Ask somebody who is named for this family.")
        if user not in conflicts_to_confirm(family):
            raise Invalid("Choose somebody who has declared that they know one of these people", "user")
        places = open_families_sharing_people(family) | {family.pk}
        declared = DeclaredConflict.objects.live().filter(user=user, family__in=places).order_by("pk").first()
        extend_conflict(declared, places)


def _people(row) -> tuple[str, ...]:
    return next(fields for model, fields in GIVEN.values() if isinstance(row, model))


def _copy_to_open_records(row, fields):
    of = open_records([getattr(row, f"{field}_id") for field in fields])
    given = type(row).objects.get(pk=row.pk)
    given.pk, given._state = None, ModelState()
    for field in fields:
        setattr(given, f"{field}_id", of[getattr(row, f"{field}_id")])
    given.save()
    return given


def _copy_protections(row, given) -> None:
    """Copy the protections of an address together with the address."""
    for entry in Protection.objects.live().filter(address=row.pk) if hasattr(row, "postcode") else ():
        readers = entry.named
        of = open_records(readers)
        entry.pk, entry._state = None, ModelState()
        entry.person_id, entry.address_id = given.person_id, given.pk
        entry.save()
        ProtectedFrom.objects.bulk_create(ProtectedFrom(protection=entry, person_id=of.get(pk, pk)) for pk in readers)
