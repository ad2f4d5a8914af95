"""Pages where a system administrator manages accounts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cpc.core.accounts import actions, directory, queries
from cpc.core.accounts.choices import AccountCheckKind, AgencyKind, Role
from cpc.core.accounts.forms import (
    AccountCheckForm,
    AgencyForm,
    ClosureForm,
    ContactForm,
    HandOverForm,
    SecondFactorForm,
    TeamForm,
    UserForm,
)
from cpc.core.accounts.holdings import KINDS, change_of, what_is_held, what_may_be_handed_over
from cpc.core.accounts.models import AccountCheck, Agency, AgencyClosure, AgencyContact, Team, User
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked_at_families
from cpc.core.kernel.phrases import in_sentence
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from cpc.core.web.sign_in import invite


def _typed(request, name):
    return request.GET.get(name, "").replace("\x00", "").strip()[:100]


@page(Permission.MANAGE_ACCOUNTS, methods=("GET",))
def users(request):
    """Everybody with an account."""
    search, role = _typed(request, "search"), _typed(request, "role")
    shown = Paginator(queries.users(search, role), 50).get_page(request.GET.get("page"))
    context = {"users": shown, "search": search, "role": role, "roles": Role.choices}
    context["to_vouch_for"] = queries.to_vouch_for()
    return render(request, "accounts/users.html", context)


@page(Permission.MANAGE_ACCOUNTS)
def add_user(request):
    """An account is made."""
    form = UserForm(request.POST or None, is_new=True, cancel_url=reverse("accounts:users"))

    def do():
        given = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        return actions.add_user(by=request.viewer, **given)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, _what_happens_now(request, form.result))
        return redirect("accounts:users")
    return _form(request, form, "Add a person")


def _what_happens_now(request, user):
    if not user.is_active:
        return f"{user} has an account that is closed until another system administrator agrees. It is on their list."
    if invite(user):
        return f"{user} has an account. A link to set a password has been sent to {user.email}."
    return f"{user} has an account, but no message could be sent. Tell them to use “Forgotten your password?”."


@page(Permission.MANAGE_ACCOUNTS, Permission.CHECK_ACCOUNTS)
def check(request, pk):
    """Somebody else than who wrote an account looks at it."""
    found = AccountCheck.objects.select_related("user__team", "user__agency", "like", "asked_by", "decided_by")
    check = get_or_404(found, request.viewer, pk)
    initial = {"seen": str(check.user.version)}
    form = AccountCheckForm(request.POST or None, initial=initial, cancel_url=reverse("work:home"))

    def do():
        given = {"is_right": form.cleaned_data["is_right"], "seen": form.cleaned_data["seen"] or None}
        return actions.check_account(by=request.viewer, check=check, **given)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        user = User.objects.get(pk=check.user_id)
        if user.is_active and check.kind == AccountCheckKind.SECOND:
            messages.success(request, _what_happens_now(request, user))
        else:
            messages.success(request, f"Saved. The account of {user} is {'open' if user.is_active else 'closed'}.")
        return redirect("work:home")
    context = {"form": form, "check": check, "heading": check.get_kind_display(), "back": form.cancel_url}
    context["roles"] = [Role(role).label for role in queries.roles_of(check.user)]
    *name, address = queries.last_confirmed(check.user)
    before = f"{' '.join(name)}, {address}"
    context["before"] = before if before != f"{check.user}, {check.user.email}" else ""
    return render(request, "accounts/check.html", context)


@page(Permission.MANAGE_ACCOUNTS)
def user(request, pk):
    """An account is changed or closed."""
    user = get_object_or_404(User, pk=pk)
    fields = ("first_name", "last_name", "email", "job_title", "phone", "is_active", "team", "agency")
    initial = {field: getattr(user, field) for field in fields}
    initial |= {"roles": queries.roles_of(user), "seen": str(user.version)}
    form, to = UserForm(request.POST or None, initial=initial, cancel_url=reverse("accounts:users")), {}

    def do():
        given = form.cleaned_data | {"seen": form.cleaned_data["seen"] or None, "to": to}
        return actions.change_user(by=request.viewer, user=user, **given)

    if request.method == "POST" and form.is_valid():
        changed = {name: form.cleaned_data[name] for name in ("is_active", "team", "agency", "roles")}
        change = change_of(user, **changed)
        holdings = what_is_held(user, request.viewer.on, change) if change else []
        if holdings:
            # What was typed about the account goes with the choices, so that both are saved in one step.
            typed = {name: request.POST.getlist(name) for name in request.POST if name in form.fields}
            choices = request.POST if any(name.startswith("to_") for name in request.POST) else None
            handing = HandOverForm(
                choices, user=user, holdings=holdings, carried=typed,
                cancel_url=reverse("accounts:user", args=[user.pk]), submit_label="Hand over and save",
            )  # fmt: skip
            if (choices is None and handing.holdings) or (choices is not None and not handing.is_valid()):
                return _hand_over_page(request, user, handing, holdings)
            to = handing.chosen() if choices is not None else {}
            if not attempt(handing, do):
                return _hand_over_page(request, user, handing, holdings)
            _say_saved(request, user)
            return redirect("accounts:users")
        if attempt(form, do):
            _say_saved(request, user)
            return redirect("accounts:users")
    heading = f"Change {initial['first_name']} {initial['last_name']}"
    hands_over = reverse("accounts:hand_over", args=[pk])
    context = {"form": form, "heading": heading, "back": form.cancel_url, "hands_over": hands_over}
    return render(request, "accounts/user.html", context)


@page(Permission.HAND_OVER, methods=("GET",))
def hand_overs(request):
    """The people that the viewer may hand over for."""
    search = _typed(request, "search")
    found = queries.people_managed_by(request.viewer, search)
    shown = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "accounts/hand_overs.html", {"users": shown, "search": search})


@page(Permission.HAND_OVER)
def hand_over(request, pk):
    """What one person holds, handed over kind by kind; their account stays as it is."""
    user = get_object_or_404(queries.people_managed_by(request.viewer), pk=pk)
    back = reverse("accounts:hand_overs")
    holdings = what_may_be_handed_over(request.viewer, user)
    holdings = [one for one in holdings if one.kind.is_chosen or one.kind.like]
    form = HandOverForm(request.POST or None, user=user, holdings=holdings, cancel_url=back)

    def do():
        return actions.hand_over(by=request.viewer, user=user, to=form.chosen())

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Saved")
        _say_what_was_left(request, form.result)
        return redirect(back)
    return _hand_over_page(request, user, form, holdings)


def _hand_over_page(request, user, form, holdings):
    families = {family for one in holdings for family in one.families(request.viewer)}
    looked_at_families(request.viewer, families, page="hand over work")
    context = {"form": form, "heading": f"Hand over {user}’s work", "back": form.cancel_url}
    context["held"] = [(one.kind.heading, one.described(request.viewer)) for one in holdings]
    return render(request, "accounts/hand_over.html", context)


def _say_saved(request, user):
    """Say that it is saved, what could not go to the person chosen, and who is sent a link to set a password."""
    messages.success(request, _what_happens_now(request, user) if user.must_set_password else "Saved")
    _say_what_was_left(request, user.left)


def _say_what_was_left(request, left):
    for key, number in left.items():
        kind = KINDS[key]
        messages.warning(
            request,
            f"{kind.heading}: {number} could not go to the person you chose, for example because they may not see "
            f"the family. It went to: {in_sentence(kind.nobody)}.",
        )


@page(Permission.MANAGE_ACCOUNTS, methods=("GET",))
def teams(request):
    """Every team and who runs it."""
    return render(request, "accounts/teams.html", {"teams": queries.teams()})


@page(Permission.MANAGE_ACCOUNTS)
def add_team(request):
    """A team is made."""
    return _team(request, None, "Add a team")


@page(Permission.MANAGE_ACCOUNTS)
def team(request, pk):
    """A team's name, kind and manager."""
    team = get_object_or_404(Team, pk=pk)
    return _team(request, team, f"Change {team}")


