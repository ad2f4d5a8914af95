"""Pages of a disputed decision not to hold a conference, stage by stage."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.actions import disputes as actions
from conferences.convening.choices import ConferenceState, Post, StageRole
from conferences.convening.forms.request import AnswerDisputeForm, DisputeForm, ReplyForm
from conferences.convening.models import Conference, Dispute
from conferences.convening.queries.disputes import current_stage, holders_of, next_people, people_of_stages
from conferences.convening.queries.request import only_their_own
from conferences.convening.states import ANSWERED, CONFERENCE, DISPUTE, WAITS
from conferences.disclosure.forms import attempt_or_ask_consent
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission
from cpc.core.kernel.phrases import listed
from cpc.core.kernel.refusals import NotPermitted
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, not_now, page

READ = Dispute.objects.select_related("conference__family", "conference__declined_by", "raised_by")


@page(Permission.DISPUTE_DECISION)
def dispute(request, pk):
    """Dispute the decision not to hold a conference."""
    conference = get_or_404(Conference.objects.select_related("family"), request.viewer, pk)
    if only_their_own(request.viewer):
        if conference.state != ConferenceState.DECLINED:
            raise Http404  # as the page of the request
        request.viewer.found.clear()
    back = reverse("conferences:request", args=[pk])
    if refused := not_now(request, CONFERENCE, conference, ConferenceState.DECLINED, to="disagreed with", back=back):
        return refused
    form = DisputeForm(request.POST or None, cancel_url=back)

    def do():
        return actions.dispute_decision(by=request.viewer, conference=conference, **form.cleaned_data)

    people = people_of_stages()
    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, f"Your disagreement has been recorded. It is answered first by {people[0]}.")
        return redirect(back)
    lead = (
        f"It is recorded beside the decision, with your name. It is answered by {listed(people, 'then')}, as far as "
        "you take it. The decision stands meanwhile, and only you close the disagreement."
    )
    context = {"form": form, "heading": "Disagree with the decision", "back": back, "lead": lead}
    return render(request, "layouts/form.html", context)


@page(Permission.ANSWER_DISPUTE)
def answer_dispute(request, pk):
    """The answer of the stage that a dispute has reached, by the person named for it or a service manager for them."""
    found = get_or_404(READ, request.viewer, pk)
    back = reverse("conferences:request", args=[found.conference_id])
    if refused := not_now(request, DISPUTE, found, WAITS, to="answered", back=back):
        return refused
    if not request.viewer.may(Permission.ANSWER_DISPUTE, found.conference):
        raise NotPermitted("This stage is answered by the person named for it, and never by who took the decision.")
    stage = current_stage(found)
    own = _name_of_who_answers(request.user, stage)
    form = AnswerDisputeForm(
        request.POST or None,
        may_uphold=request.viewer.may(Permission.UPHOLD_DISPUTE, found.conference),
        cancel_url=back,
        initial={"answered_by": own},
    )

    def do(shared):
        return actions.answer_dispute(by=request.viewer, dispute=found, **form.cleaned_data, consent=shared["consent"])

    if request.method == "POST" and attempt_or_ask_consent(request, form, do):
        messages.success(request, "The answer is on the record. The person who disagreed has been told.")
        return redirect(back)
    context = {
        "form": form,
        "heading": "Answer a disagreement",
        "caption": str(found.conference),
        "back": back,
        "dispute": found,
        "stage": stage,
    }
    return render(request, "conferences/request_answer_dispute.html", context)


def _name_of_who_answers(user, stage) -> str:
    """The name, and post, of a user who answers the stage themselves; "" for somebody who records an answer."""
    if stage.role in (StageRole.WORKER, StageRole.MANAGER):
        return str(user)
    return f"{user}, {Post(stage.role).label.lower()}" if user.pk in holders_of(stage.role) else ""


@page(Permission.DISPUTE_DECISION, Permission.ANSWER_DISPUTE)
def reply_to_answer(request, pk):
    """The person who disagreed says whether the answer settles it, or takes it to the next stage."""
    found = get_or_404(READ, request.viewer, pk)
    if only_their_own(request.viewer):
        request.viewer.found.clear()
    back = reverse("conferences:request", args=[found.conference_id])
    is_own = found.raised_by_id == request.viewer.id
    may_record = request.viewer.holds(Role.SERVICE_MANAGER) and request.viewer.may(
        Permission.ANSWER_DISPUTE, found.conference
    )
    if not is_own and not may_record:
        raise NotPermitted("Only the person who disagreed says whether the answer settles it.")
    if refused := not_now(request, DISPUTE, found, ANSWERED, to="replied to", back=back):
        return refused
    stage = current_stage(found)
    people = next_people(stage.number + 1)
    form = ReplyForm(request.POST or None, next_people=people, cancel_url=back)

    def do():
        given = form.cleaned_data
        if people and not given["accepted"]:
            return actions.take_dispute_further(by=request.viewer, dispute=found)
        return actions.close_dispute(
            by=request.viewer, dispute=found, accepted=given["accepted"], note=given.get("note") or ""
        )

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        further = people and not form.cleaned_data["accepted"]
        messages.success(request, f"It is answered next by {people}." if further else "The disagreement is closed.")
        return redirect(back)
    context = {"form": form, "heading": "Does the answer settle it?", "back": back, "stage": stage}
    context["told_by"] = None if is_own else found.raised_by
    return render(request, "conferences/reply_to_answer.html", context)
