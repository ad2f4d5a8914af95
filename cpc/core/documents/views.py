"""Pages of the outbox, the print room and the demonstration’s sent e-mails. Other apps show the documents."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.documents import actions, queries, sink
from cpc.core.documents.choices import Channel
from cpc.core.documents.forms import ReasonForm, SettleForm, TakeBackForm
from cpc.core.documents.hand_delivery import envelope_lines
from cpc.core.documents.letterhead import sample_letter
from cpc.core.documents.letters import render_pdf
from cpc.core.documents.models import DataIncident, Outgoing
from cpc.core.documents.responses import as_pdf
from cpc.core.documents.states import INCIDENT, NOT_SETTLED
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, is_about, not_now, page
from cpc.core.web.paging import Pages

READERS = (Permission.READ_OUTBOX,)
A_PAGE = 50
ENVELOPES = 20


@page(Permission.SET_POLICY, methods=("GET",))
def letterhead(request):
    """A letter to nobody that shows what every letter prints on a day: today, or a later one."""
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = request.viewer.on
    return as_pdf(render_pdf(sample_letter(max(on, request.viewer.on))), "letterhead.pdf")


@page(*READERS, methods=("GET",))
def outbox(request):
    """The messages: first those that need attention, and why."""
    counts = queries.count_by_view(request.viewer, Pages.most)
    view = request.GET.get("show", "troubled" if counts["troubled"] else "all")
    view = view if view in queries.VIEWS else "all"
    rows = queries.outbox(request.viewer, queries.VIEWS[view][1])
    shown = Pages(rows, A_PAGE, counts[view]).get_page(request.GET.get("page"))
    tabs = [
        (key, label, counts[key] if counts[key] <= Pages.most else f"more than {Pages.most:,}")
        for key, (label, _) in queries.VIEWS.items()
    ]
    return render(
        request,
        "documents/outbox.html",
        {
            "tabs": tabs,
            "view": view,
            "rows": shown,
            "to_print": queries.waiting_to_print(request.viewer),
            "may_send": request.viewer.can(Permission.SEND_POST),
        },
    )


@page(*READERS, methods=("GET",))
def outgoing(request, pk):
    """One message or letter: its recipient, its time, its text and what happened to it."""
    one = get_or_404(Outgoing.objects.select_related("document", "incident"), request.viewer, pk)
    return render(
        request,
        "documents/outgoing.html",
        {
            "outgoing": one,
            "is_private_to_recipient": queries.is_private_to_recipient(request.viewer, one),
            "may_do": queries.possible_actions(one) if request.viewer.can(Permission.SEND_POST) else (),
            "may_take_back": queries.may_be_taken_back(request.viewer, one),
        },
    )


@page(Permission.SEND_POST, methods=("POST",))
def retry(request, pk):
    """Queue the message again."""
    one = get_or_404(Outgoing, request.viewer, pk)
    actions.retry(request.viewer, outgoing=one)
    shown = one.channel == Channel.PORTAL
    said = f"{one.recipient_name} can read it again" if shown else f"It will be sent again to {one.recipient_name}"
    messages.success(request, said)
    return redirect("documents:outgoing", one.pk)


@page(Permission.SEND_POST, methods=("POST",))
def arrived(request, pk):
    """Mark a message that may have arrived as sent."""
    one = get_or_404(Outgoing, request.viewer, pk)
    actions.mark_arrived(request.viewer, outgoing=one)
    messages.success(request, f"Marked as sent to {one.recipient_name}")
    return redirect("documents:outgoing", one.pk)


@page(Permission.SEND_POST, methods=("POST",))
def free(request, pk):
    """Free a message that a stopped worker left half-way."""
    one = get_or_404(Outgoing, request.viewer, pk)
    actions.free_stuck(request.viewer, outgoing=one)
    messages.success(request, "The worker had stopped. The message may have arrived: find out before you send it again")
    return redirect("documents:outgoing", one.pk)


@page(Permission.SEND_POST)
def hold_back(request, pk):
    """Hold a message back until somebody releases it."""
    return _with_reason(request, pk, actions.hold_back, "Hold this back", "It is held back")


@page(Permission.SEND_POST)
def came_back(request, pk):
    """Mark a message as returned or not delivered."""
    return _with_reason(request, pk, actions.mark_returned, "Returned undelivered", "It is marked as not sent")


@page(Permission.SEND_POST, methods=("GET",))
def print_room(request):
    """The letters that are waiting to be posted or handed over, by envelope."""
    envelopes = Paginator(queries.for_the_print_room(request.viewer), ENVELOPES).get_page(request.GET.get("page"))
    # The person who delivers a letter sees the warnings about the family.
    is_about(request.viewer, [one for letters in envelopes for one in letters])
    lines = envelope_lines(letters[0] for letters in envelopes)
    for letters in envelopes:
        letters[0].lines = lines[letters[0].pk]
        letters[0].shown = ",".join(str(one.pk) for one in letters)
    return render(request, "documents/print_room.html", {"envelopes": envelopes})


@page(Permission.SEND_POST, methods=("GET",))
def print_envelope(request, pk):
    """Everything for one envelope as one PDF. The audit trail records who opened it."""
    letters = _envelope(request, pk)
    if not letters:
        return redirect("documents:print_room")
    body = actions.print_envelope(request.viewer, letters=letters, with_cover="cover" in request.GET)
    return as_pdf(body, "to-print.pdf")


@page(Permission.SEND_POST, methods=("POST",))
def envelope_gone(request, pk):
    """Mark everything in one envelope as posted or handed over."""
    # What joined the envelope since the page was opened was not printed with it.
    shown = request.POST.get("shown", "").split(",")
    letters = [one for one in _envelope(request, pk) if str(one.pk) in shown]
    if not letters:
        return redirect("documents:print_room")
    actions.mark_envelope_gone(request.viewer, letters=letters)
    how = "posted" if letters[0].channel == Channel.PRINT else "handed over"
    messages.success(request, f"Marked as {how}: {letters[0].recipient_name}")
    return redirect("documents:print_room")


@page(*READERS, methods=("GET",))
def what_was_sent(request):
    """In the demonstration: the e-mails that its own mail server received. Nothing was delivered."""
    _only_in_the_demonstration()
    shown = Paginator(sink.names(), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "documents/what_was_sent.html", {"page": shown, "mails": [sink.read(name) for name in shown]}
    )


@page(*READERS, methods=("GET",))
def one_that_was_sent(request, name):
    """One e-mail of the demonstration, with its calendar file as text."""
    _only_in_the_demonstration()
    mail = sink.read(name) if name in sink.names() else None
    if mail is None:
        raise Http404("There is no such message.")
    return render(request, "documents/one_that_was_sent.html", {"mail": mail})


@page(Permission.TAKE_BACK)
def take_back(request, pk):
    """Take a message or letter back from a wrong reader."""
    one = get_or_404(Outgoing.objects.select_related("document"), request.viewer, pk)
    reads_outbox = request.viewer.can(Permission.READ_OUTBOX)
    return take_back_page(request, one, reverse("documents:outgoing", args=[pk]) if reads_outbox else "/")


def take_back_page(request, outgoing, back):
    """The page on which ``outgoing`` is taken back; afterwards it goes on to ``back``."""
    lies = queries.where_it_lies(outgoing)
    form = TakeBackForm(request.POST or None, reader_has_it=lies.reader_has_it, cancel_url=back)

    def do():
        return actions.take_back(request.viewer, outgoing=outgoing, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "It has been taken back. The list of data protection incidents has an entry for it.")
        return redirect(back)
    context = {"form": form, "heading": f"Take back: {outgoing.what}", "back": back, "outgoing": outgoing}
    context["caption"] = f"{outgoing.get_channel_display()}, to {outgoing.recipient_name}"
    return render(request, "documents/take_back.html", context | {"lies": lies})


@page(Permission.READ_DATA_INCIDENTS, Permission.SETTLE_INCIDENT, methods=("GET",))
def incidents(request):
    """What went to a wrong reader, for the council’s data protection officer, and for those who settle it."""
    shown = Pages(queries.incidents(request.viewer), A_PAGE).get_page(request.GET.get("page"))
    queries.mark_readable(request.viewer, shown.object_list)
    return render(request, "documents/incidents.html", {"page": shown})


@page(Permission.SETTLE_INCIDENT)
def settle_incident(request, pk):
    """Record how an incident was settled. Only for those who may see what it is about."""
    incident = get_or_404(DataIncident.objects.select_related("outgoing"), request.viewer, pk)
    outgoing = get_or_404(Outgoing, request.viewer, incident.outgoing_id)
    back = reverse("documents:incidents")
    if refused := not_now(request, INCIDENT, incident, NOT_SETTLED, to="settled again", back=back):
        return refused
    form = SettleForm(request.POST or None, cancel_url=back)

    def do():
        return actions.settle_incident(request.viewer, incident=incident, outcome=form.cleaned_data["outcome"])

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "The incident has been settled.")
        return redirect(back)
    caption = f"{outgoing.what}, to {outgoing.recipient_name}"
    context = {"form": form, "heading": "Settle the incident", "caption": caption, "back": back}
    return render(request, "layouts/form.html", context)


def _only_in_the_demonstration():
    if not settings.CPC_DEMO:
        raise Http404("Only the demonstration shows what was sent.")


def _envelope(request, pk):
    """The letters in the envelope that may be sent now. The page says which may not, and why, or that none waits."""
    one = get_or_404(Outgoing, request.viewer, pk)
    letters = queries.envelope_of(request.viewer, one)
    if not letters:
        messages.warning(request, f"Nothing waits in this envelope any more: {one.recipient_name}")
    may_leave = actions.hold_blocked_letters(request.viewer, letters=letters)
    for one in letters:
        if one not in may_leave:
            messages.warning(request, f"Held back, do not send: {one.what} for {one.recipient_name}. {one.why_failed}")
    return may_leave


def _with_reason(request, pk, act, heading, done):
    one = get_or_404(Outgoing, request.viewer, pk)
    back = reverse("documents:outgoing", args=[pk])
    form = ReasonForm(request.POST or None, cancel_url=back)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: act(request.viewer, outgoing=one, reason=form.cleaned_data["reason"]))
    ):
        messages.success(request, done)
        return redirect(back)
    context = {"form": form, "heading": heading, "caption": f"To {one.recipient_name}", "back": back}
    return render(request, "layouts/form.html", context)
