"""The people of a conference who must not meet: what is done, and what the chair and a second person decide."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from conferences.convening.forms.separation import AnswerToShareForm, AskToShareForm
from conferences.convening.models import Conference
from conferences.convening.queries.invitations import included_children
from conferences.separation.actions import answer_to_share, ask_to_share
from conferences.separation.queries.arrangements import separation_plan
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.documents.choices import CheckKind, CheckState
from cpc.core.documents.models import SecondCheck
from cpc.core.documents.readers import reference_to
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.people.models import Person

READ = Conference.objects.select_related("family__team", "chair", "room")


@page(Permission.HOLD_CONFERENCE, Permission.AGREE_PROTECTIONS, Permission.INVITE)
def must_not_meet(request, pk):
    """Everybody on the list who must not meet somebody else on it; the chair's reasons, and their second person."""
    conference = get_or_404(READ, request.viewer, pk)
    found = [one for one in separation_plan(conference) if one.pair]
    form = AskToShareForm(request.POST or None, pairs=found)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _ask(request, conference, form)):
        messages.success(request, "Your reason is saved. A second person can now agree on this page.")
        return redirect("conferences:must_not_meet", pk)
    looked(request.viewer, children=included_children(conference), page="people who must not meet")
    context = {
        "conference": conference,
        "separation_plan": found,
        "decisions": _decisions(conference),
        "form": form if found and request.viewer.may(Permission.HOLD_CONFERENCE, conference) else None,
        "may_agree": request.viewer.may(Permission.AGREE_PROTECTIONS, conference),
    }
    return render(request, "conferences/must_not_meet.html", context)


def _ask(request, conference, form):
    people = Person.objects.in_bulk(form.cleaned_data["pair"])
    one, other = (people[pk] for pk in form.cleaned_data["pair"])
    return ask_to_share(
        by=request.viewer, conference=conference, one=one, other=other, shared=form.cleaned_data["shared"],
        reason=form.cleaned_data["reason"],
    )  # fmt: skip


@page(Permission.AGREE_PROTECTIONS)
def answer_must_not_meet(request, pk, check):
    """Agree or refuse, as a second person, what the chair decided about two people who must not meet."""
    conference = get_or_404(READ, request.viewer, pk)
    found = get_object_or_404(_decisions(conference), pk=check)
    if found.state != CheckState.ASKED:
        messages.info(request, "There is no longer anything to decide here.")
        return redirect("conferences:must_not_meet", pk)
    form = AnswerToShareForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(
        form,
        lambda: answer_to_share(
            by=request.viewer, conference=conference, check=found, agreed=form.cleaned_data["agreed"],
            reason=form.cleaned_data["reason"],
        ),
    ):  # fmt: skip
        messages.success(request, "Your decision is saved with your name.")
        return redirect("conferences:must_not_meet", pk)
    looked(request.viewer, children=included_children(conference), page="people who must not meet")
    one, other, shared = found.found
    context = {
        "form": form, "heading": "Do you agree?", "caption": str(conference),
        "lead": f"{one} and {other}: {shared.lower()}. {found.asked_by_name} says why: “{found.asked_why}”",
        "back": reverse("conferences:must_not_meet", args=[pk]),
    }  # fmt: skip
    return render(request, "layouts/form.html", context)


def _decisions(conference):
    found = SecondCheck.objects.filter(kind=CheckKind.TOGETHER, **reference_to(conference))
    return found.order_by("-pk")
