"""Somebody leaves: everything that they hold is listed, and is somebody else's in one step. Tried with every app."""

from datetime import timedelta

import pytest
from django.urls import reverse

from conferences.convening.actions.acting import end_acting_chair, name_acting_chair
from conferences.convening.models import ActingChair, Conference, Invitation
from conferences.meeting.actions.attendance import open_conference
from conferences.plans.models import CoreGroupMember, ProtectionPlan
from conferences.plans.queries.ended import agencies_to_tell
from conferences.tests.builders import a_booked_conference, declare, everything_leaves
from conferences.tests.meeting import a_booked_sitting, at
from cpc.core.accounts import actions
from cpc.core.accounts.choices import Role
from cpc.core.accounts.holdings import what_is_held
from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import Permission
from cpc.core.accounts.tests.builders import TODAY, a_user, viewer
from cpc.core.audit.models import Look
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid, NotPermitted
from cpc.reminders.queries import duties as all_duties
from cpc.reminders.queries import duties_of, every_duty
from families.cases.models import Family
from families.people.models import ContactDetails, Involvement
from families.people.queries.household import ids_of_children
from families.tests.builders import a_family, declare_conflict, restrict
from reports.incoming.models import Report
from reports.tests.builders import a_drafted_record, a_held_sitting, a_report, approve_record, ask_for_reports, copy_for

pytestmark = pytest.mark.django_db


def closing(user, **to):
    """What an administrator sends to close the account."""
    roles = list(user.roles_held.values_list("role", flat=True))
    return {
        "user": User.objects.get(pk=user.pk), "email": user.email, "first_name": user.first_name,
        "last_name": user.last_name, "roles": roles, "is_active": False, "team": user.team, "agency": user.agency,
        "to": to or None,
    }  # fmt: skip


def everything(user, to=None):
    """``to`` (a person, or None for the manager) for each kind that the user holds."""
    return {one.kind.key: to for one in what_is_held(user, TODAY) if one.kind.is_chosen}


def kinds(user):
    return {one.kind.key for one in what_is_held(user, TODAY)}


def says(user):
    return [duty.says for duty in every_duty(viewer(user))]


def test_a_social_workers_account_closes_only_with_everything_handed_over_and_then_holds_nothing():
    sitting = a_held_sitting()
    council, worker = sitting.council, sitting.council.users.social_worker
    new = a_user(Role.SOCIAL_WORKER, team=council.team, first_name="Asha", last_name="Reid")
    by = council.by("system_administrator")
    assert {"families", "letters_by_hand", "leads", "core_groups", "invitations"} <= kinds(worker)
    with pytest.raises(Invalid, match="still holds: families allocated to them"):
        actions.change_user(by=by, **closing(worker))
    assert User.objects.get(pk=worker.pk).is_active
    actions.change_user(by=by, **closing(worker, **everything(worker, new)))
    assert not User.objects.get(pk=worker.pk).is_active
    assert kinds(worker) == set()
    family = sitting.marlows.family
    assert Family.objects.get(pk=family.pk).social_worker == new
    assert {plan.lead_social_worker for plan in ProtectionPlan.objects.filter(family=family)} == {new}
    assert ContactDetails.objects.get(person=sitting.marlows.rosas_father).hand_by == new
    assert CoreGroupMember.objects.filter(family=family, user=new, name="Asha Reid", to_on=None).exists()
    assert "Book the first core group: Marlow family" in says(new) or any("core group" in one for one in says(new))


def test_what_leaves_after_a_handing_over_is_addressed_to_its_present_reader_and_the_record_names_who_came():
    sitting, record = a_drafted_record()
    council, worker = sitting.council, sitting.council.users.social_worker
    new = a_user(Role.SOCIAL_WORKER, team=worker.team)
    actions.change_user(by=council.by("system_administrator"), **closing(worker, **everything(worker, new)))
    approve_record(by=sitting.chair, record=record)
    for kind in ("record", "decision_letter"):
        document = copy_for(sitting, record, "social_worker", kind).document
        assert document.values["addressee"]["name"] == document.recipient_name == str(new)
        if kind == "record":
            assert str(worker) in [one["name"] for one in document.values["people"]]
    plan = ProtectionPlan.objects.filter(family=sitting.marlows.family).first()
    plan.ended_on = TODAY
    told = [one.name for one in agencies_to_tell(plan, sitting.conference, TODAY)]
    assert str(new) in told and str(worker) not in told


