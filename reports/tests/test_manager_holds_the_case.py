"""The worker of a family left and nobody took over. What was asked of the worker waits until another is named."""

import pytest

from conferences.convening.choices import InviteeRole
from conferences.plans.tests.closing import a_closed_sitting
from conferences.tests.meeting import a_booked_sitting, at
from cpc.core.accounts import actions as accounts
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission
from cpc.core.accounts.tests.builders import TODAY, a_user, setting_up
from families.people.actions.family import change_family
from reports.outgoing.deadlines import duties
from reports.tests.builders import a_report, ask_for_reports

pytestmark = pytest.mark.django_db


def worker_leaves(sitting):
    """The social worker leaves. Nobody is chosen, so the manager has what they held."""
    council = sitting.council
    user = council.users.social_worker
    accounts.change_user(
        by=council.by("system_administrator"), user=user, email=user.email, first_name=user.first_name,
        last_name=user.last_name, roles=[Role.SOCIAL_WORKER], is_active=False, team=user.team,
        to={"families": None, "leads": None, "need_leads": None, "invitations": None, "core_groups": None,
            "letters_by_hand": None},
    )  # fmt: skip
    sitting.marlows.family.refresh_from_db()


def name_worker(sitting):
    """The manager names a social worker on the page of the family."""
    council, family = sitting.council, sitting.marlows.family
    new = a_user(Role.SOCIAL_WORKER, team=council.team)
    change_family(
        by=council.by("team_manager"), family=family, name=family.name, case_number=family.case_number,
        team=family.team, opened_on=family.opened_on, social_worker=new,
    )  # fmt: skip
    return new


def kinds(user):
    return {duty.kind for duty in duties() if user.pk in duty.owners}


def asked_again(sitting, invitation):
    """The administrator has sent the invitation again, to its new reader."""
    with setting_up():
        invitation.refresh_from_db()
        invitation.sent_at, invitation.sent_by = at(TODAY), sitting.council.users.administrator
        invitation.report_due_on = TODAY
        invitation.save()


def test_the_manager_is_asked_to_name_a_worker_and_never_for_the_report():
    sitting = ask_for_reports(a_booked_sitting())
    manager = sitting.council.users.team_manager
    draft = a_report(sitting, "social_worker")
    worker_leaves(sitting)
    invitation = sitting.conference.invitations.get(role=InviteeRole.SOCIAL_WORKER)
    assert invitation.user == manager
    asked_again(sitting, invitation)
    assert kinds(manager) == {"name_report_writer"}
    new = name_worker(sitting)
    invitation.refresh_from_db()
    draft.refresh_from_db()
    assert (invitation.user, draft.author_user, invitation.sent_at) == (new, new, None)
    asked_again(sitting, invitation)
    assert "hand_in_report" in kinds(new) and not kinds(manager)


def test_a_named_worker_takes_over_the_plans_that_were_left_with_the_manager():
    sitting = a_closed_sitting()
    worker_leaves(sitting)
    plans = sitting.marlows.family.protection_plans
    assert set(plans.values_list("lead_social_worker", flat=True)) == {sitting.council.users.team_manager.pk}
    new = name_worker(sitting)
    assert set(plans.values_list("lead_social_worker", flat=True)) == {new.pk}
    members = sitting.marlows.family.core_group_members.filter(to_on__isnull=True)
    assert not members.filter(user=sitting.council.users.team_manager).exists()


def test_another_worker_takes_over_from_one_who_stays():
    sitting = a_closed_sitting()
    former = sitting.council.users.social_worker
    new = name_worker(sitting)
    plans = sitting.marlows.family.protection_plans
    assert set(plans.values_list("lead_social_worker", flat=True)) == {new.pk} != {former.pk}
    held = sitting.conference.invitations.get(role=InviteeRole.SOCIAL_WORKER)
    assert held.user == former, "who came to a conference that was held stays"


def test_nobody_who_may_not_write_reports_has_the_duty_to_hand_one_in():
    sitting = ask_for_reports(a_booked_sitting())
    worker_leaves(sitting)
    invitation = sitting.conference.invitations.get(role=InviteeRole.SOCIAL_WORKER)
    by = sitting.council.by("team_manager")
    assert not Permission.WRITE_REPORT.allows(by, invitation) and Permission.RECORD_FAMILY.allows(by, invitation)
