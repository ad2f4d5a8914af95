"""Every list of conferences and what leads to them asks the database as often for 200 rows as for 2."""

from copy import copy
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone

from conferences.convening.choices import Post
from conferences.convening.models import (
    Conference,
    ConferenceChild,
    Dispute,
    DisputeStage,
    Invitation,
    InvitationChild,
    PostHeld,
    StrategyDiscussion,
)
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    a_room,
    an_agreed_conference,
    an_invited_conference,
    at,
)
from conferences.tests.test_request import a_declined_request
from cpc.core.accounts.choices import CoverKind, Role
from cpc.core.accounts.models import Team, TeamCover, User
from cpc.core.accounts.permissions import system
from cpc.core.accounts.tests.builders import TODAY, a_council, a_user, setting_up
from cpc.core.documents.choices import Channel
from cpc.core.documents.models import DataIncident, Document, Outgoing
from cpc.core.policy.models import BankHoliday, LocalLimit
from cpc.imports.models import Import, SetAside
from cpc.tests.architecture.addresses import addresses
from families.cases.models import DeclaredConflict, EmergencyAccess, Family
from families.people.actions.search_index import reindex_everybody
from families.people.choices import Part
from families.people.models import Membership, Person, PossibleDuplicate
from families.tests.builders import declare_conflict, the_marlows
from reports.outgoing.actions.releasing import release
from reports.outgoing.models import Copy, CopyChild
from reports.tests.builders import an_approved_record, copy_for, looked_at

pytestmark = pytest.mark.django_db
MIDNIGHT = at(HELD_ON, 0)


@pytest.fixture(autouse=True)
def the_day():
    """The day before the conferences, so that they are on every list of what is coming."""
    with time_machine.travel(at(HELD_ON - timedelta(days=1), 9), tick=True):
        yield


def copies(record, number, change):
    """``number`` more rows like ``record``; ``change`` is called with each and its place in the row."""
    made = []
    for place in range(number):
        one = copy(record)
        one.pk, one._state = None, copy(record._state)
        one._state.adding = True
        change(one, place)
        made.append(one)
    with setting_up():
        return type(record).objects.bulk_create(made)


def booked(number):
    convened = a_booked_conference()

    def at_a_time_of_its_own(one, place):
        one.starts_at = MIDNIGHT + timedelta(minutes=4 * place)
        one.ends_at = one.starts_at + timedelta(minutes=3)
        one.anchor_on -= timedelta(days=place + 1)

    with setting_up():  # out of the way of the others
        Conference.objects.update(starts_at=MIDNIGHT + timedelta(hours=20), ends_at=MIDNIGHT + timedelta(hours=22))
    copies(Conference.objects.get(pk=convened.conference.pk), number - 1, at_a_time_of_its_own)
    return convened.council.users.administrator


def agreed(number):
    convened = an_agreed_conference()

    def earlier(one, place):
        one.anchor_on -= timedelta(days=place + 1)

    copies(Conference.objects.get(pk=convened.conference.pk), number - 1, earlier)
    return convened.council.users.administrator


def families(number):
    marlows = the_marlows()

    def another(one, place):
        one.name, one.case_number = f"Marlow {place}", f"CN-M-{place}"
        one.opened_on -= timedelta(days=place + 1)  # the first, which has children, stays on the first page

    copies(Family.objects.get(pk=marlows.family.pk), number - 1, another)
    return marlows.council.users.social_worker


def discussions(number):
    convened = an_agreed_conference()
    copies(StrategyDiscussion.objects.get(), number - 1, lambda one, place: None)
    return convened.council.users.social_worker


def disputes(number):
    marlows = the_marlows()
    conference, worker = a_declined_request(marlows), marlows.council.users.social_worker
    one = Dispute(conference=conference, raised_by=worker, raised_at=timezone.now(), reason="It should be held")
    rows = copies(one, number, lambda one, place: None)
    with setting_up():
        DisputeStage.objects.bulk_create(
            DisputeStage(
                dispute=row, number=1, people="service managers", role="service_manager", began_on=TODAY, due_on=TODAY
            )
            for row in rows
        )
    return marlows.council.users.service_manager


def the_service_manager():
    return User.objects.get(roles_held__role=Role.SERVICE_MANAGER)


def as_many(number, user, record, **own):
    """``number`` rows like ``record`` altogether; ``own`` are the fields that differ, each from the place of a row."""

    def differs(one, place):
        for name, value in own.items():
            setattr(one, name, value(place))

    copies(record, number - 1, differs)
    return user


def accounts(number):
    users = a_council().users
    return as_many(
        number, users.system_administrator, users.social_worker, email=lambda place: f"person{place}@example.org"
    )