def test_what_nobody_takes_goes_to_the_manager_at_once():
    sitting = a_held_sitting()
    council, worker = sitting.council, sitting.council.users.social_worker
    manager = council.users.team_manager
    actions.change_user(by=council.by("system_administrator"), **closing(worker, **everything(worker)))
    assert Family.objects.get(pk=sitting.marlows.family.pk).social_worker == manager
    assert {plan.lead_social_worker for plan in ProtectionPlan.objects.filter(family=sitting.marlows.family)} == {
        manager
    }
    assert {"Name a social worker: Marlow family", "Name a lead social worker: Marlow family"} <= set(says(manager))
    assert ContactDetails.objects.get(person=sitting.marlows.rosas_father).hand_by is None  # the family's worker


def test_a_family_that_the_chosen_person_may_not_see_goes_to_the_manager_if_the_manager_may_see_it():
    council = (marlows := a_held_sitting().marlows).council
    known, closed = a_family(council, name="Birch"), a_family(council, name="Colley")
    new = a_user(Role.SOCIAL_WORKER, team=council.team)
    declare_conflict(new, known)
    restrict(closed, to=[council.users.social_worker])
    worker = council.users.social_worker
    user = actions.change_user(by=council.by("system_administrator"), **closing(worker, **everything(worker, new)))
    held_by = {family.name: family.social_worker for family in Family.objects.all()}
    manager = council.users.team_manager
    assert held_by == {"Marlow": new, "Birch": manager, "Colley": None}
    assert user.left["families"] == 2 and marlows.family.name == "Marlow"


def test_only_people_who_can_do_it_are_offered_and_nobody_else_is_accepted():
    council = a_held_sitting().council
    worker, other = council.users.social_worker, council.users.other_worker
    new = a_user(Role.SOCIAL_WORKER, team=council.team)
    offered = {one.kind.key: one.who for one in what_is_held(worker, TODAY)}
    assert offered["families"] == [new] and set(offered["core_groups"]) == {new, council.users.team_manager}
    with pytest.raises(Invalid, match="cannot take this over"):
        actions.hand_over(by=council.by("team_manager"), user=worker, to={"families": other})
    assert Family.objects.get().social_worker == worker


def test_leaving_the_team_asks_for_what_belongs_to_the_team_and_changing_a_role_for_what_needs_the_role():
    council = a_held_sitting().council
    worker, by = council.users.social_worker, council.by("system_administrator")
    moved = closing(worker) | {"is_active": True, "team": council.other_team}
    with pytest.raises(Invalid, match="families allocated to them, letters they hand over"):
        actions.change_user(by=by, **moved)
    promoted = closing(worker) | {"is_active": True, "roles": [Role.TEAM_MANAGER]}
    with pytest.raises(Invalid, match="child protection plans they lead") as refused:
        actions.change_user(by=by, **promoted)
    assert "letters they hand over" not in str(refused.value)
    renamed = closing(worker) | {"is_active": True, "last_name": "Nandra-Cole"}
    assert actions.change_user(by=by, **renamed).last_name == "Nandra-Cole"


def test_a_professional_who_changes_agency_hands_over_children_invitations_and_drafts_and_reads_no_more():
    sitting = ask_for_reports(a_booked_sitting(TODAY + timedelta(days=10)))
    council = sitting.council
    report = a_report(sitting, "school")
    school, new = council.professionals.school, a_user(
        Role.PROFESSIONAL, agency=council.agencies.school, first_name="Bea", last_name="Lowe"
    )  # fmt: skip
    assert viewer(school).may(Permission.READ_CONFERENCE, sitting.conference)
    moved = closing(school, **everything(school, new)) | {"is_active": True, "agency": council.agencies.nursery}
    actions.change_user(by=council.by("system_administrator"), **moved)
    assert not viewer(school).may(Permission.READ_CONFERENCE, sitting.conference)
    invitation = Invitation.objects.get(pk=sitting.invitations["school"].pk)
    assert (invitation.user, invitation.name, invitation.sent_at) == (new, "Bea Lowe", None)
    draft = Report.objects.get(pk=report.pk)
    assert (draft.author_user, draft.author) == (new, "Bea Lowe")
    now = Involvement.objects.get(child=sitting.marlows.rosa, agency=council.agencies.school, to_on=None)
    assert (now.professional, now.from_on) == (new, TODAY)
    assert any("invitation" in one.lower() for one in says(council.users.administrator))