def _team(request, team, heading):
    def now():
        found = Team.objects.filter(pk=getattr(team, "pk", None)).values("name", "kind", "manager")
        return found.first() or {}

    form = TeamForm(request.POST or None, initial=now(), cancel_url=reverse("accounts:teams"))

    def do(given):
        return actions.record_team(by=request.viewer, team=team, **given)

    if request.method == "POST" and form.is_valid() and form.attempt(do, now):
        messages.success(request, "Saved")
        return redirect("accounts:teams")
    return _form(request, form, heading)


@page(Permission.KEEP_DIRECTORY, methods=("GET",))
def agencies(request):
    """The agencies that take part, or those that no longer exist."""
    search, kind = (_typed(request, name) for name in ("search", "kind"))
    closed = request.GET.get("closed") == "yes"
    shown = Paginator(queries.agencies(search, kind, closed), 50).get_page(request.GET.get("page"))
    context = {"agencies": shown, "search": search, "kind": kind, "closed": closed, "kinds": AgencyKind.choices}
    context["manages_accounts"] = request.viewer.can(Permission.MANAGE_ACCOUNTS)
    return render(request, "accounts/agencies.html", context)


@page(Permission.KEEP_DIRECTORY)
def add_agency(request):
    """Add an agency."""
    return _agency(request, None, "Add an agency", reverse("accounts:agencies"))


