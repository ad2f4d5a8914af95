"""The page that shows whether email and background jobs run, with the buttons to start them again."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.documents import actions
from cpc.core.documents.models import MailQueue
from cpc.core.documents.queries import count_emails
from cpc.core.web.forms import attempt
from cpc.core.web.guards import page
from cpc.running import queries
from cpc.running.forms import ReleaseForm


@page(Permission.RUN_SERVICE, methods=("GET",))
def service(request):
    """Email and background jobs: what runs, what has stopped and why. It names no recipient."""
    context = {
        "mail": MailQueue.objects.current(),
        "emails": count_emails(),
        "jobs": queries.jobs(),
        "job_rows": queries.job_rows(),
        "may_read_outbox": request.viewer.can(Permission.READ_OUTBOX),
    }
    return render(request, "running/service.html", context)


@page(Permission.RUN_SERVICE, methods=("POST",))
def try_now(request):
    """Try the mail server again at once."""
    actions.try_now(request.viewer)
    messages.success(request, "The mail server is being tried again. Reload this page in a minute")
    return redirect("running:service")


@page(Permission.RUN_SERVICE, methods=("POST",))
def retry_all(request):
    """Send all emails again that could not be sent."""
    count = actions.retry_all(request.viewer)
    messages.success(request, f"{count} email{'' if count == 1 else 's'} will be sent again")
    return redirect("running:service")


@page(Permission.RUN_SERVICE)
def release(request):
    """Let messages leave again after the database was restored from a backup."""
    back = reverse("running:service")
    form = ReleaseForm(request.POST or None, cancel_url=back)
    given = form.cleaned_data if request.method == "POST" and form.is_valid() else None
    if given and attempt(form, lambda: actions.release_after_restore(request.viewer, **given)):
        messages.success(request, "Messages leave again")
        return redirect(back)
    context = {"form": form, "heading": "Let messages leave again after a restore", "back": back}
    return render(request, "layouts/form.html", context)