def test_a_booked_conference_has_another_chair_who_is_told_and_one_that_was_held_somebody_who_acts():
    booked = a_booked_conference()
    council = booked.council
    chair, other = council.users.chair, council.users.other_chair
    sitting = a_held_sitting(TODAY - timedelta(days=3), marlows=booked.marlows)
    everything_leaves()
    actions.change_user(by=council.by("system_administrator"), **closing(chair, **everything(chair, other)))
    assert Conference.objects.get(pk=booked.conference.pk).chair == other
    told = Outgoing.objects.filter(purpose="chair", about_id=booked.conference.pk, state="queued")
    assert {one.recipient_id: one.subject for one in told} == {
        other.pk: "You are invited to a meeting: please sign in", chair.pk: "You are not needed at a meeting",
        council.users.administrator.pk: "Someone else will chair a meeting",
    }  # fmt: skip
    held = Conference.objects.get(pk=sitting.conference.pk)
    assert held.chair == chair and ActingChair.objects.get(conference=held).user == other
    assert {"Approve the record of the initial child protection conference: Marlow family"} <= set(says(other))
    assert kinds(chair) == set()


def test_a_record_does_not_freeze_when_its_chair_leaves():
    sitting, record = a_drafted_record()
    council = sitting.council
    chair, other = council.users.chair, council.users.other_chair
    actions.change_user(by=council.by("system_administrator"), **closing(chair, **everything(chair)))
    named = [duty for duty in every_duty(council.by("service_manager")) if duty.kind == "name_acting_chair"]
    what = "Gwen Ashby no longer chairs. Name an acting chair for the initial child protection conference"
    assert [duty.says for duty in named] == [f"{what}: Marlow family"]
    with pytest.raises(NotPermitted):
        approve_record(by=viewer(other), record=record)
    name_acting_chair(
        by=council.by("service_manager"), conference=sitting.conference, user=other, reason="Gwen has left."
    )
    assert not [duty for duty in every_duty(council.by("service_manager")) if duty.kind == "name_acting_chair"]
    assert "Approve the record of the initial child protection conference: Marlow family" in says(other)


def test_the_manager_of_a_team_hands_over_for_their_people_and_for_nobody_elses():
    council = a_held_sitting().council
    new = a_user(Role.SOCIAL_WORKER, team=council.team)
    worker = council.users.social_worker
    with pytest.raises(NotPermitted):
        actions.hand_over(by=council.by("other_manager"), user=worker, to={"families": new})
    assert actions.hand_over(by=council.by("team_manager"), user=worker, to={"families": new}) == {}
    assert Family.objects.get().social_worker == new
    assert "leads" in kinds(worker)  # what nobody chose stays
    assert User.objects.get(pk=worker.pk).is_active


def test_a_team_is_never_without_a_manager():
    council = a_held_sitting().council
    manager = council.users.team_manager
    with pytest.raises(Invalid, match="Choose who takes over: teams they manage"):
        actions.change_user(by=council.by("system_administrator"), **closing(manager, **everything(manager)))
    other = council.users.other_manager
    to = everything(manager) | {"teams": other}
    actions.change_user(by=council.by("system_administrator"), **closing(manager, **to))
    council.team.refresh_from_db()
    assert council.team.manager == other


def test_no_duty_is_a_closed_accounts():
    sitting, _ = a_drafted_record()
    council = sitting.council
    for name in ("social_worker", "chair", "administrator"):
        user = getattr(council.users, name)
        to = everything(user)
        actions.change_user(by=council.by("system_administrator"), **closing(user, **to))
    closed = set(User.objects.filter(is_active=False).values_list("pk", flat=True))
    found = [duty for duty in all_duties() if duty.owners and duty.owners <= closed]
    assert [duty.says for duty in found] == []
    assert duties_of(council.by("service_manager"), all_duties())


@pytest.fixture
def page(client):
    council = a_held_sitting().council
    client.force_login(council.users.system_administrator)
    return council, client


def account_form(user, **changed):
    roles = list(user.roles_held.values_list("role", flat=True))
    return {
        "first_name": user.first_name, "last_name": user.last_name, "email": user.email, "roles": roles,
        "team": user.team_id or "", "agency": user.agency_id or "", "is_active": "no", "seen": str(user.version),
        **changed,
    }  # fmt: skip


def test_the_page_lists_what_is_held_keeps_what_was_typed_and_does_both_in_one_step(page):
    council, client = page
    worker = council.users.social_worker
    new = a_user(Role.SOCIAL_WORKER, team=council.team, first_name="Asha", last_name="Reid")
    address = reverse("accounts:user", args=[worker.pk])
    shown = client.post(address, account_form(worker, phone="01632 960 001"))
    said = shown.content.decode()
    assert shown.status_code == 200 and "Families allocated to them (1)" in said
    assert "Asha Reid (North team)" in said and "Tom Hale" not in said
    assert "1 (details that you cannot see)" in said and "Marlow" not in said  # an administrator sees no family
    assert not Look.objects.filter(page="hand over work").exists()
    assert 'value="01632 960 001"' in said
    fields = shown.context["form"].fields
    empty = {name: "" for name in fields if name.startswith("to_")}
    missing = client.post(address, account_form(worker) | empty).content.decode()
    assert "Choose who takes over: families allocated to them" in missing
    assert User.objects.get(pk=worker.pk).is_active
    chosen = {name: str(new.pk) if str(new.pk) in dict(fields[name].choices) else "manager" for name in empty}
    done = client.post(address, account_form(worker, phone="01632 960 001") | chosen)
    assert done.status_code == 302
    closed = User.objects.get(pk=worker.pk)
    assert (closed.is_active, closed.phone, Family.objects.get().social_worker) == (False, "01632 960 001", new)


