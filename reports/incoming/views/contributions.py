"""Pages to type in what the family sent in, and to record the chair’s talk with them."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from conferences.convening.models import Conference
from conferences.disclosure.forms import attempt_or_ask_consent
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.kernel.phrases import listed
from cpc.core.kernel.refusals import NotPermitted
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from cpc.core.web.uploads import KINDS
from families.people.models import Person
from families.people.queries.merged_records import records_in_family
from reports.incoming.actions.contributions import (
    AUDIENCES,
    ONLY_THE_CHAIR,
    may_change,
    record_chair_talk,
    record_contribution,
    upload_scan,
)
from reports.incoming.actions.talks import plan_talk
from reports.incoming.forms import contributions
from reports.incoming.forms.uploads import file_upload
from reports.incoming.models import ContributionScan
from reports.incoming.queries.contributions import children_to_write_about, group_of, is_offered_form
from reports.incoming.queries.requested import contributions_of, included_children

P = Permission


@page(P.RECORD_CONTRIBUTION)
def contribute(request, pk, person):
    """Type in what a family member wrote, in their words."""
    conference = get_or_404(Conference.objects.select_related("family"), request.viewer, pk)
    person = Person.objects.filter(pk__in={person} & records_in_family(conference.family_id)).first()
    if person is None:
        raise Http404
    found = conference.contributions.filter(person=person).first()
    if found is None and not is_offered_form(conference, person):
        raise Http404
    initial = {"version": 0}
    if found:
        if not may_change(request.viewer, found):
            raise NotPermitted(ONLY_THE_CHAIR.format(person.full_name))
        initial = contributions.contribution_initial(found)
    boxes = children_to_write_about(conference, person)
    form_class = contributions.contribution_form(group_of(conference, person), request.viewer.on, boxes)
    form = form_class(request.POST or None, initial=initial)
    if request.method == "POST" and attempt_or_ask_consent(
        request,
        form,
        lambda shared: record_contribution(
            by=request.viewer,
            conference=conference,
            person=person,
            **contributions.contribution_given(form) | shared,
        ),
        audiences=AUDIENCES,
    ):
        messages.success(request, f"Saved what {person.full_name} wrote.")
        return redirect("conferences:conference", conference.pk)
    # The page names the family, and a parent writes about the children, so the view is audited for all children.
    looked(request.viewer, children=included_children(conference), page="contribution")
    return render(
        request,
        "layouts/form.html",
        {
            "form": form,
            "heading": f"What {person.full_name} wrote",
            "caption": str(conference.family),
            "lead": "Type it exactly as they wrote it. Do not correct or shorten it.",
            "back": reverse("conferences:conference", args=[conference.pk]),
        },
    )


@page(P.RECORD_CONTRIBUTION)
def scan(request, pk, person):
    """Upload a drawing or a letter of a family member."""
    conference = get_or_404(Conference.objects.select_related("family"), request.viewer, pk)
    person = Person.objects.filter(pk__in={person} & records_in_family(conference.family_id)).first()
    if person is None:
        raise Http404
    form = contributions.ScanForm(request.POST or None, request.FILES or None)

    def save(right_child):
        given = form.cleaned_data
        return upload_scan(
            by=request.viewer, conference=conference, person=person, upload=file_upload(form), called=given["called"],
            received_on=given["received_on"], audience=given["audience"], right_child=right_child,
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and form.attempt(save):
        messages.success(request, f"Saved what {person.full_name} sent in.")
        return redirect("conferences:conference", conference.pk)
    asked = ": asked whether it is about the right child" if "right_child" in form.errors else ""
    looked(request.viewer, children=included_children(conference), page=f"contribution{asked}")
    context = {
        "form": form,
        "heading": f"A drawing or letter of {person.full_name}",
        "caption": str(conference.family),
        "back": reverse("conferences:conference", args=[conference.pk]),
    }
    return render(request, "layouts/form.html", context)


@page(P.RECORD_CONTRIBUTION, P.READ_RECORD, methods=("GET",))
def download_scan(request, pk):
    """The drawing or letter itself. It is never shown in the browser, where it could run."""
    found = get_or_404(ContributionScan.objects.select_related("conference"), request.viewer, pk)
    looked(request.viewer, children=included_children(found.conference), page="contribution")
    response = HttpResponse(bytes(found.body), content_type=KINDS[found.kind][1])
    response["Content-Disposition"] = f'attachment; filename="scan.{found.kind}"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@page(P.RECORD_CHAIR_TALK)
def chair_talk(request, pk):
    """The chair’s talk with a family member before the conference, or why there was none."""
    conference = get_or_404(Conference.objects.select_related("family"), request.viewer, pk)
    people = [row.person for row in contributions_of(conference) if row.speaks_for_themselves]
    form = contributions.chair_talk_form(people, request.viewer.on)(request.POST or None)

    def save(shared):
        person = next(one for one in people if str(one.pk) == form.cleaned_data["person"])
        answers = {
            name: form.cleaned_data[name]
            for name in ("held_on", "what_was_said", "form", "not_held_reason", "audience")
        }
        return record_chair_talk(by=request.viewer, conference=conference, person=person, **answers | shared)

    if request.method == "POST" and attempt_or_ask_consent(request, form, save, audiences=AUDIENCES):
        messages.success(request, "Your conversation with the family has been saved.")
        return redirect("conferences:conference", conference.pk)
    looked(request.viewer, children=included_children(conference), page="the chair’s talk with the family")
    return render(
        request,
        "layouts/form.html",
        {
            "form": form,
            "heading": "Your conversation with the family before the conference",
            "caption": str(conference.family),
            "back": reverse("conferences:conference", args=[conference.pk]),
        },
    )


@page(P.RECORD_CHAIR_TALK)
def plan_talks(request, pk):
    """Plan when the chair speaks with a family member before the conference."""
    conference = get_or_404(Conference.objects.select_related("family"), request.viewer, pk)
    rows = [row for row in contributions_of(conference) if row.speaks_for_themselves]
    people = [row.person for row in rows]
    again = [row.person.full_name for row in rows if row.must_be_planned_again]
    form = contributions.plan_talk_form(people)(request.POST or None, initial={"on": conference.held_on})

    def save():
        given = form.cleaned_data
        at = timezone.make_aware(datetime.combine(given["on"], given["time"]))
        person = next(one for one in people if str(one.pk) == given["person"])
        return plan_talk(by=request.viewer, conference=conference, person=person, at=at, how=given["how"])

    if request.method == "POST" and form.is_valid() and attempt(form, save):
        messages.success(request, f"You will speak with {form.result.person.full_name}.")
        return redirect("conferences:conference", conference.pk)
    looked(request.viewer, children=included_children(conference), page="the chair’s talk with the family")
    context = {
        "form": form,
        "heading": "Plan a conversation with the family",
        "caption": str(conference.family),
        "lead": f"The conference has been moved. Plan again when you speak with {listed(again)}, and tell them."
        if again
        else "",
        "back": reverse("conferences:conference", args=[conference.pk]),
    }
    return render(request, "layouts/form.html", context)