def teams(number):
    users = a_council().users
    return as_many(number, users.system_administrator, Team.objects.first(), name=lambda place: f"Team {place}")


def agencies(number):
    council = a_council()
    return as_many(number, council.users.administrator, council.agencies.school, name=lambda place: f"School {place}")


def meeting_rooms(number):
    council = a_council()
    return as_many(number, council.users.administrator, a_room(council, "Room 99"), name=lambda place: f"Hall {place}")


def chairs_posts(number):
    users = a_council().users
    with setting_up():
        post = PostHeld.objects.create(user=users.chair, post=Post.CONFERENCE_CHAIR, from_on=TODAY)
    return as_many(number, users.administrator, post)


def chairs_to_approve(number):
    booked(number)
    with setting_up():
        Conference.objects.update(
            chair_independent=False, chair_declared_at=timezone.now(), chair_statement="I managed the worker."
        )
    return the_service_manager()


def conflicts(number):
    marlows = the_marlows()
    users = marlows.council.users
    declare_conflict(users.other_worker, marlows.family)
    ended = DeclaredConflict.objects.get()
    return as_many(number, users.service_manager, ended, ended_on=lambda place: TODAY, end_reason=lambda place: "Over")


def emergencies(number):
    marlows = the_marlows()
    users = marlows.council.users
    with setting_up():
        one = EmergencyAccess.objects.create(
            user=users.other_worker, family=marlows.family, reason="At once", opened_at=timezone.now(), until_on=HELD_ON
        )
    return as_many(number, users.service_manager, one)


def restricted_families(number):
    families(number)
    with setting_up():
        Family.objects.update(restricted=True)
    return the_service_manager()


def messages(number):
    convened = an_invited_conference()
    letter = Outgoing.objects.filter(channel=Channel.PRINT, document__isnull=False).order_by("pk")[0]
    return as_many(number, convened.council.users.administrator, letter, key=lambda place: f"again {place}")


def covers(number):
    users = a_council().users
    with setting_up():
        one = TeamCover.objects.create(
            user=users.other_worker, team=users.social_worker.team, kind=CoverKind.DUTY, from_on=TODAY,
            until_on=HELD_ON + timedelta(weeks=2), reason="Duty", granted_by=users.team_manager,
        )  # fmt: skip
    return as_many(number, users.service_manager, one)


def bank_holidays(number):
    council = a_council()
    with setting_up():
        first = BankHoliday.objects.create(falls_on=date(2060, 1, 5), name="A Monday")
    return as_many(
        number, council.users.system_administrator, first,
        falls_on=lambda place: first.falls_on + timedelta(weeks=place + 1),
    )  # fmt: skip


def an_import(user):
    with setting_up():
        return Import.objects.create(
            file_name="a.csv", kind="csv", body=b"a", sha256="a" * 64, asked_by=user, asked_at=timezone.now()
        )


def imports(number):
    user = a_council().users.system_administrator
    return as_many(number, user, an_import(user))


def incidents(number):
    messages(number)
    with setting_up():
        DataIncident.objects.bulk_create(
            DataIncident(
                outgoing=one, where_it_lay="opened", reason="Wrong house", asked="To burn it", taken_back_by_name="Ann",
                about_kind=one.about_kind, about_id=one.about_id,
            )
            for one in Outgoing.objects.all()
        )  # fmt: skip
    return the_service_manager()


def people_called_jean(number):
    """As many records of Jean. Each may be a second record of the grandmother."""
    marlows = the_marlows()
    people = copies(marlows.grandmother, number, lambda one, place: None)
    with setting_up():
        Membership.objects.bulk_create(
            Membership(family=marlows.family, person=one, part=Part.GRANDPARENT) for one in people
        )
        PossibleDuplicate.objects.bulk_create(
            PossibleDuplicate(one=marlows.grandmother, other=one, noticed_on=TODAY) for one in people
        )
    reindex_everybody(by=system(on=TODAY))
    return marlows.council.users.team_manager


def absences(number):
    users = a_council().users
    with setting_up():
        one = TeamCover.objects.create(
            user=users.team_manager, team=users.social_worker.team, absent=users.social_worker, kind=CoverKind.COVER,
            from_on=TODAY, until_on=HELD_ON + timedelta(weeks=2), reason="On leave", granted_by=users.social_worker,
        )  # fmt: skip
    return as_many(number, users.social_worker, one)


def set_aside(number):
    worker = families(number)
    run = an_import(worker)
    with setting_up():
        SetAside.objects.bulk_create(
            SetAside(run=run, family=family, rows=[["people", 2, {"first_name": "Ada"}]])
            for family in Family.objects.all()
        )
    return worker


