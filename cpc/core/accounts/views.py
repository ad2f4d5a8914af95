"""Pages by which a system administrator manages accounts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cpc.core.accounts import actions, queries
from cpc.core.accounts.choices import Role
from cpc.core.accounts.forms import AgencyForm, SecondFactorForm, TeamForm, UserForm
from cpc.core.accounts.models import Agency, Team, User
from cpc.core.accounts.permissions import Permission
from cpc.core.web.forms import attempt
from cpc.core.web.guards import page


def _typed(request, name):
    return request.GET.get(name, "").replace("\x00", "").strip()[:100]


@page(Permission.MANAGE_ACCOUNTS, methods=("GET",))
def users(request):
    """Everybody with an account."""
    search, role = _typed(request, "search"), _typed(request, "role")
    shown = Paginator(queries.users(search, role), 50).get_page(request.GET.get("page"))
    context = {"users": shown, "search": search, "role": role, "roles": Role.choices}
    return render(request, "accounts/users.html", context)


@page(Permission.MANAGE_ACCOUNTS)
def add_user(request):
    """An account is made."""
    form = UserForm(request.POST or None, is_new=True, cancel_url=reverse("accounts:users"))

    def do():
        given = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        return actions.add_user(by=request.viewer, **given)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, f"{form.result} has an account. They set a password with “Forgotten your password?”.")
        return redirect("accounts:users")
    return _form(request, form, "Add a person")


@page(Permission.MANAGE_ACCOUNTS)
def user(request, pk):
    """An account is changed or closed."""
    user = get_object_or_404(User, pk=pk)
    fields = ("first_name", "last_name", "email", "job_title", "phone", "is_active", "team", "agency")
    initial = {field: getattr(user, field) for field in fields}
    initial |= {"roles": queries.roles_of(user), "seen": actions.user_stamp(user)}
    form = UserForm(request.POST or None, initial=initial, cancel_url=reverse("accounts:users"))

    def do():
        given = form.cleaned_data | {"seen": form.cleaned_data["seen"] or None}
        return actions.change_user(by=request.viewer, user=user, **given)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Saved")
        return redirect("accounts:users")
    return _form(request, form, f"Change {initial['first_name']} {initial['last_name']}")


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
    initial = {field: getattr(team, field, None) for field in ("name", "kind", "manager")}
    form = TeamForm(request.POST or None, initial=initial, cancel_url=reverse("accounts:teams"))

    def do():
        return actions.record_team(by=request.viewer, team=team, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Saved")
        return redirect("accounts:teams")
    return _form(request, form, heading)


@page(Permission.MANAGE_ACCOUNTS, methods=("GET",))
def agencies(request):
    """Every agency that takes part."""
    search = _typed(request, "search")
    shown = Paginator(queries.agencies(search), 50).get_page(request.GET.get("page"))
    return render(request, "accounts/agencies.html", {"agencies": shown, "search": search})


@page(Permission.MANAGE_ACCOUNTS)
def add_agency(request):
    """An agency is added."""
    return _agency(request, None, "Add an agency")


@page(Permission.MANAGE_ACCOUNTS)
def agency(request, pk):
    """An agency's name, kind and address."""
    agency = get_object_or_404(Agency, pk=pk)
    return _agency(request, agency, f"Change {agency}")


def _agency(request, agency, heading):
    initial = {field: getattr(agency, field, "") for field in ("name", "kind", "email", "phone")}
    form = AgencyForm(request.POST or None, initial=initial, cancel_url=reverse("accounts:agencies"))

    def do():
        return actions.record_agency(by=request.viewer, agency=agency, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Saved")
        return redirect("accounts:agencies")
    return _form(request, form, heading)


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
    return _form(request, form, "Second factor")


def _form(request, form, heading):
    return render(request, "layouts/form.html", {"form": form, "heading": heading, "back": form.cancel_url})