def test_the_managers_page_names_the_families_and_lets_what_is_not_chosen_stay(client):
    council = a_held_sitting().council
    new = a_user(Role.SOCIAL_WORKER, team=council.team)
    client.force_login(council.users.team_manager)
    people = client.get(reverse("accounts:hand_overs")).content.decode()
    assert "Priya Nandra" in people and "Tom Hale" not in people
    address = reverse("accounts:hand_over", args=[council.users.social_worker.pk])
    shown = client.get(address)
    assert "Marlow family" in shown.content.decode()
    looks = Look.objects.filter(page="hand over work", who_id=council.users.team_manager.pk)
    assert {look.child_id for look in looks} == set(ids_of_children([Family.objects.get().pk])) != set()
    answers = dict.fromkeys(shown.context["form"].fields, "stays") | {"to_families": str(new.pk)}
    assert client.post(address, answers).status_code == 302
    assert Family.objects.get().social_worker == new and "leads" in kinds(council.users.social_worker)
    other = reverse("accounts:hand_over", args=[council.users.other_worker.pk])
    assert client.get(other).status_code == 404


def test_a_manager_hands_over_no_family_that_is_closed_to_them_and_nothing_of_their_own():
    council = a_held_sitting().council
    worker, manager = council.users.social_worker, council.users.team_manager
    new = a_user(Role.SOCIAL_WORKER, team=council.team)
    declare_conflict(manager, Family.objects.get())
    actions.hand_over(by=viewer(manager), user=worker, to={"families": new, "leads": new})
    assert Family.objects.get().social_worker == worker
    with pytest.raises(Invalid, match="Ask another manager"):
        actions.hand_over(by=viewer(council.users.service_manager), user=council.users.service_manager, to={})
    actions.hand_over(by=viewer(council.users.service_manager), user=worker, to={"families": new})
    assert Family.objects.get().social_worker == new


def test_only_who_names_acting_chairs_hands_over_a_conference_from_its_chair():
    sitting = a_booked_sitting()
    council, other = sitting.council, sitting.council.users.other_chair
    for name in ("system_administrator", "service_manager"):
        actions.hand_over(by=council.by(name), user=council.users.chair, to={"chairs": other})
        given = Conference.objects.get(pk=sitting.conference.pk).chair == other
        assert given == (name == "service_manager")


def test_somebody_acts_for_a_chair_until_it_is_ended_and_only_as_long(client):
    sitting = a_booked_sitting()
    council, conference = sitting.council, sitting.conference
    other = council.users.other_chair
    acts = {"by": council.by("service_manager"), "conference": conference, "user": other, "reason": "Gwen is ill."}
    with pytest.raises(NotPermitted):
        open_conference(by=viewer(other), conference=conference, at=at(TODAY))
    with pytest.raises(NotPermitted):
        name_acting_chair(**acts | {"by": council.by("administrator")})
    with pytest.raises(Invalid, match="does not chair conferences"):
        name_acting_chair(**acts | {"user": council.users.team_manager})
    name_acting_chair(**acts, until_on=TODAY)
    assert viewer(other).may(Permission.DECIDE, conference)
    assert not viewer(other, TODAY + timedelta(days=1)).may(Permission.DECIDE, conference)
    assert "Chair the initial child protection conference: Marlow family" in says(other)
    end_acting_chair(by=council.by("service_manager"), conference=conference)
    assert not viewer(other).may(Permission.DECIDE, conference)
    name_acting_chair(**acts)
    with pytest.raises(Invalid, match="Kofi Lund has not yet declared"):
        open_conference(by=viewer(other), conference=conference, at=at(TODAY))
    declare(viewer(other), conference)
    open_conference(by=viewer(other), conference=conference, at=at(TODAY))
    client.force_login(council.users.service_manager)
    assert "Acting chair: Kofi Lund" in " ".join(
        client.get(reverse("conferences:conference", args=[conference.pk])).content.decode().split()
    )
