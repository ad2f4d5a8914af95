"""The page that asks about a child who came into the family after a conference was requested."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.actions import children as actions
from conferences.convening.forms.children import ConsiderChildForm
from conferences.convening.models import Conference
from conferences.convening.queries.children_to_consider import left_out_of, not_considered
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.kernel.dates import in_words
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page

READ = Conference.objects.select_related("family__team")


@page(Permission.CONSIDER_CHILD)
def consider_child(request, pk, child):
    """Whether the conference is about this child too, or why not."""
    conference = get_or_404(READ, request.viewer, pk)
    added = {row.person_id: row.person for _, row in not_considered([conference])}
    left_out = left_out_of(conference)
    waiting = added | {key: one.child for key, one in left_out.items()}
    if child not in waiting:
        raise Http404
    person = waiting[child]
    looked(request.viewer, children=[person], page="conference")
    back = reverse("conferences:conference", args=[pk])
    form = ConsiderChildForm(request.POST or None, is_review=conference.is_review, cancel_url=back)

    def do():
        given = {"included": False} | form.cleaned_data | {"reason": form.cleaned_data["reason"] or ""}
        return actions.consider_child(by=request.viewer, conference=conference, child=person, **given)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, _said(conference, person, form.result))
        return redirect(back)
    context = {"form": form, "child": person, "conference": conference, "back": back, "caption": str(conference)}
    context["heading"] = f"{person.full_name} was added after this conference was requested"
    if child in left_out:
        context["heading"] = f"Is the conference about {person.full_name} too?"
        context["left_out"] = left_out[child]
    return render(request, "conferences/consider_child.html", context)


def _said(conference, child, row) -> str:
    if not row.included:
        return "Saved"
    said = f"The conference is about {child.full_name} too."
    if row.enquiry:
        said += f" Its last day is {in_words(conference.due_on)}, the earliest of all its enquiries."
    if not conference.invitations.filter(sent_at__isnull=False).exists():
        return said
    return (
        f"{said} The administrator has been asked to tell the people who have been invited already, if the child "
        "concerns them."
    )