def local_limits(number):
    users = a_council().users
    with setting_up():
        one = LocalLimit.objects.create(
            key="visit", amount=1, unit="weeks", from_on=TODAY, reason="Agreed", set_by="Lee Stone"
        )
    return as_many(
        number, users.system_administrator, one, from_on=lambda place: TODAY + timedelta(days=place + 1)
    )  # fmt: skip


def copies_to_read(number):
    """As many records of conferences, each released to the school."""
    sitting, record = an_approved_record()
    with setting_up():
        for model in (CopyChild, Copy):  # the school’s alone
            model.objects.exclude(
                **{"copy__invitation" if model is CopyChild else "invitation": sitting.invitations["school"]}
            ).delete()
    copy_of_record = copy_for(sitting, record, "school")
    release(by=sitting.council.by("administrator"), copy=looked_at(sitting, copy_of_record))
    first = copy_for(sitting, record, "school")
    more = number - 1
    hours = [MIDNIGHT - timedelta(weeks=10, hours=place) for place in range(more)]

    def held_earlier(one, place):
        one.starts_at, one.ends_at = hours[place], hours[place] + timedelta(minutes=30)

    conferences = copies(Conference.objects.get(pk=sitting.conference.pk), more, held_earlier)
    records = copies(record, more, lambda one, place: setattr(one, "conference", conferences[place]))
    invitations = copies(
        sitting.invitations["school"], more, lambda one, place: setattr(one, "conference", conferences[place])
    )

    def another_file(one, place):
        one.file_name = f"again-{place}"

    document = Document.objects.get(pk=first.document_id)
    document.refresh_from_db(fields=document.get_deferred_fields())  # its bytes
    documents = copies(document, more, another_file)

    def of_its_own(one, place):
        one.record, one.invitation, one.document = records[place], invitations[place], documents[place]

    made = copies(first, more, of_its_own)
    with setting_up():
        for row in first.children.all():
            CopyChild.objects.bulk_create(CopyChild(copy=one, child=row.child) for one in made)
    return sitting.invitations["school"].user


def late_conferences(number):
    booked(number)
    with setting_up():
        Conference.objects.update(due_on=TODAY - timedelta(days=9))
    return the_service_manager()


def lists_to_check(number):
    """As many conferences with people on the list who must not meet."""
    booked(number)
    first, *others = Conference.objects.order_by("pk")
    for row in ConferenceChild.objects.filter(conference=first):
        copies(row, len(others), lambda one, place: setattr(one, "conference", others[place]))
    for invited in Invitation.objects.filter(conference=first).prefetch_related("children"):
        made = copies(invited, len(others), lambda one, place: setattr(one, "conference", others[place]))
        with setting_up():
            for covered in invited.children.all():
                InvitationChild.objects.bulk_create(
                    InvitationChild(invitation=one, child_id=covered.child_id) for one in made
                )
    return User.objects.get(roles_held__role=Role.SOCIAL_WORKER, last_name="Nandra")


def opened_at_night(number):
    """Families that somebody opened in an emergency to which nobody agreed."""
    families(number)
    with setting_up():
        user = a_user(Role.OUT_OF_HOURS)
        rosa = Person.objects.get(first_name="Rosa")
        for family in Family.objects.exclude(memberships__person=rosa):
            Membership.objects.create(family=family, person=rosa, part=Part.CHILD)
        EmergencyAccess.objects.bulk_create(
            EmergencyAccess(
                user=user, family=family, reason="At once", opened_at=timezone.now(), until_on=HELD_ON,
                only_warnings=True,
            )
            for family in Family.objects.all()
        )  # fmt: skip
    return user


def of_the_only(model, name):
    return lambda: reverse(name, args=[model.objects.values_list("pk", flat=True).order_by("pk")[0]])


