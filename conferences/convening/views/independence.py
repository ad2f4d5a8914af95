"""The chair declares whether they are independent; the service manager approves a chair who is not."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.actions import booking, independence
from conferences.convening.choices import ConferenceState
from conferences.convening.forms.booking import AgreeChairForm, DeclareIndependenceForm
from conferences.convening.models import Conference
from conferences.convening.permissions import is_its_chair
from conferences.convening.permissions.independence import why_chair_knows
from conferences.convening.queries import booking as booking_queries
from conferences.convening.queries.acting import runs_it
from conferences.convening.queries.invitations import included_children
from conferences.convening.queries.slots import chairs_to_compare
from conferences.convening.views.booking import follows_another_chair
from conferences.disclosure.forms import attempt_or_ask_consent
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.kernel.refusals import NotPermitted
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page

READ = Conference.objects.select_related("family__team", "family__social_worker", "chair", "chair_agreed_by")


@page(Permission.DECLARE_INDEPENDENCE)
def declare_independence(request, pk):
    """The chair of the conference declares whether they are independent. Nothing is chosen in advance."""
    conference = get_or_404(READ, request.viewer, pk)
    if not is_its_chair(request.viewer, conference):
        raise NotPermitted("Only the chair of this conference can declare this.")
    if conference.state != ConferenceState.BOOKED:
        messages.info(request, "Independence must be declared before the conference is opened.")
        return redirect("conferences:conference", conference.pk)
    form = DeclareIndependenceForm(request.POST or None, cancel_url=reverse("conferences:conference", args=[pk]))
    if request.method == "POST" and form.is_valid() and attempt(
        form,
        lambda: independence.declare_independence(by=request.viewer, conference=conference, **form.declaration()),
    ):  # fmt: skip
        if conference.chair_independent:
            messages.success(request, "You declared that you are independent.")
        else:
            messages.success(
                request,
                "You declared that you are not independent. The conference service manager must now approve you.",
            )
        return redirect("conferences:conference", conference.pk)
    children = included_children(conference)
    looked(request.viewer, children=children, page="declare independence")
    conference.refresh_from_db()
    context = {"form": form, "conference": conference, "children": children}
    return render(request, "conferences/declare_independence.html", context)


@page(Permission.AGREE_CHAIR)
def chairs_to_agree(request):
    """The chairs who are not independent and wait for the service manager."""
    waiting = list(booking_queries.chairs_to_agree(request.viewer))
    return render(request, "conferences/chairs_to_agree.html", {"waiting": waiting})


@page(Permission.AGREE_CHAIR)
def agree_chair(request, pk):
    """Whether a person who is not independent may chair, or who chairs instead."""
    conference = get_or_404(READ, request.viewer, pk)
    if conference.chair_independent is not False:
        messages.info(request, "The chair of this conference does not need your approval.")
        return redirect("conferences:conference", conference.pk)
    others = [one for one in chairs_to_compare(conference, request.viewer.on) if not one.part_in_case]
    form = AgreeChairForm(request.POST or None, others=others)

    def decide(shared):
        given = form.cleaned_data
        if given["may_chair"]:
            return independence.agree_chair(by=request.viewer, conference=conference, reason=given["reason"], **shared)
        return booking.name_independent_chair(
            by=request.viewer, conference=conference, chair=given["chair"], reason=given["why_other"]
        )

    if request.method == "POST" and attempt_or_ask_consent(request, form, decide):
        if conference.chair_agreed_at:
            told = f"{conference.chair} may chair. The family will be told that you agreed."
        else:
            told = follows_another_chair(conference)
        messages.success(request, told)
        return redirect("conferences:conference", conference.pk)
    children = included_children(conference)
    looked(request.viewer, children=children, page="agree a chair")
    known = why_chair_knows(conference, runs_it(conference).pk)
    context = {"form": form, "conference": READ.get(pk=conference.pk), "children": children, "known": known}
    return render(request, "conferences/agree_chair.html", context)
