"""Record who was told by phone or in person how the conference is now."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.actions.spoken_news import record_spoken_news
from conferences.convening.choices import SpokenHow
from conferences.convening.forms.spoken_news import SpokenNewsForm
from conferences.convening.queries.invitations import included_children
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.to_phone import digest_of, to_phone, what_to_say, why_not_to_say
from conferences.convening.views.invitations import get_or_404_invitation
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import page


@page(Permission.INVITE)
def tell(request, pk):
    """What to tell an invited person by phone or in person, and whether they were told."""
    invitation = get_or_404_invitation(request, pk)
    conference, viewer = invitation.conference, request.viewer
    context = letter_context(conference)
    row = next((one for one in to_phone(context, viewer.on) if one.invitation.pk == pk), None)
    if row is None and request.method == "GET":
        messages.info(request, f"{invitation.name} knows how it is now, or will be told in time.")
        return redirect("conferences:invitations", conference.pk)
    mine = next(one for one in context.invitations if one.pk == pk)
    initial = {"told_by": viewer.name, "told_on": viewer.on, "as_of": digest_of(context, mine)}
    form = SpokenNewsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: record_spoken_news(by=viewer, invitation=invitation, **form.cleaned_data)
    ):  # fmt: skip
        reached = form.result.how != SpokenHow.NOT_REACHED
        said = "has been told" if reached else "has not been told yet. It stays on the list"
        messages.success(request, f"{invitation.name} {said}.")
        return redirect("conferences:invitations", conference.pk)
    not_yet = why_not_to_say(viewer, context, mine)
    looked(viewer, children=included_children(conference), page="tell by phone")
    return render(request, "conferences/tell_by_phone.html", {
        "form": form,
        "invitation": invitation,
        "conference": conference,
        "row": row,
        "not_yet": not_yet,
        "to_say": what_to_say(context, mine) if row and not not_yet else [],
        "tried": invitation.spoken_news.select_related("recorded_by"),
        "back": reverse("conferences:invitations", args=[conference.pk]),
    })  # fmt: skip