LISTS = {
    "all conferences": (booked, lambda: reverse("work:conferences")),
    "the requests to be booked": (agreed, lambda: reverse("work:conferences") + "?state=agreed"),
    "the diary of a day": (booked, lambda: f"{reverse('work:diary')}?view=day&on={HELD_ON}"),
    "the diary of a week": (booked, lambda: f"{reverse('work:diary')}?view=week&on={HELD_ON}"),
    "the diary of a month": (booked, lambda: f"{reverse('work:diary')}?view=month&on={HELD_ON}"),
    "the next seven days": (booked, lambda: reverse("work:next_seven_days")),
    "what is to be done": (agreed, lambda: reverse("work:home")),
    "all families": (families, lambda: reverse("families:list")),
    "the discussions of a family": (discussions, of_the_only(Family, "families:family")),
    "the accounts": (accounts, lambda: reverse("accounts:users")),
    "the teams": (teams, lambda: reverse("accounts:teams")),
    "the agencies": (agencies, lambda: reverse("accounts:agencies")),
    "the rooms": (meeting_rooms, lambda: reverse("conferences:rooms")),
    "the posts of chairs": (chairs_posts, lambda: reverse("conferences:posts")),
    "the chairs to approve": (chairs_to_approve, lambda: reverse("conferences:chairs_to_agree")),
    "conflicts of interest": (conflicts, lambda: reverse("families:conflicts")),
    "families opened in an emergency": (emergencies, lambda: reverse("families:emergencies")),
    "restricted families": (restricted_families, lambda: reverse("families:restricted")),
    "post and email": (messages, lambda: reverse("documents:outbox")),
    "the print room": (messages, lambda: reverse("documents:print_room")),
    "whose work can be handed over": (accounts, lambda: reverse("accounts:hand_overs")),
    "duty and cover": (covers, lambda: reverse("families:covers")),
    "bank holidays": (bank_holidays, lambda: reverse("policy:bank_holidays")),
    "imports": (imports, lambda: reverse("imports:list")),
    "data protection incidents": (incidents, lambda: reverse("documents:incidents")),
    "likely duplicates": (people_called_jean, lambda: reverse("families:duplicates")),
    "the search": (people_called_jean, lambda: reverse("families:search") + "?q=jean"),
    "who is away": (absences, lambda: reverse("families:away")),
    "what an import set aside": (set_aside, lambda: reverse("imports:set_aside")),
    "local limits": (local_limits, lambda: reverse("policy:local_limits")),
    "records and letters to read": (copies_to_read, lambda: reverse("reports:mine")),
    "performance": (late_conferences, lambda: reverse("work:performance")),
    "second checks": (lists_to_check, lambda: reverse("work:second_checks")),
    "opened without agreement": (opened_at_night, lambda: reverse("work:opened_without_agreement")),
    "the disagreements about a request": (disputes, of_the_only(Conference, "conferences:request")),
}

# Pages without a record in their address that are no list, or a list that is as long as the rules or the roles are.
NO_LISTS = {
    "accounts:second_factor", "conferences:diary_feed", "documents:letterhead", "families:compare",
    "families:emergency", "imports:directory", "imports:directory_template", "imports:template", "policy:timescales",
    "policy:words", "reports:quality", "running:service", "work:about_conferences", "work:equality", "work:set_up",
    "accounts:add_agency", "accounts:add_team", "accounts:add_user", "conferences:add_post", "conferences:add_room",
    "families:add", "families:declare_conflict", "families:declare_conflict_for", "families:give_cover",
    "imports:load_directory", "policy:add_bank_holiday", "policy:set_local_limit", "policy:set_words",
    "running:release", "running:retry_all", "running:try_now",
}  # fmt: skip
# Out of hours one child is searched for, by a form; what was sent is a folder, which asks the database nothing.
TRIED_ELSEWHERE = {"documents:what_was_sent", "work:out_of_hours"}


def is_page_of_no_record(name):
    """Whether the page with this name has no record in its address."""
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return not name.startswith("web:")


def test_every_page_without_a_record_in_its_address_is_a_list_that_is_tried_or_is_no_list():
    about_one_record = ("the discussions of a family", "the disagreements about a request")
    tried = {resolve(path().partition("?")[0]).view_name for name, (_, path) in LISTS.items()
             if name not in about_one_record}  # fmt: skip
    found = {one.name for one in addresses() if one.is_ours and is_page_of_no_record(one.name)}
    assert found == tried | NO_LISTS | TRIED_ELSEWHERE


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_often_for_200_rows_as_for_2(client, name):
    fill, address = LISTS[name]
    asked = []
    for number in (2, 200):
        with transaction.atomic():
            client.force_login(fill(number))
            path = address()
            client.get(path)  # what is asked once and kept
            with CaptureQueriesContext(connection) as found:
                assert client.get(path).status_code == 200
            asked.append(len(found))
            transaction.set_rollback(True)  # the next begins with no row
    assert asked[0] == asked[1]


@pytest.mark.parametrize("name", ["families opened in an emergency", "data protection incidents"])
def test_a_list_of_more_than_fifty_goes_on_on_a_second_page(client, name):
    fill, address = LISTS[name]
    client.force_login(fill(53))
    pages = [client.get(address(), {"page": number}).context["page"] for number in (1, 2)]
    first, second = ({one.pk for one in page} for page in pages)
    assert len(first) == 50 and len(second) >= 3 and not first & second
