"""An action ends with the plan that it is part of: nobody is late with it, and no core group is asked about it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from conferences.convening.choices import Outcome
from conferences.plans.models import CoreGroupMeeting, PlanAction
from conferences.plans.queries import children_with_action, current_actions, open_actions
from conferences.plans.tests.closing import a_closed_sitting, a_review_sitting, close, write_outline
from conferences.tests.meeting import decide
from cpc.core.accounts.tests.builders import TODAY, setting_up

pytestmark = pytest.mark.django_db


def agree(sitting, action, *names):
    """An action that the conference of this sitting agreed for these children."""
    with setting_up():
        made = PlanAction.objects.create(
            family=sitting.marlows.family, conference=sitting.conference, outcome="Safe", action=action,
            who="Anna Marlow", due_on=sitting.conference.held_on + timedelta(days=3), measure="Seen",
        )  # fmt: skip
        for name in names:
            made.children.create(child=getattr(sitting.marlows, name))
    return made


@pytest.fixture
def reviewed():
    """(the first conference, the review at which Rosa’s plan goes on and Theo’s ends)."""
    first = a_closed_sitting(TODAY - timedelta(weeks=8), children=("rosa", "theo"))
    for words, names in {"Meet Rosa": ["rosa"], "Warm Theo": ["theo"], "Feed both": ["rosa", "theo"]}.items():
        agree(first, words, *names)
    review = a_review_sitting(first)
    decide(review, ["rosa"])
    decide(review, ["theo"], Outcome.NO_PLAN)
    close(review, core_group_at=None)
    return first, review


def said(actions) -> list[str]:
    return sorted(one.action for one in actions if one.action != "Go to the breakfast club")


def test_an_action_ends_with_the_plans_of_all_its_children_and_no_page_says_that_it_is_late(reviewed, client):
    first, _ = reviewed
    family = first.marlows.family
    assert said(open_actions(family)) == ["Feed both", "Meet Rosa"]
    client.force_login(first.council.users.social_worker)
    page = client.get(reverse("plans:family", args=[family.pk])).content.decode()
    late = {
        re.search(r"<h3[^>]*>(.*?)</h3>", one)[1]: "late" in one
        for one in re.findall(r"<article.*?</article>", page, re.DOTALL)
    }
    assert (late["Meet Rosa"], late["Warm Theo"]) == (True, False)
    meeting = CoreGroupMeeting.objects.filter(state="planned").latest("pk")
    form = client.get(reverse("plans:record_core_group", args=[meeting.pk])).content.decode()
    assert "Meet Rosa" in form and "Warm Theo" not in form


def test_an_action_of_an_ended_plan_is_none_of_the_childs_next_plan_and_one_that_was_agreed_since_is(reviewed):
    first, review = reviewed
    theo, rosa = first.marlows.theo, first.marlows.rosa
    agree(review, "Agreed for Theo as his plan ended", "theo")
    assert children_with_action(first.marlows.family) == {rosa.pk}
    again = a_review_sitting(review)
    decide(again)
    write_outline(again)
    close(again)
    agree(again, "Agreed for Theo now", "theo")
    words = said(current_actions(first.marlows.family))
    assert "Agreed for Theo now" in words and not {"Warm Theo", "Agreed for Theo as his plan ended"} & set(words)
    assert children_with_action(first.marlows.family) == {rosa.pk, theo.pk}
