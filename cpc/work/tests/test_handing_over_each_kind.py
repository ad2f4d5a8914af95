"""Each kind of thing that a person holds is handed over, or ends, when their account closes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conferences.convening.actions.acting import name_acting_chair
from conferences.convening.actions.feeds import make_feed
from conferences.convening.choices import Outcome
from conferences.convening.models import ActingChair, Conference, DiaryFeed
from conferences.plans.models import ChildInNeedPlan
from conferences.plans.tests.closing import a_review_sitting, close
from conferences.tests.meeting import a_booked_sitting, decide
from cpc.core.accounts import actions
from cpc.core.accounts.choices import CoverKind, Role
from cpc.core.accounts.holdings import KINDS
from cpc.core.accounts.models import TeamCover
from cpc.core.accounts.tests.builders import TODAY, a_council, a_user, setting_up
from cpc.work.tests.test_handing_over import closing, everything, kinds
from families.cases.models import AccessGrant, EmergencyAccess
from families.tests.builders import a_family, restrict
from reports.tests.builders import an_approved_record

pytestmark = pytest.mark.django_db


def a_conference_to_come():
    found = a_booked_sitting(TODAY + timedelta(days=10))
    return found.council, found.council.users.administrator


def copies_to_release():
    found, _ = an_approved_record()
    return found.council, found.council.users.administrator


def somebody_who_acts():
    found = a_booked_sitting(TODAY + timedelta(days=10))
    other = found.council.users.other_chair
    name_acting_chair(
        by=found.council.by("service_manager"), conference=found.conference, user=other, reason="Gwen is ill."
    )
    return found.council, other


def a_lead_in_need():
    found = a_review_sitting()
    decide(found, outcome=Outcome.CHILD_IN_NEED)
    close(found)
    return found.council, found.council.users.social_worker


def a_named_reader():
    council = a_council()
    restrict(a_family(council), to=[council.users.social_worker])
    return council, council.users.social_worker


def an_emergency():
    council = a_council()
    with setting_up():
        EmergencyAccess.objects.create(
            user=council.users.social_worker, family=a_family(council), reason="Nobody answers",
            opened_at=timezone.now(), until_on=TODAY + timedelta(days=1),
        )  # fmt: skip
    return council, council.users.social_worker


def a_cover():
    council = a_council()
    manager = council.users.other_manager
    with setting_up():
        TeamCover.objects.create(
            user=manager, team=council.team, kind=CoverKind.COVER, from_on=TODAY, until_on=TODAY + timedelta(days=5),
            reason="Ill", granted_by=manager,
        )  # fmt: skip
    return council, manager


def a_diary():
    council = a_council()
    make_feed(by=council.by("chair"))
    return council, council.users.chair


# For each kind: who holds it, the role of the person who takes it over, and who holds it afterwards.
GIVEN = {
    "administers": (a_conference_to_come, Role.ADMINISTRATOR, lambda: Conference.objects.get().administrator),
    "copies": (
        copies_to_release,
        Role.ADMINISTRATOR,
        lambda: Conference.objects.exclude(state="agreed").get().administrator,
    ),
    "acting_chairs": (somebody_who_acts, Role.CHAIR, lambda: ActingChair.objects.get(ended_at=None).user),
    "need_leads": (
        a_lead_in_need,
        Role.SOCIAL_WORKER,
        lambda: ChildInNeedPlan.objects.filter(ended_on=None).first().lead_social_worker,
    ),
}
# By kind: who holds one, and whether it goes on after their account has closed.
ENDED = {
    "grants": (a_named_reader, lambda: AccessGrant.objects.filter(ended_on=None).exists()),
    "emergencies": (an_emergency, lambda: EmergencyAccess.objects.filter(ended_at=None).exists()),
    "covers": (a_cover, lambda: TeamCover.objects.filter(ended_on=None).exists()),
    "diary_feeds": (a_diary, lambda: DiaryFeed.objects.exists()),
}
# These are in test_handing_over.py.
WITH_THEIR_STORY = {
    "teams", "families", "letters_by_hand", "involvements", "chairs", "invitations", "leads", "core_groups", "drafts",
    "records",
}  # fmt: skip


@pytest.mark.parametrize("kind", GIVEN)
def test_what_is_handed_over_is_held_by_the_chosen_person_and_no_longer_by_the_one_who_left(kind):
    make, role, holder = GIVEN[kind]
    council, user = make()
    new = a_user(role, team=user.team)
    assert kind in kinds(user) and holder() == user
    actions.change_user(by=council.by("system_administrator"), **closing(user, **everything(user, new)))
    assert kinds(user) == set() and holder() == new


@pytest.mark.parametrize("kind", ENDED)
def test_what_nobody_takes_over_ends_with_the_account(kind):
    make, goes_on = ENDED[kind]
    council, user = make()
    assert kind in kinds(user) and goes_on()
    heir = council.users.team_manager
    to = {key: heir if key == "teams" else None for key in everything(user)}
    actions.change_user(by=council.by("system_administrator"), **closing(user, **to))
    assert kinds(user) == set() and not goes_on()


def test_every_kind_was_tried():
    assert set(KINDS) == {*GIVEN, *ENDED, *WITH_THEIR_STORY}
