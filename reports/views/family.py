"""What the family sent in is typed in; the chair's talk with them is recorded."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.forms.leave import attempt_with_leave
from conferences.models import Conference
from cpc.core.accounts.permissions import Permission, can_see
from cpc.core.audit.looks import looked
from cpc.core.kernel.refusals import NotPermitted
from cpc.core.web.guards import get_or_404, page
from families.models import Person
from families.queries import everyone_in, that_papers_may_say_of
from reports import actions
from reports.actions.contributing import AUDIENCES, TEXTS
from reports.forms import family as forms
from reports.queries.asked import contributions_of
from reports.queries.copies import included_children

P = Permission


@page(P.RECORD_CONTRIBUTION)
def contribute(request, pk, person):
    """What a member of the family wrote is typed in, in their words."""
    conference = get_or_404(Conference.objects.select_related("family"), request.viewer, pk)
    person = Person.objects.filter(pk__in={person} & everyone_in(conference.family_id)).first()
    if person is None:
        raise Http404
    (person,) = that_papers_may_say_of(conference.family_id, [person])
    is_child = conference.children.filter(child=person, included=True).exists()
    found = conference.contributions.filter(person=person).first()
    initial = {"version": 0}
    if found:
        if not can_see(request.viewer, found):
            raise NotPermitted(f"What {person.full_name} wrote is for the chair alone. Ask the chair to change it.")
        initial = {name: getattr(found, name) for name in (*TEXTS, "received_on", "version", "audience")}
    form = forms.contribution_form(is_child, request.viewer.on)(request.POST or None, initial=initial)
    if request.method == "POST" and attempt_with_leave(
        request,
        form,
        lambda leave, readers: actions.record_contribution(
            by=request.viewer, conference=conference, person=person, **_typed(form, leave, readers)
        ),
        may_narrow=lambda readers: readers.audience in AUDIENCES,
    ):
        messages.success(request, f"Saved: what {person.full_name} wrote.")
        return redirect("conferences:conference", conference.pk)
    # The family is named on the page, and what a parent writes is about the children.
    looked(request.viewer, children=included_children(conference), page="contribution")
    return render(
        request,
        "layouts/form.html",
        {
            "form": form,
            "heading": f"What {person.full_name} wrote",
            "caption": str(conference.family),
            "lead": "Type it in as it is written. Do not correct it or shorten it.",
            "back": reverse("conferences:conference", args=[conference.pk]),
        },
    )


def _typed(form, leave, readers) -> dict:
    return form.cleaned_data | {"leave": leave} | ({"audience": readers.audience} if readers else {})


@page(P.RECORD_CHAIR_TALK)
def chair_talk(request, pk):
    """The chair's talk with a member of the family before the conference, or why there was none."""
    conference = get_or_404(Conference.objects.select_related("family"), request.viewer, pk)
    people = [row.person for row in contributions_of(conference)]
    form = forms.chair_talk_form(people, request.viewer.on)(request.POST or None)

    def save(leave, readers):
        person = next(one for one in people if str(one.pk) == form.cleaned_data["person"])
        answers = {name: form.cleaned_data[name] for name in ("held_on", "what_was_said", "not_held_reason")}
        answers |= {"audience": readers.audience if readers else form.cleaned_data["audience"], "leave": leave}
        return actions.record_chair_talk(by=request.viewer, conference=conference, person=person, **answers)

    if request.method == "POST" and attempt_with_leave(
        request, form, save, may_narrow=lambda readers: readers.audience in AUDIENCES
    ):
        messages.success(request, "Saved: your talk with the family.")
        return redirect("conferences:conference", conference.pk)
    looked(request.viewer, children=included_children(conference), page="the chair’s talk with the family")
    return render(
        request,
        "layouts/form.html",
        {
            "form": form,
            "heading": "Your talk with the family before the conference",
            "caption": str(conference.family),
            "back": reverse("conferences:conference", args=[conference.pk]),
        },
    )
