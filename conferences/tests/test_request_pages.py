"""The pages from the strategy discussion to an agreed or declined conference."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences.convening.actions import request as actions
from conferences.convening.models import Conference, DiscussionAgency, Dispute, Enquiry
from conferences.tests.builders import a_booked_conference
from conferences.tests.enquiries import AGENCIES, a_strategy_discussion, an_enquiry, signed_off, with_outcome
from conferences.tests.test_request import (
    a_declined_request,
    a_request,
    an_enquiry_that_needs_a_conference,
    everybody,
)
from cpc.core.accounts.choices import Role
from cpc.core.accounts.tests.builders import a_user, setting_up
from cpc.core.audit.models import Look
from families.people.models import Person
from families.tests.builders import declare_conflict, restrict, the_marlows

pytestmark = pytest.mark.django_db
SECRETS = ("Rosa", "Bruising", "Continuing harm", "Marlow")


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def by(marlows):
    return marlows.council.by("social_worker")


def open_as(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"conferences:{name}", args=args))


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def said(*children, decision="enquiry", **changed):
    """What a social worker fills in after a strategy discussion about these children."""
    given = {"held_on": "2026-11-09", "chaired_by": "Mel Okoro", "concerns": "Bruising", "medical": "not_needed"}
    given |= {"education_part": "not_asked", "other_part": "not_asked"}
    for agency in ("education", "other"):
        given |= {f"{agency}_audience": "professionals"}
    for each in AGENCIES:
        given |= {f"{each.agency}_part": "yes", f"{each.agency}_people": each.people}
        given |= {f"{each.agency}_audience": "professionals"}
    for child in children:
        given |= {f"decision_{child.pk}": decision, f"reason_{child.pk}": "It is not explained"}
    return given | changed


def found(*children, outcome="conference", **changed):
    """What they fill in as the outcome for these children."""
    given = {"outcome_on": "2026-11-16"}
    for child in children:
        given |= {f"outcome_{child.pk}": outcome, f"findings_{child.pk}": "Substantiated"}
    return given | changed


def test_a_social_worker_goes_from_the_strategy_discussion_to_a_request_in_the_pages(client, marlows):
    client.force_login(marlows.worker)
    url = reverse("conferences:record_discussion", args=[marlows.family.pk])
    theo = {f"decision_{marlows.theo.pk}": "not_discussed"}
    response = client.post(url, said(marlows.rosa, marlows.unborn, **theo))
    enquiry = Enquiry.objects.get()
    assert response.url == reverse("conferences:enquiry", args=[enquiry.pk])
    page = text(client.get(response.url))
    assert "The last day of the 15 working days is Monday 30 November 2026." in page
    assert "counted from the strategy discussion on Monday 9 November 2026" in page
    assert "Source:" in page  # the working
    write = reverse("conferences:write_outcome", args=[enquiry.pk])
    response = client.post(write, found(marlows.rosa))
    assert f"Choose the outcome for {marlows.unborn.full_name}" in text(response)
    assert "Substantiated" in response.content.decode()
    response = client.post(write, found(marlows.rosa, marlows.unborn))
    assert response.url == reverse("conferences:enquiry", args=[enquiry.pk])
    page = text(client.get(response.url))
    assert "Waiting for a manager to sign off" in page and "Request a conference" not in page
    ask = reverse("conferences:ask", args=[enquiry.pk])
    assert client.get(ask).status_code == 409
    sign = reverse("conferences:sign_off_outcome", args=[enquiry.pk])
    assert client.get(sign).status_code == 403
    client.force_login(marlows.council.users.team_manager)
    page = text(client.get(sign))
    assert "Substantiated" in page and "Mel Okoro" in page
    assert "Say what must be changed" in text(client.post(sign, {"signed_off": "no"}))
    assert client.post(sign, {"signed_off": "yes"}).status_code == 302
    client.force_login(marlows.worker)
    page = client.get(ask)
    assert "Monday 30 November 2026" in text(page)
    assert "Should Theo Marlow be included?" in text(page)  # every child, not only those of the enquiry
    given = {
        "kind": "initial", f"include_{marlows.rosa.pk}": "yes", f"include_{marlows.unborn.pk}": "yes",
        f"include_{marlows.theo.pk}": "no", "request_reason": "Continuing harm",
    }  # fmt: skip
    response = client.post(ask, given)
    assert "Say why Theo Marlow is left out" in text(response)
    assert "Continuing harm" in response.content.decode()
    given[f"reason_{marlows.theo.pk}"] = "Lives with an aunt"
    response = client.post(ask, given)
    conference = Conference.objects.get()
    assert response.url == reverse("conferences:request", args=[conference.pk])
    page = text(client.get(response.url))
    assert "Left out: Lives with an aunt" in page and "Substantiated" in page
    assert "Waiting for the manager of North team" in page
    assert "Agree or decline" not in page


def test_what_is_missing_of_a_discussion_is_said_at_its_field_and_nothing_typed_is_lost(client, marlows):
    client.force_login(marlows.worker)
    url = reverse("conferences:record_discussion", args=[marlows.family.pk])
    typed = said(
        marlows.rosa, police_part="no", education_part="not_asked", action_1_what="See Rosa alone",
        **{f"decision_{child.pk}": "not_discussed" for child in (marlows.theo, marlows.unborn)},
    )  # fmt: skip
    response = client.post(url, typed)
    for sentence in (
        "Give the reason why nobody took part for the police", "Enter who does action 1",
        "Enter the date by which action 1 is done"
    ):  # fmt: skip
        assert sentence in text(response)
    typed |= {"police_why_not": "No officer was free", "action_1_owner": "Priya", "action_1_due_on": "2026-11-10"}
    response = client.post(url, typed)
    assert "Education must be asked about a child of 4 or over" in text(response)
    assert "See Rosa alone" in response.content.decode()
    response = client.post(url, typed | {"education_part": "yes"}, follow=True)
    page = text(response)
    assert "Did not take part" in page and "No officer was free" in page and "See Rosa alone" in page


def test_a_second_discussion_is_linked_and_one_without_an_enquiry_has_its_own_page(client, marlows, by):
    first = a_strategy_discussion(by, marlows.family, [marlows.rosa], decision="again")
    client.force_login(marlows.worker)
    family = reverse("families:family", args=[marlows.family.pk])
    assert "with no section 47 enquiry" in text(client.get(family))
    others = {f"decision_{child.pk}": "not_discussed" for child in (marlows.theo, marlows.unborn)}
    typed = said(marlows.rosa, held_on="2026-11-11", continues=first.pk, **others)
    page = text(client.post(reverse("conferences:record_discussion", args=[marlows.family.pk]), typed, follow=True))
    assert "counted from the strategy discussion on Wednesday 11 November 2026" in page
    assert "Linked strategy discussions" in page
    assert "with no section 47 enquiry" not in text(client.get(family))
    page = text(open_as(client, marlows.worker, "discussion", first.pk))
    assert "which decided on a section 47 enquiry" in page


def test_another_date_is_asked_for_and_agreed_in_the_pages(client, marlows, by):
    conference = a_request(marlows, by)
    discussion = conference.enquiry.strategy_discussion
    client.force_login(marlows.worker)
    ask = reverse("conferences:ask_date_change", args=[discussion.pk])
    assert "cannot be before the case was opened" in text(client.post(ask, {"to_on": "2026-11-01", "reason": "A slip"}))
    assert client.post(ask, {"to_on": "2026-11-06", "reason": "It was the Friday"}).status_code == 302
    shown = reverse("conferences:discussion", args=[discussion.pk])
    assert "Change its date" not in text(client.get(shown))
    change = discussion.date_changes.get()
    answer = reverse("conferences:answer_date_change", args=[change.pk])
    assert client.get(answer).status_code == 403
    client.force_login(marlows.council.users.team_manager)
    page = text(client.get(answer))
    assert "It was the Friday" in page and "Friday 27 November 2026" in page and "Monday 30 November 2026" in page
    assert client.post(answer, {"agreed": "yes"}).status_code == 302
    conference.refresh_from_db()
    assert conference.due_on == date(2026, 11, 27)
    page = text(open_as(client, marlows.worker, "discussion", discussion.pk))
    assert "It was the Friday" in page and "Agreed" in page and "Change its date" in page


def test_the_change_page_keeps_what_is_recorded_and_says_what_somebody_else_saved(client, marlows, by):
    discussion = an_enquiry(by, marlows.family, [marlows.rosa]).strategy_discussion
    client.force_login(marlows.worker)
    url = reverse("conferences:change_discussion", args=[discussion.pk])
    page = client.get(url)
    assert "Bruises nobody can explain" in page.content.decode() and "Ms Hart" in page.content.decode()
    typed = said(seen=str(discussion.version), concerns="A burn", **{f"reason_{marlows.rosa.pk}": "Twice"})
    del typed["held_on"]
    assert client.post(url, typed).status_code == 302
    response = client.post(url, typed | {"concerns": "A bruise"})
    assert "Saved here since" in text(response)
    assert client.post(url, typed | {"concerns": "A bruise", "seen": "2"}).status_code == 302
    discussion.refresh_from_db()
    assert (discussion.concerns, discussion.version) == ("A bruise", 3)


def test_a_child_without_an_answer_stops_the_request_with_a_sentence(client, marlows, by):
    enquiry = an_enquiry_that_needs_a_conference(marlows, by)
    client.force_login(marlows.worker)
    response = client.post(
        reverse("conferences:ask", args=[enquiry.pk]),
        {"kind": "initial", f"include_{marlows.rosa.pk}": "yes", "request_reason": "Continuing harm"},
    )
    assert "Say whether Theo Marlow should be included" in text(response)
    assert not Conference.objects.exists()


def test_the_manager_of_the_team_declines_with_reasons_in_the_pages(client, marlows, by):
    conference = a_request(marlows, by)
    client.force_login(marlows.council.users.team_manager)
    answer = reverse("conferences:request", args=[conference.pk])
    assert "Do you agree to convene a conference?" in text(
        client.get(reverse("conferences:request", args=[conference.pk]))
    )
    assert "Give the reasons" in text(client.post(answer, {"agreed": "no"}))
    assert client.post(answer, {"agreed": "no", "reason": "Enough support"}).status_code == 302
    page = text(open_as(client, marlows.worker, "request", conference.pk))
    assert "Enough support" in page
    assert "Disagree with this decision" in page


def test_the_manager_reads_what_the_request_rests_on_where_they_answer(client, marlows, by):
    conference = a_request(marlows, by, children=everybody(marlows), request_reason="Continuing harm")
    with setting_up():
        Person.objects.filter(pk=marlows.mother.pk).update(first_language="Polish", interpreter_needed=True)
    page = text(open_as(client, marlows.council.users.team_manager, "request", conference.pk))
    enquiry = conference.enquiry
    with setting_up():
        Person.objects.filter(pk=marlows.unborn.pk).update(expected_on=date(2027, 6, 1))
    later = text(open_as(client, marlows.council.users.team_manager, "request", conference.pk))
    assert "This day has passed" in page and "This day has passed" not in later
    for words in (
        "Continuing harm", "Rosa Marlow", "Theo Marlow", "Substantiated", enquiry.strategy_discussion.concerns,
        "There is no interim safety plan", "Who must not meet", "Dan Pryce", "Lewis Hart", "Needs and languages",
        "Polish, interpreter needed",
        "Dates on the way to the conference", "Do you agree to convene a conference?",
    ):  # fmt: skip
        assert words in page


def test_the_manager_agrees_in_the_pages_and_a_second_answer_gets_a_sentence(client, marlows, by):
    conference = a_request(marlows, by)
    client.force_login(marlows.council.users.team_manager)
    answer = reverse("conferences:request", args=[conference.pk])
    assert client.post(answer, {"agreed": "yes"}).status_code == 302
    response = client.post(answer, {"agreed": "no", "reason": "Second thoughts"})
    assert response.status_code == 200
    assert "cannot become declined" in text(response)


def test_a_professional_reads_of_a_declined_request_only_what_they_need_to_dispute_it(client, marlows, by):
    conference = a_request(marlows, by, children=everybody(marlows), request_reason="Police say so in confidence")
    school = marlows.council.professionals.school  # knows Rosa alone
    assert open_as(client, school, "request", conference.pk).status_code == 404
    actions.decline_request(
        by=marlows.council.by("team_manager"), conference=conference, reason="Support by consent is enough"
    )
    page = text(open_as(client, school, "request", conference.pk))
    assert "Rosa Marlow" in page
    assert "Support by consent is enough" in page
    for secret in ("Theo", "Unborn", "in confidence", "Marlow family", "Priya"):
        assert secret not in page
    client.post(reverse("conferences:dispute", args=[conference.pk]), {"reason": "She is still afraid"})
    assert Dispute.objects.get().raised_by == school
    gp = marlows.council.professionals.gp
    assert "still afraid" not in text(open_as(client, gp, "request", conference.pk))
    manager = marlows.council.users.team_manager
    assert "still afraid" in text(open_as(client, manager, "request", conference.pk))
    answer = reverse("conferences:answer_dispute", args=[Dispute.objects.get().pk])
    assert client.post(answer, {"answered_by": "Me", "answer": "No"}).status_code == 403
    page = text(open_as(client, marlows.council.users.service_manager, "request", conference.pk))
    assert "Record the answer" in page
    assert "Support by consent is enough" in text(client.get(answer))
    assert "Enter the name and role of who answered" in text(client.post(answer, {"answer": "No", "upheld": "no"}))
    client.post(answer, {"answered_by": "Ann Ellis, head teacher", "answer": "I have thought again", "upheld": "no"})
    page = text(open_as(client, school, "request", conference.pk))
    assert "I have thought again" in page and "Ann Ellis" in page and "The decision stands in the meantime" in page
    reply = reverse("conferences:reply_to_answer", args=[Dispute.objects.get().pk])
    assert "it is answered next by the managers of both agencies" in text(client.get(reply))
    for secret in ("Theo", "Unborn", "in confidence", "Marlow family", "Priya"):
        assert secret not in text(client.get(reply))
    assert "Say whether the answer settles" in text(client.post(reply, {"accepted": ""}))
    assert client.post(reply, {"accepted": "no"}).status_code == 302
    assert "Stage 2: the managers of both agencies" in text(open_as(client, school, "request", conference.pk))
    assert open_as(client, gp, "reply_to_answer", Dispute.objects.get().pk).status_code == 404


def pages_of(conference):
    enquiry = conference.enquiry
    return [
        ("request", conference.pk),
        ("dispute", conference.pk),
        ("enquiry", enquiry.pk),
        ("write_outcome", enquiry.pk),
        ("sign_off_outcome", enquiry.pk),
        ("discussion", enquiry.strategy_discussion_id),
        ("ask_date_change", enquiry.strategy_discussion_id),
        ("ask", enquiry.pk),
        ("change_discussion", enquiry.strategy_discussion_id),
        ("record_discussion", conference.family_id),
        ("ask_transfer_in", conference.family_id),
    ]


@pytest.mark.parametrize("who", ["other_worker", "other_manager", "nursery", "police"])
def test_every_page_is_closed_to_another_team_and_to_strangers_to_the_children(client, marlows, who):
    conference = a_declined_request(marlows)
    user = getattr(marlows.council.users, who, None) or getattr(marlows.council.professionals, who)
    for name, pk in pages_of(conference):
        response = open_as(client, user, name, pk)
        assert response.status_code in (403, 404), name
        assert not any(secret in text(response) for secret in SECRETS)


def test_every_page_is_closed_by_a_conflict_and_by_a_restriction(client, marlows):
    conference = a_declined_request(marlows)
    declare_conflict(marlows.council.users.team_manager, marlows.family)
    restrict(marlows.family)
    for user in (marlows.worker, marlows.council.users.team_manager, marlows.council.users.chair):
        for name, pk in pages_of(conference):
            response = open_as(client, user, name, pk)
            assert response.status_code in (403, 404), name
            assert not any(secret in text(response) for secret in SECRETS)


def test_a_professional_never_reaches_the_enquiry(client, marlows):
    conference = a_declined_request(marlows)
    gp = marlows.council.professionals.gp
    for name, pk in pages_of(conference):
        if name not in ("request", "dispute"):
            assert open_as(client, gp, name, pk).status_code in (403, 404), name


def test_opening_a_request_is_a_look_at_the_children_shown(client, marlows):
    conference = a_declined_request(marlows)
    school = marlows.council.professionals.school
    open_as(client, school, "request", conference.pk)
    looks = Look.objects.filter(page="request for a conference", who_id=school.pk)
    assert [look.child_id for look in looks] == [marlows.rosa.pk]


def test_the_familys_page_says_what_comes_next(client, marlows, by):
    def page():
        client.force_login(marlows.worker)
        return text(client.get(reverse("families:family", args=[marlows.family.pk])))

    assert "No strategy discussion has been recorded" in page()
    enquiry = an_enquiry(by, marlows.family, marlows.children)
    assert "Write the outcome" in page()
    assert "counted from the strategy discussion on Monday 9 November 2026" in page()
    with_outcome(by, enquiry)
    assert "Waiting for sign-off" in page() and "Request a conference" not in page()
    signed_off(enquiry)
    assert "Request a conference" in page()
    a_request(marlows, by, enquiry=enquiry)
    assert "Requested" in page()


def test_the_familys_page_takes_as_many_queries_for_three_enquiries_as_for_one(client, marlows, by):
    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("families:family", args=[marlows.family.pk]))
        return len(captured)

    an_enquiry(by, marlows.family, [marlows.rosa])
    client.force_login(marlows.worker)
    count()
    alone = count()
    a_request(marlows, by, enquiry=None, kind="transfer_in", told_on=date(2026, 11, 9))
    with_request = count()
    assert with_request <= alone, "how far the case has come is asked of the conference, and no more of the enquiry"
    an_enquiry(by, marlows.family, [marlows.theo])
    an_enquiry(by, marlows.family, [marlows.unborn])
    assert count() == with_request


def test_asking_twice_gets_a_page_that_says_so(client, marlows, by):
    conference = a_request(marlows, by)
    response = open_as(client, marlows.worker, "ask", conference.enquiry_id)
    assert response.status_code == 409
    assert "already been requested" in text(response)


def test_a_future_strategy_discussion_gets_a_sentence_and_keeps_what_was_typed(client, marlows):
    client.force_login(marlows.worker)
    response = client.post(
        reverse("conferences:record_discussion", args=[marlows.family.pk]),
        said(*marlows.children, held_on="2098-11-09", concerns="A burn"),
    )
    assert "must be today or in the past" in text(response)
    assert "A burn" in response.content.decode()


def a_discussion_with_a_restricted_share(marlows):
    """The police did not come, and what they said of it is restricted."""
    discussion = a_request(marlows, marlows.council.by("social_worker")).enquiry.strategy_discussion
    with setting_up():
        DiscussionAgency.objects.filter(discussion=discussion, agency="police").update(
            audience="police", took_part=False, people="", why_not="They watch the house of Lewis Hart"
        )
    return discussion


def test_why_an_agency_was_missing_is_not_read_by_anybody_who_may_not_read_its_share(client, marlows):
    discussion = a_discussion_with_a_restricted_share(marlows)
    for who, reads in (("social_worker", True), ("service_manager", False)):
        page = text(open_as(client, getattr(marlows.council.users, who), "discussion", discussion.pk))
        assert "Did not take part" in page and ("They watch the house" in page) == reads, who


def test_who_may_not_read_all_of_a_discussion_does_not_change_it(client, marlows):
    discussion = a_discussion_with_a_restricted_share(marlows)
    both = a_user(Role.SOCIAL_WORKER, Role.CHAIR, team=marlows.council.other_team)
    assert open_as(client, marlows.worker, "change_discussion", discussion.pk).status_code == 200
    answer = open_as(client, both, "change_discussion", discussion.pk)
    assert answer.status_code == 302 and answer.url == reverse("conferences:discussion", args=[discussion.pk])
    assert "You cannot change this discussion" in text(client.get(answer.url))


def test_only_a_declined_request_is_disputed_by_a_professional_who_cannot_read_another(client, marlows, by):
    conference = a_request(marlows, by)
    school = marlows.council.professionals.school
    assert open_as(client, school, "dispute", conference.pk).status_code == 404


def test_the_check_of_a_list_leads_to_the_reasons_only_those_who_may_read_them(client):
    convened = a_booked_conference()
    reasons = reverse("conferences:must_not_meet", args=[convened.conference.pk])
    for who, leads in (("administrator", True), ("team_manager", True), ("social_worker", False)):
        page = open_as(client, getattr(convened.council.users, who), "check_invitations", convened.conference.pk)
        assert "must not meet" in page.content.decode() and (reasons in page.content.decode()) == leads, who


def test_a_child_that_the_enquiry_did_not_find_to_need_a_conference_is_pointed_out(client, marlows, by):
    theo = {f"outcome_{marlows.theo.pk}": "support", f"follows_{marlows.theo.pk}": "Family Help"}
    enquiry = an_enquiry(by, marlows.family, marlows.children)
    client.force_login(marlows.worker)
    client.post(reverse("conferences:write_outcome", args=[enquiry.pk]), found(*marlows.children, **theo))
    enquiry.refresh_from_db()
    signed_off(enquiry)
    said_of = "The enquiry found: concerns substantiated, not likely to suffer significant harm"
    url = reverse("conferences:ask", args=[enquiry.pk])
    assert text(client.get(url)).count(said_of) == 1
    included = {f"include_{child.pk}": "yes" for child in marlows.children}
    shown = client.post(url, {"kind": "initial", "request_reason": "Harm", **included}, follow=True)
    assert text(shown).count(said_of) == 1


@pytest.mark.parametrize(("names", "about"), [(["rosa"], "Rosa"), (["rosa", "theo"], "each child")])
def test_headings_about_one_child_name_the_child(client, marlows, by, names, about):
    enquiry = with_outcome(by, an_enquiry(by, marlows.family, [getattr(marlows, name) for name in names]))
    page = text(open_as(client, marlows.council.users.team_manager, "sign_off_outcome", enquiry.pk))
    assert f"Outcome for {about}" in page and f"Decided for {about}" in page
