"""The chairs of the service and their posts, and who answers professional disagreements."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from conferences.convening.actions import chairs as actions
from conferences.convening.forms.chairs import PostForm
from conferences.convening.models import PostHeld
from conferences.convening.queries import chairs as queries
from conferences.convening.queries.booking import who_may_hold_a_post
from cpc.core.accounts.permissions import Permission
from cpc.core.web.guards import page


@page(Permission.BOOK_CONFERENCE, Permission.NAME_ACTING_CHAIR, methods=("GET",))
def posts(request):
    """Everybody who chairs: their posts, how much they have to chair, when they are away."""
    context = {
        "chairs": queries.service_chairs(request.viewer),
        "answering": queries.who_answers_disagreements(request.viewer.on),
        "may_change": request.viewer.can(Permission.BOOK_CONFERENCE),
    }  # fmt: skip
    return render(request, "conferences/posts.html", context)


@page(Permission.BOOK_CONFERENCE)
def add_post(request):
    """Record the post in which somebody chairs, or answers professional disagreements."""
    return _post(request, PostHeld(), "Add a post")


@page(Permission.BOOK_CONFERENCE)
def change_post(request, pk):
    """The post's dates and weekdays; a last day ends it."""
    return _post(request, get_object_or_404(PostHeld.objects.select_related("user"), pk=pk), "Change or end the post")


def _post(request, post, heading):
    back = reverse("conferences:posts")

    def now():
        found = PostHeld.objects.filter(pk=post.pk).values("user", "post", "from_on", "until_on", "weekdays")
        return found.first() or {}

    form = PostForm(request.POST or None, who=who_may_hold_a_post(), initial=now(), cancel_url=back)

    def do(given):
        return actions.save_post(by=request.viewer, post=post, kind=given.pop("post"), **given)

    if request.method == "POST" and form.is_valid() and form.attempt(do, now):
        messages.success(request, f"The post of {form.result.user} has been saved.")
        return redirect(back)
    return render(request, "layouts/form.html", {"form": form, "heading": heading, "back": back})