@page(Permission.KEEP_DIRECTORY, methods=("GET",))
def agency(request, pk):
    """An agency: how to reach it, who to contact there, its closed days."""
    agency = get_object_or_404(Agency, pk=pk)
    context = {
        "agency": agency,
        "contacts": agency.contacts.all(),
        "closures": agency.closures.filter(until_on__gte=request.viewer.on),
        "people": agency.people.filter(is_active=True).order_by("last_name", "first_name", "pk"),
    }
    return render(request, "accounts/agency.html", context)


@page(Permission.KEEP_DIRECTORY)
def change_agency(request, pk):
    """Change how an agency is reached, or close its entry."""
    agency = get_object_or_404(Agency, pk=pk)
    return _agency(request, agency, f"Change {agency}", reverse("accounts:agency", args=[pk]))


def _agency(request, agency, heading, back):
    def now():
        found = Agency.objects.filter(pk=getattr(agency, "pk", None)).values("name", "kind", *directory.DETAILS)
        return found.first() or {}

    form = AgencyForm(request.POST or None, initial=now(), cancel_url=back)
    if agency is None:
        del form.fields["is_active"]

    def save():
        return form.attempt(lambda given: directory.record_agency(by=request.viewer, agency=agency, **given), now)

    return _answer(request, form, save, heading, back, lambda saved: reverse("accounts:agency", args=[saved.pk]))


@page(Permission.KEEP_DIRECTORY)
def add_contact(request, pk):
    """Add somebody to contact at an agency."""
    agency = get_object_or_404(Agency, pk=pk)
    return _contact(request, agency, None, "Add a contact")


@page(Permission.KEEP_DIRECTORY)
def change_contact(request, pk):
    """Change somebody to contact at an agency."""
    contact = get_object_or_404(AgencyContact.objects.select_related("agency"), pk=pk)
    return _contact(request, contact.agency, contact, f"Change {contact}")


def _contact(request, agency, contact, heading):
    back = reverse("accounts:agency", args=[agency.pk])

    def now():
        found = AgencyContact.objects.filter(pk=getattr(contact, "pk", None)).values("name", "role", "phone", "email")
        return found.first() or {}

    form = ContactForm(request.POST or None, initial=now(), cancel_url=back)

    def do(given):
        return directory.record_contact(by=request.viewer, agency=agency, contact=contact, **given)

    return _answer(
        request, form, lambda: form.attempt(do, now), heading, back, lambda saved: back, caption=agency.name
    )  # fmt: skip


@page(Permission.KEEP_DIRECTORY, methods=("POST",))
def remove_contact(request, pk):
    """Remove somebody who is no longer to be contacted."""
    contact = get_object_or_404(AgencyContact.objects.select_related("agency"), pk=pk)
    directory.remove_contact(by=request.viewer, contact=contact)
    messages.success(request, f"{contact} removed.")
    return redirect("accounts:agency", contact.agency_id)


@page(Permission.KEEP_DIRECTORY)
def add_closure(request, pk):
    """Add days on which an agency is closed."""
    agency = get_object_or_404(Agency, pk=pk)
    back = reverse("accounts:agency", args=[pk])
    form = ClosureForm(request.POST or None, cancel_url=back)

    def do():
        return directory.record_closure(by=request.viewer, agency=agency, **form.cleaned_data)

    return _answer(
        request, form, lambda: attempt(form, do), "Add closed days", back, lambda saved: back, caption=agency.name
    )  # fmt: skip


@page(Permission.KEEP_DIRECTORY, methods=("POST",))
def remove_closure(request, pk):
    """Remove days on which an agency is open after all."""
    closure = get_object_or_404(AgencyClosure.objects.select_related("agency"), pk=pk)
    directory.remove_closure(by=request.viewer, closure=closure)
    messages.success(request, "Closed days removed.")
    return redirect("accounts:agency", closure.agency_id)


def _answer(request, form, save, heading, back, then, caption=""):
    """Save a valid form and go to ``then`` of what that gives. Show the form unless ``save()`` says that it is done."""
    if request.method == "POST" and form.is_valid() and save():
        messages.success(request, "Saved")
        return redirect(then(form.result))
    context = {"form": form, "heading": heading, "back": back, "caption": caption}
    return render(request, "layouts/form.html", context)


@page(Permission.MANAGE_ACCOUNTS)
def second_factor(request):
    """Which roles must use a second factor."""
    initial = {"roles": queries.roles_with_second_factor()}
    form = SecondFactorForm(request.POST or None, initial=initial, cancel_url=reverse("accounts:users"))

    def do():
        return actions.require_second_factor(by=request.viewer, roles=form.cleaned_data["roles"])

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Saved. They are asked to set it up at the next page that they open.")
        return redirect("accounts:users")
    return _form(request, form, "Two-step sign-in")


def _form(request, form, heading):
    return render(request, "layouts/form.html", {"form": form, "heading": heading, "back": form.cancel_url})
