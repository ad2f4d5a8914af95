"""Pages to type in what the family sent in, and to record the chair’s talk with them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.models import Conference
from conferences.disclosure.forms import attempt_or_ask_consent
from cpc.core.accounts.permissions import Permission, can_see
from cpc.core.audit.looks import looked
from cpc.core.kernel.refusals import NotPermitted
from cpc.core.web.guards import get_or_404, page
from families.people.models import Person
from families.people.queries.merged_records import records_in_family
from reports.incoming.actions.contributions import AUDIENCES, record_chair_talk, record_contribution
from reports.incoming.choices import CONTRIBUTION
from reports.incoming.forms import contributions
from reports.incoming.queries.requested import contributions_of, included_children

P = Permission


@page(P.RECORD_CONTRIBUTION)
def contribute(request, pk, person):
    """Type in what a family member wrote, in their words."""
    conference = get_or_404(Conference.objects.select_related("family"), request.viewer, pk)
    person = Person.objects.filter(pk__in={person} & records_in_family(conference.family_id)).first()
    if person is None:
        raise Http404
    is_child = conference.children.filter(child=person, included=True).exists()
    found = conference.contributions.filter(person=person).first()
    initial = {"version": 0}
    if found:
        if not can_see(request.viewer, found):
            raise NotPermitted(f"Only the chair may read what {person.full_name} wrote. Ask the chair to change it.")
        initial = {name: getattr(found, name) for name in (*CONTRIBUTION, "received_on", "version", "audience")}
    form = contributions.contribution_form(is_child, request.viewer.on)(request.POST or None, initial=initial)
    if request.method == "POST" and attempt_or_ask_consent(
        request,
        form,
        lambda shared: record_contribution(
            by=request.viewer, conference=conference, person=person, **form.cleaned_data | shared
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


@page(P.RECORD_CHAIR_TALK)
def chair_talk(request, pk):
    """The chair’s talk with a family member before the conference, or why there was none."""
    conference = get_or_404(Conference.objects.select_related("family"), request.viewer, pk)
    people = [row.person for row in contributions_of(conference)]
    form = contributions.chair_talk_form(people, request.viewer.on)(request.POST or None)

    def save(shared):
        person = next(one for one in people if str(one.pk) == form.cleaned_data["person"])
        answers = {
            name: form.cleaned_data[name] for name in ("held_on", "what_was_said", "not_held_reason", "audience")
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
